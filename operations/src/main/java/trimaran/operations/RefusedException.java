package trimaran.operations;

import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;

/**
 * A command that ends here with one line on standard error and the code's exit status. Only this room carries refusals in
 * an exception: a command is a sequence of steps on files and processes, and nothing after a refused step makes sense.
 */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    RefusedException(Refusal refusal) {
        super(refusal.sentence());
        this.refusal = refusal;
    }

    RefusedException(Code code, String sentence) {
        this(Refusal.of(code, sentence));
    }

    Refusal refusal() {
        return refusal;
    }

    /** The value, or the end of the command. */
    static <T> T orStop(Outcome<T> outcome) throws RefusedException {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Refused<T>(Refusal refusal) -> throw new RefusedException(refusal);
        };
    }
}
