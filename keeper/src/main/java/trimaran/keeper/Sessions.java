package trimaran.keeper;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Reader;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.kernel.SecretBytes;
import trimaran.line.message.Request;
import trimaran.line.message.RequestCodec;
import trimaran.line.message.Response;
import trimaran.record.Header;
import trimaran.record.Registry;
import trimaran.record.Session;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;
import trimaran.record.StatementJudgement;
import trimaran.shares.KeyDerivation;

/**
 * Who is asking. Each tier challenges the session key itself and gives it a key of its own for the requests that follow; a tier
 * that was away at log-in is joined later. A session whose opening has no place yet is admitted on the opening alone.
 */
final class Sessions {

    /** Sessions joined at one tier: three shifts of a large hospital's staff. */
    static final int JOINED_MAX = 20_000;

    /** Challenges given and not yet answered. */
    static final int CHALLENGES_MAX = 1024;

    /** How far ahead a request's expiry may lie; nonces are remembered as long. */
    static final long REQUEST_MILLIS_MAX = 60_000;

    private final KeeperSetting setting;
    private final Registry registry;
    private final LongFunction<Optional<Digest>> trees;
    private final Map<Digest, Pending> pending = new LinkedHashMap<>();
    private final Map<Digest, Joined> joined = new LinkedHashMap<>(64, 0.75f, true);
    private final Map<Digest, Long> nonces = new HashMap<>();
    private long nextSweep;

    /** @param trees the tree of this tier's copy at a size, if the copy has come so far */
    Sessions(KeeperSetting setting, Registry registry, LongFunction<Optional<Digest>> trees) {
        this.setting = setting;
        this.registry = registry;
        this.trees = trees;
    }

    private record Pending(Session session, Digest challenge) {}

    private record Joined(Session session, SecretBytes key) {}

    Outcome<Response> challenge(Digest station, Request.JoinSession join) {
        Outcome<Session> found =
                registry.session(join.session()).map(Outcome::done).orElseGet(() -> provisional(join));
        return found.then(session -> {
            Optional<Refusal> other = sawAnotherTree(join.openingHeader());
            if (other.isPresent()) {
                return Outcome.refused(other.get());
            }
            if (!session.station().equals(station)) {
                return Outcome.refused(Code.NOT_ALLOWED, "this session lives in another station");
            }
            Optional<Refusal> over = over(session);
            if (over.isPresent()) {
                return Outcome.refused(over.get());
            }
            if (pending.size() >= CHALLENGES_MAX) {
                pending.remove(pending.keySet().iterator().next());
            }
            Digest challenge = setting.entropy().nonce();
            pending.put(session.id(), new Pending(session, challenge));
            return Outcome.done(new Response.Challenge(challenge));
        });
    }

    Outcome<Response> prove(Request.ProveSession proof) {
        Pending asked = pending.remove(proof.session());
        if (asked == null) {
            return Outcome.refused(Code.SESSION_UNKNOWN, "this session was not asked anything; join again");
        }
        byte[] message = RequestCodec.joinBytes(registry.origin(), setting.party(), proof.session(), asked.challenge());
        if (!setting.verifier().verify(asked.session().key(), message, proof.signature())) {
            return Outcome.refused(Code.BAD_SIGNATURE, "the session key did not sign the challenge");
        }
        if (joined.size() >= JOINED_MAX) {
            forget(joined.keySet().iterator().next());
        }
        SecretBytes key = SecretBytes.random(setting.entropy(), Digest.SIZE);
        joined.put(proof.session(), new Joined(asked.session(), key));
        return Outcome.done(new Response.Joined(key));
    }

    /** The session behind a request, if the request is fresh, whole, and the session still stands. */
    Outcome<Session> authenticate(Digest station, Request.AsSession request) {
        Joined known = joined.get(request.session());
        if (known == null) {
            Refusal unknown = Refusal.of(Code.SESSION_UNKNOWN, "this session has not joined this tier; join again");
            return Outcome.refused(
                    registry.session(request.session()).flatMap(this::over).orElse(unknown));
        }
        Session session = known.session();
        RecordTime now = setting.now();
        if (!session.station().equals(station)) {
            return Outcome.refused(Code.NOT_ALLOWED, "this session lives in another station");
        }
        Optional<Refusal> over = over(session);
        if (over.isPresent()) {
            forget(session.id());
            return Outcome.refused(over.get());
        }
        long expiry = request.expiry().millis();
        if (expiry < now.millis() || expiry > now.millis() + 2 * REQUEST_MILLIS_MAX) {
            return Outcome.refused(Code.STALE, "this request is too old or too far ahead; check the station's clock");
        }
        Digest expected = KeyDerivation.authenticate(
                known.key(),
                RequestCodec.macBytes(
                        setting.party(), session.id(), request.nonce(), request.expiry(), request.request()));
        if (!java.security.MessageDigest.isEqual(
                expected.unsafeArray(), request.mac().unsafeArray())) {
            return Outcome.refused(Code.BAD_SIGNATURE, "this request is not the session's");
        }
        sweep(now.millis());
        if (nonces.putIfAbsent(request.nonce(), expiry) != null) {
            return Outcome.refused(Code.DUPLICATE, "this request was answered before");
        }
        return Outcome.done(session);
    }

