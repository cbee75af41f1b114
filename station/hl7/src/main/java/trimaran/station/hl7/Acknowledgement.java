package trimaran.station.hl7;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import trimaran.kernel.WallTime;

/**
 * Writes acknowledgements (HL7 2.5, 2.9.2 and 2.14): MSA with AA, AE or AR, and an ERR for each fault, in the sender's version,
 * delimiters and character set, with a sentence in the sender's language (MSH-19, else MSH-17).
 */
final class Acknowledgement {

    /** What is answered. AE: the message is at fault; AR: it was not taken now, and may be sent again as it is. */
    enum Answer {
        AA,
        AE,
        AR
    }

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmssZ");
    private static final String APPLICATION = "TRIMARAN";
    static final int CONTROL_ID_CHARACTERS_MAX = 199;

    private final Optional<Segment> header;
    private final Delimiters delimiters;
    private final boolean french;
    private final WallTime now;

    /** @param message whose header is answered; empty if not even that could be read */
    Acknowledgement(Optional<Message> message, WallTime now) {
        this.header = message.map(Message::header);
        this.delimiters = header.map(Segment::delimiters).orElse(Delimiters.USUAL);
        this.now = now;
        String language = header.map(one -> one.text(19)).orElse("");
        String country = header.map(one -> one.text(17)).orElse("");
        this.french = language.isEmpty()
                ? !country.matches("(?i)(GBR|USA|IRL|CAN)")
                : language.toUpperCase(java.util.Locale.ROOT).startsWith("FR");
    }

    byte[] write(Answer answer, List<Fault> faults) {
        StringBuilder text = new StringBuilder(256);
        String control = header.map(one -> one.text(10)).orElse("");
        head(text, control);
        char bar = delimiters.field();
        text.append("MSA")
                .append(bar)
                .append(answer)
                .append(bar)
                .append(written(control))
                .append('\r');
        faults.stream().limit(Hl7Limits.FAULTS_MAX).forEach(fault -> error(text, fault));
        return text.toString().getBytes(charset());
    }

    private void head(StringBuilder text, String control) {
        String event = header.map(one -> one.value(9).component(2)).orElse("");
        String version =
                header.map(one -> one.raw(12)).filter(one -> !one.isEmpty()).orElse("2.5");
        char bar = delimiters.field();
        char hat = delimiters.component();
        String type = "ACK" + (event.isEmpty() ? "" : hat + written(event) + hat + "ACK");
        String id =
                control.isEmpty() ? "0" : control.substring(0, Math.min(control.length(), CONTROL_ID_CHARACTERS_MAX));
        String[] fields = {
            "MSH",
            delimiters.encodingCharacters(),
            header.map(one -> one.raw(5)).filter(one -> !one.isEmpty()).orElse(APPLICATION),
            header.map(one -> one.raw(6)).orElse(""),
            header.map(one -> one.raw(3)).orElse(""),
            header.map(one -> one.raw(4)).orElse(""),
            TIME.format(java.time.Instant.ofEpochMilli(now.millis()).atZone(ZoneId.of("UTC"))),
            "",
            type,
            written(id),
            header.map(one -> one.raw(11)).filter(one -> !one.isEmpty()).orElse("P"),
            version,
            "",
            "",
            "",
            "",
            header.map(one -> one.raw(17)).orElse(""),
            header.map(one -> one.raw(18)).orElse(""),
            header.map(one -> one.raw(19)).orElse("")
        };
        text.append(String.join(String.valueOf(bar), fields));
        int end = text.length();
        while (text.charAt(end - 1) == bar) {
            end--;
        }
        text.setLength(end);
        text.append('\r');
    }

    /** ERR as 2.5 has it; up to 2.4 it has one field, and the sentence goes where readers of those look: there is none. */
    private void error(StringBuilder text, Fault fault) {
        char bar = delimiters.field();
        char hat = delimiters.component();
        Place place = fault.place();
        String code = fault.kind().hl7() + "" + hat + written(fault.kind().text(false)) + hat + "HL70357";
        if (isOld()) {
            String where = written(place.segment()) + hat + number(place.sequence()) + hat + number(place.field());
            String inside = code.replace(hat, delimiters.subcomponent());
            text.append("ERR")
                    .append(bar)
                    .append(where)
                    .append(hat)
                    .append(inside)
                    .append('\r');
            return;
        }
        String where = place.segment().isEmpty()
                ? ""
                : written(place.segment())
                        + hat
                        + number(place.sequence())
                        + hat
                        + number(place.field())
                        + hat
                        + number(place.repetition())
                        + hat
                        + number(place.component());
        int end = where.length();
        while (end > 0 && where.charAt(end - 1) == hat) {
            end--;
        }
        text.append(String.join(
                        String.valueOf(bar),
                        "ERR",
                        "",
                        where.substring(0, end),
                        code,
                        fault.severity().letter(),
                        fault.kind().code().tag(),
                        "",
                        written(fault.sentence(false)),
                        written(fault.sentence(french))))
                .append('\r');
    }

    private boolean isOld() {
        String version = header.map(one -> one.text(12)).orElse("2.5");
        return version.matches("2\\.[0-4](\\..*)?");
    }

    private static String number(int number) {
        return number == 0 ? "" : String.valueOf(number);
    }

    private String written(String text) {
        return Escapes.written(text, delimiters);
    }

    /** The sender's; what it has no letter for becomes a question mark, which is better than no answer. */
    private Charset charset() {
        return header.map(one -> one.values(18).isEmpty() ? "" : one.value(18).text())
                .filter(name -> !name.isEmpty())
                .flatMap(Charsets::named)
                .orElse(StandardCharsets.UTF_8);
    }
}
