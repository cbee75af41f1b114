package trimaran.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.ledger.Checkpoint;
import trimaran.ledger.Frontier;
import trimaran.record.Quorum;

/**
 * Stands outside and knows everything: what was written, what was acknowledged, which checkpoints had a quorum, and which tier
 * lies. Collects what broke under the names the models in spec use.
 */
final class Oracle {

    private final Hospital hospital;
    private final Map<Digest, Entry> written = new LinkedHashMap<>();
    private final Map<Digest, String> acknowledged = new LinkedHashMap<>();
    private final List<Digest> unchecked = new ArrayList<>();
    private final Set<Digest> refused = new HashSet<>();
    private final Map<CellId, Author.Fresh> cells = new LinkedHashMap<>();
    private final Map<Long, Digest> roots = new HashMap<>();
    private final Map<String, Map<Long, Digest>> cosigned = new HashMap<>();
    private final IdentityHashMap<Quorum, Map<Bytes, Quorum.Standing>> standings = new IdentityHashMap<>();
    private final List<String> broken = new ArrayList<>();
    private Optional<Party> liar = Optional.empty();
    private boolean replaced;
    private boolean tellsTheTruth;
    private long alarms;

    Oracle(Hospital hospital) {
        this.hospital = hospital;
    }

    void liar(Party party) {
        liar = Optional.of(party);
    }

    /** What befell this party is none of its lies: it signs nothing that it should not have known to be wrong. */
    void befell(Party party) {
        liar(party);
        tellsTheTruth = true;
    }

    boolean lies(Party party) {
        return !replaced && liar.equals(Optional.of(party));
    }

    /** Another took the fallen party's place, and tells the truth; what the fallen one alone had is lost. */
    void replaced() {
        replaced = true;
    }

    Optional<Party> liar() {
        return liar;
    }

    void written(Entry entry) {
        written.put(entry.digest(), entry);
        hospital.loops().note(Bytes.of(entry.digest().unsafeArray()));
    }

    void opened(Author.Fresh cell) {
        cells.put(cell.opening().cell(), cell);
    }

    void refused(Entry entry) {
        refused.add(entry.digest());
    }

    /** Somebody was told that this is recorded. */
    void acknowledged(Digest entry, String what) {
        if (entry.equals(Digest.ZERO)) {
            return; // All of it was there before.
        }
        acknowledged.put(entry, what);
        unchecked.add(entry);
        hospital.loops().note("acknowledged");
    }

    /** What a note is worth to any stand-in station, who all ask the same of the same note. */
    Quorum.Standing standing(Bytes note, Quorum quorum) throws MalformedException {
        Map<Bytes, Quorum.Standing> under = standings.computeIfAbsent(quorum, none -> new HashMap<>());
        Quorum.Standing known = under.get(note);
        if (known == null) {
            known = quorum.check(note);
            under.put(note, known);
        }
        return known;
    }

    void checkpoint(Checkpoint checkpoint) {
        Digest known = roots.putIfAbsent(checkpoint.size(), checkpoint.root());
        if (known != null && !known.equals(checkpoint.root())) {
            broken("noTwoCheckpointsOfOneSize", "size " + checkpoint.size());
        }
    }

    /** A tier that tells the truth signs no two trees of one size, whatever became of its copy meanwhile. */
    void cosigned(Seat tier, Checkpoint checkpoint) {
        Digest known = cosigned.computeIfAbsent(tier.party().word() + " " + tier.epoch(), none -> new HashMap<>())
                .putIfAbsent(checkpoint.size(), checkpoint.root());
        if (known != null && !known.equals(checkpoint.root()) && isHonest(tier)) {
            broken("noTierSignsTwoTreesOfOneSize", tier.party().word() + " at size " + checkpoint.size());
        }
        if (!isHonest(tier)) {
            signed(tier.party(), checkpoint);
        }
    }

    /** Whoever was only set back signs nothing that contradicts what a quorum signed before. */
    void signed(Party party, Checkpoint checkpoint) {
        if (tellsTheTruth && isOfAnotherTree(checkpoint)) {
            broken("whoIsSetBackSignsNoOtherTree", party.word() + " at size " + checkpoint.size());
        }
    }

    private boolean isOfAnotherTree(Checkpoint checkpoint) {
        long largest = roots.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
        return checkpoint.size() <= largest
                && Party.TIERS.stream()
                        .filter(party -> !lies(party) && hospital.isUp(party))
                        .map(party -> hospital.tier(party).keeper().copy())
                        .filter(copy -> copy.size() >= largest)
                        .filter(copy -> Frontier.of(copy, largest).root().equals(roots.get(largest)))
                        .anyMatch(copy ->
                                !Frontier.of(copy, checkpoint.size()).root().equals(checkpoint.root()));
    }

    /** Whoever takes a fallen one's place is another. */
    boolean isHonest(Seat tier) {
        return !liar.equals(Optional.of(tier.party())) || tier.epoch() > 1;
    }

    void alarm(Party tier, String why) {
        alarms++;
        if (liar.isEmpty()) {
            broken("honestTiersRaiseNoAlarm", tier.word() + ": " + why);
        }
    }

    void heldSet(Party tier, List<Digest> entries) {
        hospital.loops().note("held " + tier.word() + " " + entries.size());
    }

    void broken(String invariant, String what) {
        broken.add(invariant + ": " + what + " at " + hospital.loops().nowNanos() / 1_000_000 + " ms");
    }

    List<String> broken() {
        return broken;
    }

    Map<Digest, Entry> written() {
        return written;
    }

    Map<Digest, String> acknowledged() {
        return acknowledged;
    }

    Map<CellId, Author.Fresh> cells() {
        return cells;
    }

    Map<Long, Digest> roots() {
        return roots;
    }

    long alarms() {
        return alarms;
    }

    /** Acknowledged since this was last asked. */
    List<Digest> takeUnchecked() {
        List<Digest> fresh = List.copyOf(unchecked);
        unchecked.clear();
        return fresh;
    }

    /** Whether somebody's entry that opens this cell is still on its way. */
    boolean isUnderWay(CellId cell) {
        return hospital.stations().stream()
                .anyMatch(station -> station.outbox().values().stream().anyMatch(entry -> entry.opens(cell)));
    }
}
