package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store.Change.Put;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.WallTime;
import trimaran.kernel.Writer;
import trimaran.line.message.LedgerLine;
import trimaran.record.AuthorPart;
import trimaran.record.CellKind;
import trimaran.record.EntryKind;
import trimaran.record.NewCell;
import trimaran.record.Place;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;

/** Which cells a tier says are to be rolled. Orders here are about the seconds 2,000 to 3,000. */
class RollingTest {

    private static final CellId CELL = new CellId(0, 70);
    private static final Digest APPLICATION = Statement.Target.subjectOf(Party.APPLICATION);
    private static final Digest STATION = KeptTier.STATION;
    private static final long LEASE = RollHolder.REMEMBERED_MILLIS / 1000;
    private static final long CLOCKS_APART = 10;

    private final KeptTier tier = new KeptTier();
    private final Ledgers ledgers;
    private final Rolling rolling;

    RollingTest() {
        Digest known = KeptTier.digest("session");
        Digest badge = KeptTier.digest("badge");
        ledgers = new Ledgers(
                tier.setting,
                () -> false,
                party -> known,
                session -> session.equals(known) ? Optional.of(badge) : Optional.empty());
        rolling = new Rolling(tier.store, tier.copy, ledgers);
        opened(CELL, CellKind.STAY, CELL, 0);
    }

    private void opened(CellId cell, CellKind kind, CellId subject, long index) {
        Writer writer = new Writer(192).i64(index);
        new NewCell(cell, kind, subject, Digest.ZERO, List.of(Digest.ZERO, Digest.ZERO, Digest.ZERO)).write(writer);
        tier.store.write(List.of(
                new Put(Space.CELLS, Key.cellItem(cell, Key.CellItem.OPENING, 0), writer.toBytes()),
                new Put(Space.SUBJECTS, Key.subject(subject, cell), Bytes.of((byte) kind.ordinal()))));
    }

    private static RecordTime at(long seconds) {
        return KeptTier.START.plusMillis(seconds * 1000);
    }

    private void handed(long seconds, LedgerLine.Act act, Digest session, Digest recipient, CellId cell) {
        ledgers.own()
                .write(
                        at(seconds),
                        List.of(new ReleaseLedger.Act(act, session, recipient, Digest.ZERO, List.of(cell))));
    }

    private void released(long seconds, Digest recipient) {
        handed(seconds, LedgerLine.Act.RELEASED, Digest.ZERO, recipient, CELL);
    }

    private Place order(Statement.Holder holder, Digest subject, long placed) {
        Statement roll = new Statement.Roll(holder, subject, at(2_000), at(3_000), at(placed));
        return tier.place(tier.entry(tier.signed(roll, 2)), at(placed));
    }

    @Test
    void whatWasHandedOutWithinTheWindowIsToBeRolledOnceThereIsAnOrder() {
        released(2_500, APPLICATION);
        assertThat(rolling.isToRoll(CELL)).isFalse();
        order(Statement.Holder.PARTY, APPLICATION, 4_000);
        assertThat(rolling.isToRoll(CELL)).isTrue();
    }

    /** Application was handed it before it fell, and had it in memory as it fell. */
    @Test
    void aLeaseThatRanIntoTheWindowCounts() {
        released(2_000 - LEASE, APPLICATION);
        order(Statement.Holder.PARTY, APPLICATION, 4_000);
        assertThat(rolling.isToRoll(CELL)).isTrue();
    }

    @Test
    void aLeaseThatWasOverBeforeTheWindowDoesNotNorWhatCameAfterIt() {
        released(2_000 - LEASE - CLOCKS_APART - 1, APPLICATION);
        released(3_000 + CLOCKS_APART + 1, APPLICATION);
        order(Statement.Holder.PARTY, APPLICATION, 4_000);
        assertThat(rolling.isToRoll(CELL)).isFalse();
    }

    @Test
    void whatSomebodyElseWasHandedIsNot() {
        released(2_500, STATION);
        order(Statement.Holder.PARTY, APPLICATION, 4_000);
        assertThat(rolling.isToRoll(CELL)).isFalse();
        order(Statement.Holder.STATION, STATION, 4_001);
        assertThat(rolling.isToRoll(CELL)).isTrue();
    }

    /** A session that had not ended as its station fell may have kept whatever it was ever given. */
    @Test
    void whatASessionWasGivenThatRanIntoTheWindowCounts() {
        Digest session = SignedStatement.id(tier.openSession());
        handed(100, LedgerLine.Act.RELEASED, session, STATION, CELL);
        order(Statement.Holder.STATION, STATION, 4_000);
        assertThat(rolling.isToRoll(CELL)).isTrue();
    }

