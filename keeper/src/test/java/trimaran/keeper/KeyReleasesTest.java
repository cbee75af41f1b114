package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store.Change.Put;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.kernel.Writer;
import trimaran.line.message.LedgerLine;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.CellKind;
import trimaran.record.NewCell;
import trimaran.record.Policy;
import trimaran.record.Session;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;

/** Later keys of a cell somebody has open are handed out, and are no opening of anybody's. */
class KeyReleasesTest {

    private static final CellId PATIENT = new CellId(0, 70);
    private static final CellId KEY = new CellId(0, 71);
    private static final Digest RECIPIENT = KeptTier.STATION;

    private final KeptTier tier = new KeptTier();
    private final Ledgers ledgers =
            new Ledgers(tier.setting, () -> false, party -> LedgerLines.SOMEBODY, session -> Optional.empty());
    private final Session nurse =
            tier.copy.registry().session(SignedStatement.id(tier.openSession())).orElseThrow();
    private final Drafts drafts = new Drafts();
    private final Releases releases = new Releases(
            tier.setting,
            tier.copy,
            tier.held,
            ledgers,
            new WardBudget(tier.store, tier.copy.registry()),
            drafts,
            session -> Optional.empty());

    @BeforeEach
    void aPatientWithALaterKey() {
        opened(PATIENT, CellKind.IDENTITY, PATIENT);
        opened(KEY, CellKind.KEY, PATIENT);
    }

    private void opened(CellId cell, CellKind kind, CellId subject) {
        Writer writer = new Writer(192).i64(0);
        new NewCell(cell, kind, subject, Digest.ZERO, List.of(Digest.ZERO, Digest.ZERO, Digest.ZERO)).write(writer);
        tier.store.write(List.of(
                new Put(Space.CELLS, Key.cellItem(cell, Key.CellItem.OPENING, 0), writer.toBytes()),
                new Put(Space.SUBJECTS, Key.subject(subject, cell), Bytes.of((byte) kind.ordinal()))));
    }

    private List<Outcome<Response>> asked(Request request, long millis) {
        List<Outcome<Response>> answers = new ArrayList<>();
        releases.serve(nurse, RECIPIENT, Digest.ZERO, request, answers::add);
        tier.loops.runMillis(millis);
        return answers;
    }

    private List<Outcome<Response>> keys(Request.Purpose purpose, long millis) {
        return asked(new Request.OpenKeys(PATIENT, List.of(KEY), purpose), millis);
    }

    private List<LedgerLine.Act> acts() {
        return ledgers.from(tier.setting.party(), 0).stream()
                .map(LedgerLine::act)
                .toList();
    }

    /** Else each key would be a glass broken once more, and every one wait longer. */
    @Test
    void whoBrokeTheGlassBreaksItOnceForAllKeys() {
        assertThat(asked(new Request.Open(List.of(PATIENT), false, Request.Purpose.BREAK_GLASS), 2_000))
                .singleElement()
                .satisfies(answer -> assertThat(answer.isDone()).isTrue());
        for (int i = 0; i < 3; i++) {
            assertThat(keys(Request.Purpose.BREAK_GLASS, 50))
                    .singleElement()
                    .satisfies(answer -> assertThat(answer.isDone()).isTrue());
        }
        assertThat(acts())
                .containsExactly(
                        LedgerLine.Act.BROKE_GLASS,
                        LedgerLine.Act.RELEASED,
                        LedgerLine.Act.RELEASED,
                        LedgerLine.Act.RELEASED);
        assertThat(ledgers.from(tier.setting.party(), 0))
                .allSatisfy(line -> assertThat(line.cells()).contains(PATIENT));
    }

    /** The hour in which the cell was opened is over, and as many as it may have has been opened since. */
    @Test
    void whoHasTheCellIsNotOverBudgetForItsKeys() {
        opened(new CellId(0, 500), CellKind.IDENTITY, new CellId(0, 500));
        asked(new Request.Open(List.of(new CellId(0, 500)), false, Request.Purpose.CARE), 59 * 60_000);
        assertThat(asked(new Request.Open(List.of(PATIENT), false, Request.Purpose.CARE), 2 * 60_000))
                .hasSize(1)
                .allMatch(Outcome::isDone);
        List<CellId> others = new ArrayList<>();
        for (int i = 0; i < Policy.DEFAULT.cellsBeforeSecondPerson(); i++) {
            CellId other = new CellId(0, 1_000 + i);
            opened(other, CellKind.IDENTITY, other);
            others.add(other);
        }
        assertThat(asked(new Request.Open(others, false, Request.Purpose.CARE), 6_000))
                .hasSize(1)
                .allMatch(Outcome::isDone);
        assertThat(keys(Request.Purpose.CARE, 50)).hasSize(1).allMatch(Outcome::isDone);
    }

