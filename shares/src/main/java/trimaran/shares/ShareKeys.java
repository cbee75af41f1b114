package trimaran.shares;

import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import trimaran.kernel.Bytes;
import trimaran.kernel.Entropy;
import trimaran.kernel.Party;

/**
 * One keeper's keys for shares, generation by generation (DESIGN §6). The oldest generation that still has its file key is the one
 * to which this keeper has refreshed what it keeps: a refresh ends with destroying the file keys before. A sealing key may stay
 * longer than its file key, for what comes late, and lies under the file key of the generation in use then.
 */
public final class ShareKeys {

    /** Makes durable what changes. Each method returns once it survives a power cut. */
    public interface Keeping {

        /** A generation that was drawn. */
        void keep(ShareGeneration drawn);

        /** @param sealed the sealing key of a generation whose file key goes, under the file key of another */
        void keepLate(long number, Bytes sealed);

        /** The file key of a generation goes for good, and what lay under it with it. */
        void destroyFile(long number);

        /** The sealing key of a generation goes for good. */
        void destroyLate(long number);
    }

    /** Keeps nothing: for keys that live as long as their process. */
    public static final Keeping NOWHERE = new Keeping() {
        @Override
        public void keep(ShareGeneration drawn) {
            // Nothing outlives the process.
        }

        @Override
        public void keepLate(long number, Bytes sealed) {
            // Nothing outlives the process.
        }

        @Override
        public void destroyFile(long number) {
            // Nothing outlives the process.
        }

        @Override
        public void destroyLate(long number) {
            // Nothing outlives the process.
        }
    };

    private final Party keeper;
    private final Entropy entropy;
    private final Keeping keeping;
    private final NavigableMap<Long, ShareGeneration> whole = new TreeMap<>();
    private final NavigableMap<Long, SealingKeyPair> late = new TreeMap<>();

    /**
     * @param generations ascending; at least one
     * @param lateKeys sealing keys of generations before, whose file keys are gone
     */
    public ShareKeys(
            Party keeper,
            Entropy entropy,
            Keeping keeping,
            List<ShareGeneration> generations,
            NavigableMap<Long, SealingKeyPair> lateKeys) {
        this.keeper = keeper;
        this.entropy = entropy;
        this.keeping = keeping;
        for (ShareGeneration one : generations) {
            boolean ascends = whole.isEmpty() || whole.lastKey() < one.number();
            if (!ascends || one.file().keeper() != keeper) {
                throw new IllegalArgumentException("generations ascend and are this keeper's own");
            }
            whole.put(one.number(), one);
        }
        if (whole.isEmpty()) {
            throw new IllegalArgumentException("a keeper has a generation of shares");
        }
        late.putAll(lateKeys);
    }

    /** Keys that are kept nowhere. */
    public static ShareKeys passing(Party keeper, Entropy entropy, List<ShareGeneration> generations) {
        return new ShareKeys(keeper, entropy, NOWHERE, generations, new TreeMap<>());
    }

    public Party keeper() {
        return keeper;
    }

    /** The name under which a late sealing key is sealed. */
    public static String lateName(long number) {
        return ShareGeneration.SEALING + "-" + number;
    }

    /**
     * The generation in use: the one the registry names, or before this keeper has its keys the newest it has of those before;
     * a rebuilt keeper that has only later ones than its copy of the registry names uses its first.
     */
    public ShareGeneration present(long named) {
        Long newest = whole.floorKey(named);
        return generation(newest == null ? lowest() : newest).orElseThrow();
    }

    /** The oldest generation whose stored pairs can be read. */
    public long lowest() {
        return whole.firstKey();
    }

    /** Generations whose stored pairs can be read, ascending. */
    public List<Long> numbers() {
        return List.copyOf(whole.keySet());
    }

    public Optional<ShareGeneration> generation(long number) {
        return Optional.ofNullable(whole.get(number));
    }

    /** What opens envelopes of a generation, if it is still there. */
    public Optional<SealingKeyPair> sealing(long number) {
        ShareGeneration found = whole.get(number);
        return found != null ? Optional.of(found.sealing()) : Optional.ofNullable(late.get(number));
    }

    /** The keys of a generation: drawn and made durable if they are not there yet. */
    public ShareGeneration draw(long number) {
        ShareGeneration there = whole.get(number);
        if (there != null) {
            return there;
        }
        ShareGeneration drawn = ShareGeneration.draw(keeper, number, entropy);
        keeping.keep(drawn);
        whole.put(number, drawn);
        return drawn;
    }

    /** What this keeper has is of this generation or a later one: the file keys before are destroyed, the sealing keys stay for now. */
    public void advance(long number) {
        ShareGeneration present = whole.get(number);
        if (present == null) {
            throw new IllegalArgumentException("generation " + number + " has no keys here");
        }
        for (ShareGeneration old : List.copyOf(whole.headMap(number).values())) {
            late.put(old.number(), old.sealing());
        }
        // Those that were late before lie under a file key that goes now.
        late.forEach((one, pair) -> keeping.keepLate(one, sealed(present, one, pair)));
        // The newest first: if the power goes in between, the oldest, which is the one in use, is still the oldest.
        for (ShareGeneration old :
                List.copyOf(whole.headMap(number, false).descendingMap().values())) {
            keeping.destroyFile(old.number());
            whole.remove(old.number());
            old.file().destroy();
        }
    }

    private Bytes sealed(ShareGeneration present, long number, SealingKeyPair pair) {
        var pkcs8 = pair.pkcs8();
        Bytes sealed = present.file().sealSecret(lateName(number), pkcs8, entropy);
        pkcs8.wipe();
        return sealed;
    }

    /** A sealing key whose file key is gone is destroyed, too: what was sealed to it stays closed from now on. */
    public void forgetLate(long number) {
        if (late.containsKey(number)) {
            keeping.destroyLate(number);
            late.remove(number);
        }
    }

    /** Generations whose sealing keys alone are kept, for what comes late. */
    public List<Long> lateNumbers() {
        return List.copyOf(late.keySet());
    }
}
