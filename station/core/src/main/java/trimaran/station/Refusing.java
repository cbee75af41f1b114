package trimaran.station;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Refusal;
import trimaran.line.message.Push;
import trimaran.record.AuthorPart;
import trimaran.record.Header;
import trimaran.record.Place;
import trimaran.record.Registry;
import trimaran.record.Session;
import trimaran.record.SignedStatement;
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

    /** Whose session what was refused last was written in: a night of one person is refused in a row. */
    private Digest lastSession = Digest.ZERO;

    private Digest lastBadge = Digest.ZERO;

    /** The entry of each nonce; what is in it lies in the outbox alone. */
    private final Map<Digest, Digest> byNonce = new HashMap<>();

    Refusing(StationSetting setting, Outbox outbox, TierTable tiers, Registry registry) {
        this.setting = setting;
        this.outbox = outbox;
        this.tiers = tiers;
        this.registry = registry;
        outbox.refused().values().forEach(refused -> await(author(refused.entry())));
    }

    /** Should it be placed after all, its leaf is known by the nonce. What was put away since is awaited no more. */
    private void await(AuthorPart author) {
        byNonce.values().retainAll(outbox.refused().keySet());
        byNonce.put(author.nonce(), AuthorPart.digest(author.encode()));
    }

    static AuthorPart author(StoredEntry entry) {
        try {
            return AuthorPart.decode(entry.author());
        } catch (MalformedException broken) {
            throw new IllegalStateException("an entry of the outbox cannot be read", broken);
        }
    }

    void refuse(Submission submission, Refusal refusal) {
        submission.refused = true;
        Runnable told = () -> {
            setting.events().accept(new StationEvent.EntryRefused(submission.digest(), refusal.code()));
            submission.fate().refused(refusal);
        };
        if (submission.isOwed() && !isOnlyRepeated(submission, refusal)) {
            outbox.refuse(
                    submission.digest(),
                    refusal.code(),
                    badge(submission.author().session()),
                    told);
            await(submission.author());
        } else {
            outbox.drop(submission.digest(), told);
        }
    }

    /** Of a session's person, from the registry or from its opening, which leaves the outbox only after this; zero where neither tells. */
    private Digest badge(Digest session) {
        if (!session.equals(lastSession)) {
            lastSession = session;
            lastBadge = registry.session(session)
                    .map(Session::badge)
                    .or(() -> outbox.entries().stream()
                            .map(Refusing::author)
                            .flatMap(author -> opening(author, session).stream())
                            .findFirst())
                    .orElse(Digest.ZERO);
        }
        return lastBadge;
    }

    private static Optional<Digest> opening(AuthorPart author, Digest session) {
        return Leaning.statement(author) instanceof Statement.SessionOpening opening
                        && SignedStatement.id(opening).equals(session)
                ? Optional.of(opening.badge())
                : Optional.empty();
    }

    /** A quorum covers what is kept here as refused, if the leaf is of one of these and no tier only says so. */
    boolean covered(long index, Push.MovedEntry moved) {
        Outbox.Refused refused = outbox.refused().get(byNonce.getOrDefault(moved.nonce(), Digest.ZERO));
        if (refused == null) {
            return false;
        }
        Submission submission = Submission.resumed(
                refused.entry(),
                author(refused.entry()),
                Submission.Fate.NONE,
                setting.loop().monotonicNanos());
        new PlacedHeader(setting, tiers, submission, index, moved, this::placed).fetch();
        // A leaf that is another's has no header that fits: it is not looked for without end.
        setting.loop().after(StationLimits.PATIENCE_MILLIS, () -> submission.finished = true);
        return true;
    }

    private void placed(Submission submission, Header header, Place place) {
        if (place.verdict() != Verdict.VOID) {
            submission.finished = true;
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
