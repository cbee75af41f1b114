package trimaran.hospital;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/**
 * Somebody who is, will be or was in the house.
 *
 * @param number tells apart everybody of the hospital
 * @param bed empty for somebody of the ward who has none yet
 * @param from the ward they lay in first
 * @param begin when they came, or will come
 * @param end when they left, or are expected to leave
 */
record Resident(
        int number,
        Presence presence,
        Ward ward,
        Optional<Bed> bed,
        Optional<Ward> from,
        Person person,
        Reason reason,
        List<Problem> problems,
        LocalDateTime begin,
        Optional<LocalDateTime> end,
        double kilograms,
        int centimetres) {

    Resident {
        problems = List.copyOf(problems);
    }

    Resident with(Person other) {
        return new Resident(
                number, presence, ward, bed, from, other, reason, problems, begin, end, kilograms, centimetres);
    }

    boolean isDiabetic() {
        return reason.diet() == Diet.DIABETIC || problems.stream().anyMatch(Problem::diabetes);
    }
}
