package trimaran.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import trimaran.kernel.Code;
import trimaran.kernel.Refusal;

class StrictParserTest {

    static final List<String> VALID = Samples.VALID;

    @ParameterizedTest
    @FieldSource("VALID")
    void acceptsValidResourcesOfTheCommonestTypes(String json) {
        Resource resource = Samples.accepted(json);

        assertThat(json).startsWith("{'resourceType':'" + resource.type() + "'");
    }

    @Test
    void acceptsTheTypeInAnyPlaceAndEscapesInNames() {
        Resource resource = Samples.accepted("{'id':'a','\\u0061ctive':true,'resourceType':'Patient'}");

        assertThat(resource.type()).isEqualTo("Patient");
        assertThat(resource.id()).isEqualTo("a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // JSON itself
                "MALFORMED|Patient|{'resourceType':'Patient'",
                "MALFORMED|Patient|{'resourceType':'Patient',}",
                "MALFORMED||{'resourceType':'Patient'} x",
                "MALFORMED|Patient.active|{'resourceType':'Patient','active':true,'active':true}",
                "MALFORMED|Patient.resourceType|{'resourceType':'Patient','resourceType':'Patient'}",
                "MALFORMED|Patient.active|{'resourceType':'Patient','active':truex}",
                "MALFORMED|Observation.valueInteger|{'resourceType':'Observation','valueInteger':01}",
                "MALFORMED|Patient.language|{'resourceType':'Patient','language':'\\ud800'}",
                "MALFORMED|Patient.language|{'resourceType':'Patient','language':'\\x'}",
                // resource types
                "UNKNOWN_ELEMENT|resourceType|{'resourceType':'Pateint'}",
                "CARDINALITY|resourceType|{'active':true}",
                "WRONG_TYPE|resourceType|{'resourceType':1}",
                "WRONG_TYPE||[]",
                // unknown elements
                "UNKNOWN_ELEMENT|Patient.nmae|{'resourceType':'Patient','nmae':[]}",
                "UNKNOWN_ELEMENT|Patient.name[0].famly|{'resourceType':'Patient','name':[{'famly':'x'}]}",
                "UNKNOWN_ELEMENT|Patient._name|{'resourceType':'Patient','_name':{}}",
                "UNKNOWN_ELEMENT|Patient|{'resourceType':'Patient','a b':1}",
                "UNKNOWN_ELEMENT|Patient.contact[0].resourceType|{'resourceType':'Patient','contact':[{'resourceType':'x'}]}",
                "UNKNOWN_ELEMENT|Observation.referenceRange[0].low.comparator|{'resourceType':'Observation',"
                        + "'referenceRange':[{'low':{'comparator':'<'}}]}",
                // types
                "WRONG_TYPE|Patient.active|{'resourceType':'Patient','active':'true'}",
                "WRONG_TYPE|Patient.name|{'resourceType':'Patient','name':{'family':'x'}}",
                "WRONG_TYPE|Patient.name[0]|{'resourceType':'Patient','name':['x']}",
                "WRONG_TYPE|Patient.gender|{'resourceType':'Patient','gender':['male']}",
                "WRONG_TYPE|Patient.gender|{'resourceType':'Patient','gender':null}",
                "WRONG_TYPE|Patient.maritalStatus|{'resourceType':'Patient','maritalStatus':[{'text':'x'}]}",
                "WRONG_TYPE|Observation.component[2].valueQuantity.value|{'resourceType':'Observation','component':["
                        + "{'code':{'text':'a'}},{'code':{'text':'b'}},{'valueQuantity':{'value':'1'}}]}",
                "WRONG_TYPE|Patient.contained[0]|{'resourceType':'Patient','contained':[1]}",
                // cardinality
                "CARDINALITY|Observation.status|{'resourceType':'Observation','code':{'text':'x'}}",
                "CARDINALITY|Observation.component[0].code|{'resourceType':'Observation','component':[{'id':'a'}]}",
                "CARDINALITY|Patient.extension[0].url|{'resourceType':'Patient','extension':[{'valueString':'x'}]}",
                "CARDINALITY|Patient.modifierExtension[0].url|{'resourceType':'Patient','modifierExtension':[{'id':'x'}]}",
                "CARDINALITY|MedicationRequest.medication|{'resourceType':'MedicationRequest','status':'active',"
                        + "'intent':'order','subject':{'display':'x'}}",
                "CARDINALITY|Patient.deceasedDateTime|{'resourceType':'Patient','deceasedBoolean':true,'deceasedDateTime':'2020'}",
                "CARDINALITY|Patient.deceasedDateTime|{'resourceType':'Patient','deceasedBoolean':true,'_deceasedDateTime':{}}",
                "CARDINALITY|Patient.contained[0].contained[0]|{'resourceType':'Patient','contained':[{'resourceType':"
                        + "'Basic','contained':[{'resourceType':'Basic'}]}]}",
                "CARDINALITY|Patient.contained[0].resourceType|{'resourceType':'Patient','contained':[{'id':'x'}]}",
                // empty things
                "BAD_VALUE|Patient.name|{'resourceType':'Patient','name':[]}",
                "BAD_VALUE|Patient.name[0]|{'resourceType':'Patient','name':[{}]}",
                "BAD_VALUE|Patient.name[0].family|{'resourceType':'Patient','name':[{'family':''}]}",
                "BAD_VALUE|Patient.name[0].given|{'resourceType':'Patient','name':[{'given':['a',null]}]}",
                "BAD_VALUE|Patient.name[0].given|{'resourceType':'Patient','name':[{'given':['a',null],'_given':[null,null]}]}",
                "BAD_VALUE|Patient.name[0].given|{'resourceType':'Patient','name':[{'given':['a'],'_given':[null,null]}]}",
                "BAD_VALUE|Patient.name[0].family|{'resourceType':'Patient','name':[{'family':'a\\bc'}]}",
                "BAD_VALUE|Patient.name[0].family|{'resourceType':'Patient','name':[{'family':'a\\u0000c'}]}",
                // required codes
                "CODE_REQUIRED|Patient.gender|{'resourceType':'Patient','gender':'f'}",
                "CODE_REQUIRED|Patient.name[0].use|{'resourceType':'Patient','name':[{'use':'legal'}]}",
                "CODE_REQUIRED|Condition.clinicalStatus|{'resourceType':'Condition','clinicalStatus':{'text':'active'}}",
                "CODE_REQUIRED|Condition.clinicalStatus|{'resourceType':'Condition','clinicalStatus':{'coding':[{"
                        + "'system':'http://loinc.org','code':'active'}]}}",
                // references
                "BAD_REFERENCE|Observation.subject.reference|{'resourceType':'Observation','subject':{'reference':'p1'}}",
                "BAD_REFERENCE|Observation.subject.reference|{'resourceType':'Observation','subject':{'reference':'Patient/a b'}}",
                "BAD_REFERENCE|Observation.subject.reference|{'resourceType':'Observation','subject':{'reference':'Pateint/1'}}",
                "BAD_REFERENCE|Observation.subject.reference|{'resourceType':'Observation','subject':{'reference':'Claim/1'}}",
                "BAD_REFERENCE|Observation.subject.reference|{'resourceType':'Observation','subject':{'reference':'urn:uuid:1'}}",
                "BAD_REFERENCE|Patient.link[0].other.reference|{'resourceType':'Patient','link':[{'other':"
                        + "{'reference':'#x'},'type':'seealso'}]}",
                // narrative
                "BAD_VALUE|Patient.text.div|{'resourceType':'Patient','text':{'status':'generated','div':'<p>x</p>'}}",
                "BAD_VALUE|Patient.text.div|{'resourceType':'Patient','text':{'status':'generated','div':'<div><p>x</div>'}}",
                "BAD_VALUE|Patient.text.div|{'resourceType':'Patient','text':{'status':'generated','div':'<div>a & b</div>'}}",
                "BAD_VALUE|Patient.text.div|{'resourceType':'Patient','text':{'status':'generated','div':"
                        + "'<div><script>x</script></div>'}}",
                "BAD_VALUE|Patient.text.div|{'resourceType':'Patient','text':{'status':'generated','div':"
                        + "'<div onclick=\\'x\\'>x</div>'}}",
                "BAD_VALUE|Patient.text.div|{'resourceType':'Patient','text':{'status':'generated','div':'<div>x</div>y'}}",
                "CARDINALITY|Patient.text.status|{'resourceType':'Patient','text':{'div':'<div>x</div>'}}",
            })
    void refusesWithCodeAndPlace(Code code, String place, String json) {
        Refusal refusal = Samples.refused(json);

        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.place()).isEqualTo(place == null ? "" : place);
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        for (String hex : List.of("80", "c080", "c1bf", "e08080", "eda080", "f08080" + "80", "f4908080", "ff", "c3")) {
            byte[] name = Samples.bytes("{'resourceType':'Patient','language':'@'}");
            byte[] wrong = splice(name, '@', java.util.HexFormat.of().parseHex(hex));

            assertThat(Samples.refused(wrong).code()).as(hex).isEqualTo(Code.MALFORMED);
        }
    }

    private static byte[] splice(byte[] json, char mark, byte[] raw) {
        String text = new String(json, StandardCharsets.ISO_8859_1);
        String inserted = text.replace(String.valueOf(mark), new String(raw, StandardCharsets.ISO_8859_1));
        return inserted.getBytes(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource({
        "valueDate,2024-02-29",
        "valueDate,2024",
        "valueDate,0001-12",
        "valueDateTime,2024-02-29T00:00:00.123456789+14:00",
        "valueDateTime,2024-12",
        "valueInstant,2024-12-31T23:59:60Z",
        "valueTime,23:59:59.1",
        "valueOid,urn:oid:1.2.840.0",
        "valueUuid,urn:uuid:c757873d-ec9a-4326-a141-556f43239520",
        "valueUri,http://a/b?c#d",
        "valueUrl,mailto:a@b",
        "valueCode,a b",
        "valueId,A-z.0",
        "valueBase64Binary,QUJD",
        "valueBase64Binary,QQ==",
        "valueString, x",
        "valueMarkdown,# x",
        "valueCanonical,http://x|1"
    })
    void acceptsTextOfEachPrimitive(String name, String text) {
        assertThat(Samples.accepted(extension(name, "'" + text + "'")).type()).isEqualTo("Basic");
    }

    @ParameterizedTest
    @CsvSource({
        "valueDate,2023-02-29",
        "valueDate,1900-02-29",
        "valueDate,2023-13",
        "valueDate,0000",
        "valueDate,2023-1-1",
        "valueDate,2023-04-31",
        "valueDate,2023-01-01T00:00:00Z",
        "valueDate,20230101",
        "valueDateTime,2024-01-01T10:00Z",
        "valueDateTime,2024-01-01T10:00:00",
        "valueDateTime,2024-01-01T24:00:00Z",
        "valueDateTime,2024-01-01 10:00:00Z",
        "valueDateTime,2024-01-01T10:00:00+14:01",
        "valueDateTime,2024-01-01T10:00:00.Z",
        "valueInstant,2024-01-01",
        "valueInstant,2024-01-01T10:00:00.1234567890Z",
        "valueTime,24:00:00",
        "valueTime,10:60:00",
        "valueTime,10:00",
        "valueTime,10:00:00Z",
        "valueOid,urn:oid:3.1",
        "valueOid,urn:oid:1",
        "valueOid,urn:oid:1.02",
        "valueOid,1.2.3",
        "valueUuid,c757873d-ec9a-4326-a141-556f43239520",
        "valueUuid,urn:uuid:c757873d-ec9a-4326-a141-556f4323952g",
        "valueUri,a b",
        "valueUri,urn:uuid:x",
        "valueCode,' a'",
        "valueCode,'a '",
        "valueCode,'a  b'",
        "valueId,a_b",
        "valueBase64Binary,QQ=",
        "valueBase64Binary,Q===",
        "valueBase64Binary,QQ==QQ==",
        "valueBase64Binary,Q-_Q"
    })
    void refusesTextThatIsNotOfThePrimitive(String name, String text) {
        Refusal refusal = Samples.refused(extension(name, "'" + text + "'"));

        assertThat(refusal.code()).isEqualTo(Code.BAD_VALUE);
        assertThat(refusal.place()).isEqualTo("Basic.extension[0]." + name);
    }

    @ParameterizedTest
    @CsvSource({
        "valueInteger,2147483648",
        "valueInteger,1.0",
        "valueInteger,1e0",
        "valueInteger,-2147483649",
        "valueUnsignedInt,-1",
        "valuePositiveInt,0",
        "valuePositiveInt,99999999999999999999"
    })
    void refusesNumbersOutsideTheirType(String name, String number) {
        assertThat(Samples.refused(extension(name, number)).code()).isEqualTo(Code.BAD_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1", ".5", "1.", "-", "1e", "NaN", "Infinity", "0x1"})
    void refusesNumbersThatAreNotJson(String number) {
        assertThat(Samples.refused(extension("valueDecimal", number)).code()).isIn(Code.MALFORMED, Code.WRONG_TYPE);
    }

    @Test
    void neverRepeatsContentInARefusal() {
        Refusal refusal = Samples.refused("{'resourceType':'Patient','birthDate':'canary-7f3a'}");

        assertThat(refusal.toString()).doesNotContain("canary");
    }

    @Test
    void checksTextBehindEscapes() {
        assertThat(Samples.refused("{'resourceType':'Patient','gender':'fem\\u0061l'}")
                        .code())
                .isEqualTo(Code.CODE_REQUIRED);
        assertThat(Samples.accepted("{'resourceType':'Patient','gender':'fem\\u0061le'}")
                        .type())
                .isEqualTo("Patient");
        assertThat(Samples.accepted("{'resourceType':'Task','status':'draft','intent':'order','for':{'reference':"
                                + "'Patient\\/1'}}")
                        .reference(0))
                .isEqualTo("Patient/1");
    }

    private static String extension(String name, String value) {
        return "{'resourceType':'Basic','extension':[{'url':'http://e','" + name + "':" + value
                + "}],'code':{'text':'x'}}";
    }
}
