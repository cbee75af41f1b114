package trimaran.station.fhir;

import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;

/** Ends a request from deep inside; the entrance turns it into an answer. Never leaves the module. */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    RefusedException(Refusal refusal) {
        super(refusal.sentence(), null, false, false);
        this.refusal = refusal;
    }

    static RefusedException of(Code code, String sentence) {
        return new RefusedException(Refusal.of(code, sentence));
    }

    static RefusedException at(Code code, String place, String sentence) {
        return new RefusedException(Refusal.at(code, place, sentence));
    }

    /** The value, or the refusal thrown. */
    static <T> T value(Outcome<T> outcome) throws RefusedException {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Refused<T>(Refusal refusal) -> throw new RefusedException(refusal);
        };
    }

    Refusal refusal() {
        return refusal;
    }
}
