package trimaran.operations;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.line.Answer;
import trimaran.line.CallHandler;
import trimaran.line.Calls;
import trimaran.line.CloseReason;
import trimaran.line.message.Push;
import trimaran.line.message.PushCodec;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;

/** A console is asked nothing; of what it is told without asking it hears changes of keys. */
final class ConsoleEar implements CallHandler {

    /** More rebuilds than a home can have missed; what a party tells beyond them is not kept. */
    static final int LATER_MAX = 64;

    private final Party party;
    private final long known;
    private final CompletableFuture<Calls> calls;

    /** Heard on the loop, read by whoever asked. */
    private final List<SignedStatement> later = new CopyOnWriteArrayList<>();

    /** @param known the epoch its console knows */
    ConsoleEar(Party party, long known, CompletableFuture<Calls> calls) {
        this.party = party;
        this.known = known;
        this.calls = calls;
    }

    /** The changes of keys that began a later epoch, as this party says: who signed them is to be checked. */
    List<SignedStatement> later() {
        return List.copyOf(later);
    }

    @Override
    public void opened(Calls opened) {
        calls.complete(opened);
    }

    @Override
    public void request(Calls from, Bytes payload, Answer answer) {
        answer.refuse(Code.NOT_SUPPORTED, "a console answers nothing");
    }

    @Override
    public void notice(Calls from, Bytes payload) {
        hear(payload);
    }

    void hear(Bytes payload) {
        try {
            if (later.size() < LATER_MAX && PushCodec.decode(payload) instanceof Push.Announced(Bytes statement)) {
                SignedStatement signed = SignedStatement.decode(statement);
                if (signed.statement() instanceof Statement.EpochChange change && change.epoch() > known) {
                    later.add(signed);
                }
            }
        } catch (MalformedException foreign) {
            // Not what was asked for, and nobody's loss.
        }
    }

    @Override
    public void closed(Calls ended, CloseReason reason) {
        calls.completeExceptionally(new IOException(
                switch (reason) {
                    case UNREACHABLE -> "nobody listens";
                    case KEY ->
                        "another key answers there (if "
                                + party.word()
                                + " was rebuilt at another copy of this home: trimaran status takes that in, and the next rebuild)";
                    case REFUSED -> "it does not know this console";
                    default -> "the line closed (" + reason + ")";
                }));
    }
}
