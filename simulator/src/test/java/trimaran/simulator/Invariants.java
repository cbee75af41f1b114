package trimaran.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import trimaran.keeper.Copy;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.ledger.Checkpoint;
import trimaran.ledger.Frontier;
import trimaran.ledger.Note;
import trimaran.ledger.TreeHead;

/** What must hold after every step and at the end, asked from outside, of the disks themselves. */
final class Invariants {

    private final Hospital hospital;
    private final Oracle oracle;
    private final Map<Tier, Long> sizes = new HashMap<>();
    private final Map<Tier, Long> covered = new HashMap<>();
    private final Map<Tier, Integer> tails = new HashMap<>();
    private final Map<String, Long> wardSizes = new HashMap<>();
    private long witnessed;

    Invariants(Hospital hospital) {
        this.hospital = hospital;
        this.oracle = hospital.oracle();
    }

    /** After every step: what was acknowledged meanwhile, checkpoints, the witness. */
    void step() {
        oracle.takeUnchecked().forEach(this::held);
        for (Party party : Party.TIERS) {
            Tier tier = hospital.tier(party);
            if (!tier.isUp() || oracle.lies(party)) {
                continue;
            }
            noted(tier);
            long size = tier.keeper().copy().size();
            boolean gaveUp = tier.tailsTakenBack() > tails.getOrDefault(tier, 0);
            long least = gaveUp ? covered.getOrDefault(tier, 0L) : sizes.getOrDefault(tier, 0L);
            if (size < least) {
                oracle.broken("headsNeverGoBack", party.word() + " had " + least + " and has " + size);
            }
            tails.put(tier, tier.tailsTakenBack());
            sizes.put(tier, size);
            covered.merge(tier, tier.keeper().cosigner().coveredSize(), Math::max);
        }
        // What the replaced one gathered a quorum for, nobody else may have heard of.
        hospital.former().filter(Tier::isUp).ifPresent(this::noted);
        hospital.wards().forEach(this::goesForward);
        hospital.cuts().ifPresent(Cuts::step);
        witnessSignsLast();
    }

    private void noted(Tier tier) {
        tier.keeper().cosigner().note().ifPresent(note -> {
            try {
                oracle.checkpoint(Checkpoint.parse(Note.parse(note).text()));
            } catch (MalformedException malformed) {
                oracle.broken("noTwoCheckpointsOfOneSize", "a tier keeps a note that is none");
            }
        });
    }

    /** Within one life, what a real station takes for the record only grows. */
    private void goesForward(RealStation ward) {
        if (ward.isUp()) {
            String life = ward.name() + " " + ward.life();
            long size = ward.station().state().size();
            if (size < wardSizes.getOrDefault(life, 0L)) {
                oracle.broken("headsNeverGoBack", life + " had " + wardSizes.get(life) + " and has " + size);
            }
            wardSizes.put(life, size);
        }
    }

    /** After a crash, too: everything that was ever acknowledged. */
    void all() {
        oracle.acknowledged().keySet().forEach(this::held);
    }

    private void held(Digest entry) {
        List<Party> holders = Party.TIERS.stream()
                .filter(party -> hospital.tier(party).keeps(entry))
                .toList();
        long honest = holders.stream().filter(party -> !oracle.lies(party)).count();
        boolean enough = oracle.liar().isPresent() ? honest >= 1 : holders.size() >= 2;
        if (!enough) {
            oracle.broken(
                    "acknowledgedIsHeldByAnHonestTier",
                    entry + " is held by " + holders + ": "
                            + oracle.acknowledged().get(entry));
        }
    }

    private void witnessSignsLast() {
        Optional<TreeHead> head = hospital.witness().head();
        long size = head.map(TreeHead::size).orElse(0L);
        if (hospital.witness().isUp() && size < witnessed) {
            oracle.broken("headsNeverGoBack", "the witness had " + witnessed + " and has " + size);
        }
        witnessed = Math.max(witnessed, size);
        if (head.isEmpty() || oracle.liar().isPresent()) {
            return;
        }
        long two = Party.TIERS.stream()
                .filter(party -> hospital.tier(party).size() >= head.get().size())
                .count();
        if (two < 2) {
            oracle.broken("witnessSignsLast", "it signed " + head.get().size() + " over " + two + " tiers");
        }
    }

