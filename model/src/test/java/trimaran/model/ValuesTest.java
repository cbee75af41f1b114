package trimaran.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ValuesTest {

    @Test
    void readsEveryValueAtAPathAsSpelt() {
        Resource observation = Samples.accepted(Samples.OBSERVATION);

        assertThat(observation.values("status")).containsExactly("final");
        assertThat(observation.values("component.valueQuantity.value")).containsExactly("1.10", "-0.5e3");
        assertThat(observation.values("component.code.coding.code")).containsExactly("8867-4", "8867-4", "8867-4");
        assertThat(observation.values("component.valueString")).isEmpty();
        assertThat(observation.values("component")).isEmpty();
    }

    @Test
    void leavesOutNullsAndResolvesEscapes() {
        Resource patient =
                Samples.accepted("{'resourceType':'Patient','active':true,'name':[{'given':[null,'a\\u00e9\\'b'],"
                        + "'_given':[{'id':'x'},null]}]}");

        assertThat(patient.values("name.given")).containsExactly("aé\"b");
        assertThat(patient.values("name._given.id")).containsExactly("x");
        assertThat(patient.values("active")).containsExactly("true");
    }

    @Test
    void readsAResourceInsideABundleOnly() {
        Bundle bundle = Samples.bundle("{'resourceType':'Bundle','type':'collection','entry':[{'resource':"
                + Samples.ENCOUNTER + "},{'resource':" + Samples.OBSERVATION + "}]}");

        assertThat(java.util.Objects.requireNonNull(bundle.entries().getFirst().resource())
                        .values("status"))
                .containsExactly("in-progress");
    }
}
