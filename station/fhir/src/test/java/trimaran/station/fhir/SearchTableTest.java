package trimaran.station.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import trimaran.model.ElementTable;
import trimaran.station.fhir.SearchParameter.Kind;

class SearchTableTest {

    private static final Set<String> TOKENS =
            Set.of("CodeableConcept", "Coding", "Identifier", "ContactPoint", "code", "boolean", "string");
    private static final Set<String> TEXTS = Set.of("HumanName", "Address", "string", "markdown");
    private static final Set<String> DATES = Set.of("date", "datetime", "instant", "Period");

    @Test
    void every_path_is_an_element_of_the_standard() {
        assertThat(SearchTable.paths())
                .isNotEmpty()
                .allSatisfy(path ->
                        assertThat(ElementTable.r4().typeOf(path)).as(path).isNotEmpty());
    }

    @Test
    void every_parameter_looks_at_elements_of_its_kind() {
        for (String type : Address.keptTypes()) {
            for (SearchParameter parameter : SearchTable.of(type).values()) {
                for (SearchParameter.Path path : parameter.paths()) {
                    assertThat(fits(parameter.kind(), path.type()))
                            .as("%s %s %s", type, parameter.text(), path)
                            .isTrue();
                }
            }
        }
    }

    private static boolean fits(Kind kind, String type) {
        return switch (kind) {
            case TOKEN -> TOKENS.contains(type);
            case STRING -> TEXTS.contains(type);
            case DATE -> DATES.contains(type);
            case REFERENCE -> type.equals("Reference");
        };
    }

    @Test
    void what_is_no_element_has_no_type() {
        assertThat(ElementTable.r4().typeOf("Patient.shoeSize")).isEmpty();
        assertThat(ElementTable.r4().typeOf("Patient.birthDate.year")).isEmpty();
        assertThat(ElementTable.r4().typeOf("Encounter.location.location")).isEqualTo("Reference");
        assertThat(ElementTable.r4().typeOf("Observation.effectiveDateTime")).isEqualTo("datetime");
    }
}
