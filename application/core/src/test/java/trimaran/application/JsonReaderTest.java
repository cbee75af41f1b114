package trimaran.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimaran.kernel.Bytes;
import trimaran.kernel.MalformedException;

final class JsonReaderTest {

    private static final String ENCOUNTER =
            " {\"a\":{\"b\":\"x\\u00e9\\n\"},\"list\":[1,-2.5e3,true,null,{\"c\":\"d\"}], \"empty\":{}, \"none\":[]} ";

    @Test
    void valuesAreFoundByTheirNames() throws MalformedException {
        JsonValue json = JsonValue.parse(Bytes.ofText(ENCOUNTER));
        assertThat(json.text("a", "b")).isEqualTo(Optional.of("xé\n"));
        assertThat(json.text("a")).isEmpty();
        assertThat(json.text("a", "b", "c")).isEmpty();
        assertThat(json.items("list"))
                .contains(new JsonValue.Numeral("-2.5e3"), new JsonValue.Flag(true), new JsonValue.Nothing());
        assertThat(json.items("list").getLast().text("c")).isEqualTo(Optional.of("d"));
        assertThat(json.items("a")).isEqualTo(List.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1",
                "{\"a\"}",
                "{\"a\":1,}",
                "[1,]",
                "01",
                "-",
                "1.",
                "1e",
                "tru",
                "\"",
                "\"\\x\"",
                "\"\\u12g4\"",
                "{} {}",
                "{a:1}",
                "{\"a\":1,\"a\":2}",
                "\"\t\"",
                "1\u0000",
                "+1",
                "nul"
            })
    void whatIsNotJsonIsRefused(String text) {
        assertThatThrownBy(() -> JsonValue.parse(Bytes.ofText(text))).isInstanceOf(MalformedException.class);
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        assertThatThrownBy(() -> JsonValue.parse(Bytes.of((byte) '"', (byte) 0xc3, (byte) '"')))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void jsonOneLevelTooDeepIsRefusedAndOneLessIsNot() throws MalformedException {
        int deepest = OfficeLimits.JSON_DEPTH_MAX + 1;
        assertThat(JsonValue.parse(Bytes.ofText("[".repeat(deepest) + "]".repeat(deepest))))
                .isNotNull();
        assertThatThrownBy(() -> JsonValue.parse(Bytes.ofText("[".repeat(deepest + 1) + "]".repeat(deepest + 1))))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void anyDamagedBytesYieldAValueOrARefusal() {
        long seed = Long.getLong("seed", 42);
        System.out.println("JsonReaderTest -Dseed=" + seed);
        Random random = new Random(seed);
        byte[] good = Bytes.ofText(ENCOUNTER).toArray();
        int refused = 0;
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = good.clone();
            for (int hits = random.nextInt(4); hits >= 0; hits--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(JsonValue.parse(Bytes.wrap(bytes))).isNotNull();
            } catch (MalformedException malformed) {
                refused++;
            }
        }
        assertThat(refused).isBetween(1, 5_000);
    }
}
