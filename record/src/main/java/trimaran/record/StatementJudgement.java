package trimaran.record;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;

/** Whether a registry statement carries the signatures it needs (DESIGN §7): a pure function of registry and time. */
public final class StatementJudgement {

    /** Officers who must sign a grant, an enrolment, a policy, an epoch, a reopening. */
    public static final int OFFICERS_TO_GRANT = 2;

    /** Officers who must sign a cut, or the revocation of a badge that is no officer's. */
    public static final int OFFICERS_TO_CUT = 1;

    /** Officers who must sign entry 0, and who must be left whatever is signed: two grant while one is ill. */
    public static final int OFFICERS_MIN = 3;

    private StatementJudgement() {}

    /** Empty if the statement stands. */
    public static Optional<Refusal> judge(
            SignedStatement signed, Registry registry, RecordTime time, Verifier verifier) {
        return judge(signed, registry, time, time, false, verifier);
    }

    /**
     * Empty if the statement stands.
     *
     * @param time when it was held first, which counts against lateness and cuts
     * @param later when it was held by two, which counts against coming too early
     * @param byClock whether it was held, so that cuts count from when they began; else they count as they stand in the log
     */
    static Optional<Refusal> judge(
            SignedStatement signed,
            Registry registry,
            RecordTime time,
            RecordTime later,
            boolean byClock,
            Verifier verifier) {
        return switch (signed.statement()) {
            case Statement.Founding founding ->
                Optional.of(Refusal.of(Code.DUPLICATE, "a hospital is founded once, by entry 0"));
            case Statement.SessionOpening opening -> session(signed, opening, registry, time, later, byClock, verifier);
            case Statement.SessionClosing closing -> closing(signed, closing, registry, verifier);
            case Statement.Revocation revocation -> revocation(signed, revocation, registry, verifier);
            case Statement.Cut cut ->
                cut(signed, cut, registry, verifier, registry.cutTiers(), registry.reopenings())
                        .or(() -> cut.reopeningsSeen() > registry.reopenings()
                                ? Optional.of(
                                        Refusal.of(Code.CUT, "this cut names a reopening that has not come about"))
                                : Optional.empty());
            case Statement.EpochChange change ->
                judgeEpoch(signed, change, registry, registry.epoch(), verifier).or(() -> generation(change, registry));
            case Statement.Grant grant -> grant(signed, grant, registry, verifier);
            case Statement.StationEnrolment station -> officers(signed, registry, verifier, OFFICERS_TO_GRANT);
            case Statement.PolicyChange change ->
                officers(signed, registry, verifier, OFFICERS_TO_GRANT)
                        .or(() -> change.policy().version() > registry.policy().version()
                                ? Optional.empty()
                                : Optional.of(
                                        Refusal.of(Code.NOT_ALLOWED, "this policy is not newer than the present one")));
            case Statement.Erasure erasure -> officers(signed, registry, verifier, OFFICERS_TO_GRANT);
            case Statement.Roll roll -> officers(signed, registry, verifier, OFFICERS_TO_GRANT);
            case Statement.Reopening reopening -> officers(signed, registry, verifier, OFFICERS_TO_GRANT);
            case Statement.Refresh refresh ->
                officers(signed, registry, verifier, OFFICERS_TO_GRANT)
                        .or(
                                () -> refresh.generation() == registry.generation() + 1
                                                && refresh.epoch() == registry.epoch()
                                        ? Optional.empty()
                                        : Optional.of(
                                                Refusal.of(
                                                        Code.WRONG_ORIGIN,
                                                        "this refresh of shares does not follow the present generation and membership")));
        };
    }

    /**
     * Whether a cut or reopening counts on sight, before the log has it (DESIGN §10): judged by the log and by what was announced
     * here before. A cut may name a reopening this reader has not heard of yet, since whoever lags must close all the same.
     */
    public static Optional<Refusal> judgeOnSight(
            SignedStatement signed, Registry registry, RecordTime time, Verifier verifier) {
        return switch (signed.statement()) {
            case Statement.Cut cut ->
                cut(signed, cut, registry, verifier, registry.cutTiersOnSight(), registry.reopeningsOnSight());
            case Statement.Reopening reopening -> judge(signed, registry, time, verifier);
            default -> Optional.of(Refusal.of(Code.NOT_ALLOWED, "only cuts and reopenings count on sight"));
        };
    }