    /** Its lease is over, or it never had it: then a key is an opening like any other. */
    @Test
    void whoHasNotTheCellOpensItWithItsKey() {
        assertThat(keys(Request.Purpose.BREAK_GLASS, 50)).isEmpty();
        tier.loops.runMillis(2_000);
        assertThat(acts()).containsExactly(LedgerLine.Act.BROKE_GLASS);
        tier.loops.runMillis(Policy.DEFAULT.leaseMillis() + 1);
        keys(Request.Purpose.BREAK_GLASS, 5_000);
        assertThat(acts()).containsExactly(LedgerLine.Act.BROKE_GLASS, LedgerLine.Act.BROKE_GLASS);
    }

    private void handedToOthers(int times) {
        ReleaseLedger.Act act = new ReleaseLedger.Act(
                LedgerLine.Act.RELEASED, KeptTier.digest("other"), RECIPIENT, Digest.ZERO, List.of(PATIENT));
        ledgers.own().write(tier.setting.now(), Collections.nCopies(times, act));
    }

    /** So far back nobody looks while somebody waits. */
    @Test
    void whatWasHandedOutTooOftenSinceIsAnOpeningLikeAnyOther() {
        asked(new Request.Open(List.of(PATIENT), false, Request.Purpose.BREAK_GLASS), 2_000);
        handedToOthers(Leased.LINES_MAX - 1);
        assertThat(keys(Request.Purpose.BREAK_GLASS, 50)).hasSize(1);
        handedToOthers(Leased.LINES_MAX);
        assertThat(keys(Request.Purpose.BREAK_GLASS, 50)).isEmpty();
    }

    /** Else anybody could ask of any patient whether a fallen party was handed them. */
    @Test
    void whetherACellIsMeantIsToldToWhoHasIt() {
        Request asking = new Request.FindToRoll(List.of(PATIENT));
        assertThat(meant(asking)).as("without an order").isEmpty();
        Statement roll = new Statement.Roll(
                Statement.Holder.PARTY,
                Statement.Target.subjectOf(Party.APPLICATION),
                KeptTier.START,
                KeptTier.START,
                KeptTier.START.plusMillis(1));
        tier.place(tier.entry(tier.signed(roll, 2)), KeptTier.START.plusMillis(2));
        assertThat(meant(asking)).as("whoever was handed it").containsExactly(PATIENT);
        asked(new Request.Open(List.of(PATIENT), false, Request.Purpose.CARE), 50);
        assertThat(meant(asking)).as("nobody was").isEmpty();
    }

    private List<CellId> meant(Request asking) {
        return asked(asking, 50).getFirst() instanceof Outcome.Done<Response>(Response.Cells found)
                ? found.cells()
                : List.of(CellId.NONE);
    }

    /** Only so many come with their cell. */
    @Test
    void applicationIsHandedLaterKeysOfTheCellsOfADraftByName() {
        Digest entry = KeptTier.digest("entry");
        List<Outcome<Response>> answers = new ArrayList<>();
        releases.releaseToApplication(entry, List.of(KEY), answers::add);
        drafts.filed(entry, List.of(PATIENT), tier.setting.now());
        releases.releaseToApplication(entry, List.of(KEY), answers::add);
        tier.loops.runMillis(50);
        assertThat(code(answers.getFirst())).isEqualTo(Code.NOT_ALLOWED);
        assertThat(answers.getLast().isDone()).isTrue();
        assertThat(ledgers.from(tier.setting.party(), 0))
                .singleElement()
                .satisfies(line -> assertThat(line.cells()).containsExactly(KEY, PATIENT));
    }

    @Test
    void whatIsNoKeyOfTheCellIsNotThere() {
        Request keys = new Request.OpenKeys(KEY, List.of(PATIENT), Request.Purpose.CARE);
        assertThat(asked(keys, 50))
                .singleElement()
                .satisfies(answer -> assertThat(code(answer)).isEqualTo(Code.NOT_FOUND));
    }

    private static Code code(Outcome<?> outcome) {
        return outcome instanceof Outcome.Refused<?>(Refusal refusal) ? refusal.code() : Code.BROKEN;
    }
}
