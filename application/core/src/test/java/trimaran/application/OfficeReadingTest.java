package trimaran.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.ResourceId;
import trimaran.line.message.Draft;
import trimaran.line.message.Request;
import trimaran.record.CellKind;
import trimaran.record.CellPart;
import trimaran.record.Change;
import trimaran.record.NewCell;
import trimaran.record.PartContent;
import trimaran.record.PlacedPart;
import trimaran.record.Premise;

final class OfficeReadingTest extends OfficeBench {

    @Test
    void aRuleReadsTheStayTheDraftNamesAndItsPremiseBindsTheApproval() {
        NewCell stay = stayWithEncounter("planned");
        Draft draft = encounterUpdate(stay, List.of(stay.cell()));
        Application movements = reading(Set.of(CellKind.STAY), (view, state) -> {
            assertThat(state.resource(draft.items().getFirst().id())
                            .orElseThrow()
                            .version())
                    .isEqualTo(1);
            return Decision.accepted(state.premises(view.fresh()));
        });
        Office office = office(movements);
        office.approve(request(draft), answers::add);
        loop.turn();
        assertThat(answers).isEmpty();
        cells.answer();
        loop.turn();
        assertThat(approval(answers.getFirst()).premises()).containsExactly(new Premise(stay.cell(), 1));
    }

    @Test
    void aCellNobodyWantsIsNotOpened() {
        NewCell stay = stayWithEncounter("planned");
        Draft draft = encounterUpdate(stay, List.of(stay.cell()));
        assertThat(approval(ask(request(draft), yes))).isNotNull();
        assertThat(cells.asked).isEmpty();
    }

    @Test
    void aCellThePolicyDoesNotAllowIsNotOpened() {
        NewCell stay = stayWithEncounter("planned");
        for (CellKind kind : CellKind.values()) {
            // The kinds a rule may read belong to somebody else here; the others to nobody at all.
            NewCell foreign = known(hospital.cell(kind));
            Draft draft = encounterUpdate(stay, List.of(foreign.cell()));
            Application greedy = reading(Set.of(CellKind.values()), (view, state) -> Decision.accepted());
            assertThat(code(ask(request(draft), greedy))).as(kind.name()).isEqualTo(Code.NOT_ALLOWED);
        }
        assertThat(cells.asked).isEmpty();
    }

    @Test
    void oneApplicationDoesNotSeeTheCellsAnotherAskedFor() {
        NewCell stay = stayWithEncounter("planned");
        Draft draft = encounterUpdate(stay, List.of(stay.cell()));
        Application one = reading(Set.of(CellKind.STAY), (view, state) -> Decision.accepted());
        Application other = reading(Set.of(CellKind.WARD), (view, state) -> {
            assertThat(state.cells()).isEmpty();
            return Decision.accepted();
        });
        Office office = office(one, other);
        office.approve(request(draft), answers::add);
        cells.answer();
        loop.turn();
        assertThat(approval(answers.getFirst())).isNotNull();
    }

    @Test
    void cellsThatDoNotComeInTimeAreNotWaitedForAndLaterIgnored() {
        NewCell stay = stayWithEncounter("planned");
        Office office = office(reading(Set.of(CellKind.STAY), (view, state) -> Decision.accepted()));
        office.approve(request(encounterUpdate(stay, List.of(stay.cell()))), answers::add);
        loop.pass(OfficeLimits.DEADLINE_MILLIS - 1);
        assertThat(answers).isEmpty();
        loop.pass(1);
        assertThat(code(answers.getFirst())).isEqualTo(Code.TOO_SLOW);
        cells.answer();
        loop.turn();
        assertThat(answers).hasSize(1);
        assertThat(office.underWay()).isZero();
    }

    @Test
    void aCellWhosePartsDoNotFitTheirHeaderIsNotJudgedBy() {
        NewCell stay = hospital.cell(CellKind.STAY);
        ResourceId id = ResourceId.random(stay.cell(), hospital.entropy);
        cells.add(
                stay,
                new OpenCell.Part(
                        new CellPart(stay.cell(), Digest.ZERO, 0, List.of(new Change(id.local() ^ 1, 0, false))),
                        new PlacedPart(0, Digest.ZERO, List.of(1L)),
                        new PartContent("", List.of(new PartContent.Item(id.local(), "Encounter", Bytes.ofText("{}")))),
                        true));
        Office office = office(reading(Set.of(CellKind.STAY), (view, state) -> Decision.accepted()));
        office.approve(request(encounterUpdate(stay, List.of(stay.cell()))), answers::add);
        cells.answer();
        loop.turn();
        assertThat(code(answers.getFirst())).isEqualTo(Code.BROKEN);
    }

    @Test
    void aCellTheEntryOpensItselfIsReadAsEmptyWithoutAPremise() {
        NewCell stay = hospital.cell(CellKind.STAY);
        Draft draft = new Draft(
                List.of(new Draft.Item(
                        new ResourceId(stay.cell(), 1),
                        "Encounter",
                        Draft.Action.CREATE,
                        0,
                        Bytes.ofText("{\"resourceType\":\"Encounter\"}"))),
                List.of(stay.cell()));
        Application reader = reading(Set.of(CellKind.STAY), (view, state) -> {
            assertThat(state.cell(stay.cell()).orElseThrow().resources()).isEmpty();
            return Decision.accepted(state.premises(view.fresh()));
        });
        Request.Approve request = hospital.request(
                hospital.part(physician, List.of(stay), draft), Hospital.sessionKey("physician"), draft);
        assertThat(approval(ask(request, reader)).premises()).isEmpty();
        assertThat(cells.asked).isEmpty();
    }
}
