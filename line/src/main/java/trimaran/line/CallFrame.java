package trimaran.line;

import trimaran.kernel.Bytes;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.Writer;

/**
 * One frame of {@link Calls}: {@code u8 kind ‖ u64 id ‖ payload}. The caller chooses ids, each once per channel; an answer
 * carries the id of its request; a notice has id 0.
 */
record CallFrame(Kind kind, long id, Bytes payload) {

    enum Kind {
        REQUEST(1),
        RESPONSE(2),
        /** The payload is a kernel {@code Refusal}. */
        REFUSAL(3),
        NOTICE(4);

        private final int number;

        Kind(int number) {
            this.number = number;
        }
    }

    Bytes encoded() {
        return new Writer(LineLimits.CALL_HEADER_BYTES + payload.size())
                .u8(kind.number)
                .i64(id)
                .raw(payload.unsafeArray())
                .toBytes();
    }

    static CallFrame read(Bytes frame) throws MalformedException {
        Reader reader = new Reader(frame);
        Kind kind = kind(reader.u8());
        long id = reader.i64();
        if (kind == Kind.NOTICE && id != 0) {
            throw new MalformedException("a notice with an id");
        }
        return new CallFrame(kind, id, Bytes.ofRange(frame.unsafeArray(), LineLimits.CALL_HEADER_BYTES, frame.size()));
    }

    private static Kind kind(int number) throws MalformedException {
        for (Kind kind : Kind.values()) {
            if (kind.number == number) {
                return kind;
            }
        }
        throw new MalformedException("unknown kind of frame " + number);
    }
}
