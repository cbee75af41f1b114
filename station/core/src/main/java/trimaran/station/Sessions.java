package trimaran.station;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.kernel.WallTime;
import trimaran.record.AuthorPart;
import trimaran.record.EntryKind;
import trimaran.record.Header;
import trimaran.record.Registry;
import trimaran.record.Sanction;
import trimaran.record.Signature;
import trimaran.record.SignedStatement;
import trimaran.record.Signer;
import trimaran.record.Statement;
import trimaran.record.Suite;

/** The sessions of this station: opened by a badge, joined to every tier that is reached, joined again when one comes back. */
final class Sessions {

    /** A registry statement needs no session signature beside its own. */
    private static final Signature NO_SIGNATURE = new Signature(Suite.ML_DSA_44, Bytes.EMPTY);
    /** The station's own session is renewed this long before it ends. */
    private static final long RENEW_MILLIS = 10 * 60_000;

    private final StationSetting setting;
    private final TierTable tiers;
    private final Registry registry;
    private final HeadWatch watch;
    private final Outbox outbox;
    private final Courier courier;
    private final Cells cells;
    private final HeardTime heard;
    private final Map<Digest, OwnSession> open = new HashMap<>();
    private @Nullable OwnSession service;
    private boolean opening;

    Sessions(
            StationSetting setting,
            TierTable tiers,
            Registry registry,
            HeadWatch watch,
            Outbox outbox,
            Courier courier,
            Cells cells,
            HeardTime heard) {
        this.setting = setting;
        this.tiers = tiers;
        this.registry = registry;
        this.watch = watch;
        this.outbox = outbox;
        this.courier = courier;
        this.cells = cells;
        this.heard = heard;
    }

    /** The station's own session, once it is open. */
    Optional<OwnSession> service() {
        return Optional.ofNullable(service).filter(session -> !session.isClosed());
    }

    /** The session itself while it lives here, else the station's own, which may fetch approvals for it. */
    Optional<OwnSession> filing(Digest session) {
        OwnSession own = open.get(session);
        return own != null && !own.isClosed() ? Optional.of(own) : service();
    }

    /** Opens the station's own session if there is none. */
    void ensureService() {
        if (opening || service().isPresent()) {
            return;
        }
        opening = true;
        long millis = registry.policy().sessionMillis();
        open(setting.badge(), millis, outcome -> {
            opening = false;
            if (outcome instanceof Outcome.Done<OwnSession>(OwnSession session)) {
                service = session;
                setting.loop().after(Math.max(millis - RENEW_MILLIS, millis / 2), () -> {
                    service = null;
                    ensureService();
                });
                courier.up(trimaran.kernel.Party.APPLICATION);
            } else {
                setting.loop().after(StationLimits.RETRY_MAX_MILLIS, this::ensureService);
            }
        });
    }

    void open(Signer badge, long lifeMillis, Consumer<Outcome<OwnSession>> then) {
        boolean alone = tiers.up().isEmpty();
        Optional<Refusal> no = alone ? notAlone(badge.publicKey().id()) : Optional.empty();
        if (no.isPresent()) {
            then.accept(Outcome.refused(no.get()));
            return;
        }
        long life = Math.min(lifeMillis, registry.policy().sessionMillis());
        Signer key = setting.sessionKeys().get();
        RecordTime now = new RecordTime(setting.loop().wallTime().millis());
        Digest badgeId = badge.publicKey().id();
        Statement.SessionOpening statement = new Statement.SessionOpening(
                key.publicKey(),
                badgeId,
                setting.line(),
                now,
                now.plusMillis(life),
                watch.frontier().root());
        SignedStatement signed = SignedStatement.signed(registry.origin(), statement, List.of(badge));
        Header header = registryEntry(signed);
        OwnSession session = new OwnSession(
                signed.id(),
                key,
                badgeId,
                registry.badge(badgeId).map(Statement.Grant::kind).orElse(Statement.BadgeKind.PERSON),
                registry.session(statement),
                header,
                statement.expiry());
        open.put(session.id(), session);
        setting.loop().after(life, () -> ended(session));
        if (alone) {
            // What is signed under it may be promised, so it lies in the outbox first, and goes first.
            submit(header, new EndsIfRefused(session), true, () -> then.accept(Outcome.done(session)));
        } else {
            submit(header, new EndsIfRefused(session), false, () -> {});
            joinAll(session, then);
        }
    }

    /**
     * Why a badge opens no session while nobody is reached; empty where it does: of a person whom the registry as this station verified it
     * knows, and nobody has ended or cut since as far as it has heard. What the tiers say of it once they are back counts. One it does not
     * know may be one they know.
     */
    private Optional<Refusal> notAlone(Digest badge) {
        if (registry.revoked(badge)) {
            return Optional.of(Refusal.of(Code.NOT_SIGNED_IN, "this badge was revoked"));
        }
        if (registry.isCutByName(badge) || registry.isCutByName(setting.line())) {
            return Optional.of(Refusal.of(Code.CUT, "this station or badge is cut"));
        }
        if (heard.isClockBehind()) {
            return Optional.of(
                    Refusal.of(Code.STALE, "this station's clock is behind what the tiers said before; set it"));
        }
        boolean known = registry.badge(badge)
                .filter(grant -> grant.kind() == Statement.BadgeKind.PERSON)
                .isPresent();
        if (!known || !tiers.isAlone()) {
            return Optional.of(Refusal.of(Code.UNAVAILABLE, "no tier is reached that could know this badge"));
        }
        return outbox.isFull()
                ? Optional.of(Refusal.of(Code.BUSY, "the outbox of this station is full"))
                : Optional.empty();
    }

