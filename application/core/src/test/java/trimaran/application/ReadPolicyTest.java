package trimaran.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.ResourceId;
import trimaran.kernel.WallTime;
import trimaran.line.message.Draft;
import trimaran.record.CellKind;
import trimaran.record.EntryKind;
import trimaran.record.NewCell;
import trimaran.record.Statement;

final class ReadPolicyTest {

    private final Hospital hospital = new Hospital(5);
    private final NewCell identity = hospital.cell(CellKind.IDENTITY);
    private final NewCell stay = hospital.cell(CellKind.STAY, identity.cell());
    private final NewCell ward = hospital.cell(CellKind.WARD);

    @Test
    void aMovementReadsTheStaysOfItsPatientAndNoOthers() {
        assertThat(permits("Encounter", hospital.cell(CellKind.STAY, identity.cell())))
                .isTrue();
        assertThat(permits("Encounter", hospital.cell(CellKind.STAY, new CellId(0, hospital.entropy.nextLong()))))
                .isFalse();
    }

    @Test
    void aMovementReadsItsWardAllWeeksOfItAndTheAuthorsWards() {
        assertThat(permits("Trimaran.Bed", ward)).isTrue();
        assertThat(permits("Trimaran.Bed", hospital.cell(CellKind.WARD, ward.cell())))
                .isTrue();
        NewCell other = hospital.cell(CellKind.WARD);
        assertThat(permits("Trimaran.Bed", other)).isFalse();
        assertThat(ReadPolicy.permits(draft("Trimaran.Bed"), author(other.cell()), other))
                .isTrue();
    }

    @Test
    void nobodysIdentityDossierOrQuarterIsEverRead() {
        for (CellKind kind : List.of(
                CellKind.IDENTITY,
                CellKind.DOSSIER,
                CellKind.QUARTER,
                CellKind.HOUSE,
                CellKind.SEARCH,
                CellKind.LOOKUP)) {
            assertThat(permits("Encounter", hospital.cell(kind, identity.cell())))
                    .as(kind.name())
                    .isFalse();
        }
    }

    @Test
    void anEntryThatMovesNobodyReadsNothing() {
        assertThat(permits("Observation", stay)).isFalse();
        assertThat(permits("Observation", ward)).isFalse();
    }

    private boolean permits(String type, NewCell cell) {
        return ReadPolicy.permits(draft(type), author(), cell);
    }

    private DraftView draft(String type) {
        DraftItem item = new DraftItem(
                0, ResourceId.random(stay.cell(), hospital.entropy), type, Draft.Action.CREATE, 0, Optional.empty());
        Map<CellId, NewCell> touched = Stream.of(stay, ward).collect(Collectors.toMap(NewCell::cell, cell -> cell));
        return new DraftView(EntryKind.ADMINISTRATIVE, true, new WallTime(0), List.of(item), touched, Set.of());
    }

    private static Author author(CellId... wards) {
        return new Author(
                Digest.ZERO,
                Digest.ZERO,
                Digest.ZERO,
                Statement.BadgeKind.PERSON,
                List.of("clerk"),
                List.of(),
                List.of(wards));
    }
}
