package trimaran.station.web;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.Outcome;
import trimaran.kernel.ResourceId;
import trimaran.station.ResourceVersion;
import trimaran.station.chart.Chart;
import trimaran.station.chart.Coded;
import trimaran.station.chart.Language;
import trimaran.station.chart.Stay;

/**
 * What a form of a record is filled in on: who is at the screen, the patient as the record is now, and what was typed.
 *
 * @param resources the latest version of everything of the patient
 * @param input by which the very same form is known when it comes again
 */
record Ground(
        Inside inside,
        Visit visit,
        Seat seat,
        ResourceId patient,
        PatientPages.Dossier record,
        List<ResourceVersion> resources,
        Entered entered,
        String input) {

    Chart chart() {
        return record.chart();
    }

    Instant now() {
        return visit.now();
    }

    ZoneId zone() {
        return inside.setting().zone();
    }

    Words words() {
        return visit.words();
    }

    Language language() {
        return words().language();
    }

    boolean fictive() {
        return inside.setting().demo();
    }

    /** The same with these values where nothing was typed. */
    Ground or(Map<String, String> usual) {
        return new Ground(inside, visit, seat, patient, record, resources, entered.or(usual), input);
    }

    /** The same form over the record as it is now: somebody else has just written. */
    Ground again(PatientPages patients, Act act) {
        return switch (patients.open(visit, seat, patient, act.tab())) {
            case Outcome.Done<PatientPages.Opened>(PatientPages.Opened opened) ->
                new Ground(inside, visit, seat, patient, opened.record(), opened.resources(), entered, input);
            case Outcome.Refused<PatientPages.Opened> _ -> this;
        };
    }

    Frame frame(Act act) {
        String title = record.name(language()) + ", " + words().say(act.key());
        return inside.frame(visit, title, "patients").asBedside();
    }

    /** Whoever is at the screen, as a resource names them: by their badge, and as people call it. The record is French. */
    Map<String, Object> author() {
        return Json.of(
                "type",
                "Practitioner",
                "identifier",
                Json.of("system", Json.BADGE, "value", seat.badge()),
                "display",
                authorWords());
    }

    String authorWords() {
        return Words.of(Language.FRENCH).badge(seat.badge());
    }

    Map<String, Object> subject() {
        return Json.reference("Patient/" + patient);
    }

    /** The stay under way; empty if there is none. */
    Map<String, Object> encounter() {
        return chart().stay()
                .filter(stay -> stay.phase() == Stay.Phase.PRESENT)
                .map(stay -> Json.reference(stay.source().reference()))
                .orElse(Map.of());
    }

    String time(Instant moment) {
        return Json.time(moment, zone());
    }

    Clock clock() {
        return new Clock(zone(), words());
    }

    Optional<ResourceVersion> resource(ResourceId id) {
        return resources.stream().filter(one -> one.id().equals(id)).findFirst();
    }

    /** A concept as it was read, to be written again. */
    static Map<String, Object> concept(Coded coded) {
        return Json.of(
                "coding",
                coded.codes().stream()
                        .map(one ->
                                (Object) Json.of("system", one.system(), "code", one.code(), "display", coded.text()))
                        .toList(),
                "text",
                coded.text());
    }
}
