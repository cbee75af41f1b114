package trimaran.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;

class LimitsTest {

    @Test
    void aBodyOneByteTooLarge() {
        byte[] body = new byte[Limits.BODY_BYTES_MAX + 1];
        Arrays.fill(body, (byte) ' ');

        assertThat(Samples.refused(body).code()).isEqualTo(Code.TOO_LARGE);
        assertThat(Samples.bundleRefused(body).code()).isEqualTo(Code.TOO_LARGE);
    }

    @Test
    void nestingOneLevelTooDeep() {
        int levels = Limits.DEPTH_MAX - 1;

        assertThat(Samples.accepted(nested(levels)).type()).isEqualTo("Basic");
        assertThat(Samples.refused(nested(levels + 1)).code()).isEqualTo(Code.TOO_LARGE);
        assertThat(Samples.refused("[".repeat(100_000)).code()).isEqualTo(Code.WRONG_TYPE);
        assertThat(Samples.refused("{'x':" + "[".repeat(100_000)).code()).isEqualTo(Code.TOO_LARGE);
    }

    private static String nested(int levels) {
        return "{'resourceType':'Basic','code':{'text':'x'},"
                + "'extension':[{'url':'e',".repeat(levels)
                + "'valueInteger':1"
                + "}]".repeat(levels)
                + "}";
    }

    @Test
    void oneResourceTooManyInsideTheOthers() {
        assertThat(Samples.accepted(bundles(Limits.NESTED_RESOURCES_MAX)).type())
                .isEqualTo("Bundle");
        assertThat(Samples.refused(bundles(Limits.NESTED_RESOURCES_MAX + 1)).code())
                .isEqualTo(Code.TOO_LARGE);
    }

    private static String bundles(int inside) {
        String head = "{'resourceType':'Bundle','type':'collection','entry':[{'resource':";
        return head.repeat(inside) + "{'resourceType':'Bundle','type':'collection'}" + "}]}".repeat(inside);
    }

    @Test
    void oneEntryTooMany() {
        String entries = list("{'id':'a'}", Limits.ENTRIES_MAX);
        String head = "{'resourceType':'Bundle','type':'collection','entry':";

        assertThat(Samples.bundle(head + "[" + entries + "]}").entries()).hasSize(Limits.ENTRIES_MAX);
        assertThat(Samples.bundleRefused(Samples.bytes(head + "[" + entries + ",{'id':'a'}]}"))
                        .code())
                .isEqualTo(Code.TOO_LARGE);
    }

    @Test
    void oneItemTooMany() {
        String given = list("'a'", Limits.ITEMS_MAX);
        String head = "{'resourceType':'Practitioner','name':[{'given':[";

        assertThat(Samples.accepted(head + given + "]}]}").type()).isEqualTo("Practitioner");
        assertThat(Samples.refused(head + given + ",'a']}]}").code()).isEqualTo(Code.TOO_LARGE);
    }

    @Test
    void oneReferenceTooMany() {
        String links = list("{'relation':'x','url':'urn:uuid:c757873d-ec9a-4326-a141-556f43239520'}", 1000);
        String entry = "{'link':[" + links + "]}";
        String head = "{'resourceType':'Bundle','type':'collection','entry':[";
        int full = Limits.REFERENCES_MAX / 1000;

        // A million links are more bytes than a body may have, so the limit is met with the shortest text there is.
        assertThat((long) entry.length() * full).isGreaterThan(Limits.BODY_BYTES_MAX);
        String targets = list("{'reference':'#'}", Limits.ITEMS_MAX);
        String provenance =
                "{'resource':{'resourceType':'Provenance','recorded':'2026-04-01T00:00:00Z','agent':[{'who':"
                        + "{'display':'x'}}],'target':[" + targets + "]}}";
        String five = list(provenance, Limits.REFERENCES_MAX / Limits.ITEMS_MAX);

        assertThat(Samples.accepted(head + five + "]}").type()).isEqualTo("Bundle");
        assertThat(Samples.refused(head + five + ",{'resource':{'resourceType':'Basic','code':{'text':'x'},'subject':"
                                + "{'reference':'#'}}}]}")
                        .code())
                .isEqualTo(Code.TOO_LARGE);
    }

