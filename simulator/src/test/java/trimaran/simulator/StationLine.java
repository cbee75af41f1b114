package trimaran.simulator;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.kernel.SecretBytes;
import trimaran.kernel.WallTime;
import trimaran.ledger.Frontier;
import trimaran.ledger.Merkle;
import trimaran.line.Answer;
import trimaran.line.CallHandler;
import trimaran.line.Calls;
import trimaran.line.CloseReason;
import trimaran.line.Network;
import trimaran.line.PeerId;
import trimaran.line.Redialling;
import trimaran.line.Route;
import trimaran.line.message.Push;
import trimaran.line.message.PushCodec;
import trimaran.line.message.Request;
import trimaran.line.message.RequestCodec;
import trimaran.line.message.Response;
import trimaran.line.message.ResponseCodec;
import trimaran.line.simulated.VirtualLoop;
import trimaran.record.Quorum;

/** One station's line to one tier: hello, the session joined, the head feed checked leaf by leaf. */
final class StationLine implements CallHandler {

    static final long CALL_MILLIS = 2_000;
    private static final long EXPIRY_MILLIS = 30_000;

    private final Station station;
    private final Party tier;
    private final VirtualLoop loop;
    private final Redialling line;
    private Optional<SecretBytes> macKey = Optional.empty();
    private Optional<Frontier> frontier = Optional.empty();
    private final List<Push.MovedEntry> uncovered = new ArrayList<>();
    private long coveredHere;
    private boolean greeted;
    private boolean joining;

    StationLine(Station station, Party tier, VirtualLoop loop, Network network) {
        this.station = station;
        this.tier = tier;
        this.loop = loop;
        this.line = new Redialling(
                network,
                loop,
                station.hospital().loops().entropy(),
                new PeerId(station.members().party(tier).line()),
                List.of(new Route.Direct(Tier.address(tier))),
                this);
    }

    void start() {
        line.start();
    }

    /** Its tier speaks under another key now. */
    void stop() {
        line.stop();
        greeted = false;
    }

    Party tier() {
        return tier;
    }

    boolean isUp() {
        return line.calls().isPresent() && greeted;
    }

    boolean isJoined() {
        return isUp() && macKey.isPresent();
    }

    void ask(Request request, Consumer<Outcome<Response>> answer) {
        line.call(
                RequestCodec.encode(request),
                CALL_MILLIS,
                outcome -> answer.accept(outcome.then(bytes -> {
                    try {
                        return Outcome.done(ResponseCodec.decode(bytes));
                    } catch (MalformedException malformed) {
                        return Outcome.refused(Code.MALFORMED, "the answer cannot be read");
                    }
                })));
    }

    /** Asks under the session; a tier that forgot it is joined anew. */
    void askAsSession(Request request, Consumer<Outcome<Response>> answer) {
        if (macKey.isEmpty()) {
            loop.run(() -> answer.accept(Outcome.refused(Code.SESSION_UNKNOWN, "not joined yet")));
            return;
        }
        Bytes inner = RequestCodec.encode(request);
        Digest nonce = station.entropy().nonce();
        WallTime expiry = loop.wallTime().plusMillis(EXPIRY_MILLIS);
        long askedNanos = station.hospital().loops().nowNanos();
        Digest mac = mac(macKey.get(), RequestCodec.macBytes(tier, station.session(), nonce, expiry, inner));
        ask(new Request.AsSession(station.session(), nonce, expiry, mac, inner), outcome -> {
            if (outcome instanceof Outcome.Refused<Response>(Refusal refusal)
                    && refusal.code() == Code.SESSION_UNKNOWN) {
                macKey = Optional.empty();
                join();
            }
            if (outcome instanceof Outcome.Done<Response>(Response.Opened opened)) {
                station.hospital().cuts().ifPresent(cuts -> cuts.opened(station, tier, askedNanos));
            }
            answer.accept(outcome);
        });
    }

    @Override
    public void opened(Calls calls) {
        macKey = Optional.empty();
        greeted = false;
        ask(new Request.Hello(station.hospital().founded().origin(), 1), outcome -> {
            if (outcome instanceof Outcome.Done<Response>(Response.Welcome welcome)) {
                greeted = true;
                join();
                follow();
            } else {
                calls.close();
            }
        });
    }

