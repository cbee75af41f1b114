package trimaran.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.ResourceId;
import trimaran.line.message.Draft;
import trimaran.record.AuthorPart;
import trimaran.record.Session;

final class DraftCheckTest {

    private final Hospital hospital = new Hospital(3);
    private final Session session = hospital.session("physician", List.of("physician"), List.of());
    private final CellId cell = new CellId(0, hospital.entropy.nextLong());
    private final Draft.Item created = item(1, "Observation", Draft.Action.CREATE, 0, "");
    private final Draft.Item changed = item(2, "Condition", Draft.Action.UPDATE, 4, "");
    private final Draft.Item deleted = item(3, "Goal", Draft.Action.DELETE, 2, "");
    private final AuthorPart part = partOf(created, changed, deleted);

    @Test
    void aDraftThatTellsOfTheSameChangesAgreesInAnyOrder() {
        assertThat(check(part, deleted, created, changed)).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void aDraftThatLeavesAResourceOutIsRefused() {
        refused(part, created, changed);
    }

    @Test
    void aDraftThatNamesAResourceMoreIsRefused() {
        refused(part, created, changed, deleted, item(4, "Observation", Draft.Action.CREATE, 0, ""));
    }

    @Test
    void aDraftThatNamesAResourceTwiceIsRefused() {
        refused(part, created, created, changed, deleted);
    }

    @Test
    void aDraftOfAnotherReplacedVersionIsRefused() {
        refused(part, created, item(2, "Condition", Draft.Action.UPDATE, 3, ""), deleted);
    }

    @Test
    void aDraftThatCallsADeletionAChangeIsRefused() {
        refused(part, created, changed, item(3, "Goal", Draft.Action.UPDATE, 2, ""));
    }

    @Test
    void aDraftThatCallsANewResourceAChangeIsRefused() {
        refused(part, item(1, "Observation", Draft.Action.UPDATE, 0, ""), changed, deleted);
    }

    @Test
    void aDraftOfAnotherCellIsRefused() {
        Draft.Item elsewhere = new Draft.Item(
                new ResourceId(new CellId(0, hospital.entropy.nextLong()), 1),
                "Observation",
                Draft.Action.CREATE,
                0,
                Bytes.EMPTY);
        refused(part, elsewhere, changed, deleted);
    }

    @Test
    void anEntryThatChangesOneResourceTwiceIsRefused() {
        refused(partOf(created, created), created, created);
    }

    @Test
    void contentThatIsNotToBeShownIsRefused() {
        Draft.Item patient = item(1, "Patient", Draft.Action.CREATE, 0, "{\"resourceType\":\"Patient\"}");
        refused(partOf(patient), patient);
    }

    @Test
    void missingContentOfATypeRulesNeedIsRefused() {
        Draft.Item encounter = item(1, "Encounter", Draft.Action.CREATE, 0, "");
        refused(partOf(encounter), encounter);
    }

    @Test
    void aDeletedEncounterShowsNothing() {
        Draft.Item encounter = item(1, "Encounter", Draft.Action.DELETE, 1, "");
        assertThat(check(partOf(encounter), encounter)).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void contentOfAnotherTypeOrIdIsRefused() {
        Draft.Item type = item(1, "Encounter", Draft.Action.CREATE, 0, "{\"resourceType\":\"Patient\"}");
        refused(partOf(type), type);
        Draft.Item id = item(1, "Encounter", Draft.Action.CREATE, 0, "{\"resourceType\":\"Encounter\",\"id\":\"x\"}");
        refused(partOf(id), id);
    }

    @Test
    void contentThatIsNoJsonIsRefused() {
        Draft.Item encounter = item(1, "Encounter", Draft.Action.CREATE, 0, "{\"resourceType\":");
        refused(partOf(encounter), encounter);
    }

    private void refused(AuthorPart entry, Draft.Item... items) {
        assertThat(check(entry, items))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(Code.MALFORMED));
    }

    private static Outcome<List<DraftItem>> check(AuthorPart entry, Draft.Item... items) {
        return new DraftCheck(entry, new Draft(List.of(items), List.of())).items();
    }

    private AuthorPart partOf(Draft.Item... items) {
        return hospital.part(session, List.of(), new Draft(List.of(items), List.of()));
    }

    private Draft.Item item(long local, String type, Draft.Action action, long replaces, String json) {
        return new Draft.Item(new ResourceId(cell, local), type, action, replaces, Bytes.ofText(json));
    }
}
