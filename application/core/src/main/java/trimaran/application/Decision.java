package trimaran.application;

import java.util.List;
import trimaran.kernel.Code;
import trimaran.kernel.Refusal;
import trimaran.record.Premise;

/** An application's answer. */
public sealed interface Decision {

    /** Yes, as long as the named cells do not change before the entry is placed. */
    record Accepted(List<Premise> premises) implements Decision {
        public Accepted {
            premises = List.copyOf(premises);
        }
    }

    /** No. Sentence and place say what is wrong and where; they never repeat content. */
    record Refused(Refusal refusal) implements Decision {}

    static Decision accepted() {
        return new Accepted(List.of());
    }

    static Decision accepted(List<Premise> premises) {
        return new Accepted(premises);
    }

    /** @param place the FHIR path of what is wrong, as {@code Encounter.period} */
    static Decision refused(Code code, String sentence, String place) {
        return new Refused(Refusal.at(code, place, sentence));
    }
}
