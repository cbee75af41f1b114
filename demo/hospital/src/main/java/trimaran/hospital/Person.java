package trimaran.hospital;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Who a patient is.
 *
 * @param born empty for somebody nobody knows
 * @param birthFamily the name at birth, which identifies
 * @param family the name in use
 * @param given first names; the first is the one in use
 * @param homonym whether somebody on the same ward has much the same name
 * @param ins empty unless the state has one
 */
record Person(
        Sex sex,
        Optional<LocalDate> born,
        String birthFamily,
        String family,
        List<String> given,
        IdentityState state,
        boolean homonym,
        String ipp,
        String ins) {

    Person {
        given = List.copyOf(given);
    }

    boolean isUnknown() {
        return born.isEmpty();
    }

    /** About forty, as the reception guesses, for somebody nobody knows. */
    int years(LocalDate day) {
        return born.map(date -> (int) ChronoUnit.YEARS.between(date, day)).orElse(40);
    }

    int days(LocalDate day) {
        return born.map(date -> (int) ChronoUnit.DAYS.between(date, day)).orElse(40 * 365);
    }

    String shown() {
        return family + " " + given.getFirst();
    }
}