    /** The badge that opened a session, of one that joined here or that the registry has not forgotten. */
    Optional<Digest> badge(Digest session) {
        return registry.session(session)
                .or(() -> Optional.ofNullable(joined.get(session)).map(Joined::session))
                .map(Session::badge);
    }

    /** Why a session no longer counts here, if it does not: it ended, was closed, or something it stands on was cut. */
    Optional<Refusal> over(Session session) {
        RecordTime now = setting.now();
        if (now.isAfter(session.expiry()) || registry.sessionClosed(session.id())) {
            return Optional.of(Refusal.of(Code.SESSION_ENDED, "this session has ended"));
        }
        if (registry.cutTiersOnSight().contains(setting.party())) {
            return Optional.of(Refusal.of(Code.CUT, "this tier is closed and answers no session"));
        }
        return isCut(session)
                ? Optional.of(Refusal.of(Code.CUT, "this session, its station or its badge is cut"))
                : Optional.empty();
    }

    /** Whoever ended or was cut since is forgotten at once, key and all, and has to join again if it may. */
    void recheck() {
        pending.values().removeIf(asked -> over(asked.session()).isPresent());
        List<Digest> ended = joined.values().stream()
                .map(Joined::session)
                .filter(session -> over(session).isPresent())
                .map(Session::id)
                .toList();
        ended.forEach(this::forget);
    }

    private void forget(Digest session) {
        Joined gone = joined.remove(session);
        if (gone != null) {
            gone.key().wipe();
        }
    }

    /** Sessions that joined and were not forgotten. */
    int joined() {
        return joined.size();
    }

    private boolean isCut(Session session) {
        return registry.isCut(session.station()) || registry.isCut(session.badge()) || registry.isCut(session.id());
    }

    private void sweep(long now) {
        if (now >= nextSweep) {
            nonces.values().removeIf(expiry -> expiry < now);
            recheck();
            nextSweep = now + REQUEST_MILLIS_MAX;
        }
    }

    /**
     * A badge signs the checkpoint its station saw, so that somebody who holds a fork up to a station is found out where its
     * sessions join. Zero says that the station had seen none.
     */
    private Optional<Refusal> sawAnotherTree(Bytes openingHeader) {
        if (openingHeader.isEmpty()) {
            return Optional.empty();
        }
        try {
            Header header = Reader.whole(openingHeader, Header::read);
            if (!(SignedStatement.decode(header.author().statement()).statement()
                            instanceof Statement.SessionOpening opening)
                    || opening.checkpoint().equals(Digest.ZERO)) {
                return Optional.empty();
            }
            return trees.apply(header.author().checkpointSeen())
                            .filter(root -> !root.equals(opening.checkpoint()))
                            .isPresent()
                    ? Optional.of(Refusal.of(
                            Code.EQUIVOCATION, "this session's badge signed another record than this tier has"))
                    : Optional.empty();
        } catch (MalformedException malformed) {
            return Optional.of(Refusal.of(Code.MALFORMED, "the opening of this session cannot be read"));
        }
    }

    private Outcome<Session> provisional(Request.JoinSession join) {
        try {
            Header header = Reader.whole(join.openingHeader(), Header::read);
            SignedStatement signed = SignedStatement.decode(header.author().statement());
            Optional<Refusal> refusal = StatementJudgement.judge(signed, registry, setting.now(), setting.verifier());
            if (refusal.isPresent()) {
                return Outcome.refused(refusal.get());
            }
            if (!(signed.statement() instanceof Statement.SessionOpening opening)
                    || !signed.id().equals(join.session())) {
                return Outcome.refused(Code.MALFORMED, "this is not the opening of that session");
            }
            return registry.session(opening)
                    .map(Outcome::done)
                    .orElse(Outcome.refused(Code.NOT_SIGNED_IN, "this badge is not in the registry"));
        } catch (MalformedException malformed) {
            return Outcome.refused(Code.SESSION_UNKNOWN, "this session is not in the record, and no opening came");
        }
    }
}
