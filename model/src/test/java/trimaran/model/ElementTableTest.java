package trimaran.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ElementTableTest {

    private final ElementTable table = ElementTable.r4();

    @Test
    void knowsAllResourceTypesOfTheStandard() {
        assertThat(table.resourceTypes()).hasSize(146).contains("Patient", "VisionPrescription");
        assertThat(table.isResourceType("DomainResource")).isFalse();
    }

    @Test
    void expandsChoicesAndFollowsContentReferences() {
        assertThat(table.elementsOf("Observation.component"))
                .contains("code", "valueQuantity", "valuePeriod", "referenceRange")
                .doesNotContain("value[x]");
        assertThat(table.elementsOf("Patient")).startsWith("id", "meta", "implicitRules");
        assertThat(table.elementsOf("SimpleQuantity")).doesNotContain("comparator");
        assertThat(table.elementsOf("Nothing")).isEmpty();
    }
}