    @Test
    void whatASessionWasGivenThatEndedBeforeDoesNot() {
        Digest session = SignedStatement.id(tier.openSession());
        handed(100, LedgerLine.Act.RELEASED, session, STATION, CELL);
        tier.copy.registry().apply(new Statement.SessionClosing(session), at(1_000));
        order(Statement.Holder.STATION, STATION, 4_000);
        assertThat(rolling.isToRoll(CELL)).isFalse();
    }

    /** It is the same station, enrolled anew since: what it was handed under its former key it was handed. */
    @Test
    void aStationIsEveryKeyItEverHad() {
        Digest former = KeptTier.digest("former key");
        for (Digest line : List.of(former, STATION)) {
            tier.place(new Statement.StationEnrolment("ward", line, KeptTier.WARD, KeptTier.START));
        }
        released(2_500, former);
        order(Statement.Holder.STATION, KeptTier.digest("another station"), 4_000);
        assertThat(rolling.isToRoll(CELL)).isFalse();
        order(Statement.Holder.STATION, STATION, 4_001);
        assertThat(rolling.isToRoll(CELL)).isTrue();
    }

    @Test
    void onlyWhatHandsOutKeysCounts() {
        for (LedgerLine.Act act : List.of(
                LedgerLine.Act.SHOWN_TO_APPLICATION,
                LedgerLine.Act.NAMED_TO_APPLICATION,
                LedgerLine.Act.PRINTED,
                LedgerLine.Act.EXPORTED,
                LedgerLine.Act.LEDGERS_READ)) {
            handed(2_500, act, Digest.ZERO, STATION, CELL);
        }
        order(Statement.Holder.STATION, STATION, 4_000);
        assertThat(rolling.isToRoll(CELL)).isFalse();
        handed(2_600, LedgerLine.Act.BROKE_GLASS, Digest.ZERO, STATION, CELL);
        assertThat(rolling.isToRoll(CELL)).as("a line that comes late").isTrue();
    }

    /** Lines of another tier's ledger come to its copy here when they come. */
    @Test
    void aLineThatComesLateOnACopyCounts() {
        order(Statement.Holder.PARTY, APPLICATION, 4_000);
        LedgerLine line = new LedgerLine(
                0,
                at(2_500),
                LedgerLine.Act.RELEASED,
                Digest.ZERO,
                APPLICATION,
                Digest.ZERO,
                Digest.ZERO,
                List.of(CELL),
                Digest.ZERO);
        assertThat(rolling.isToRoll(CELL)).isFalse();
        ledgers.copies().take(Party.DATA, List.of(line));
        assertThat(rolling.isToRoll(CELL)).isTrue();
    }

    @Test
    void aSessionNobodyRemembersMayHaveBeenTheBadges() {
        handed(2_500, LedgerLine.Act.RELEASED, KeptTier.digest("session"), STATION, CELL);
        order(Statement.Holder.BADGE, KeptTier.digest("another badge"), 4_000);
        assertThat(rolling.isToRoll(CELL)).isFalse();
        order(Statement.Holder.BADGE, KeptTier.digest("badge"), 4_001);
        assertThat(rolling.isToRoll(CELL)).isTrue();
        CellId other = new CellId(0, 71);
        opened(other, CellKind.STAY, other, 0);
        handed(2_501, LedgerLine.Act.RELEASED, KeptTier.digest("forgotten"), STATION, other);
        assertThat(rolling.isToRoll(other)).isTrue();
    }

    /** An entry of this session; whatever it is judged, it stands in the log. */
    private long written(Digest session, long seconds) {
        AuthorPart author = new AuthorPart(
                tier.founding.id(),
                KeptTier.digest("nonce of " + seconds),
                session,
                EntryKind.CLINICAL,
                new WallTime(at(seconds).millis()),
                true,
                List.of(),
                List.of(),
                Bytes.EMPTY,
                Digest.ZERO,
                Digest.ZERO,
                0);
        return tier.place(tier.entry(author), at(seconds)).index();
    }

    /** Who opens a cell draws its key, and no ledger has a line of it. */
    @Test
    void whatAStationDrewItselfIsToBeRolled() {
        Digest session = SignedStatement.id(tier.openSession());
        CellId drawn = new CellId(0, 72);
        opened(drawn, CellKind.STAY, drawn, written(session, 2_500));
        order(Statement.Holder.PARTY, APPLICATION, 4_000);
        order(Statement.Holder.STATION, KeptTier.digest("another station"), 4_001);
        assertThat(rolling.isToRoll(drawn)).isFalse();
        order(Statement.Holder.STATION, STATION, 4_002);
        assertThat(rolling.isToRoll(drawn)).isTrue();
        assertThat(rolling.isToRoll(CELL)).isFalse();
    }

