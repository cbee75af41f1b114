package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.line.message.LedgerLine;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.CellKind;
import trimaran.record.NewCell;
import trimaran.record.PublicKey;
import trimaran.record.Session;
import trimaran.record.Statement;
import trimaran.record.Suite;

/** Whoever was handed a cell is told who else was, without the budget; one line too far back, the budget is asked. */
class LedgerFindingTest {

    private static final CellId CELL = new CellId(0, 7);
    private static final RecordTime TIME = new RecordTime(1_800_000_000_000L);

    private final KeeperHouse house = new KeeperHouse();
    private final ReleaseLedger ledger;
    private final LedgerFinding finding;

    LedgerFindingTest() {
        house.start(Party.DATA);
        Keeper keeper = house.keeper(Party.DATA);
        ledger = keeper.ledgers().own();
        NewCell opening =
                new NewCell(CELL, CellKind.IDENTITY, CELL, Digest.ZERO, List.of(Digest.ZERO, Digest.ZERO, Digest.ZERO));
        finding = new LedgerFinding(
                keeper.setting(),
                keeper.ledgers(),
                new Spent(),
                cell -> Optional.of(opening),
                session -> Optional.empty());
    }

    @Test
    void aLineByWhichSomebodyWasHandedACellIsLookedForSoFarBack() {
        write("reader", 1);
        write("others", LedgerFinding.LOOK_BACK_MAX - 1);
        assertThat(ask("reader").isDone()).isTrue();
        write("others", 1);
        assertThat(ask("reader")).isEqualTo(Outcome.refused(Code.OVER_BUDGET, "spent"));
    }

    @Test
    void whoWasHandedNothingAsksTheBudget() {
        write("others", 1);
        assertThat(ask("reader")).isEqualTo(Outcome.refused(Code.OVER_BUDGET, "spent"));
    }

    @Test
    void noMoreLinesAreReadForOneRequestThanTheLimitHoweverManyCellsItNames() {
        // Beside the last cell's own line, all that may be read is others' lines about the cells named before it.
        int cells = LedgerFinding.LINES_LOOKED_AT_MAX / LedgerFinding.LOOK_BACK_MAX;
        List<CellId> busy = new ArrayList<>();
        for (int i = 0; i < cells; i++) {
            CellId cell = new CellId(1, i);
            busy.add(cell);
            write("others", LedgerFinding.LOOK_BACK_MAX - 1, cell);
            write("reader", 1, cell);
            write("others", LedgerFinding.LOOK_BACK_MAX - 1, cell);
        }
        assertThat(ask("reader", busy).isDone())
                .as("the last line allowed is read")
                .isTrue();
        write("others", 1, CELL);
        write("reader", 1, CELL);
        busy.add(CELL);
        assertThat(ask("reader", busy)).as("one over it").isEqualTo(Outcome.refused(Code.OVER_BUDGET, "spent"));
    }

    @Test
    void whatOneLineHandedOutIsLookedForOnce() {
        List<CellId> together = new ArrayList<>();
        for (int i = 0; i <= LedgerFinding.LINES_LOOKED_AT_MAX; i++) {
            together.add(new CellId(2, i));
        }
        write("reader", 1, together.toArray(CellId[]::new));
        assertThat(ask("reader", together).isDone()).isTrue();
    }

    private static Digest digest(String name) {
        return Digest.sha256(Bytes.ofText(name));
    }

    private void write(String session, int lines) {
        write(session, lines, CELL);
    }

    private void write(String session, int lines, CellId... cells) {
        for (int i = 0; i < lines; i++) {
            ledger.write(
                    TIME,
                    List.of(new ReleaseLedger.Act(
                            LedgerLine.Act.RELEASED, digest(session), Digest.ZERO, Digest.ZERO, List.of(cells))));
        }
    }

    private Outcome<Response> ask(String name) {
        return ask(name, List.of(CELL));
    }

    private Outcome<Response> ask(String name, List<CellId> cells) {
        Session session = new Session(
                digest(name),
                new PublicKey(Suite.ML_DSA_44, Bytes.EMPTY),
                digest("badge"),
                digest("station"),
                Statement.BadgeKind.PERSON,
                List.of(),
                List.of(),
                List.of(),
                TIME,
                TIME);
        List<Outcome<Response>> answers = new ArrayList<>();
        long all = Long.MAX_VALUE;
        finding.find(session, new Request.FindLines(cells, List.of(all, all, all), 50), answers::add);
        return answers.getFirst();
    }

    /** A budget that has nothing left. */
    private static final class Spent implements Budget {

        @Override
        public Outcome<Grace> open(
                Session session, List<CellId> subjects, Set<CellKind> kinds, boolean breakGlass, RecordTime now) {
            return Outcome.refused(Code.OVER_BUDGET, "spent");
        }

        @Override
        public void reasonGiven(Session session, List<CellId> subjects, RecordTime now) {}

        @Override
        public Outcome<Grace> lookUp(Session session, int count, RecordTime now) {
            return Outcome.refused(Code.OVER_BUDGET, "spent");
        }

        @Override
        public Outcome<Grace> find(Session session, int count, RecordTime now) {
            return Outcome.refused(Code.OVER_BUDGET, "spent");
        }
    }
}
