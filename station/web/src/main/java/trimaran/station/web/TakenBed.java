package trimaran.station.web;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import trimaran.kernel.Code;
import trimaran.kernel.Refusal;
import trimaran.station.BedPlace;
import trimaran.station.WardStay;
import trimaran.station.chart.Places;

/** Why nobody can be laid into a bed, with who lies there and since when. */
final class TakenBed {

    private final Inside inside;
    private final Visit visit;

    TakenBed(Inside inside, Visit visit) {
        this.inside = inside;
        this.visit = visit;
    }

    /** As the board stands; empty if it may be tried. */
    Optional<String> refusal(PlaceChoices.Place place) {
        if (place.bed().isEmpty()) {
            return Optional.empty();
        }
        BedPlace bed = place.bed().get().place();
        Optional<WardStay> lying = place.bed().get().lying().stream().findFirst();
        String name = Places.bedName(bed);
        if (lying.isPresent()) {
            return Optional.of(visit.words().say("place.taken", name, who(lying.get()), since(lying.get())));
        }
        if (WaitingMoves.isTaken(inside, bed.id())) {
            return Optional.of(visit.words().say("wait.bed", name));
        }
        return switch (bed.state()) {
            case READY -> Optional.empty();
            case TO_CLEAN -> Optional.of(visit.words().say("place.clean", name));
            case CLOSED, OTHER ->
                Optional.of(visit.words().say("place.closed", name, bed.note()).strip());
        };
    }

    private String who(WardStay stay) {
        return visit.seat()
                .flatMap(seat -> new PeopleSearch(inside, visit, seat).one(stay.patient()))
                .map(line -> line.banner().nameWords(visit.language()))
                .orElse(visit.words().say("bed.unavailable"));
    }

    private String since(WardStay stay) {
        try {
            return new Clock(inside.setting().zone(), visit.words())
                    .since(OffsetDateTime.parse(stay.start()).toInstant(), visit.now());
        } catch (DateTimeParseException unsaid) {
            return visit.words().say("time.unknown");
        }
    }

    /** What the record refused, said beside the place if that is what it is about. */
    Filled said(Filled form, Refusal refusal, Optional<PlaceChoices.Place> now) {
        if (refusal.code() != Code.BED_TAKEN) {
            return form;
        }
        return form.wrong(
                "lieu", now.flatMap(this::refusal).orElse(visit.words().say("place.taken.now")));
    }
}
