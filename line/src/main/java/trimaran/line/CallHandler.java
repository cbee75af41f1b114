package trimaran.line;

import trimaran.kernel.Bytes;

/**
 * The owner's side of {@link Calls}. Called on the owner's loop: {@code opened} first, {@code closed} last, each once; for
 * a dial that never opened only {@code closed}.
 */
public interface CallHandler {

    void opened(Calls calls);

    /** The peer asks. Answer now or later, on the loop; the payload is the peer's word and nothing more. */
    void request(Calls calls, Bytes payload, Answer answer);

    /** The peer tells something that needs no answer. */
    void notice(Calls calls, Bytes payload);

    /** Every call under way has been refused {@code UNAVAILABLE} before this. */
    void closed(Calls calls, CloseReason reason);
}
