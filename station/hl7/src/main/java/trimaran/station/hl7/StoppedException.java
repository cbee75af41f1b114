package trimaran.station.hl7;

import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;

/** Carries a refusal of the station out of the middle of a message; caught where the message is answered. */
final class StoppedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    StoppedException(Refusal refusal) {
        super(refusal.code().tag(), null, false, false);
        this.refusal = refusal;
    }

    Refusal refusal() {
        return refusal;
    }

    static <T> T value(Outcome<T> outcome) throws StoppedException {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Refused<T>(Refusal refusal) -> throw new StoppedException(refusal);
        };
    }
}
