package trimaran.record;

import java.util.Optional;
import trimaran.kernel.Code;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.Writer;

/** On what ground an entry asks to be placed. It stands beside the author part, so the author need not sign again. */
public sealed interface Sanction {

    /** The ordinary case. */
    record Approved(Approval approval) implements Sanction {}

    /** Continuity: application did not answer within {@code waitedMillis} (0 while it was known silent). */
    record Unanswered(long waitedMillis) implements Sanction {}

    /** Continuity: application said no, and a person wrote it all the same. */
    record Overruled(SignedRefusal refusal) implements Sanction {}

    /** A registry statement brings its own signatures. */
    record OwnSignatures() implements Sanction {}

    static Sanction read(Reader reader) throws MalformedException {
        int kind = reader.u8();
        return switch (kind) {
            case 0 -> new OwnSignatures();
            case 1 -> new Approved(Approval.read(reader));
            case 2 -> new Unanswered(reader.u32());
            case 3 -> new Overruled(SignedRefusal.read(reader));
            default -> throw new MalformedException("unknown sanction " + kind);
        };
    }

    default void write(Writer writer) {
        switch (this) {
            case OwnSignatures own -> writer.u8(0);
            case Approved(Approval approval) -> {
                writer.u8(1);
                approval.write(writer);
            }
            case Unanswered(long waitedMillis) -> writer.u8(2).u32(waitedMillis);
            case Overruled(SignedRefusal refusal) -> {
                writer.u8(3);
                refusal.write(writer);
            }
        }
    }

    /** What application said against it; empty where it said yes, or nothing. */
    default Optional<Code> no() {
        return this instanceof Overruled(SignedRefusal refusal) ? Optional.of(refusal.code()) : Optional.empty();
    }

    default boolean isContinuity() {
        return this instanceof Unanswered || this instanceof Overruled;
    }
}