    @Test
    void whatItDrewBeforeInASessionThatRanIntoTheWindowIsToBeRolled() {
        Digest session = SignedStatement.id(tier.openSession());
        CellId drawn = new CellId(0, 72);
        opened(drawn, CellKind.STAY, drawn, written(session, 100));
        order(Statement.Holder.BADGE, tier.badge.publicKey().id(), 4_000);
        assertThat(rolling.isToRoll(drawn)).isTrue();
    }

    /** A later key lies in a cell as well, and may have been drawn by whoever fell since. */
    @Test
    void aLaterKeyItDrewIsToBeReplaced() {
        Digest session = SignedStatement.id(tier.openSession());
        CellId key = new CellId(0, 80);
        opened(key, CellKind.KEY, CELL, written(session, 2_500));
        order(Statement.Holder.STATION, STATION, 4_000);
        assertThat(rolling.isToRoll(CELL)).isTrue();
    }

    @Test
    void aKeyDrawnBehindTheOrderSatisfiesItThoughDatasClockWasPutBack() {
        released(2_500, APPLICATION);
        order(Statement.Holder.PARTY, APPLICATION, 4_000);
        CellId key = new CellId(0, 80);
        opened(key, CellKind.KEY, CELL, tier.place(tier.grant(), at(4_000)).index());
        assertThat(rolling.isToRoll(CELL)).isFalse();
        order(Statement.Holder.PARTY, APPLICATION, 5_000);
        assertThat(rolling.isToRoll(CELL)).as("nobody was handed the new one").isFalse();
        handed(2_600, LedgerLine.Act.RELEASED, Digest.ZERO, APPLICATION, key);
        assertThat(rolling.isToRoll(CELL)).isTrue();
    }

    /** Who asks for a key alone is handed what its cell holds. */
    @Test
    void aLaterKeyThatWasHandedOutCountsAsItsCell() {
        CellId key = new CellId(0, 80);
        opened(key, CellKind.KEY, CELL, 0);
        handed(2_500, LedgerLine.Act.RELEASED, Digest.ZERO, APPLICATION, key);
        order(Statement.Holder.PARTY, APPLICATION, 4_000);
        assertThat(rolling.isToRoll(CELL)).isTrue();
        assertThat(rolling.isToRoll(key)).as("no key is rolled itself").isFalse();
    }

    @Test
    void whatIsHandedOutOftenerThanIsLookedAtIsRolledUnseen() {
        for (int i = 0; i < Rolling.LINES_MAX; i++) {
            released(2_500, STATION);
        }
        order(Statement.Holder.PARTY, APPLICATION, 4_000);
        assertThat(rolling.isToRoll(CELL)).isFalse();
        released(2_500, STATION);
        assertThat(rolling.isToRoll(CELL)).isTrue();
    }

    /** Whoever else waits for the tier has a turn between. */
    @Test
    void manyCellsAreLookedUpInSlices() {
        List<CellId> cells = new ArrayList<>();
        for (int i = 0; i <= Rolling.LINES_AT_ONCE; i++) {
            CellId cell = new CellId(1, i);
            opened(cell, CellKind.STAY, cell, 0);
            cells.add(cell);
        }
        handed(2_500, LedgerLine.Act.RELEASED, Digest.ZERO, APPLICATION, cells.getLast());
        Set<CellId> found = new HashSet<>();
        rolling.among(cells, tier.setting.loop(), found::addAll);
        assertThat(found).as("without an order at once").isEmpty();
        order(Statement.Holder.PARTY, APPLICATION, 4_000);
        List<String> turns = new ArrayList<>();
        rolling.among(cells, tier.setting.loop(), all -> {
            found.addAll(all);
            turns.add("looked up");
        });
        tier.setting.loop().run(() -> turns.add("another"));
        assertThat(turns).isEmpty();
        tier.loops.runMillis(10);
        assertThat(found).containsExactly(cells.getLast());
        assertThat(turns).contains("another");
    }

    private CellId handedOften(int number, int times) {
        CellId cell = new CellId(3, number);
        opened(cell, CellKind.STAY, cell, 0);
        for (int i = 0; i < times; i++) {
            handed(2_500, LedgerLine.Act.RELEASED, Digest.ZERO, STATION, cell);
        }
        return cell;
    }

