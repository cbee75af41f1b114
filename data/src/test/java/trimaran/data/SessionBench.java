package trimaran.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import trimaran.keeper.spi.Space;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.SecretBytes;
import trimaran.kernel.WallTime;
import trimaran.line.message.LedgerLine;
import trimaran.line.message.Request;
import trimaran.line.message.RequestCodec;
import trimaran.line.message.Response;
import trimaran.line.simulated.VirtualLoops;

/** A session that joined data, and what it asks under its key. */
abstract class SessionBench {

    final PlacingTier data = new PlacingTier(Party.ACCESS, Party.WITNESS);
    final Writing writing = new Writing(data.house);
    PlacingTier.Line station;
    SecretBytes key;
    int asked;

    @BeforeEach
    void join() {
        assertThat(data.serves(5000)).isTrue();
        writing.ground().forEach(data::append);
        station = data.line(Writing.STATION);
        Digest session = writing.sessionId();
        Response.Challenge challenge =
                (Response.Challenge) done(station.ask(new Request.JoinSession(session, Bytes.EMPTY)));
        byte[] message = RequestCodec.joinBytes(data.house.founding.id(), Party.DATA, session, challenge.nonce());
        Response.Joined joined = (Response.Joined) done(
                station.ask(new Request.ProveSession(session, writing.session().sign(message))));
        key = joined.macKey();
    }

    List<LedgerLine> ledger() {
        List<LedgerLine> lines = new ArrayList<>();
        data.disk().scan(Space.LEDGER, Bytes.EMPTY, Bytes.of((byte) 0xff), (key, value) -> {
            try {
                return lines.add(Reader.whole(value, LedgerLine::read));
            } catch (MalformedException broken) {
                throw new AssertionError("a ledger line cannot be read", broken);
            }
        });
        return lines;
    }

    PlacingTier.Reply under(Request request) throws GeneralSecurityException {
        return under(request, VirtualLoops.START_MILLIS + 60_000);
    }

    PlacingTier.Reply under(Request request, long expiryMillis) throws GeneralSecurityException {
        Bytes inner = RequestCodec.encode(request);
        Digest nonce = FoundedHouse.digest("asked " + asked++);
        WallTime expiry = new WallTime(expiryMillis);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.expose(), "HmacSHA256"));
        Digest code =
                Digest.of(mac.doFinal(RequestCodec.macBytes(Party.DATA, writing.sessionId(), nonce, expiry, inner)));
        return station.ask(new Request.AsSession(writing.sessionId(), nonce, expiry, code, inner));
    }

    static Response done(PlacingTier.Reply reply) {
        if (reply.only() instanceof Outcome.Done<Response>(Response response)) {
            return response;
        }
        throw new AssertionError("refused: " + reply.only());
    }
}
