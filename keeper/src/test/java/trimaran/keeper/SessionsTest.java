package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.kernel.SecretBytes;
import trimaran.kernel.WallTime;
import trimaran.ledger.Merkle;
import trimaran.line.message.Request;
import trimaran.line.message.RequestCodec;
import trimaran.line.message.Response;
import trimaran.record.Session;
import trimaran.record.Signature;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;
import trimaran.shares.KeyDerivation;

/** Who asks is who says so, from where it lives, once, and now. */
class SessionsTest {

    private static final Bytes QUESTION = RequestCodec.encode(new Request.Highest());

    private final KeptTier access = new KeptTier();
    private final Sessions sessions = new Sessions(access.setting, access.copy.registry(), access.copy::root);
    private Digest session = Digest.ZERO;
    private int asked;

    @BeforeEach
    void open() {
        session = SignedStatement.id(access.openSession());
    }

    private Outcome<Response> challenge(Digest station) {
        return sessions.challenge(station, new Request.JoinSession(session, Bytes.EMPTY));
    }

    private Outcome<Response> prove(Digest challenge, Party tier) {
        byte[] message = RequestCodec.joinBytes(access.founding.id(), tier, session, challenge);
        return sessions.prove(new Request.ProveSession(session, access.session.sign(message)));
    }

    private SecretBytes join() {
        Response.Challenge challenge = (Response.Challenge) done(challenge(KeptTier.STATION));
        return ((Response.Joined) done(prove(challenge.nonce(), Party.ACCESS))).macKey();
    }

    private Request.AsSession request(SecretBytes key, Party tier, long expiresInMillis) {
        Digest nonce = KeptTier.digest("asked " + asked++);
        WallTime expiry = new WallTime(access.setting.now().millis() + expiresInMillis);
        Digest mac = KeyDerivation.authenticate(key, RequestCodec.macBytes(tier, session, nonce, expiry, QUESTION));
        return new Request.AsSession(session, nonce, expiry, mac, QUESTION);
    }

    private Request.AsSession request(SecretBytes key) {
        return request(key, Party.ACCESS, 1000);
    }

    private static <T> T done(Outcome<T> outcome) {
        if (outcome instanceof Outcome.Done<T>(T value)) {
            return value;
        }
        throw new AssertionError("refused: " + outcome);
    }

    private static Code code(Outcome<?> outcome) {
        return outcome instanceof Outcome.Refused<?>(Refusal refusal) ? refusal.code() : Code.BROKEN;
    }

    @Test
    void aSessionThatProvedItsKeyIsWhoAsks() {
        Session who = done(sessions.authenticate(KeptTier.STATION, request(join())));
        assertThat(who.id()).isEqualTo(session);
        assertThat(who.badge()).isEqualTo(access.badge.publicKey().id());
    }

    @Test
    void aBadgeThatSignedAnotherRecordIsNotLetIn() {
        assertThat(code(joinWith(KeptTier.digest("another tree")))).isEqualTo(Code.EQUIVOCATION);
        assertThat(joinWith(Merkle.EMPTY_ROOT).isDone())
                .as("the tree at that size")
                .isTrue();
        assertThat(joinWith(Digest.ZERO).isDone()).as("no tree seen").isTrue();
    }

    /** Joins with the opening of another session of the same badge, signed over this root at size 0. */
    private Outcome<Response> joinWith(Digest root) {
        Statement.SessionOpening opening = new Statement.SessionOpening(
                access.session.publicKey(),
                access.badge.publicKey().id(),
                KeptTier.STATION,
                KeptTier.START,
                KeptTier.START.plusMillis(3_600_000),
                root);
        SignedStatement signed = SignedStatement.signed(access.founding.id(), opening, List.of(access.badge));
        return sessions.challenge(
                KeptTier.STATION,
                new Request.JoinSession(signed.id(), access.entry(signed).headerBytes()));
    }