    /** What becomes of the opening of a session that lives here. */
    private final class EndsIfRefused implements Submission.Fate {

        private final OwnSession session;

        EndsIfRefused(OwnSession session) {
            this.session = session;
        }

        @Override
        public void placed(Header header, trimaran.record.Place place) {}

        @Override
        public void held(Header header, List<trimaran.record.Held> statements) {}

        @Override
        public void refused(Refusal refusal) {
            ended(session);
        }

        @Override
        public void waiting(Refusal reason) {}
    }

    /** Answers as soon as two tiers know the session, or all that are reached have answered. */
    private void joinAll(OwnSession session, Consumer<Outcome<OwnSession>> then) {
        List<TierLine> up = tiers.up();
        int[] left = {up.size()};
        int[] joined = {0};
        boolean[] told = {false};
        for (TierLine line : up) {
            line.join(session, outcome -> {
                left[0]--;
                boolean done = outcome.isDone();
                joined[0] += done ? 1 : 0;
                if (told[0]) {
                    return;
                }
                if (joined[0] >= 2 || (left[0] == 0 && joined[0] > 0)) {
                    told[0] = true;
                    then.accept(Outcome.done(session));
                } else if (left[0] == 0
                        && outcome instanceof Outcome.Refused<trimaran.kernel.SecretBytes>(Refusal refusal)) {
                    told[0] = true;
                    ended(session);
                    then.accept(Outcome.refused(refusal));
                }
            });
        }
    }

    private Header registryEntry(SignedStatement signed) {
        AuthorPart author = new AuthorPart(
                registry.origin(),
                setting.entropy().nonce(),
                Digest.ZERO,
                EntryKind.REGISTRY,
                new WallTime(setting.loop().wallTime().millis()),
                true,
                List.of(),
                List.of(),
                signed.encode(),
                Digest.ZERO,
                Digest.ZERO,
                watch.size());
        return Header.of(author, NO_SIGNATURE, new Sanction.OwnSignatures());
    }

    /** @param then done once it would survive a power cut */
    private void submit(Header header, Submission.Fate fate, boolean promised, Runnable then) {
        StoredEntry entry =
                new StoredEntry(header.authorBytes(), NO_SIGNATURE, Bytes.EMPTY, Bytes.EMPTY, List.of(), Bytes.EMPTY);
        Submission submission = new Submission(
                entry,
                header.author(),
                header.digest(),
                Optional.empty(),
                false,
                fate,
                setting.loop().monotonicNanos());
        submission.promised = promised;
        outbox.add(header.digest(), entry, () -> {
            courier.begin(submission);
            then.run();
        });
    }

    /** Puts any signed registry statement into the record, as two officers hand it in. */
    void register(SignedStatement signed, Submission.Fate fate) {
        submit(registryEntry(signed), fate, false, () -> {});
    }

    /** Ends a session for good: its keys are forgotten here at once, and everybody is told. */
    void close(OwnSession session) {
        if (session.isClosed()) {
            return;
        }
        Statement.SessionClosing closing = new Statement.SessionClosing(session.id());
        byte[] message = SignedStatement.signedBytes(registry.origin(), closing);
        SignedStatement signed = new SignedStatement(
                closing, List.of(new SignedStatement.Signed(session.keyId(), session.sign(message))));
        ended(session);
        submit(registryEntry(signed), Submission.Fate.NONE, false, () -> {});
    }

    /**
     * Whoever is cut, revoked or closed by now loses at once what it has open here (DESIGN §10). While everything is cut, leases
     * end and sessions go on: each ward writes into its outbox, and what it wrote counts once two officers open again.
     */
    void recheck() {
        for (OwnSession session : List.copyOf(open.values())) {
            boolean over = registry.isCutByName(setting.line())
                    || registry.isCutByName(session.id())
                    || registry.sessionClosed(session.id())
                    || session.granted()
                            .filter(one -> registry.isCutByName(one.badge()))
                            .isPresent();
            if (over) {
                ended(session);
            } else if (registry.isAllCut()) {
                cells.endLeases(session.id());
            }
        }
    }

    private void ended(OwnSession session) {
        session.close();
        open.remove(session.id());
        cells.endLeases(session.id());
        tiers.all().forEach(line -> line.forget(session.id()));
    }

    /** A tier is back: every session joins it again. */
    void up(TierLine line) {
        tiers.moved();
        for (OwnSession session : List.copyOf(open.values())) {
            line.join(session, outcome -> {});
        }
        ensureService();
    }

    void down(TierLine line) {
        tiers.fell();
        open.keySet().forEach(line::forget);
    }
}
