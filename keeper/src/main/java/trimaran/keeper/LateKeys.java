package trimaran.keeper;

import java.util.Optional;
import java.util.function.LongPredicate;
import trimaran.kernel.Code;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.record.Registry;
import trimaran.shares.ShareKeys;

/**
 * The sealing keys of generations that are over: what was sealed to them is taken in until the time the officers named, and they
 * are kept as long as anything acknowledged may need them, which can be longer.
 */
final class LateKeys {

    /**
     * Nothing is held this short before the time named, and no key goes before this long after it: clocks differ by up to 10 s, and
     * what two tiers hold comes to the third within a second.
     */
    static final long MARGIN_MILLIS = 15_000;

    private final Registry registry;

    LateKeys(Registry registry) {
        this.registry = registry;
    }

    /**
     * Why an entry that brings these envelopes gets no place at this time: their keys are destroyed then, and with its place it would
     * be taken for recorded while nobody could ever read what it opens. What is held keeps its right to a place.
     */
    Optional<Refusal> stale(EntryContent content, RecordTime time) {
        return content.escrow().envelopes().stream()
                        .anyMatch(one -> registry.isOver(one.tier(), one.generation(), time))
                ? Optional.of(
                        Refusal.of(
                                Code.BAD_SHARE,
                                "this was sealed to keys that are destroyed after a refresh of shares; it has to be written once more"))
                : Optional.empty();
    }

    /** As {@link #stale}, so long before that it has its place in time, wherever its holders and data stand with their clocks. */
    Optional<Refusal> staleSoon(EntryContent content, RecordTime time) {
        return stale(content, time.plusMillis(MARGIN_MILLIS));
    }

    /** Whether something held may bring an envelope to a tier's key of a generation. Reads all that is held. */
    static boolean isAwaited(HeldSet held, Blobs blobs, Party tier, long generation) {
        return held.digests().stream()
                .flatMap(entry -> held.of(entry).stream())
                .anyMatch(one -> one.escrow(blobs)
                        .of(tier)
                        .filter(mine -> mine.generation() == generation)
                        .isPresent());
    }

    /**
     * Destroys the keys nothing needs any more.
     *
     * @param covered time of the last place under a quorum
     * @param needed whether an entry that is here or held may still bring an envelope to the keys of a generation
     */
    void forget(ShareKeys keys, RecordTime covered, LongPredicate needed) {
        keys.lateNumbers().stream()
                .filter(number -> registry.isOver(keys.keeper(), number, covered.plusMillis(-MARGIN_MILLIS)))
                .filter(number -> !needed.test(number))
                .forEach(keys::forgetLate);
    }
}
