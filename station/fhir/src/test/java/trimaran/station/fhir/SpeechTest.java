package trimaran.station.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.model.Resource;
import trimaran.model.StrictParser;
import trimaran.station.Transaction;

/** What the door says, in which language, and of which identifiers it holds none. */
class SpeechTest {

    @Test
    void refusals_are_told_in_the_readers_language_and_in_french_to_whoever_names_none() {
        assertThat(Negotiation.language("")).isEqualTo(Locale.FRENCH);
        assertThat(Negotiation.language("de, en;q=0.5, fr;q=0.4")).isEqualTo(Locale.ENGLISH);
        assertThat(Negotiation.language("en-GB;q=0.3, fr-FR;q=0.8")).isEqualTo(Locale.FRENCH);
        assertThat(Negotiation.language("en;q=nonsense")).isEqualTo(Locale.FRENCH);
        byte[] french = Issues.error(Refusal.of(Code.BED_TAKEN, "somebody lies in this bed"));
        byte[] english = ScopedValue.where(Issues.LANGUAGE, Locale.ENGLISH)
                .call(() -> Issues.error(Refusal.of(Code.BED_TAKEN, "somebody lies in this bed")));

        assertThat(new String(french, StandardCharsets.UTF_8)).contains(CodeTexts.of(Code.BED_TAKEN, Locale.FRENCH));
        assertThat(new String(english, StandardCharsets.UTF_8)).contains(CodeTexts.of(Code.BED_TAKEN, Locale.ENGLISH));
        assertThat(french).isNotEqualTo(english);
    }

    @Test
    void an_invented_hospital_takes_no_real_national_identifier_and_a_real_one_no_test_identifier() {
        String real = "urn:oid:1.2.250.1.213.1.4.8";
        String test = "urn:oid:1.2.250.1.213.1.4.10";

        assertThat(NationalIdentifiers.refusal(patientWith(real), true)).get().satisfies(refusal -> {
            assertThat(refusal.code()).isEqualTo(Code.RULE);
            assertThat(refusal.place()).isEqualTo("[0].Patient.identifier.system");
        });
        assertThat(NationalIdentifiers.refusal(patientWith(real), false)).isEmpty();
        assertThat(NationalIdentifiers.refusal(patientWith(test), false)).isPresent();
        assertThat(NationalIdentifiers.refusal(patientWith(test), true)).isEmpty();
    }

    private static Transaction patientWith(String system) {
        String json = "{\"resourceType\":\"Patient\",\"identifier\":[{\"system\":\"" + system + "\",\"value\":\"1\"}]}";
        return switch (StrictParser.parse(json.getBytes(StandardCharsets.UTF_8))) {
            case Outcome.Done<Resource>(Resource patient) -> Transaction.of(new Transaction.Change.Create(patient));
            case Outcome.Refused<Resource>(Refusal refusal) -> throw new AssertionError(refusal);
        };
    }
}
