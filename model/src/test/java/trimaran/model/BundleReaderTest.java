package trimaran.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trimaran.kernel.Code;
import trimaran.kernel.Refusal;

class BundleReaderTest {

    private static final String POST = "'request':{'method':'POST','url':'Patient'}";

    @Test
    void givesEachEntryWithWhatItAsksFor() {
        Bundle bundle = Samples.bundle("{'resourceType':'Bundle','type':'transaction','entry':["
                + "{'fullUrl':'urn:uuid:c757873d-ec9a-4326-a141-556f43239520','resource':" + Samples.PATIENT
                + ",'request':{'method':'POST','url':'Patient','ifNoneExist':'identifier=a|b'}},"
                + "{'request':{'method':'PUT','url':'Observation/1','ifMatch':'W/\\'3\\''},'resource':"
                + Samples.OBSERVATION
                + "},{'request':{'method':'GET','url':'Patient/1','ifNoneMatch':'W/\\'1\\'','ifModifiedSince':"
                + "'2020-01-01T00:00:00Z'}},{'request':{'method':'DELETE','url':'Patient/2'}}]}");

        assertThat(bundle.type()).isEqualTo("transaction");
        assertThat(bundle.entries().stream().map(BundleEntry::request))
                .containsExactly(
                        new BundleEntry.Request("POST", "Patient", "", "", "", "identifier=a|b"),
                        new BundleEntry.Request("PUT", "Observation/1", "", "", "W/\"3\"", ""),
                        new BundleEntry.Request("GET", "Patient/1", "W/\"1\"", "2020-01-01T00:00:00Z", "", ""),
                        new BundleEntry.Request("DELETE", "Patient/2", "", "", "", ""));
        assertThat(bundle.byFullUrl()).containsExactly(entry("urn:uuid:c757873d-ec9a-4326-a141-556f43239520", 0));
        Resource observation = Objects.requireNonNull(bundle.entries().get(1).resource());
        assertThat(observation.bytes()).isEqualTo(Samples.bytes(Samples.OBSERVATION));
        assertThat(observation.facts().encounter()).isEqualTo("Encounter/e1");
        assertThat(Objects.requireNonNull(bundle.entries().getFirst().resource())
                        .facts()
                        .birthDate())
                .isEqualTo("1984-12-27");
        assertThat(bundle.entries().get(2).resource()).isNull();
    }

    @Test
    void aTransactionIsRefusedForOneFault() {
        Refusal refusal = Samples.bundleRefused(Samples.bytes(
                "{'resourceType':'Bundle','type':'transaction','entry':[{'resource':" + Samples.PATIENT + "," + POST
                        + "},{'resource':{'resourceType':'Patient','name':[{'famly':'x'}]}," + POST + "}]}"));

        assertThat(refusal.code()).isEqualTo(Code.UNKNOWN_ELEMENT);
        assertThat(refusal.place()).isEqualTo("Bundle.entry[1].resource.name[0].famly");
    }

    @Test
    void aBatchKeepsItsGoodEntries() {
        Bundle bundle =
                Samples.bundle("{'resourceType':'Bundle','entry':[{'resource':{'resourceType':'Patient','contained':["
                        + "{'resourceType':'Basic','nope':{'a':[1,{}]}}],'active':true}," + POST + "},{'resource':"
                        + Samples.PATIENT + ","
                        + POST
                        + "},{'resource':{'resourceType':'Basic','code':{'text':'x'},'subject':{'reference':'#n'}},"
                        + POST
                        + "}],'type':'batch'}");

        assertThat(Objects.requireNonNull(bundle.entries().get(0).issue()).place())
                .isEqualTo("Bundle.entry[0].resource.contained[0].nope");
        assertThat(bundle.entries().get(0).resource()).isNull();
        assertThat(bundle.entries().get(1).issue()).isNull();
        assertThat(Objects.requireNonNull(bundle.entries().get(1).resource()).id())
                .isEqualTo("p1");
        assertThat(Objects.requireNonNull(bundle.entries().get(2).issue()).place())
                .isEqualTo("Bundle.entry[2].resource.subject.reference");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "WRONG_TYPE|Patient|{'resourceType':'Patient','active':true}",
                "CARDINALITY|Bundle.type|{'resourceType':'Bundle'}",
                "CODE_REQUIRED|Bundle.type|{'resourceType':'Bundle','type':'x'}",
                "CARDINALITY|Bundle.entry[0].request|{'resourceType':'Bundle','type':'transaction','entry':[{'fullUrl':'a:b'}]}",
                "CARDINALITY|Bundle.entry[0].resource|{'resourceType':'Bundle','type':'batch','entry':[{'request':"
                        + "{'method':'POST','url':'Patient'}}]}",
                "CODE_REQUIRED|Bundle.entry[0].request.method|{'resourceType':'Bundle','type':'batch','entry':[{'request':"
                        + "{'method':'post','url':'Patient'}}]}",
                "BAD_VALUE|Bundle.entry[1].fullUrl|{'resourceType':'Bundle','type':'batch','entry':[{'fullUrl':'a:b',"
                        + "'request':{'method':'GET','url':'x'}},{'fullUrl':'a:b','request':{'method':'GET','url':'x'}}]}",
                "MALFORMED|Bundle.entry[0].resource|{'resourceType':'Bundle','type':'batch','entry':[{'resource':"
                        + "{'resourceType':'Patient',}}]}",
            })
    void refusesBundlesThatCannotBeCarriedOut(Code code, String place, String json) {
        Refusal refusal = Samples.bundleRefused(Samples.bytes(json));

        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.place()).isEqualTo(place);
    }

    @Test
    void readsAsManyBytesAsABodyMayHave() {
        String entry = "{'resource':" + Samples.OBSERVATION + "," + POST + "}";
        int count = Math.min(60_000, (Limits.BODY_BYTES_MAX - 200) / (entry.length() + 1));
        String json = "{'resourceType':'Bundle','type':'transaction','entry':[" + (entry + ",").repeat(count - 1)
                + entry + "]}";

        assertThat(Samples.bundle(json).entries()).hasSize(count);
    }
}
