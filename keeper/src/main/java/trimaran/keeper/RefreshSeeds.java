package trimaran.keeper;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.keeper.spi.Store.Change.Put;
import trimaran.keeper.spi.Store.Change.Remove;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.SecretBytes;
import trimaran.kernel.Writer;
import trimaran.line.message.RefreshStep;
import trimaran.shares.GenerationKey;
import trimaran.shares.Increments;

/**
 * What the three tiers add to one refresh: a seed each, from which the increments of every cell are derived, so that nobody can
 * choose them alone. They survive a crash, or a tier that fell over between two steps would hold the refresh up for good; on disk
 * they lie under the file key of the generation they replace, which is destroyed with it: a disk that is stolen while they can be
 * read has that generation's shares on it anyway.
 */
final class RefreshSeeds {

    private static final String NAME = "refresh-seed";

    private final Store store;
    private final GenerationKey old;
    private final KeeperSetting setting;
    private final long generation;
    private final Membership membership;
    private final Map<Party, RefreshStep.Seed> seeds = new EnumMap<>(Party.class);

    /** By which of its keys each was given: the line's, which no refresh changes. */
    private final Map<Party, Digest> lines = new EnumMap<>(Party.class);

    /** @param old file key of the generation that is refreshed */
    RefreshSeeds(KeeperSetting setting, Membership membership, long generation, GenerationKey old) {
        this.membership = membership;
        this.setting = setting;
        this.store = setting.store();
        this.old = old;
        this.generation = generation;
        for (Party tier : Party.TIERS) {
            store.get(Space.STATE, Key.seed(generation, tier))
                    .flatMap(this::opened)
                    .ifPresent(given -> {
                        seeds.put(tier, given.seed());
                        lines.put(tier, given.line());
                    });
        }
    }

    private record Given(Digest line, RefreshStep.Seed seed) {

        static Given read(Reader reader) throws MalformedException {
            Digest line = reader.digest();
            if (RefreshStep.read(reader) instanceof RefreshStep.Seed seed) {
                return new Given(line, seed);
            }
            throw new MalformedException("another step of a refresh than a seed");
        }
    }

    private Optional<Given> opened(Bytes sealed) {
        try {
            return old.openSecret(NAME, sealed) instanceof Outcome.Done<SecretBytes>(SecretBytes content)
                    ? Optional.of(Reader.whole(Bytes.wrap(content.expose()), Given::read))
                    : Optional.empty();
        } catch (MalformedException damaged) {
            return Optional.empty();
        }
    }

    long generation() {
        return generation;
    }

    /** The generation that is refreshed. */
    long base() {
        return old.generation();
    }

    Optional<RefreshStep.Seed> of(Party tier) {
        return Optional.ofNullable(seeds.get(tier));
    }

    /** This tier's own, drawn once. */
    RefreshStep.Seed own(List<CellId> leftOut) {
        RefreshStep.Seed drawn = new RefreshStep.Seed(
                generation, old.generation(), SecretBytes.random(setting.entropy(), Increments.SEED_BYTES), leftOut);
        keep(setting.party(), drawn);
        return drawn;
    }

    /**
     * Another tier's. The first one counts: with two of them, two tiers would make different shares.
     *
     * @param open whether nobody else has said yet what came of them: then the seed of a tier that was made anew since stands in place of
     *     the one before, which nobody but that one may know
     * @return whether it is another than before
     */
    Outcome<Boolean> take(Party tier, RefreshStep.Seed seed, boolean open) {
        if (seed.base() != old.generation()) {
            return Outcome.refused(
                    Code.WRONG_ORIGIN,
                    "this tier's shares are of generation " + old.generation() + ", those of " + tier.word() + " of "
                            + seed.base());
        }
        RefreshStep.Seed before = seeds.get(tier);
        if (before != null && !(open && isOutdated(tier))) {
            return before.equals(seed)
                    ? Outcome.done(false)
                    : Outcome.refused(Code.DUPLICATE, tier.word() + " gave another seed for this refresh before");
        }
        keep(tier, seed);
        return Outcome.done(true);
    }

    /** Whether the one who gave it was made anew since: its successor gives another. */
    boolean isOutdated(Party tier) {
        return !membership.keys(tier).line().equals(lines.get(tier));
    }

    private void keep(Party tier, RefreshStep.Seed seed) {
        Digest line = membership.keys(tier).line();
        Writer writer = new Writer(256).digest(line);
        seed.write(writer);
        Bytes sealed = old.sealSecret(NAME, SecretBytes.taking(writer.toArray()), setting.entropy());
        store.write(List.of(new Put(Space.STATE, Key.seed(generation, tier), sealed)));
        seeds.put(tier, seed);
        lines.put(tier, line);
    }

    boolean areWhole() {
        return seeds.size() == Party.TIERS.size();
    }

    /** Cells at least one tier has no shares of, ascending. */
    SortedSet<CellId> leftOut() {
        SortedSet<CellId> all = new TreeSet<>();
        seeds.values().forEach(seed -> all.addAll(seed.leftOut()));
        return all;
    }

    /**
     * A tier that says of some cell that it has no shares, while neither of the others says so. Then the two have them, and it could have
     * got them back: left out of the digests they would only hide what happens to them.
     */
    Optional<Party> aloneWithout() {
        return seeds.entrySet().stream()
                .filter(one -> one.getValue().leftOut().stream()
                        .anyMatch(cell -> seeds.entrySet().stream()
                                .noneMatch(other -> other.getKey() != one.getKey()
                                        && other.getValue().leftOut().contains(cell))))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Names them without telling them: 32 random bytes cannot be guessed from their hash. */
    Digest digest() {
        Writer writer = new Writer(256).i64(generation);
        seeds.forEach((tier, seed) -> {
            writer.u8(tier.ordinal()).digest(Digest.sha256(seed.seed().expose()));
            writer.list(seed.leftOut(), (w, cell) -> cell.write(w));
        });
        return Digest.sha256(writer.toBytes());
    }

    /** The sum of what the three add for a cell. */
    Increments increments(CellId cell) {
        Increments sum = null;
        for (RefreshStep.Seed seed : seeds.values()) {
            Increments one = Increments.derive(seed.seed(), generation, cell);
            sum = sum == null ? one : sum.plus(one);
        }
        if (sum == null || !areWhole()) {
            throw new IllegalStateException("a refresh has the seeds of three tiers");
        }
        return sum;
    }

    /** It is over: what lies on disk is noise by now. */
    void forget() {
        store.write(Party.TIERS.stream()
                .<Store.Change>map(tier -> new Remove(Space.STATE, Key.seed(generation, tier)))
                .toList());
        seeds.values().forEach(seed -> seed.seed().wipe());
        seeds.clear();
        lines.clear();
    }
}