    /** A tail that data fed one honest tier and nobody else is gone once a quorum signed another tree (ARCHITECTURE.md). */
    void forksHeal() {
        long signed = signed();
        honest().stream().filter(tier -> !isOfTheQuorum(tier, signed)).forEach(tier -> {
            oracle.broken("forksHeal", tier.party().word() + " is not the tree that a quorum signed at " + signed);
        });
    }

    private boolean isOfTheQuorum(Tier tier, long signed) {
        Copy copy = tier.keeper().copy();
        return signed == 0
                || (copy.size() >= signed
                        && Frontier.of(copy, signed)
                                .root()
                                .equals(oracle.roots().get(signed)));
    }

    /** The size of the largest tree a quorum is known to have signed. */
    private long signed() {
        return oracle.roots().keySet().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /** The tiers that told the truth all along and are up. */
    List<Tier> honest() {
        List<Tier> tiers = new ArrayList<>();
        for (Party party : Party.TIERS) {
            if (!oracle.lies(party) && hospital.tier(party).isUp()) {
                tiers.add(hospital.tier(party));
            }
        }
        return tiers;
    }

    boolean hasTheQuorum(Tier tier) {
        return isOfTheQuorum(tier, signed());
    }

    boolean honestHaveTheQuorum() {
        long signed = signed();
        return honest().stream().allMatch(tier -> isOfTheQuorum(tier, signed));
    }

    boolean honestAgree() {
        List<Tier> honest = honest();
        return honest.stream()
                .allMatch(tier -> tier.keeper().copy().size()
                                == honest.getFirst().keeper().copy().size()
                        && tier.keeper().cosigner().noteSize()
                                == tier.keeper().copy().size()
                        && tier.keeper().heldEntries().isEmpty());
    }

    /** After healing: one log, judged the same by everybody, with everything acknowledged in it once. */
    void end(boolean dataIsHonest) {
        all();
        Map<Party, Fold> folds = new HashMap<>();
        for (Tier tier : honest()) {
            Fold fold =
                    new Fold(hospital.founded().statement(), hospital.suites().verifier());
            tier.keeper().copy().entries(0, stored -> {
                fold.add(stored);
                return true;
            });
            folds.put(tier.party(), fold);
            oracle.written().keySet().forEach(entry -> {
                OptionalLong index = tier.keeper().copy().position(entry);
                Long folded = fold.placed().get(entry);
                if (index.isPresent() != (folded != null) || (folded != null && index.getAsLong() != folded)) {
                    oracle.broken(
                            "firstValidPlaceCounts",
                            entry + " at " + tier.party().word());
                }
            });
            fold.faults()
                    .forEach(fault ->
                            oracle.broken("validityIsTheSame", tier.party().word() + ": " + fault));
            fold.heads().forEach((cell, head) -> {
                if (!tier.keeper().copy().head(cell).equals(head)) {
                    oracle.broken("validityIsTheSame", "the head of cell " + cell + " at " + tier.party());
                }
            });
        }
        oracle.roots()
                .forEach((size, root) -> folds.forEach((party, fold) -> {
                    if (size <= fold.size() && !fold.root(size).equals(root)) {
                        oracle.broken("noTwoCheckpointsOfOneSize", party.word() + " has another tree of size " + size);
                    }
                }));
        if (dataIsHonest) {
            covered(folds);
            hospital.cuts().ifPresent(cuts -> cuts.end(folds.values()));
        }
    }

    private void covered(Map<Party, Fold> folds) {
        long signed = signed();
        for (Map.Entry<Digest, String> told : oracle.acknowledged().entrySet()) {
            boolean in = folds.values().stream().anyMatch(fold -> {
                Long index = fold.placed().get(told.getKey());
                return index != null && index < signed;
            });
            if (!in) {
                oracle.broken("acknowledgedIsPlaced", told.getKey() + ": " + told.getValue());
            }
        }
    }

    /** Cells of entries stand-in stations called recorded, which must open. */
    List<CellId> cells() {
        return oracle.written().values().stream()
                .filter(entry -> oracle.acknowledged().containsKey(entry.digest()))
                .flatMap(entry -> entry.author().parts().stream())
                .map(part -> part.cell())
                .distinct()
                .toList();
    }

    /** The record as one digest, to compare two runs. */
    Optional<Digest> root() {
        return honest().stream()
                .findFirst()
                .map(tier -> tier.keeper().copy().frontier().root());
    }
}
