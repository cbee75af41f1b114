package trimaran.station.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Bytes to messages: character sets, line ends, escapes, bounds. */
class ReadingTest {

    private static final int MANY = Hl7Limits.STANDARD.segments();

    private static Reading.Result read(String text, Charset charset) {
        return Reading.read(text.getBytes(charset), MANY);
    }

    private static Message good(String text) {
        Reading.Result result = read(text, StandardCharsets.UTF_8);
        assertThat(result.faults()).isEmpty();
        return result.message().orElseThrow();
    }

    private static String named(String charset) {
        return "MSH|^~\\&|A|B|C|D|20260101||ADT^A28|1|P|2.5||||||" + charset + "\rPID|||1||Ébène^Zoé\r";
    }

    @Test
    void characterSetsByTheirNames() {
        for (String name : new String[] {"UNICODE UTF-8", "8859/1", "8859/15"}) {
            Charset charset = Charsets.named(name).orElseThrow();
            Reading.Result result = read(named(name), charset);
            assertThat(result.faults()).isEmpty();
            assertThat(result.message().orElseThrow().first("PID").orElseThrow().text(5))
                    .isEqualTo("Ébène");
        }
        assertThat(read(named("8859/15").replace("Zoé", "20 €"), Charsets.LATIN_9)
                        .isGood())
                .isTrue();
    }

    @Test
    void bytesThatAreNoCharactersAreNamedByPlace() {
        Reading.Result result = read(named("UNICODE UTF-8"), StandardCharsets.ISO_8859_1);
        assertThat(result.isGood()).isFalse();
        Fault fault = result.faults().getFirst();
        assertThat(fault.kind()).isEqualTo(Fault.Kind.CHARSET);
        assertThat(fault.place()).hasToString("PID-5");
        assertThat(fault.got()).isEqualTo("0xC9");
        assertThat(read(named("ASCII"), StandardCharsets.UTF_8).isGood()).isFalse();
    }

    @Test
    void anUnknownCharacterSetIsExplained() {
        Fault fault =
                read(named("GB 18030-2000"), StandardCharsets.UTF_8).faults().getFirst();
        assertThat(fault.place()).hasToString("MSH-18");
        assertThat(fault.sentence(false)).contains("8859/15").contains("GB 18030-2000");
    }

    @Test
    void withoutANameWhatItCanBeIsReadAndSaid() {
        Reading.Result utf8 = read(named(""), StandardCharsets.UTF_8);
        assertThat(utf8.isGood()).isTrue();
        assertThat(utf8.faults().getFirst().sentence(false)).contains("read as UNICODE UTF-8");
        Reading.Result latin = read(named(""), StandardCharsets.ISO_8859_1);
        assertThat(latin.isGood()).isTrue();
        assertThat(latin.message().orElseThrow().first("PID").orElseThrow().text(5))
                .isEqualTo("Ébène");
        assertThat(read(named("").replace("Ébène^Zoé", "Ebene^Zoe"), StandardCharsets.US_ASCII)
                        .faults())
                .isEmpty();
    }

    @Test
    void everyLineEndIsTaken() {
        for (String end : new String[] {"\r", "\n", "\r\n", "\n\n", "\r\r"}) {
            Message message = good(named("UNICODE UTF-8").replace("\r", end));
            assertThat(message.segments()).as("%s", (int) end.charAt(0)).hasSize(2);
        }
        // Where carriage returns end segments, a line feed is part of a text.
        Message message = good(named("UNICODE UTF-8") + "NTE|1||erste\nzweite\r");
        assertThat(message.first("NTE").orElseThrow().text(3)).isEqualTo("erste\nzweite");
    }

    @Test
    void aBrokenLineIsNamed() {
        Fault fault = read(
                        named("UNICODE UTF-8").replace("\r", "\n") + "NTE|1||erste\nzweite\n", StandardCharsets.UTF_8)
                .faults()
                .getFirst();
        assertThat(fault.kind()).isEqualTo(Fault.Kind.SEGMENT_ORDER);
        assertThat(fault.got()).isEqualTo("zweite");
        assertThat(fault.place()).hasToString("NTE");
    }

    @Test
    void aMarkAndBlankLinesBeforeTheMessageAreTaken() {
        assertThat(good("\uFEFF" + named("UNICODE UTF-8")).segments()).hasSize(2);
        assertThat(good("\r\n" + named("UNICODE UTF-8")).segments()).hasSize(2);
    }

    @Test
    void whatIsNoMessageIsExplained() {
        for (String text :
                new String[] {"", "MSH", "GET / HTTP/1.1", "MSH|^^^^|A", "MSHA^~\\&A", "MSH|^~\\|A", "<xml/>"}) {
            Reading.Result result = read(text, StandardCharsets.UTF_8);
            assertThat(result.message()).as(text).isEmpty();
            assertThat(result.faults()).as(text).hasSize(1);
        }
    }

    @Test
    void otherDelimitersAreTaken() {
        Message message = good("MSH!*%?@!A!B!C!D!20260101!!ADT*A28!1!P!2.5!!!!!!UNICODE UTF-8\rPID!!!1*@x?S?!\r");
        assertThat(message.event()).isEqualTo("A28");
        assertThat(message.first("PID").orElseThrow().value(3).component(2, 2)).isEqualTo("x*");
    }

