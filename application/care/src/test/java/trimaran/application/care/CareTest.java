package trimaran.application.care;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import trimaran.application.Author;
import trimaran.application.Decision;
import trimaran.application.DraftItem;
import trimaran.application.DraftView;
import trimaran.application.StateView;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.RecordTime;
import trimaran.kernel.ResourceId;
import trimaran.kernel.WallTime;
import trimaran.line.message.Draft;
import trimaran.record.EntryKind;
import trimaran.record.Statement;

final class CareTest {

    private static final Author PHYSICIAN = new Author(
            Digest.ZERO,
            Digest.ZERO,
            Digest.ZERO,
            Statement.BadgeKind.PERSON,
            List.of("physician"),
            List.of(),
            List.of());
    private final Care care = new Care();

    @Test
    void careAnswersForClinicalAndHouseResources() {
        for (String type : List.of("Observation", "MedicationRequest", "AllergyIntolerance", "Organization", "Claim")) {
            assertThat(care.concerns(item(type, Draft.Action.CREATE))).as(type).isTrue();
        }
    }

    @Test
    void careLeavesIdentityMovementsAndOthersOwnTypesAlone() {
        for (String type : List.of("Patient", "RelatedPerson", "Coverage", "Encounter", "Trimaran.Bed", "Trimaran.X")) {
            assertThat(care.concerns(item(type, Draft.Action.CREATE))).as(type).isFalse();
        }
    }

    @Test
    void careAcceptsWithoutReadingAnything() {
        for (Draft.Action action : Draft.Action.values()) {
            DraftView draft = new DraftView(
                    EntryKind.CLINICAL,
                    true,
                    new WallTime(0),
                    List.of(item("Observation", action)),
                    Map.of(),
                    Set.of());
            assertThat(care.reads(draft)).isEmpty();
            assertThat(care.decide(draft, new StateView(List.of()), PHYSICIAN, RecordTime.ZERO))
                    .isEqualTo(Decision.accepted());
        }
    }

    private static DraftItem item(String type, Draft.Action action) {
        return new DraftItem(0, new ResourceId(new CellId(0, 1), 1), type, action, 0, Optional.empty());
    }
}