    /** One officer closes anything, but not a second tier; "couper tout" closes all of it and says so. */
    private static Optional<Refusal> cut(
            SignedStatement signed,
            Statement.Cut cut,
            Registry registry,
            Verifier verifier,
            Set<Party> cutTiers,
            long reopenings) {
        Optional<Party> tier = Party.TIERS.stream()
                .filter(one -> Statement.Target.subjectOf(one).equals(cut.subject()))
                .findFirst();
        if (tier.isPresent() != (cut.target() == Statement.Target.TIER)) {
            return Optional.of(Refusal.of(Code.MALFORMED, "a tier, and nothing else, is cut as a tier"));
        }
        if (cut.reopeningsSeen() < reopenings) {
            return Optional.of(Refusal.of(Code.CUT, "this cut is older than the last reopening"));
        }
        boolean second = tier.isPresent() && cutTiers.stream().anyMatch(other -> other != tier.get());
        return officers(signed, registry, verifier, second ? OFFICERS_TO_GRANT : OFFICERS_TO_CUT);
    }

    /** Officers are unmade as they are made, by two: or one of them could send the others away and be alone. */
    private static Optional<Refusal> revocation(
            SignedStatement signed, Statement.Revocation revocation, Registry registry, Verifier verifier) {
        boolean officer = registry.officer(revocation.badge()).isPresent();
        return officers(signed, registry, verifier, officer ? OFFICERS_TO_GRANT : OFFICERS_TO_CUT)
                .or(() -> officer ? oneLess(registry) : Optional.empty());
    }

    private static Optional<Refusal> grant(
            SignedStatement signed, Statement.Grant grant, Registry registry, Verifier verifier) {
        Digest badge = grant.badge().id();
        if (registry.revoked(badge)) {
            return Optional.of(Refusal.of(Code.CUT, "this badge was revoked; its holder needs another"));
        }
        boolean leaves = registry.officer(badge).isPresent() && grant.kind() != Statement.BadgeKind.OFFICER;
        return officers(signed, registry, verifier, OFFICERS_TO_GRANT)
                .or(() -> leaves ? oneLess(registry) : Optional.empty());
    }

    private static Optional<Refusal> oneLess(Registry registry) {
        return registry.officers().size() > OFFICERS_MIN
                ? Optional.empty()
                : Optional.of(
                        Refusal.of(Code.NOT_ALLOWED, OFFICERS_MIN + " officers must remain; grant another one first"));
    }

    /**
     * Whether a statement that makes or unmakes an officer stands, for whoever reads no record and hears of each in the order they
     * came to be: by the officers known from those before it.
     */
    public static Optional<Refusal> judgeOfficer(SignedStatement signed, Registry registry, Verifier verifier) {
        return switch (signed.statement()) {
            case Statement.Grant grant
            when grant.kind() == Statement.BadgeKind.OFFICER
                    || registry.officer(grant.badge().id()).isPresent() -> grant(signed, grant, registry, verifier);
            case Statement.Revocation revocation
            when registry.officer(revocation.badge()).isPresent() -> revocation(signed, revocation, registry, verifier);
            default ->
                Optional.of(Refusal.of(Code.NOT_SUPPORTED, "this makes or unmakes no officer that is known here"));
        };
    }

    /** Whether a membership statement follows this epoch and two officers signed it. */
    public static Optional<Refusal> judgeEpoch(
            SignedStatement signed, Statement.EpochChange change, Registry registry, long present, Verifier verifier) {
        if (change.keys().party() != change.replaced()) {
            return Optional.of(Refusal.of(Code.MALFORMED, "these keys are another party's"));
        }
        return change.epoch() != present + 1
                ? Optional.of(Refusal.of(Code.WRONG_ORIGIN, "this epoch does not follow the present one"))
                : officers(signed, registry, verifier, OFFICERS_TO_GRANT);
    }

    /** Whether a membership statement is one two officers signed, be it over or not: for whoever hands it on, and takes nothing from it. */
    public static Optional<Refusal> judgeEpochSigned(SignedStatement signed, Registry registry, Verifier verifier) {
        return signedBy(signed, registry, verifier, OFFICERS_TO_GRANT);
    }

    /**
     * Known by the log alone: whoever hears of a membership before need not have the refreshes before it. One of an earlier generation
     * counts: a refresh may have been named between the signing of a change and its place, and void it would leave the log in
     * another membership than the parties that agreed to it, for good.
     */
    private static Optional<Refusal> generation(Statement.EpochChange change, Registry registry) {
        return !change.replaced().isTier() || change.keys().generation() <= registry.generation()
                ? Optional.empty()
                : Optional.of(Refusal.of(
                        Code.MALFORMED, "this sealing key is of a generation of shares the record does not name yet"));
    }