    @Test
    void factsAreKeptUpToTheirLimitAndTheRestIsNoFault() {
        String identifiers = list("{'value':'a'}", Limits.FACTS_MAX + 1);
        Resource resource = Samples.accepted("{'resourceType':'Patient','identifier':[" + identifiers + "]}");

        assertThat(resource.facts().identifiers()).hasSize(Limits.FACTS_MAX);
    }

    @Test
    void oneCharacterTooMany() {
        tooLong("valueString", "a", Limits.STRING_BYTES_MAX);
        tooLong("valueUri", "a", Limits.URI_BYTES_MAX);
        assertThat(Samples.refused(extension("valueId", "'" + "a".repeat(Limits.ID_CHARACTERS_MAX + 1) + "'"))
                        .code())
                .isEqualTo(Code.BAD_VALUE);
        assertThat(Samples.accepted(extension("valueId", "'" + "a".repeat(Limits.ID_CHARACTERS_MAX) + "'"))
                        .type())
                .isEqualTo("Basic");
    }

    private static void tooLong(String name, String character, int max) {
        assertThat(Samples.accepted(extension(name, "'" + character.repeat(max) + "'"))
                        .type())
                .isEqualTo("Basic");
        assertThat(Samples.refused(extension(name, "'" + character.repeat(max + 1) + "'"))
                        .code())
                .isEqualTo(Code.TOO_LARGE);
    }

    @Test
    void oneDigitTooMany() {
        String decimal = "1." + "0".repeat(Limits.DECIMAL_CHARACTERS_MAX - 2);

        assertThat(Samples.accepted(extension("valueDecimal", decimal)).type()).isEqualTo("Basic");
        assertThat(Samples.refused(extension("valueDecimal", decimal + "0")).code())
                .isEqualTo(Code.TOO_LARGE);
        assertThat(Samples.accepted(extension("valueDecimal", "1e-" + Limits.EXPONENT_MAX))
                        .type())
                .isEqualTo("Basic");
        assertThat(Samples.refused(extension("valueDecimal", "1e" + (Limits.EXPONENT_MAX + 1)))
                        .code())
                .isEqualTo(Code.TOO_LARGE);
        String time = "10:00:00." + "1".repeat(Limits.FRACTION_DIGITS_MAX);
        assertThat(Samples.accepted(extension("valueTime", "'" + time + "'")).type())
                .isEqualTo("Basic");
        assertThat(Samples.refused(extension("valueTime", "'" + time + "1'")).code())
                .isEqualTo(Code.BAD_VALUE);
    }

    @Test
    void oneTagTooDeep() {
        assertThat(wellFormed(Limits.XHTML_DEPTH_MAX)).isTrue();
        assertThat(wellFormed(Limits.XHTML_DEPTH_MAX + 1)).isFalse();
    }

    private static boolean wellFormed(int depth) {
        byte[] text = ("<div>".repeat(depth) + "</div>".repeat(depth)).getBytes(StandardCharsets.UTF_8);
        return new Xhtml(text, 0, text.length).isWellFormed();
    }

    @Test
    void aLongUnknownNameIsNotRepeated() {
        String name = "a".repeat(Limits.ID_CHARACTERS_MAX + 1);

        assertThat(Samples.refused("{'resourceType':'Basic','" + name + "':1}").place())
                .isEqualTo("Basic");
    }

    private static String extension(String name, String value) {
        return "{'resourceType':'Basic','extension':[{'url':'e','" + name + "':" + value + "}],'code':{'text':'x'}}";
    }

    private static String list(String item, int count) {
        return (item + ",").repeat(count - 1) + item;
    }
}