    @Test
    void whileThisTierOrEverythingIsClosedNobodyIsLetIn() {
        SecretBytes key = join();
        access.copy
                .registry()
                .announce(new Statement.Cut(
                        Statement.Target.TIER, Statement.Target.subjectOf(Party.ACCESS), 0, KeptTier.START));
        assertThat(code(challenge(KeptTier.STATION))).isEqualTo(Code.CUT);
        assertThat(code(sessions.authenticate(KeptTier.STATION, request(key)))).isEqualTo(Code.CUT);
        access.copy.registry().forgetAnnounced();
        assertThat(challenge(KeptTier.STATION).isDone()).isTrue();
        access.copy.registry().announce(new Statement.Cut(Statement.Target.ALL, Digest.ZERO, 0, KeptTier.START));
        assertThat(code(challenge(KeptTier.STATION))).isEqualTo(Code.CUT);
    }

    @Test
    void aSessionLivesInOneStation() {
        assertThat(code(challenge(KeptTier.digest("another station")))).isEqualTo(Code.NOT_ALLOWED);
        assertThat(code(sessions.authenticate(KeptTier.digest("another station"), request(join()))))
                .isEqualTo(Code.NOT_ALLOWED);
    }

    @Test
    void whatAnotherTierWasProvenProvesNothingHere() {
        Response.Challenge challenge = (Response.Challenge) done(challenge(KeptTier.STATION));
        assertThat(code(prove(challenge.nonce(), Party.DATA))).isEqualTo(Code.BAD_SIGNATURE);
        assertThat(sessions.joined()).isZero();
    }

    @Test
    void aChallengeIsAnsweredOnce() {
        Response.Challenge challenge = (Response.Challenge) done(challenge(KeptTier.STATION));
        done(prove(challenge.nonce(), Party.ACCESS));
        assertThat(code(prove(challenge.nonce(), Party.ACCESS))).isEqualTo(Code.SESSION_UNKNOWN);
    }

    @Test
    void aRequestIsForOneTier() {
        assertThat(code(sessions.authenticate(KeptTier.STATION, request(join(), Party.DATA, 1000))))
                .isEqualTo(Code.BAD_SIGNATURE);
    }

    @Test
    void aRequestCountsOnce() {
        Request.AsSession request = request(join());
        done(sessions.authenticate(KeptTier.STATION, request));
        assertThat(code(sessions.authenticate(KeptTier.STATION, request))).isEqualTo(Code.DUPLICATE);
    }

    @Test
    void aRequestIsOfNow() {
        SecretBytes key = join();
        long latest = 2 * Sessions.REQUEST_MILLIS_MAX;
        done(sessions.authenticate(KeptTier.STATION, request(key, Party.ACCESS, 0)));
        done(sessions.authenticate(KeptTier.STATION, request(key, Party.ACCESS, latest)));
        assertThat(code(sessions.authenticate(KeptTier.STATION, request(key, Party.ACCESS, -1))))
                .isEqualTo(Code.STALE);
        assertThat(code(sessions.authenticate(KeptTier.STATION, request(key, Party.ACCESS, latest + 1))))
                .isEqualTo(Code.STALE);
    }

    @Test
    void aSessionThatIsOverIsForgotten() {
        SecretBytes key = join();
        access.loops.runMillis(8 * 3_600_000L + 1);
        assertThat(code(sessions.authenticate(KeptTier.STATION, request(key)))).isEqualTo(Code.SESSION_ENDED);
        assertThat(sessions.joined()).isZero();
        assertThat(code(challenge(KeptTier.STATION))).isEqualTo(Code.SESSION_ENDED);
    }

    @Test
    void whatASessionStandsOnMayBeCutOnSight() {
        SecretBytes key = join();
        access.copy
                .registry()
                .announce(new Statement.Cut(
                        Statement.Target.CLIENT, access.badge.publicKey().id(), 0, KeptTier.START));
        assertThat(code(sessions.authenticate(KeptTier.STATION, request(key)))).isEqualTo(Code.CUT);
        assertThat(sessions.joined()).isZero();
    }

    @Test
    void aSessionNobodyOpenedIsUnknown() {
        session = KeptTier.digest("another session");
        assertThat(code(challenge(KeptTier.STATION))).isEqualTo(Code.SESSION_UNKNOWN);
        assertThat(code(sessions.prove(
                        new Request.ProveSession(session, new Signature(trimaran.record.Suite.STAND_IN, Bytes.EMPTY)))))
                .isEqualTo(Code.SESSION_UNKNOWN);
    }
}
