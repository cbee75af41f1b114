package trimaran.application;

import static org.assertj.core.api.Assertions.assertThat;
import static trimaran.line.message.Draft.Action.CREATE;
import static trimaran.line.message.Draft.Action.DELETE;
import static trimaran.line.message.Draft.Action.UPDATE;

import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Digest;
import trimaran.line.message.Draft;
import trimaran.record.Statement;

final class RolesTest {

    @Test
    void everyRoleOfTheTableDoesItsWorkAndNotAnothers() {
        assertThat(Roles.may(role("nurse"), "Observation", CREATE)).isTrue();
        assertThat(Roles.may(role("nurse"), "MedicationRequest", CREATE)).isFalse();
        assertThat(Roles.may(role("physician"), "MedicationRequest", DELETE)).isTrue();
        assertThat(Roles.may(role("physician"), "Claim", CREATE)).isFalse();
        assertThat(Roles.may(role("clerk"), "Patient", UPDATE)).isTrue();
        assertThat(Roles.may(role("clerk"), "Task", CREATE)).isTrue();
        assertThat(Roles.may(role("clerk"), "Observation", CREATE)).isFalse();
        assertThat(Roles.may(role("laboratory"), "DiagnosticReport", CREATE)).isTrue();
        assertThat(Roles.may(role("laboratory"), "MedicationRequest", UPDATE)).isFalse();
        assertThat(Roles.may(role("pharmacist"), "MedicationRequest", UPDATE)).isTrue();
        assertThat(Roles.may(role("pharmacist"), "MedicationRequest", CREATE)).isFalse();
        assertThat(Roles.may(role("officer"), "Practitioner", CREATE)).isTrue();
        assertThat(Roles.may(role("officer"), "Observation", CREATE)).isFalse();
        assertThat(Roles.may(role("connector"), "Observation", CREATE)).isTrue();
        assertThat(Roles.names())
                .containsExactlyInAnyOrder(
                        "nurse", "physician", "clerk", "laboratory", "pharmacist", "officer", "connector");
    }

    @Test
    void aTombstoneTakesTheRightToDelete() {
        assertThat(Roles.may(role("connector"), "Observation", DELETE)).isFalse();
        assertThat(Roles.may(role("nurse"), "Patient", DELETE)).isFalse();
        assertThat(Roles.may(role("nurse"), "Observation", DELETE)).isTrue();
    }

    @Test
    void aProvisionalIdentityMayBeMadeAtTheBedButNotChangedThere() {
        assertThat(Roles.may(role("nurse"), "Patient", CREATE)).isTrue();
        assertThat(Roles.may(role("physician"), "Patient", CREATE)).isTrue();
        assertThat(Roles.may(role("nurse"), "Patient", UPDATE)).isFalse();
    }

    @Test
    void aWardSaysWhatItsBedsAreFitForAndMakesNone() {
        assertThat(Roles.may(role("nurse"), "Location", UPDATE)).isTrue();
        assertThat(Roles.may(role("nurse"), "Location", CREATE)).isFalse();
        assertThat(Roles.may(role("clerk"), "Location", UPDATE)).isFalse();
    }

    @Test
    void theWholeSystemScopeMayDoAnything() {
        for (Draft.Action action : Draft.Action.values()) {
            assertThat(Roles.may(scope("system/*.cruds"), "Patient", action)).isTrue();
            assertThat(Roles.may(scope("system/*.cruds"), "ExplanationOfBenefit", action))
                    .isTrue();
        }
    }

    @Test
    void aScopeGrantsNoMoreThanItSays() {
        assertThat(Roles.may(scope("system/Observation.cu"), "Observation", CREATE))
                .isTrue();
        assertThat(Roles.may(scope("system/Observation.cu"), "Observation", DELETE))
                .isFalse();
        assertThat(Roles.may(scope("system/Observation.cu"), "Patient", CREATE)).isFalse();
        assertThat(Roles.may(scope("system/*.rs"), "Observation", CREATE)).isFalse();
        assertThat(Roles.may(scope("system/*.write"), "Observation", CREATE)).isFalse();
        assertThat(Roles.may(scope("user/*.cruds"), "Observation", CREATE)).isFalse();
        assertThat(Roles.may(scope("system/"), "Observation", CREATE)).isFalse();
    }

    @Test
    void nobodyWithoutRoleOrScopeMayWrite() {
        assertThat(Roles.may(author(List.of(), List.of()), "Observation", CREATE))
                .isFalse();
        assertThat(Roles.may(role("visitor"), "Observation", CREATE)).isFalse();
    }

    private static Author role(String role) {
        return author(List.of(role), List.of());
    }

    private static Author scope(String scope) {
        return author(List.of(), List.of(scope));
    }

    private static Author author(List<String> roles, List<String> scopes) {
        return new Author(Digest.ZERO, Digest.ZERO, Digest.ZERO, Statement.BadgeKind.PERSON, roles, scopes, List.of());
    }
}
