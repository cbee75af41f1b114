package trimaran.station.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.model.Resource;
import trimaran.model.StrictParser;
import trimaran.station.BedPlace;
import trimaran.station.Transaction;
import trimaran.station.Transaction.Change;
import trimaran.station.WardBoard;
import trimaran.station.WardPlace;
import trimaran.station.WardStay;
import trimaran.station.WriteResult;

/** A ward of thirty beds on a bad day: each patient with all a board shows of one. Its page is sent whole, since nothing is compressed. */
class BoardSizeTest {

    private static final int BEDS = 30;
    private static final int PAGE_BYTES_MAX = 100_000;
    private static final String URL = "urn:uuid:00000000-0000-4000-8000-000000000000";

    private final OpenWeb web = new OpenWeb();

    @AfterEach
    void close() {
        web.close();
    }

    /** A patient with allergies, isolation, late doses, a critical result and one that is awaited. */
    private ResourceId patient(int number) {
        List<String> resources = new ArrayList<>(List.of("""
                {'resourceType':'Patient','identifier':[{'system':'urn:oid:1.2.250.1.999.1','value':'P%06d'}],
                'name':[{'use':'usual','family':'Beauregard-Montmirail','given':['Marie-Antoinette','Éléonore']},
                {'use':'official','family':'Delahaye-Quatrevent','given':['Marie-Antoinette']}],'gender':'female',
                'birthDate':'1944-03-14'}""".formatted(number), """
                {'resourceType':'Flag','status':'active','code':{'text':'Isolement contact et gouttelettes','coding':
                [{'system':'urn:trimaran:flag','code':'isolation-contact'}]},'subject':{'reference':'URL'}}""", """
                {'resourceType':'Observation','status':'final','category':[{'coding':[{'code':'laboratory'}]}],
                'code':{'text':'Potassium'},'effectiveDateTime':'2026-11-24T06:00:00+01:00','subject':{'reference':'URL'},
                'valueQuantity':{'value':6.9,'unit':'mmol/L'},'interpretation':[{'coding':[{'code':'HH'}]}],
                'referenceRange':[{'low':{'value':3.5},'high':{'value':5.1}}]}""", """
                {'resourceType':'ServiceRequest','status':'active','intent':'order','code':{'text':'Troponine ultrasensible'},
                'authoredOn':'2026-11-24T06:00:00+01:00','subject':{'reference':'URL'}}"""));
        for (String drug : List.of("amoxicilline et acide clavulanique", "insuline glargine", "héparine sodique")) {
            resources.add("""
                    {'resourceType':'MedicationRequest','status':'active','intent':'order','subject':{'reference':'URL'},
                    'authoredOn':'2026-11-23T09:00:00+01:00','medicationCodeableConcept':{'text':'%s'},
                    'dosageInstruction':[{'timing':{'repeat':{'timeOfDay':['06:00:00','14:00:00','20:00:00'],
                    'boundsPeriod':{'start':'2026-11-23T09:00:00+01:00'}}},'doseAndRate':[{'doseQuantity':{'value':1,
                    'unit':'mg'}}]}]}""".formatted(drug));
        }
        for (String substance : List.of("Pénicillines", "Produits de contraste iodés", "Latex")) {
            resources.add("""
                    {'resourceType':'AllergyIntolerance','clinicalStatus':{'coding':[{'system':
                    'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical','code':'active'}]},
                    'patient':{'reference':'URL'},'code':{'text':'%s'},'criticality':'high',
                    'reaction':[{'manifestation':[{'text':'choc anaphylactique'}]}]}""".formatted(substance));
        }
        List<Change> changes = resources.stream()
                .map(one -> one.replace('\'', '"').replace("URL", URL).getBytes(StandardCharsets.UTF_8))
                .map(one -> (Change) new Change.Create(
                        resource(one),
                        new String(one, StandardCharsets.UTF_8).contains("\"Patient\"") ? URL : "",
                        List.of(),
                        ""))
                .toList();
        WriteResult.Recorded written = (WriteResult.Recorded) web.hospital.writes.write(Transaction.clinical(changes));
        return written.versions().getFirst().id();
    }

    private static Resource resource(byte[] json) {
        return switch (StrictParser.parse(json)) {
            case Outcome.Done<Resource>(Resource good) -> good;
            case Outcome.Refused<Resource>(Refusal refusal) ->
                throw new AssertionError(refusal + " " + new String(json, StandardCharsets.UTF_8));
        };
    }

    private WardBoard ward() {
        List<WardBoard.Bed> beds = new ArrayList<>();
        for (int i = 0; i < BEDS; i++) {
            String room = String.valueOf(301 + i / 2);
            String side = i % 2 == 0 ? "porte" : "fenêtre";
            BedPlace place = new BedPlace(
                    FakeHospital.id(5_000 + i),
                    "Chambre " + room,
                    room + " " + side,
                    room,
                    BedPlace.State.READY,
                    "",
                    "");
            WardStay stay = new WardStay(
                    FakeHospital.id(6_000 + i),
                    patient(i),
                    Optional.of(place.id()),
                    WardStay.Presence.PRESENT,
                    "2026-11-22T04:40:00Z",
                    "2026-11-24T18:00:00+01:00");
            beds.add(new WardBoard.Bed(place, List.of(stay), List.of()));
        }
        WardPlace place = new WardPlace(
                FakeHospital.WARD,
                List.of("MED-A"),
                "Médecine A",
                "Med A",
                "Médecine",
                "46 31",
                beds.stream().map(WardBoard.Bed::place).toList());
        return new WardBoard(place, beds, List.of(), List.of(), 0, 100);
    }

    @Test
    void theBoardOfThirtyBedsIsSmallerThanAHundredKilobytes() {
        web.hospital.whole = Optional.of(ward());
        String page = web.browser()
                .in("infirmiere")
                .get("/services/" + FakeHospital.WARD)
                .body();
        assertThat(page.split("<li class=\"bed ", -1)).hasSize(BEDS + 1);
        assertThat(page.split("3 allergies", -1)).hasSize(BEDS + 1);
        int bytes = page.getBytes(StandardCharsets.UTF_8).length;
        System.out.println("the board of " + BEDS + " beds: " + bytes + " bytes");
        assertThat(bytes).isLessThan(PAGE_BYTES_MAX);
    }
}
