package trimaran.witness;

import java.util.ArrayList;
import java.util.List;
import trimaran.kernel.Bytes;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Reader;
import trimaran.kernel.Refusal;
import trimaran.kernel.Writer;
import trimaran.line.Channel;
import trimaran.line.ChannelHandler;
import trimaran.line.CloseReason;
import trimaran.line.PeerId;
import trimaran.line.message.Request;
import trimaran.line.message.RequestCodec;
import trimaran.line.message.Response;
import trimaran.line.message.ResponseCodec;

/** Asks a witness over a channel that is a list, in the frames of {@code docs/formats.md}. */
final class Caller implements Channel {

    private static final int REQUEST = 1;
    private static final int RESPONSE = 2;

    private final ChannelHandler witness;
    private final String line;
    private final List<Bytes> answers = new ArrayList<>();
    private long calls;

    Caller(Witness witness) {
        this(witness, "line of data");
    }

    /** @param line under whose key it asks */
    Caller(Witness witness, String line) {
        this.line = line;
        this.witness = witness.accept();
        this.witness.opened(this);
    }

    /** What it answers. */
    Outcome<Response> ask(Request request) throws MalformedException {
        return ask(RequestCodec.encode(request));
    }

    Outcome<Response> ask(Bytes payload) throws MalformedException {
        witness.received(
                this,
                new Writer().u8(REQUEST).i64(++calls).raw(payload.unsafeArray()).toBytes());
        Reader reader = new Reader(answers.getLast());
        boolean response = reader.u8() == RESPONSE;
        if (reader.i64() != calls) {
            throw new AssertionError("the answer is to another request");
        }
        byte[] rest = reader.raw(reader.remaining());
        return response
                ? Outcome.done(ResponseCodec.decode(Bytes.wrap(rest)))
                : Outcome.refused(Reader.<Refusal>whole(Bytes.wrap(rest), Refusal::read));
    }

    @Override
    public PeerId peer() {
        return new PeerId(WitnessedHospital.digest(line));
    }

    @Override
    public boolean send(Bytes frame) {
        answers.add(frame);
        return true;
    }

    @Override
    public int waitingBytes() {
        return 0;
    }

    @Override
    public void close(CloseReason reason) {
        throw new AssertionError("the line is not closed: " + reason);
    }
}
