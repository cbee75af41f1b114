package trimaran.station.web;

import java.util.List;
import java.util.Optional;
import trimaran.kernel.Outcome;
import trimaran.kernel.ResourceId;
import trimaran.station.ResourceVersion;

/**
 * The other of two who change beds.
 *
 * @param bed where they lay as the form was made
 * @param stay theirs as it is now; empty if they have none, or their record does not open
 */
record SwapPartner(ResourceId patient, String bed, Optional<CurrentStay> stay) {

    /** As the form names them; empty if it names nobody. */
    static Optional<SwapPartner> of(Seat seat, Filled form) {
        String[] with = form.text("avec").split("\\.", 2);
        return with.length < 2
                ? Optional.empty()
                : Inside.id(with[0]).map(patient -> new SwapPartner(patient, with[1], stay(seat, patient)));
    }

    private static Optional<CurrentStay> stay(Seat seat, ResourceId patient) {
        return seat.read(patient) instanceof Outcome.Done<List<ResourceVersion>>(List<ResourceVersion> all)
                ? CurrentStay.of(all)
                : Optional.empty();
    }

    boolean isThere() {
        return stay.filter(CurrentStay::isPresent)
                .filter(one -> StayChange.place(one.json()).equals(bed))
                .isPresent();
    }

    /** Who moved them, and where they are now: by name, since the page is another patient's. */
    Optional<Meanwhile> moved(Inside inside, Visit visit, Seat seat, PlaceChoices places, String typed) {
        return stay.map(one -> Meanwhile.of(
                inside,
                visit,
                Optional.of(patient),
                one.version(),
                "",
                name(inside, visit, seat) + ", " + one.where(places, visit.words()),
                typed));
    }

    private String name(Inside inside, Visit visit, Seat seat) {
        return Optional.ofNullable(new PeopleSearch(inside, visit, seat)
                        .several(List.of(patient))
                        .get(patient))
                .map(line -> line.banner().nameWords(visit.language()))
                .orElse(visit.words().say("bed.unavailable"));
    }
}
