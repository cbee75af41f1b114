package trimaran.station.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A sender's PV1-3 finds the ward, room and bed the hospital has. */
class PlacesTest {

    private final Counters here = new Counters();

    private static Map<String, Object> place(String kind, String name, String code, String within, String... more) {
        Map<String, Object> place = Json.object(
                "resourceType",
                "Location",
                "status",
                "active",
                "name",
                name,
                "identifier",
                Json.list(Json.object("system", "urn:example:places", "value", code)),
                "physicalType",
                Json.object("coding", Json.list(Json.object("system", Vocabulary.PLACE_KINDS, "code", kind))),
                "partOf",
                within.isEmpty() ? null : Json.object("reference", within));
        if (more.length > 0) {
            Json.put(place, "alias", List.of(more));
        }
        return place;
    }

    @BeforeEach
    void aHouse() throws StoppedException {
        Draft draft = new Draft();
        String ward = draft.create(place("wa", "Médecine A", "MED-A", "", "Méd. A"));
        String double312 = draft.create(place("ro", "Chambre 312", "MED-A-CH312", ward));
        draft.create(place("bd", "312 porte", "MED-A-312P", double312));
        draft.create(place("bd", "312 fenêtre", "MED-A-312F", double312));
        String single = draft.create(place("ro", "Chambre 310", "MED-A-CH310", ward));
        draft.create(place("bd", "310", "MED-A-310", single));
        here.record.write(draft.transaction("house"));
    }

    private String shown(String place) {
        return whereIs("P1", place);
    }

    /** The name of the place of whoever was admitted last. */
    private String whereIs(String patient, String place) {
        here.taken(Messages.move("A01", patient, place, "V" + patient, "m" + patient, "20261127080000", "INSERT", ""));
        String reference = Json.text(
                Json.items(here.record.all("Encounter").getLast(), "location").getFirst(), "location", "reference");
        return here.record.resources.entrySet().stream()
                .filter(one -> reference.equals("Location/" + one.getKey()))
                .map(one -> Json.text(Json.read(one.getValue().getLast().json().toArray()), "name"))
                .findFirst()
                .orElse("");
    }

    @ParameterizedTest
    @CsvSource({
        "MED-A^312^F^CHDEMO, 312 fenêtre",
        "MED-A^312^P^CHDEMO, 312 porte",
        "Médecine A^312^Porte^CHDEMO, 312 porte",
        "MEDA^CH312^312F^CHDEMO, 312 fenêtre",
        "Méd. A^^312P^CHDEMO, 312 porte",
        "MED-A^MED-A-CH312^MED-A-312F^CHDEMO, 312 fenêtre",
        "MED-A^310^1^CHDEMO, 310",
        "MED-A^310^^CHDEMO, 310",
        "MED-A^312^^CHDEMO, Chambre 312",
        "MED-A^^^CHDEMO, Médecine A",
    })
    void whatAHospitalHasIsFound(String place, String name) {
        String answer = here.ask(Messages.move("A01", "P1", place, "V1", "m0", "20261127080000", "INSERT", ""));
        assertThat(answer).contains("MSA|AA|").doesNotContain("ERR|");
        assertThat(shown(place)).isEqualTo(name);
        assertThat(here.record.all("Location")).hasSize(6);
    }

    @ParameterizedTest
    @CsvSource({"MED-A^312^X^CHDEMO, Chambre 312, PV1^1^3^^3", "MED-A^999^1^CHDEMO, Médecine A, PV1^1^3^^2"})
    void anUnknownBedOfAKnownWardIsSaidAndThePatientIsInTheWard(String place, String name, String said) {
        String answer = here.ask(Messages.move("A01", "P1", place, "V1", "m0", "20261127080000", "INSERT", ""));
        assertThat(answer)
                .contains("MSA|AA|")
                .contains("ERR||" + said + "|204^")
                .contains("|W|");
        assertThat(shown(place)).isEqualTo(name);
        assertThat(here.record.all("Location")).hasSize(6);
    }

    @Test
    void anUnknownWardIsSaidAndAddedOnce() {
        String answer = here.taken(
                Messages.move("A01", "P1", "URGENCES^BOX^3^CHDEMO", "V1", "m1", "20261127080000", "INSERT", ""));
        assertThat(answer).contains("204^");
        assertThat(here.record.all("Location")).hasSize(9);
        String again = here.taken(
                Messages.move("A01", "P2", "URGENCES^BOX^3^CHDEMO", "V2", "m2", "20261127080000", "INSERT", ""));
        assertThat(again).doesNotContain("204^");
        assertThat(here.record.all("Location")).hasSize(9);
    }

    @Test
    void aPlaceTwoWardsAnswerToIsNobodys() throws StoppedException {
        Draft draft = new Draft();
        draft.create(place("wa", "Médecine A", "MED-A2", ""));
        here.record.write(draft.transaction("another"));
        String answer = here.taken(
                Messages.move("A01", "P1", "Médecine A^^^CHDEMO", "V1", "m1", "20261127080000", "INSERT", ""));
        assertThat(answer).contains("204^");
    }

    /** In a ward where one bed only is called 1, a bed 1 of a room nobody knows is not that bed. */
    @Test
    void aBedsWordAloneIsNoBedWhenItsRoomIsNotKnown() throws StoppedException {
        Draft draft = new Draft();
        String ward = draft.create(place("wa", "Chirurgie", "CHIR", ""));
        draft.create(place("bd", "1", "1", draft.create(place("ro", "Chambre 101", "CHIR-101", ward))));
        draft.create(place("bd", "102-1", "CHIR-102-1", ward));
        here.record.write(draft.transaction("another"));
        assertThat(shown("CHIR^999^1^CHDEMO")).isEqualTo("Chirurgie");
        assertThat(here.taken(
                        Messages.move("A01", "P2", "CHIR^999^1^CHDEMO", "V2", "m2", "20261127080000", "INSERT", "")))
                .contains("ERR||PV1^1^3^^2|204^");
        assertThat(whereIs("P3", "CHIR^101^1^CHDEMO")).isEqualTo("1");
        assertThat(whereIs("P4", "CHIR^102^1^CHDEMO")).isEqualTo("102-1");
    }

    /** Senders told one bed of the room; that it has no other nobody said. */
    @Test
    void theOneBedKnownOfARoomSendersToldIsNotItsOnlyBed() {
        assertThat(whereIs("P1", "URGENCES^101^2^CHDEMO")).isEqualTo("2");
        here.restart();
        assertThat(whereIs("P2", "URGENCES^101^1^CHDEMO")).isEqualTo("1");
        assertThat(here.record.all("Location")).hasSize(10);
    }

    @Test
    void whoIsSaidToBeInARoomSendersToldIsNotPutIntoItsOneKnownBed() {
        assertThat(whereIs("P1", "URGENCES^101^2^CHDEMO")).isEqualTo("2");
        here.restart();
        assertThat(whereIs("P2", "URGENCES^101^^CHDEMO")).isEqualTo("101");
    }
}
