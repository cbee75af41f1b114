package trimaran.station;

import java.util.HashMap;
import java.util.Map;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Refusal;
import trimaran.line.message.Push;
import trimaran.record.AuthorPart;
import trimaran.record.Header;
import trimaran.record.Place;
import trimaran.record.Registry;
import trimaran.record.Statement;
import trimaran.record.Verdict;

/**
 * What becomes of an entry that can never be placed. Whoever waits for it is told. Where it was promised already, nobody waits and
 * somebody goes by it: it is kept until a person has seen that it is not in the record, and why; or until it is in the record after
 * all, whoever said that it cannot be.
 */
final class Refusing {

    private final StationSetting setting;
    private final Outbox outbox;
    private final TierTable tiers;
    private final Registry registry;
    private final Map<Digest, Submission> byNonce = new HashMap<>();

    Refusing(StationSetting setting, Outbox outbox, TierTable tiers, Registry registry) {
        this.setting = setting;
        this.outbox = outbox;
        this.tiers = tiers;
        this.registry = registry;
        outbox.refused().values().forEach(refused -> await(refused.entry()));
    }

    private void await(StoredEntry entry) {
        try {
            AuthorPart author = AuthorPart.decode(entry.author());
            byNonce.put(
                    author.nonce(),
                    Submission.resumed(
                            entry, author, Submission.Fate.NONE, setting.loop().monotonicNanos()));
        } catch (MalformedException broken) {
            throw new IllegalStateException("an entry of the outbox cannot be read", broken);
        }
    }

    void refuse(Submission submission, Refusal refusal) {
        Runnable told = () -> {
            setting.events().accept(new StationEvent.EntryRefused(submission.digest(), refusal.code()));
            submission.fate().refused(refusal);
        };
        if (submission.isOwed() && !isOnlyRepeated(submission, refusal)) {
            outbox.refuse(submission.digest(), refusal.code(), told);
            await(submission.entry());
        } else {
            outbox.drop(submission.digest(), told);
        }
    }

    /** A quorum covers what is kept here as refused; false if the leaf is none of these. */
    boolean covered(long index, Push.MovedEntry moved) {
        Submission submission = byNonce.get(moved.nonce());
        if (submission != null) {
            new PlacedHeader(setting, tiers, submission, index, moved, this::placed).fetch();
        }
        return submission != null;
    }

    private void placed(Submission submission, Header header, Place place) {
        if (place.verdict() != Verdict.VOID) {
            byNonce.remove(submission.author().nonce());
            outbox.putAway(submission.digest(), there -> {});
        }
    }

    /** Machines send again what they have no answer to: the record has it by another way. */
    private boolean isOnlyRepeated(Submission submission, Refusal refusal) {
        return refusal.code() == Code.DUPLICATE
                && registry.session(submission.author().session())
                        .filter(session -> session.kind() == Statement.BadgeKind.SERVICE)
                        .isPresent();
    }
}