    @Test
    void escapesAreReadOnceFromLeftToRight() {
        Delimiters usual = Delimiters.USUAL;
        assertThat(Escapes.read("a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f", usual)).isEqualTo("a|b^c&d~e\\f");
        assertThat(Escapes.read("eins\\.br\\zwei", usual)).isEqualTo("eins\nzwei");
        assertThat(Escapes.read("\\XC389\\", usual)).isEqualTo("É");
        assertThat(Escapes.read("\\H\\laut\\N\\", usual)).isEqualTo("laut");
        // Nested: what an escape stands for begins no other.
        assertThat(Escapes.read("\\E\\F\\E\\", usual)).isEqualTo("\\F\\");
        assertThat(Escapes.read("\\E\\E\\E\\E\\", usual)).isEqualTo("\\E\\E\\");
        assertThat(Escapes.read("C:\\Temp\\neu", usual)).isEqualTo("C:\\Temp\\neu");
        assertThat(Escapes.read("\\", usual)).isEqualTo("\\");
        assertThat(Escapes.read("\\X4\\", usual)).isEqualTo("\\X4\\");
        String text = "a|b^c&d~e\\f";
        assertThat(Escapes.read(Escapes.written(text, usual), usual)).isEqualTo(text);
    }

    @Test
    void anEscapeLongerThanAnyIsNone() {
        String hex = "41".repeat(Escapes.SEQUENCE_CHARACTERS_MAX);
        assertThat(Escapes.read("\\X" + hex + "\\", Delimiters.USUAL)).isEqualTo("\\X" + hex + "\\");
    }

    @Test
    void deletionIsNotAValue() {
        Value value = new Value("\"\"", Delimiters.USUAL);
        assertThat(value.isDeletion()).isTrue();
        assertThat(value.text()).isEmpty();
        assertThat(value.component(1)).isEmpty();
    }

    @Test
    void oneSegmentTooManyIsRefused() {
        String text = named("UNICODE UTF-8") + "NTE|1\r".repeat(3);
        assertThat(Reading.read(text.getBytes(StandardCharsets.UTF_8), 5).isGood())
                .isTrue();
        Reading.Result result = Reading.read(text.getBytes(StandardCharsets.UTF_8), 4);
        assertThat(result.faults().getFirst().kind()).isEqualTo(Fault.Kind.TOO_LARGE);
        assertThat(result.message().orElseThrow().segments()).hasSize(4);
    }

    @Test
    void oneFieldTooManyIsRefused() {
        assertThat(read(
                                named("UNICODE UTF-8") + "ZZZ" + "|".repeat(Hl7Limits.FIELDS_MAX) + "\r",
                                StandardCharsets.UTF_8)
                        .isGood())
                .isTrue();
        Reading.Result result = read(
                named("UNICODE UTF-8") + "ZZZ" + "|".repeat(Hl7Limits.FIELDS_MAX + 1) + "\r", StandardCharsets.UTF_8);
        assertThat(result.faults().getFirst().place()).hasToString("ZZZ-" + (Hl7Limits.FIELDS_MAX + 1));
    }

    @Test
    void moreRepetitionsAndComponentsThanThereAreStayInTheLast() {
        Segment segment = good(named("UNICODE UTF-8") + "ZZZ|" + "a~".repeat(Hl7Limits.REPETITIONS_MAX + 5) + "|"
                        + "b^".repeat(Hl7Limits.COMPONENTS_MAX + 5) + "\r")
                .first("ZZZ")
                .orElseThrow();
        assertThat(segment.values(1)).hasSize(Hl7Limits.REPETITIONS_MAX);
        assertThat(segment.value(2).component(Hl7Limits.COMPONENTS_MAX + 1)).isEmpty();
        assertThat(segment.value(2).component(Hl7Limits.COMPONENTS_MAX)).startsWith("b^b");
    }

    @Test
    void delimitersThatAreTooManyAreNone() {
        assertThat(Delimiters.of("MSH|^~\\&#|A", StandardCharsets.UTF_8)).isPresent();
        assertThat("^~\\&#!".length()).isEqualTo(Delimiters.ENCODING_CHARACTERS_MAX + 1);
        assertThat(Delimiters.of("MSH|^~\\&#!|A", StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void timesAreReadWithTheirPrecision() {
        assertThat(Moment.read("1951", Counters.PARIS).orElseThrow().fhir()).isEqualTo("1951");
        assertThat(Moment.read("195102", Counters.PARIS).orElseThrow().fhir()).isEqualTo("1951-02");
        assertThat(Moment.read("19510203", Counters.PARIS).orElseThrow().fhir()).isEqualTo("1951-02-03");
        assertThat(Moment.read("202607011530", Counters.PARIS).orElseThrow().fhir())
                .isEqualTo("2026-07-01T15:30:00+02:00");
        assertThat(Moment.read("20260701153059.123+0000", Counters.PARIS)
                        .orElseThrow()
                        .fhir())
                .isEqualTo("2026-07-01T15:30:59Z");
        for (String wrong : new String[] {"", "hier", "20261301", "20260230", "202607012530", "2026070", "19510203F"}) {
            assertThat(Moment.read(wrong, Counters.PARIS)).as(wrong).isEmpty();
        }
        for (String text : new String[] {"1951", "1951-02", "1951-02-03", "2026-07-01T15:30:00+02:00"}) {
            assertThat(Moment.ofFhir(text).fhir()).isEqualTo(text);
        }
    }
}
