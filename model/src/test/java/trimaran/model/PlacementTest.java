package trimaran.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trimaran.kernel.RecordTime;

class PlacementTest {

    /** 2023-11-14: the fourth quarter. */
    private static final RecordTime RECORDED = new RecordTime(1_700_000_000_123L);

    private static final Surroundings WARD = new Surroundings() {
        @Override
        public String typeOf(String reference) {
            return reference.equals("urn:uuid:c757873d-ec9a-4326-a141-556f43239520")
                    ? "Patient"
                    : Surroundings.literalType(reference);
        }

        @Override
        public boolean isStay(String encounter) {
            return encounter.equals("Encounter/stay");
        }
    };

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Identity[]|'resourceType':'Patient'",
                "Identity[]|'resourceType':'RelatedPerson','patient':{'reference':'Patient/1'}",
                "Identity[]|'resourceType':'Person','active':true",
                "Dossier[]|'resourceType':'AllergyIntolerance','patient':{'reference':'Patient/1'},'encounter':{'reference':'Encounter/stay'}",
                "Dossier[]|'resourceType':'Condition','subject':{'reference':'Patient/1'}",
                "Dossier[]|'resourceType':'Condition','subject':{'reference':'Patient/1'},'encounter':{'reference':"
                        + "'Encounter/stay'},'category':[{'coding':[{'code':'x'},{'code':'problem-list-item'}]}]",
                "Stay[encounter=Encounter/stay]|'resourceType':'Condition','subject':{'reference':'Patient/1'},'encounter':"
                        + "{'reference':'Encounter/stay'},'category':[{'coding':[{'code':'encounter-diagnosis'}]}]",
                "Quarter[year=2025, quarter=3]|'resourceType':'Condition','subject':{'reference':'Patient/1'},'encounter':"
                        + "{'reference':'Encounter/visit'},'onsetDateTime':'2020','recordedDate':'2025-07-01'",
                "Stay[encounter=]|'resourceType':'Encounter','status':'planned','class':{'code':'EMER'},'subject':{'reference':'Patient/1'}",
                "Stay[encounter=Encounter/stay]|'resourceType':'Encounter','status':'planned','class':{'code':'IMP'},'partOf':"
                        + "{'reference':'Encounter/stay'}",
                "Stay[encounter=Encounter/stay]|'resourceType':'Encounter','status':'planned','class':{'code':'AMB'},"
                        + "'subject':{'reference':'Patient/1'},'partOf':{'reference':'Encounter/stay'}",
                "Quarter[year=2024, quarter=2]|'resourceType':'Encounter','status':'planned','class':{'code':'AMB'},"
                        + "'subject':{'reference':'Patient/1'},'period':{'end':'2024-06-30T23:00:00Z'}",
                "Quarter[year=2024, quarter=1]|'resourceType':'Procedure','status':'completed','subject':{'reference':"
                        + "'Patient/1'},'performedDateTime':'2024'",
                "Quarter[year=2023, quarter=4]|'resourceType':'Procedure','status':'completed','subject':{'reference':"
                        + "'urn:uuid:c757873d-ec9a-4326-a141-556f43239520'}",
                "House[]|'resourceType':'Procedure','status':'completed','subject':{'reference':'Group/1'}",
                "House[]|'resourceType':'Organization','name':'x'",
                "House[]|'resourceType':'Device','owner':{'display':'x'}",
                "Quarter[year=2023, quarter=4]|'resourceType':'Device','patient':{'reference':'http://h/fhir/Patient/1'}",
                "Stay[encounter=Encounter/stay]|'resourceType':'MedicationRequest','status':'active','intent':'order',"
                        + "'medicationReference':{'display':'x'},'subject':{'reference':'Patient/1'},'encounter':{'reference':"
                        + "'Encounter/stay'},'courseOfTherapyType':{'coding':[{'code':'continuous'}]}",
                "Dossier[]|'resourceType':'MedicationRequest','status':'active','intent':'order','medicationReference':"
                        + "{'display':'x'},'subject':{'reference':'Patient/1'},'courseOfTherapyType':{'coding':[{'code':'continuous'}]}",
                "Stay[encounter=Encounter/stay]|'resourceType':'DocumentReference','status':'current','content':[{'attachment':"
                        + "{'title':'x'}}],'subject':{'reference':'Patient/1'},'context':{'encounter':[{'reference':'Encounter/stay'}]}",
                "Quarter[year=2026, quarter=3]|'resourceType':'Appointment','status':'booked','start':'2026-09-09T09:00:00Z',"
                        + "'participant':[{'actor':{'reference':'Location/1'},'status':'accepted'},{'actor':{'reference':"
                        + "'Patient/p1'},'status':'accepted'}]",
                "Quarter[year=2026, quarter=2]|'resourceType':'Observation','status':'final','code':{'text':'x'},'issued':"
                        + "'2026-12-01T00:00:00Z','subject':{'reference':'Patient/1'},'effectivePeriod':{'start':'2026-04-01'}",
            })
    void placesByTypeEncounterAndDate(String expected, String members) {
        Facts facts = Samples.accepted("{" + members + "}").facts();

        assertThat(Placement.of(facts, WARD, RECORDED)).hasToString(expected);
    }

    @Test
    void aSubjectInsideAContainedResourceOrAnExtensionPlacesNothing() {
        Facts facts = Samples.accepted(
                        "{'resourceType':'Basic','code':{'text':'x'},'contained':[{'resourceType':'Basic','id':'b',"
                                + "'code':{'text':'x'},'subject':{'reference':'Patient/1'}}],'subject':{'display':'x','extension':[{'url':"
                                + "'e','valueReference':{'reference':'Patient/1'}}]}}")
                .facts();

        assertThat(facts.subjects()).isEmpty();
        assertThat(Placement.of(facts, Surroundings.NONE, RECORDED)).isEqualTo(new Placement.House());
    }

    @Test
    void theTypeIsReadFromAnyLiteralReference() {
        assertThat(Surroundings.literalType("Patient/1")).isEqualTo("Patient");
        assertThat(Surroundings.literalType("http://h/fhir/Patient/1/_history/2"))
                .isEqualTo("Patient");
        assertThat(Surroundings.literalType("Patient?identifier=http://x/y|1")).isEqualTo("Patient");
        assertThat(Surroundings.literalType("urn:uuid:c757873d-ec9a-4326-a141-556f43239520"))
                .isEmpty();
    }
}
