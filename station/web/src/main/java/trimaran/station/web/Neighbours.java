package trimaran.station.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.ResourceId;
import trimaran.station.WardBoard;
import trimaran.station.WardStay;
import trimaran.station.chart.Places;

/** With whom a patient's bed can be changed over: everybody else who has one in their ward. */
final class Neighbours {

    private Neighbours() {}

    /** Each by the patient's and the bed's id, as the form sends them back. */
    static List<PlaceChoices.Choice> of(
            Inside inside, Visit visit, Seat seat, ResourceId patient, Optional<WardBoard> ward) {
        List<PlaceChoices.Choice> others = new ArrayList<>();
        if (ward.isEmpty()) {
            return others;
        }
        Map<ResourceId, PersonLine> people = new PeopleSearch(inside, visit, seat)
                .several(ward.get().present().stream().map(WardStay::patient).toList());
        for (WardBoard.Bed bed : ward.get().beds()) {
            for (WardStay lying : bed.lying()) {
                if (!lying.patient().equals(patient)) {
                    String name = Optional.ofNullable(people.get(lying.patient()))
                            .map(line -> line.banner().nameWords(visit.language()))
                            .orElse(visit.words().say("bed.unavailable"));
                    others.add(new PlaceChoices.Choice(
                            lying.patient() + "." + bed.place().id(),
                            visit.words().say("bed.kept", Places.bedName(bed.place())) + ", " + name));
                }
            }
        }
        return others;
    }
}
