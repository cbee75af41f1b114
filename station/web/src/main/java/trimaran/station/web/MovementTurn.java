package trimaran.station.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import trimaran.kernel.ResourceId;
import trimaran.model.Trait;

/**
 * Movements of the same patient or into the same place are taken one after the other, whoever sends them: until the first is
 * written nothing says that it was made, and the second would be made of what stood before. What a form is checked against is
 * read within its turn.
 */
final class MovementTurn {

    private MovementTurn() {}

    /** Takes a form that names its patient, or says who is to be one. */
    static Reply take(Inside inside, Visit visit, Seat seat, Supplier<Reply> form) {
        return take(inside, visit, seat, known(visit.form().text("patient")), form);
    }

    /** Takes a form of this patient; the same form again is answered the same. */
    static Reply take(Inside inside, Visit visit, Seat seat, Optional<ResourceId> patient, Supplier<Reply> form) {
        List<Object> keys = new ArrayList<>();
        patient.ifPresentOrElse(keys::add, () -> newcomer(visit.form()).ifPresent(keys::add));
        known(visit.form().text("avec").split("\\.", 2)[0]).ifPresent(keys::add);
        known(visit.form().text("lieu")).ifPresent(keys::add);
        return seat.submissions()
                .once(Submissions.name(visit, seat), () -> inside.kept().alone(keys, form));
    }

    private static Optional<ResourceId> known(String id) {
        return id.isEmpty() ? Optional.empty() : Inside.id(id);
    }

    /** By name and birth date, as {@link WaitingMoves#isMaking} knows them; whoever says no name is nobody else. */
    private static Optional<String> newcomer(Form form) {
        String family = Trait.plain(form.text("nom"));
        return family.isEmpty()
                ? Optional.empty()
                : BirthDate.read(form.text("naissance")).map(birth -> family + " " + birth);
    }
}
