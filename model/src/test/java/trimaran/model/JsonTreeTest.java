package trimaran.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.MalformedException;

class JsonTreeTest {

    private static Map<String, Object> read(String json) throws MalformedException {
        return JsonTree.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static void refuses(String json) {
        assertThatThrownBy(() -> read(json)).as(json).isInstanceOf(MalformedException.class);
        assertThat(JsonTree.glimpse(Bytes.ofText(json))).as(json).isEmpty();
    }

    @Test
    void whatStandsThereIsReadAsItIsSpelt() throws MalformedException {
        Map<String, Object> tree =
                read(" {\"a\" : 1.00 , \"b\":[true,null,\"\\u00e9\\n\\\"\\uD83D\\uDE00\"],\"c\":{},\"d\":[ ]} ");
        assertThat(tree)
                .containsEntry("a", new JsonTree.Literal("1.00"))
                .containsEntry("c", Map.of())
                .containsEntry("d", List.of());
        assertThat(tree.get("b"))
                .isEqualTo(List.of(new JsonTree.Literal("true"), new JsonTree.Literal("null"), "é\n\"😀"));
    }

    @Test
    void whatIsNotOneObjectIsRefused() {
        for (String json : List.of(
                "",
                " ",
                "[]",
                "1",
                "{",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{,\"a\":1}",
                "{\"a\":1}{}",
                "{\"a\":01}")) {
            refuses(json);
        }
        for (String json : List.of(
                "{\"a\":[1,]}",
                "{\"a\":[,1]}",
                "{\"a\":[1 2]}",
                "{\"a\":tru}",
                "{\"a\":'x'}",
                "{\"a\":\"\\q\"}",
                "{a:1}")) {
            refuses(json);
        }
    }

    /** Two readers that take another of two values each are a way in. */
    @Test
    void aNameThatStandsTwiceIsRefused() {
        refuses("{\"a\":1,\"a\":2}");
        refuses("{\"a\":null,\"\\u0061\":2}");
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        assertThatThrownBy(() -> JsonTree.read(new byte[] {'{', '"', (byte) 0xc0, (byte) 0x80, '"', ':', '1', '}'}))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void oneLevelTooDeepIsRefused() throws MalformedException {
        assertThat(read(nested(JsonTree.DEPTH_MAX - 1))).isNotEmpty();
        refuses(nested(JsonTree.DEPTH_MAX));
        refuses("{\"a\":" + "[".repeat(100_000));
    }

    private static String nested(int lists) {
        return "{\"a\":" + "[".repeat(lists) + "]".repeat(lists) + "}";
    }

    @Test
    void oneByteTooManyIsRefused() {
        assertThatThrownBy(() -> JsonTree.read(new byte[Limits.BODY_BYTES_MAX + 1]))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void whatIsNotThereIsEmpty() throws MalformedException {
        Map<String, Object> tree =
                read("{\"a\":{\"b\":\"x\",\"n\":2.50,\"z\":null},\"l\":[{\"c\":\"1\"},3,{\"c\":\"2\"}]}");
        assertThat(JsonTree.text(tree, "a", "b")).isEqualTo("x");
        assertThat(JsonTree.text(tree, "a", "n")).isEqualTo("2.50");
        assertThat(JsonTree.text(tree, "a", "z")).isEmpty();
        assertThat(JsonTree.text(tree, "a", "b", "c")).isEmpty();
        assertThat(JsonTree.text(tree, "x", "y")).isEmpty();
        assertThat(JsonTree.items(tree, "l")).extracting(one -> one.get("c")).containsExactly("1", "2");
        assertThat(JsonTree.items(tree, "a")).isEmpty();
        assertThat(JsonTree.item(tree, "a")).isPresent();
        assertThat(JsonTree.item(tree, "l")).isEmpty();
    }

    /** The check is the wall, this reads behind it: whatever passed the one must pass the other. */
    @Test
    void whatTheStrictCheckLetsInCanBeRead() {
        assertThat(JsonTree.glimpse(Bytes.wrap(Samples.accepted(deepest()).bytes())))
                .isPresent();
    }

    private static String deepest() {
        int levels = Limits.DEPTH_MAX - 1;
        return "{'resourceType':'Basic','code':{'text':'x'},"
                + "'extension':[{'url':'e',".repeat(levels)
                + "'valueInteger':1"
                + "}]".repeat(levels)
                + "}";
    }
}
