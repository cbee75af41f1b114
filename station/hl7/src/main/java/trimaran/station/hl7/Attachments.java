package trimaran.station.hl7;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What OBX-5 encapsulates (HL7 2.5, ED data type), or its text, as an Attachment. */
final class Attachments {

    private Attachments() {}

    /** Empty, with the reason among the faults, for what cannot be decoded. */
    static Optional<Map<String, Object>> of(Segment obx, List<Fault> faults) {
        Value value = obx.value(5);
        String encoding = value.component(4).toUpperCase(Locale.ROOT);
        String data = value.component(5);
        try {
            byte[] bytes = switch (encoding) {
                case "BASE64" -> Base64.getMimeDecoder().decode(data);
                case "HEX" -> HexFormat.of().parseHex(data.replaceAll("\\s", ""));
                default -> data.getBytes(StandardCharsets.UTF_8);
            };
            if (bytes.length == 0) {
                faults.add(Fault.required(obx.at(5), Fault.Said.of("un contenu encodé", "an encoded content")));
                return Optional.empty();
            }
            return Optional.of(attachment(type(value), bytes));
        } catch (IllegalArgumentException damaged) {
            faults.add(Fault.error(
                    Fault.Kind.WRONG_TYPE,
                    obx.at(5).component(5),
                    Fault.Said.of("un contenu en " + encoding, "a content in " + encoding),
                    ""));
            return Optional.empty();
        }
    }

    static Map<String, Object> text(List<Segment> lines) {
        String text = lines.stream()
                .map(obx -> obx.values(5).stream().map(Value::text).collect(Collectors.joining("\n")))
                .collect(Collectors.joining("\n"));
        return attachment("text/plain", text.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, Object> attachment(String type, byte[] bytes) {
        return Json.object("contentType", type, "data", Base64.getEncoder().encodeToString(bytes));
    }

    private static String type(Value value) {
        String main = value.component(2).toLowerCase(Locale.ROOT);
        String sub = value.component(3).toLowerCase(Locale.ROOT);
        if (main.matches("[a-z0-9.+-]+/[a-z0-9.+-]+")) {
            return main;
        }
        return switch (sub) {
            case "pdf" -> "application/pdf";
            case "xml", "hl7cda", "x-hl7-cda-level-one", "cda" -> "text/xml";
            case "rtf" -> "application/rtf";
            case "html" -> "text/html";
            case "plain" -> "text/plain";
            case "jpeg", "jpg" -> "image/jpeg";
            case "png" -> "image/png";
            case "tiff" -> "image/tiff";
            default -> "application/octet-stream";
        };
    }
}