    /** Whether a founding statement is signed by at least three of the officers it names. */
    public static Optional<Refusal> judgeFounding(SignedStatement signed, Verifier verifier) {
        if (!(signed.statement() instanceof Statement.Founding founding)) {
            return Optional.of(Refusal.of(Code.MALFORMED, "entry 0 is not a founding statement"));
        }
        byte[] message = SignedStatement.signedBytes(Digest.ZERO, founding);
        Set<Digest> valid = new HashSet<>();
        for (SignedStatement.Signed one : signed.signatures()) {
            founding.officers().stream()
                    .filter(officer -> officer.id().equals(one.key()))
                    .filter(officer -> verifier.verify(officer, message, one.signature()))
                    .forEach(officer -> valid.add(officer.id()));
        }
        return enough(valid.size(), OFFICERS_MIN);
    }

    private static Optional<Refusal> officers(
            SignedStatement signed, Registry registry, Verifier verifier, int needed) {
        // Whoever keeps an old statement could else undo a newer one with it: grant again, reopen again.
        if (registry.said(signed.id())) {
            return Optional.of(Refusal.of(Code.DUPLICATE, "this statement stands in the record already"));
        }
        return signedBy(signed, registry, verifier, needed);
    }

    private static Optional<Refusal> signedBy(
            SignedStatement signed, Registry registry, Verifier verifier, int needed) {
        byte[] message = SignedStatement.signedBytes(registry.origin(), signed.statement());
        Set<Digest> valid = new HashSet<>();
        for (SignedStatement.Signed one : signed.signatures()) {
            registry.officer(one.key())
                    .filter(officer -> verifier.verify(officer, message, one.signature()))
                    .ifPresent(officer -> valid.add(officer.id()));
        }
        return enough(valid.size(), needed);
    }

    private static Optional<Refusal> enough(int valid, int needed) {
        return valid >= needed
                ? Optional.empty()
                : Optional.of(
                        Refusal.of(Code.OFFICERS_MISSING, valid + " of " + needed + " different officers signed this"));
    }

    private static Optional<Refusal> session(
            SignedStatement signed,
            Statement.SessionOpening opening,
            Registry registry,
            RecordTime time,
            RecordTime later,
            boolean byClock,
            Verifier verifier) {
        Optional<Statement.Grant> grant = registry.badge(opening.badge());
        if (grant.isEmpty()) {
            return Optional.of(Refusal.of(Code.NOT_SIGNED_IN, "this badge is not in the registry, or was revoked"));
        }
        if (registry.station(opening.station()).isEmpty()) {
            return Optional.of(Refusal.of(Code.NOT_ALLOWED, "this station is not enrolled"));
        }
        if (Validity.isCut(registry, opening.station(), time, byClock)
                || Validity.isCut(registry, opening.badge(), time, byClock)) {
            return Optional.of(Refusal.of(Code.CUT, "this station or badge is cut"));
        }
        if (opening.opened().isAfter(opening.expiry()) || Registry.isOver(opening.expiry(), time)) {
            return Optional.of(Refusal.of(Code.SESSION_ENDED, "this session was over long ago"));
        }
        if (opening.expiry().millis() - opening.opened().millis()
                > registry.policy().sessionMillis()) {
            return Optional.of(Refusal.of(Code.NOT_ALLOWED, "this session would last longer than the policy allows"));
        }
        if (opening.opened().millis() > later.millis() + RecordLimits.SESSION_AHEAD_MILLIS_MAX) {
            return Optional.of(
                    Refusal.of(Code.NOT_ALLOWED, "this session would begin later; check the station's clock"));
        }
        byte[] message = SignedStatement.signedBytes(registry.origin(), opening);
        boolean good = signed.signatures().stream()
                .anyMatch(one -> one.key().equals(opening.badge())
                        && verifier.verify(grant.get().badge(), message, one.signature()));
        return good
                ? Optional.empty()
                : Optional.of(Refusal.of(Code.BAD_SIGNATURE, "the badge did not sign this session"));
    }

    private static Optional<Refusal> closing(
            SignedStatement signed, Statement.SessionClosing closing, Registry registry, Verifier verifier) {
        Optional<Session> session = registry.session(closing.session());
        if (session.isEmpty()) {
            return Optional.of(Refusal.of(Code.SESSION_UNKNOWN, "there is no such session"));
        }
        byte[] message = SignedStatement.signedBytes(registry.origin(), closing);
        List<PublicKey> enders = new ArrayList<>(List.of(session.get().key()));
        registry.badge(session.get().badge()).map(Statement.Grant::badge).ifPresent(enders::add);
        boolean good = signed.signatures().stream()
                .anyMatch(one -> enders.stream()
                        .anyMatch(key -> one.key().equals(key.id()) && verifier.verify(key, message, one.signature())));
        return good
                ? Optional.empty()
                : Optional.of(Refusal.of(Code.BAD_SIGNATURE, "only the session or its badge may end it"));
    }
}
