package trimaran.hospital;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes FHIR's JSON (R4 json). An empty member is left out, as the format asks. */
final class Fhir {

    /** What every resource bears: it is about nobody (v3 ActReason, HTEST: test health data). */
    private static final String FICTIVE = "\"meta\":{\"tag\":[{\"system\":\"" + Systems.ACT_REASON
            + "\",\"code\":\"HTEST\",\"display\":\"fictif\"}]}";

    private Fhir() {}

    /** A resource of a type, marked as fictive. */
    static String resource(String type, String... members) {
        List<String> all = new ArrayList<>(List.of("\"resourceType\":\"" + type + "\"", FICTIVE));
        all.addAll(List.of(members));
        return object(all);
    }

    static String object(String... members) {
        return object(List.of(members));
    }

    private static String object(List<String> members) {
        StringBuilder out = new StringBuilder(256).append('{');
        for (String member : members) {
            if (!member.isEmpty()) {
                out.append(out.length() == 1 ? "" : ",").append(member);
            }
        }
        return out.append('}').toString();
    }

    /** A member that is a text. */
    static String text(String name, String value) {
        return value.isEmpty() ? "" : "\"" + name + "\":" + quoted(value);
    }

    /** A member that is JSON already. */
    static String raw(String name, String json) {
        return json.isEmpty() ? "" : "\"" + name + "\":" + json;
    }

    static String list(String name, List<String> items) {
        return items.isEmpty() ? "" : "\"" + name + "\":[" + String.join(",", items) + "]";
    }

    static String list(String name, String... items) {
        return list(
                name, List.of(items).stream().filter(item -> !item.isEmpty()).toList());
    }

    static String quoted(String value) {
        StringBuilder out = new StringBuilder(value.length() + 8).append('"');
        for (int i = 0; i < value.length(); i++) {
            char next = value.charAt(i);
            switch (next) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                default -> out.append(next);
            }
        }
        return out.append('"').toString();
    }

    static String coding(String system, String code, String display) {
        return object(text("system", system), text("code", code), text("display", display));
    }

    static String concept(String system, String code, String display) {
        return object(list("coding", coding(system, code, display)), text("text", display));
    }

    static String concept(String words) {
        return object(text("text", words));
    }

    static String identifier(String system, String value) {
        return object(text("system", system), text("value", value));
    }

    static String reference(String to) {
        return object(text("reference", to));
    }

    static String reference(String to, String display) {
        return object(text("reference", to), text("display", display));
    }

    /** A reference to whoever has an identifier of the record, resolved when it is written (R4 http, transaction). */
    static String conditional(String type, String system, String value) {
        return type + "?identifier=" + system + "|" + value;
    }

    /** @param value a decimal as it is to be shown */
    static String quantity(String value, String unit, String ucum) {
        return object(
                raw("value", value),
                text("unit", unit),
                text("system", ucum.isEmpty() ? "" : Systems.UCUM),
                text("code", ucum));
    }

    static String period(String start, String end) {
        return object(text("start", start), text("end", end));
    }

    static String extension(String url, String value) {
        return object(text("url", url), value);
    }

    /** A number without needless zeros, since they are misread in doses. */
    static String number(double value, int decimals) {
        String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
        if (text.indexOf('.') < 0) {
            return text;
        }
        int end = text.length();
        while (text.charAt(end - 1) == '0') {
            end--;
        }
        return text.substring(0, text.charAt(end - 1) == '.' ? end - 1 : end);
    }

    /** One entry of a transaction that creates. */
    static String entry(String fullUrl, String type, String resource) {
        return "{\"fullUrl\":\"" + fullUrl + "\",\"resource\":" + resource
                + ",\"request\":{\"method\":\"POST\",\"url\":\"" + type + "\"}}";
    }

    static String transaction(List<String> entries) {
        return "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[" + String.join(",", entries) + "]}";
    }
}
