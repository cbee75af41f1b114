package trimaran.station.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.GenericMessage;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.parser.GenericModelClassFactory;
import ca.uhn.hl7v2.parser.PipeParser;
import ca.uhn.hl7v2.util.Terser;
import ca.uhn.hl7v2.util.idgenerator.InMemoryIDGenerator;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** HAPI, which half the world reads HL7 with, finds the same texts in the same places. */
class OracleTest {

    private static final int ROUNDS = 300;
    private static final String LETTERS = "abcXYZ019 éÉœ";
    /** HAPI leaves hexadecimal escapes as they are. */
    private static final String[] ESCAPES = {"\\F\\", "\\S\\", "\\T\\", "\\R\\", "\\E\\"};

    private static String component(SplittableRandom random) {
        return IntStream.range(0, random.nextInt(6))
                .mapToObj(i -> random.nextInt(8) == 0
                        ? ESCAPES[random.nextInt(ESCAPES.length)]
                        : String.valueOf(LETTERS.charAt(random.nextInt(LETTERS.length()))))
                .collect(Collectors.joining());
    }

    private static String several(
            SplittableRandom random, int most, String between, java.util.function.Supplier<String> one) {
        return IntStream.rangeClosed(0, random.nextInt(most))
                .mapToObj(i -> one.get())
                .collect(Collectors.joining(between));
    }

    private static String field(SplittableRandom random) {
        return several(
                random, 3, "~", () -> several(random, 4, "^", () -> several(random, 3, "&", () -> component(random))));
    }

    @Test
    void hapiReadsTheSame() throws HL7Exception, IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("messages compared with HAPI, -Dseed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        try (DefaultHapiContext context = new DefaultHapiContext()) {
            context.setModelClassFactory(new GenericModelClassFactory());
            context.setValidationContext(ValidationContextFactory.noValidation());
            context.getParserConfiguration().setIdGenerator(new InMemoryIDGenerator());
            PipeParser parser = context.getPipeParser();
            for (int i = 0; i < ROUNDS; i++) {
                String text = "MSH|^~\\&|GAM|CH|T|CH|2026||ADT^A28|" + i + "|P|2.5||||||UNICODE UTF-8\rZZA|"
                        + several(random, 12, "|", () -> field(random)) + "|end\r";
                compare(text, parser.parse(text));
            }
        }
    }

    private static void compare(String text, Message theirs) throws HL7Exception {
        assertThat(theirs).isInstanceOf(GenericMessage.class);
        Terser terser = new Terser(theirs);
        Segment ours = Reading.read(text.getBytes(StandardCharsets.UTF_8), 10)
                .message()
                .orElseThrow()
                .first("ZZA")
                .orElseThrow();
        for (int field = 1; field <= ours.fields().size(); field++) {
            String[] repetitions = ours.raw(field).split("~", -1);
            for (int repetition = 0; repetition < repetitions.length; repetition++) {
                Value value = new Value(repetitions[repetition], ours.delimiters());
                for (int component = 1; component <= 4; component++) {
                    for (int part = 1; part <= 3; part++) {
                        String place = "/ZZA-" + field + "(" + repetition + ")-" + component + "-" + part;
                        String expected = terser.get(place);
                        assertThat(value.component(component, part))
                                .as("%s of %s", place, text)
                                .isEqualTo(expected == null ? "" : expected.strip());
                    }
                }
            }
        }
    }
}
