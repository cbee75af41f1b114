package trimaran.station.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Resources as maps: what is read is written again, numbers as their author spelt them. */
class JsonTest {

    private static Map<String, Object> read(String text) {
        return Json.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatIsReadIsWrittenAgain() {
        String text = "{\"a\":1.50,\"b\":[true,null,\"\\u00e9\\n\\\"\"],\"c\":{},\"d\":[]}";
        String written = new String(Json.write(read(text)), StandardCharsets.UTF_8);
        assertThat(written).contains("\"a\":1.50").contains("[true,null,\"é\\u000a\\\"\"]");
        assertThat(read(written)).isEqualTo(read(text));
    }

    @Test
    void emptyElementsAreLeftOut() {
        Map<String, Object> object = Json.object("a", "", "b", null, "c", Map.of(), "d", "x");
        assertThat(object).containsOnlyKeys("d");
        Json.put(object, "d", " ");
        assertThat(object).isEmpty();
        assertThat(Json.list("", null, "x", Map.of())).containsExactly("x");
    }

    @Test
    void whatTheRecordCannotHoldIsNoResource() {
        assertThatThrownBy(() -> read("{\"a\":1,\"a\":2}")).isInstanceOf(IllegalStateException.class);
    }
}
