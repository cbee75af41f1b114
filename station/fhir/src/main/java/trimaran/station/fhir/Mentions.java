package trimaran.station.fhir;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.ResourceId;
import trimaran.model.Placement;
import trimaran.station.ResourceVersion;

/** What resources refer to outside their patient: organisations, staff, places, medications. */
final class Mentions {

    private static final byte[] NAME = "\"reference\"".getBytes(StandardCharsets.US_ASCII);

    private Mentions() {}

    /** House resources these refer to, each once with its type, in the order they are met. */
    static Map<ResourceId, String> house(Collection<ResourceVersion> all) {
        Map<ResourceId, String> mentioned = new LinkedHashMap<>();
        for (ResourceVersion one : all) {
            byte[] json = one.json().unsafeArray();
            for (int at = next(json, 0); at >= 0; at = next(json, at)) {
                at += NAME.length;
                String text = value(json, at);
                int slash = text.indexOf('/');
                if (slash > 0 && Placement.HOUSE.contains(text.substring(0, slash))) {
                    Optional<ResourceId> id = Locator.own(text.substring(slash + 1));
                    id.ifPresent(known -> mentioned.putIfAbsent(known, text.substring(0, slash)));
                }
            }
        }
        return mentioned;
    }

    private static int next(byte[] json, int from) {
        for (int at = from; at <= json.length - NAME.length; at++) {
            // A quote behind a backslash belongs to some text.
            if (json[at] == '"'
                    && json[at + 1] == 'r'
                    && (at == 0 || json[at - 1] != '\\')
                    && java.util.Arrays.equals(json, at, at + NAME.length, NAME, 0, NAME.length)) {
                return at;
            }
        }
        return -1;
    }

    /** The text after a name; empty if it is none. */
    private static String value(byte[] json, int after) {
        int at = blank(json, after);
        if (at >= json.length || json[at] != ':') {
            return "";
        }
        at = blank(json, at + 1);
        if (at >= json.length || json[at] != '"') {
            return "";
        }
        int end = at + 1;
        while (end < json.length && json[end] != '"') {
            end++;
        }
        return new String(json, at + 1, end - at - 1, StandardCharsets.UTF_8);
    }

    private static int blank(byte[] json, int from) {
        int at = from;
        while (at < json.length && json[at] <= ' ') {
            at++;
        }
        return at;
    }
}
