package trimaran.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraitTest {

    @ParameterizedTest
    @CsvSource({
        "Noël-Bœuf,NOELBOEUF",
        "d'Aubigné,DAUBIGNE",
        "Le Gall,LEGALL",
        "ŁUKASZ,LUKASZ",
        "Straße,STRASSE",
        "O’Brien 2,OBRIEN2",
        "Ñandú,NANDU",
        "محمد,محمد",
        "--,''"
    })
    void spellingsARegistrarCallsTheSameGiveOneTrait(String family, String plain) {
        assertThat(Trait.plain(family)).isEqualTo(plain);
    }

    @Test
    void aPatientIsFoundByIdentifiersAndByNameWithBirthDate() {
        Facts facts = Samples.accepted(Samples.PATIENT).facts();

        assertThat(Trait.of(facts))
                .containsExactly(
                        new Trait("identifier", "urn:oid:1.2.250.1.213.1.4.8|184127645108946"),
                        new Trait("name-birth", "NOELBOEUF|1984-12-27"));
        assertThat(facts.names())
                .containsExactly(new Facts.PersonName("Noël-Bœuf", java.util.List.of("Anna", "Maria")));
    }

    @Test
    void aPatientWithoutBirthDateHasNoNameTrait() {
        Facts facts = Samples.accepted("{'resourceType':'Patient','name':[{'family':'x'}]}")
                .facts();

        assertThat(Trait.of(facts)).isEmpty();
    }
}
