package trimaran.station.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trimaran.model.Limits;

/** What the strict check refuses, refused by the door with its place; nothing of it is stored and the door lives on. */
class StrictDoorTest {

    private static OpenDoor door;

    @BeforeAll
    static void open() {
        door = new OpenDoor();
    }

    @AfterAll
    static void close() {
        door.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "400|structure||{'resourceType':'Patient'",
                "400|structure|Patient.active|{'resourceType':'Patient','active':true,'active':true}",
                "422|structure|Patient.nmae|{'resourceType':'Patient','nmae':[]}",
                "422|structure|Patient.name[0].famly|{'resourceType':'Patient','name':[{'famly':'x'}]}",
                "422|structure|Patient.active|{'resourceType':'Patient','active':'true'}",
                "422|structure|Patient.name|{'resourceType':'Patient','name':{'family':'x'}}",
                "422|required|Patient.communication[0].language|{'resourceType':'Patient','communication':[{'preferred':true}]}",
                "422|required|Patient.deceasedDateTime|{'resourceType':'Patient','deceasedBoolean':true,'deceasedDateTime':'2020'}",
                "422|value|Patient.birthDate|{'resourceType':'Patient','birthDate':'1980-02-30'}",
                "422|value|Patient.name[0].family|{'resourceType':'Patient','name':[{'family':''}]}",
                "422|value|Patient.text.div|{'resourceType':'Patient','text':{'status':'generated','div':'<p>x</p>'}}",
                "422|code-invalid|Patient.gender|{'resourceType':'Patient','gender':'f'}",
                "422|not-found|Patient.managingOrganization.reference|{'resourceType':'Patient','managingOrganization':"
                        + "{'reference':'Pateint/1'}}",
            })
    void a_fault_is_refused_with_its_place(int status, String code, String place, String json) {
        HttpResponse<String> answer = door.post("/Patient", json.replace('\'', '"'));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body())
                .startsWith("{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\""
                        + code + "\"");
        if (place != null) {
            assertThat(answer.body()).contains("\"expression\":[\"" + place + "\"]");
        }
        assertThat(door.get("/Patient?family=x").body()).contains("\"total\":0");
    }

    @Test
    void in_a_transaction_the_place_names_the_entry() {
        HttpResponse<String> answer = door.post(
                "",
                "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{\"resource\":"
                        + Texts.patient("Seul", "Zoe", "1980-01-01")
                        + ",\"request\":{\"method\":\"POST\",\"url\":\"Patient\"}},{\"resource\":"
                        + Texts.patient("Seul", "Zoe", "1980-13-01")
                        + ",\"request\":{\"method\":\"POST\",\"url\":\"Patient\"}}]}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("\"expression\":[\"Bundle.entry[1].resource.birthDate\"]");
        assertThat(door.get("/Patient?family=seul").body()).contains("\"total\":0");
    }

    @Test
    void one_level_too_deep_is_refused() {
        String deep = "{\"url\":\"urn:x\",\"extension\":[".repeat(Limits.DEPTH_MAX) + "]}".repeat(Limits.DEPTH_MAX);
        HttpResponse<String> answer =
                door.post("/Patient", "{\"resourceType\":\"Patient\",\"extension\":[" + deep + "]}");

        assertThat(answer.statusCode()).isBetween(400, 422);
        assertThat(answer.body()).contains("OperationOutcome");
    }

    @Test
    void one_entry_too_many_is_refused() {
        String entry = "{\"request\":{\"method\":\"DELETE\",\"url\":\"Patient/x\"}},";
        String entries = entry.repeat(Limits.ENTRIES_MAX + 1);
        HttpResponse<String> answer = door.post(
                "",
                "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":["
                        + entries.substring(0, entries.length() - 1) + "]}");

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("\"code\":\"too-long\"", "Bundle.entry");
    }

    @Test
    void a_string_one_byte_too_long_is_refused() {
        HttpResponse<String> answer =
                door.post("/Patient", Texts.patient("x".repeat(Limits.STRING_BYTES_MAX + 1), "Zoe", "1980-01-01"));

        assertThat(answer.statusCode()).isEqualTo(413);
    }
}