    private void join() {
        if (!isUp() || joining) {
            return;
        }
        joining = true;
        ask(new Request.JoinSession(station.session(), station.openingHeader()), outcome -> {
            if (outcome instanceof Outcome.Done<Response>(Response.Challenge(Digest nonce))) {
                byte[] message =
                        RequestCodec.joinBytes(station.hospital().founded().origin(), tier, station.session(), nonce);
                ask(new Request.ProveSession(station.session(), station.sign(message)), proven -> {
                    if (proven instanceof Outcome.Done<Response>(Response.Joined(SecretBytes key))) {
                        macKey = Optional.of(key);
                        joining = false;
                    } else {
                        rejoin();
                    }
                });
            } else {
                rejoin();
            }
        });
    }

    private void rejoin() {
        loop.after(CALL_MILLIS / 4, () -> {
            joining = false;
            if (macKey.isEmpty()) {
                join();
            }
        });
    }

    /** Follows from what the station has covered; a tier that lags begins where it is. */
    private void follow() {
        frontier = Optional.empty();
        uncovered.clear();
        ask(new Request.Follow(station.covered()), outcome -> {
            if (outcome
                    instanceof Outcome.Done<Response>(Response.Following(long size, List<Digest> ranges, Bytes note))) {
                try {
                    frontier = Optional.of(Frontier.ofRanges(size, ranges));
                    coveredHere = size;
                } catch (MalformedException malformed) {
                    station.alarm(tier, "a frontier that is none");
                }
            }
        });
    }

    @Override
    public void notice(Calls calls, Bytes payload) {
        try {
            switch (PushCodec.decode(payload)) {
                case Push.Moved(long from, List<Push.MovedEntry> entries) -> moved(from, entries);
                case Push.Beat(Bytes note) -> beat(note);
                case Push.HeldSet held -> station.heldSet(tier, held.more());
                case Push.Announced(Bytes statement) -> station.announced(statement);
            }
        } catch (MalformedException malformed) {
            calls.close(CloseReason.MALFORMED);
        }
    }

    private void moved(long from, List<Push.MovedEntry> entries) {
        if (frontier.isEmpty()) {
            return;
        }
        if (from != frontier.get().size()) {
            drop("the feed leaves a gap");
            return;
        }
        List<Digest> leaves = new ArrayList<>();
        for (Push.MovedEntry entry : entries) {
            leaves.add(Merkle.leaf(Bytes.of(entry.leaf().unsafeArray())));
        }
        frontier = Optional.of(frontier.get().append(leaves).frontier());
        uncovered.addAll(entries);
    }

    private void beat(Bytes note) {
        if (frontier.isEmpty()) {
            return;
        }
        Optional<Quorum.Standing> standing = station.standing(tier, note);
        if (standing.isEmpty()) {
            drop("a beat without a quorum");
            return;
        }
        long size = standing.get().checkpoint().size();
        Frontier present = frontier.get();
        if (size != present.size()) {
            drop("a beat of another size than the feed");
        } else if (!standing.get().checkpoint().root().equals(present.root())) {
            drop("the feed is not what the quorum signed");
        } else {
            List<Push.MovedEntry> entries = List.copyOf(uncovered);
            uncovered.clear();
            long first = coveredHere;
            coveredHere = size;
            station.covered(tier, first, entries, standing.get());
        }
    }

    private void drop(String why) {
        frontier = Optional.empty();
        station.alarm(tier, why);
    }

    private static Digest mac(SecretBytes key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.expose(), "HmacSHA256"));
            return Digest.of(mac.doFinal(message));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has HMAC-SHA256", missing);
        }
    }

    @Override
    public void request(Calls calls, Bytes payload, Answer answer) {
        answer.refuse(Code.NOT_SUPPORTED, "a station answers nothing");
    }

    @Override
    public void closed(Calls calls, CloseReason reason) {
        macKey = Optional.empty();
        frontier = Optional.empty();
        greeted = false;
    }
}
