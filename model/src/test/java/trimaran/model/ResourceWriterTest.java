package trimaran.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import trimaran.kernel.RecordTime;

class ResourceWriterTest {

    static final List<String> VALID = Samples.VALID;

    private static final RecordTime TIME = new RecordTime(1_700_000_000_123L);
    private static final String URN = "urn:uuid:c757873d-ec9a-4326-a141-556f43239520";

    @ParameterizedTest
    @FieldSource("VALID")
    void whatIsReadEqualsWhatWasWrittenApartFromIdAndVersion(String json) throws IOException {
        Resource resource = Samples.accepted(json);
        byte[] authored = ResourceWriter.authored(resource, "a-1", _ -> null);
        byte[] supplied = ResourceWriter.supplied(authored, 7, TIME);

        Map<String, Object> expected = JsonText.object(Samples.bytes(json));
        expected.put("id", "VALUE_STRING a-1");
        assertThat(JsonText.object(authored)).isEqualTo(expected);
        expected.put(
                "meta",
                Map.of(
                        "versionId", "VALUE_STRING 7",
                        "lastUpdated", "VALUE_STRING 2023-11-14T22:13:20.123Z"));
        assertThat(JsonText.object(supplied)).isEqualTo(expected);
        assertThat(ResourceWriter.authored(Samples.accepted(supplied), "a-1", _ -> null))
                .isEqualTo(authored);
    }

    @Test
    void headComesFirstAndSpacesBetweenTokensGo() {
        Resource resource =
                Samples.accepted("{ 'active' : true ,\n 'id' : 'x', 'name':[ {'text' : 'a \\'  b' , 'family':"
                        + "' c '} ], 'resourceType':\t'Patient' , 'meta': { 'versionId':'3', 'source' : 'http://s', 'lastUpdated':"
                        + "'2020-01-01T00:00:00Z' }, 'gender':'male' }");

        assertThat(authored(resource))
                .isEqualTo(
                        "{'resourceType':'Patient','id':'n','meta':{'source':'http://s'},'active':true,'name':[{'text':"
                                + "'a \\'  b','family':' c '}],'gender':'male'}");
    }

    @Test
    void aMetaOfNothingButVersionsGoes() {
        assertThat(authored(Samples.accepted("{'resourceType':'Patient','meta':{'versionId':'9'},'active':true}")))
                .isEqualTo("{'resourceType':'Patient','id':'n','active':true}");
        assertThat(authored(Samples.accepted("{'resourceType':'Patient','id':'9'}")))
                .isEqualTo("{'resourceType':'Patient','id':'n'}");
    }

    @Test
    void aMetaOfTheAuthorIsKeptAndCompleted() {
        Resource resource = Samples.accepted(
                "{'active':true,'meta':{'versionId':'3','_versionId':{'id':'x'},'profile':['http://p'],'lastUpdated':"
                        + "'2020-01-01T00:00:00Z','tag':[{'code':'t'}]},'resourceType':'Patient','id':'old'}");
        byte[] authored = ResourceWriter.authored(resource, "n", _ -> null);

        assertThat(text(authored))
                .isEqualTo("{'resourceType':'Patient','id':'n','meta':{'profile':['http://p'],'tag':[{'code':'t'}]},"
                        + "'active':true}");
        assertThat(text(ResourceWriter.supplied(authored, 1, TIME)))
                .isEqualTo("{'resourceType':'Patient','id':'n','meta':{'versionId':'1','lastUpdated':"
                        + "'2023-11-14T22:13:20.123Z','profile':['http://p'],'tag':[{'code':'t'}]},'active':true}");
    }

    @Test
    void referencesAreRewrittenWhereverTheyAre() {
        Resource resource = Samples.accepted("{ 'resourceType':'Observation','meta':{'source':'" + URN
                + "'},'contained':[{'resourceType':'Basic','id':'b','code':{'text':'" + URN
                + "'},'subject':{'reference':'"
                + URN + "'}}],'status':'final','code':{'text':'x'},'subject':{'reference':'" + URN
                + "','extension':[{'url':'e','valueReference':{'reference':'" + URN + "'}}]},"
                + "'focus':[{'reference':'#b'},{'reference':'Patient/9'}]}");

        assertThat(resource.referenceCount()).isEqualTo(4);
        assertThat(resource.reference(3)).isEqualTo("Patient/9");
        assertThat(resource.referencePlace(0)).isEqualTo("Observation.contained[0].subject.reference");
        assertThat(resource.referencePlace(3)).isEqualTo("Observation.focus[1].reference");
        assertThat(text(ResourceWriter.authored(resource, "n", was -> was.equals(URN) ? "Patient/1" : null)))
                .isEqualTo("{'resourceType':'Observation','id':'n','meta':{'source':'Patient/1'},'contained':[{"
                        + "'resourceType':'Basic','id':'b','code':{'text':'" + URN
                        + "'},'subject':{'reference':'Patient/1'"
                        + "}}],'status':'final','code':{'text':'x'},'subject':{'reference':'Patient/1','extension':[{'url':"
                        + "'e','valueReference':{'reference':'Patient/1'}}]},'focus':[{'reference':'#b'},{'reference':"
                        + "'Patient/9'}]}");
    }

    @Test
    void decimalsKeepTheirSpelling() {
        String authored = authored(Samples.accepted(Samples.OBSERVATION));

        assertThat(authored).contains("'value':1.10,").contains("'value':-0.5e3}");
    }

    @Test
    void aDetachedResourceIsTheSameOnItsOwnBytes() {
        String json =
                "{'resourceType':'Bundle','type':'collection','entry':[{'resource':" + Samples.OBSERVATION + "}]}";
        Resource inside = java.util.Objects.requireNonNull(
                Samples.bundle(json).entries().getFirst().resource());
        Resource alone = inside.detached();

        assertThat(alone.bytes()).isEqualTo(Samples.bytes(Samples.OBSERVATION));
        assertThat(alone.referencePlace(1)).isEqualTo("Observation.encounter.reference");
        assertThat(authored(alone)).isEqualTo(authored(inside));
    }

    @Test
    void anIdOrTargetThatWouldBreakTheJsonIsAnError() {
        Resource resource = Samples.accepted(Samples.OBSERVATION);

        assertThatThrownBy(() -> ResourceWriter.authored(resource, "a\"b", _ -> null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ResourceWriter.authored(resource, "a", _ -> "x\"y"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String authored(Resource resource) {
        return text(ResourceWriter.authored(resource, "n", _ -> null));
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8).replace('"', '\'');
    }
}