    /** Some thousand cells with lines like that are in one answer. */
    @Test
    void aCellIsLeftUnfinishedWhereTheSliceIsFull() {
        List<CellId> cells = List.of(handedOften(1, Rolling.LINES_MAX), handedOften(2, Rolling.LINES_MAX));
        handed(2_400, LedgerLine.Act.RELEASED, Digest.ZERO, APPLICATION, handedOften(3, 0));
        order(Statement.Holder.PARTY, APPLICATION, 4_000);
        List<Set<CellId>> found = new ArrayList<>();
        rolling.among(List.of(cells.get(0), cells.get(1), new CellId(3, 3)), tier.setting.loop(), found::add);
        assertThat(found).isEmpty();
        tier.loops.runMillis(10);
        assertThat(found).containsExactly(Set.of(new CellId(3, 3)));
        rolling.among(cells, tier.setting.loop(), found::add);
        assertThat(found).as("its last lines are left to the next slice").hasSize(1);
        tier.loops.runMillis(10);
        assertThat(found).hasSize(2).endsWith(Set.of());
    }

    @Test
    void theLinesOfACellAreReadOnceForAllOrders() {
        List<CellId> cells = List.of(handedOften(1, Rolling.LINES_MAX), handedOften(2, 0));
        for (int i = 0; i < 4; i++) {
            order(Statement.Holder.PARTY, APPLICATION, 4_000 + i);
        }
        List<Set<CellId>> found = new ArrayList<>();
        rolling.among(cells, tier.setting.loop(), found::add);
        assertThat(found).as("all in one slice").containsExactly(Set.of());
    }

    @Test
    void theCellsLookupsAreMadeWithAreNeverRolled() {
        CellId search = new CellId(0, 90);
        opened(search, CellKind.SEARCH, search, 0);
        handed(2_500, LedgerLine.Act.RELEASED, Digest.ZERO, STATION, search);
        order(Statement.Holder.STATION, STATION, 4_000);
        assertThat(rolling.isToRoll(search)).isFalse();
    }

    // ---- what goes with a cell

    @Test
    void withACellGoItsNewestKeysAndNeverSoManyThatItDoesNotOpen() {
        KeyCells keys = new KeyCells(tier.store, tier.copy, new HeldSearch(tier.held, tier.copy));
        List<CellId> drawn = new ArrayList<>();
        for (int i = 0; i <= KeyCells.CARRIED_MAX; i++) {
            // Their names say nothing of their order.
            CellId key = new CellId(2, 1_000 - i);
            opened(
                    key,
                    CellKind.KEY,
                    CELL,
                    tier.place(tier.grant(), at(100 + i)).index());
            drawn.add(key);
        }
        List<CellId> all = keys.with(List.of(CELL), KeeperLimits.ANSWER_CELLS_MAX);
        assertThat(all).hasSize(1 + KeyCells.CARRIED_MAX).startsWith(CELL).doesNotContain(drawn.getFirst());
        assertThat(all.get(1)).isEqualTo(drawn.getLast());
        assertThat(keys.with(List.of(CELL), 1)).containsExactly(CELL);
        assertThat(keys.with(List.of(CELL), 3)).containsExactly(CELL, drawn.getLast(), drawn.get(drawn.size() - 2));
    }

    /** They stand beside the patient's own cells, since its own cell is the patient. */
    @Test
    void theKeysOfAPatientsOwnCellAreKeysAndOfNoOtherCell() {
        KeyCells keys = new KeyCells(tier.store, tier.copy, new HeldSearch(tier.held, tier.copy));
        CellId patient = new CellId(4, 1);
        CellId stay = new CellId(4, 2);
        CellId key = new CellId(4, 3);
        opened(patient, CellKind.IDENTITY, patient, 0);
        opened(stay, CellKind.STAY, patient, 0);
        opened(key, CellKind.KEY, patient, 0);
        assertThat(keys.all(patient)).containsExactly(key);
        assertThat(keys.areOf(patient, List.of(key))).isTrue();
        assertThat(keys.areOf(patient, List.of(key, stay))).isFalse();
        assertThat(keys.areOf(stay, List.of(key))).isFalse();
    }

    @Test
    void aKeyHandedOutAloneIsWrittenDownWithTheCellItIsFor() {
        KeyCells keys = new KeyCells(tier.store, tier.copy, new HeldSearch(tier.held, tier.copy));
        CellId key = new CellId(0, 80);
        opened(key, CellKind.KEY, CELL, 0);
        assertThat(keys.withOwners(List.of(key))).containsExactly(key, CELL);
        assertThat(keys.withOwners(List.of(CELL, key))).containsExactly(CELL, key);
    }
}
