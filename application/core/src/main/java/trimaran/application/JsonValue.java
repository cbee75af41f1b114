package trimaran.application;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.MalformedException;

/** JSON (RFC 8259) as a rule looks at it: read once, never written. A number keeps its spelling. */
public sealed interface JsonValue {

    record Text(String value) implements JsonValue {}

    record Numeral(String spelling) implements JsonValue {}

    record Flag(boolean value) implements JsonValue {}

    record Nothing() implements JsonValue {}

    record Items(List<JsonValue> values) implements JsonValue {
        public Items {
            values = List.copyOf(values);
        }
    }

    record Fields(Map<String, JsonValue> values) implements JsonValue {
        public Fields {
            values = Collections.unmodifiableMap(values);
        }
    }

    /** @throws MalformedException if the bytes are not one JSON value of bounded depth without repeated names */
    static JsonValue parse(Bytes json) throws MalformedException {
        return new JsonReader(json).whole();
    }

    /** The value under these names, one inside the other; empty where one is missing. */
    default Optional<JsonValue> at(String... names) {
        Optional<JsonValue> here = Optional.of(this);
        for (String name : names) {
            here = here.flatMap(value -> value instanceof Fields fields
                    ? Optional.ofNullable(fields.values().get(name))
                    : Optional.empty());
        }
        return here;
    }

    /** The text under these names; empty where it is missing or no text. */
    default Optional<String> text(String... names) {
        return at(names).flatMap(value -> value instanceof Text text ? Optional.of(text.value()) : Optional.empty());
    }

    /** The list under this name; empty where it is missing or no list. */
    default List<JsonValue> items(String name) {
        return at(name).map(value -> value instanceof Items items ? items.values() : List.<JsonValue>of())
                .orElse(List.of());
    }
}
