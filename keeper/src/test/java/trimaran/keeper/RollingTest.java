package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store.Change.Put;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Writer;
import trimaran.line.message.LedgerLine;
import trimaran.record.CellKind;
import trimaran.record.NewCell;
import trimaran.record.Place;
import trimaran.record.Statement;

/** Which cells a tier says are to be rolled. */
class RollingTest {

    private static final CellId CELL = new CellId(0, 70);
    private static final Digest APPLICATION = Statement.Target.subjectOf(Party.APPLICATION);
    private static final Digest STATION = KeptTier.STATION;

    private final KeptTier tier = new KeptTier();
    private final Ledgers ledgers;
    private final Rolling rolling;

    RollingTest() {
        Digest known = KeptTier.digest("session");
        Digest badge = KeptTier.digest("badge");
        ledgers = new Ledgers(
                tier.setting, () -> false, session -> session.equals(known) ? Optional.of(badge) : Optional.empty());
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

    /** An order about what was handed out from second 10 to second 20. */
    private Place order(Statement.Holder holder, Digest subject, long placed) {
        Statement roll = new Statement.Roll(holder, subject, at(10), at(20), at(placed));
        return tier.place(tier.entry(tier.signed(roll, 2)), at(placed));
    }

    @Test
    void whatWasHandedOutWithinTheWindowIsToBeRolledOnceThereIsAnOrder() {
        released(10, APPLICATION);
        assertThat(rolling.isToRoll(CELL)).isFalse();
        order(Statement.Holder.PARTY, APPLICATION, 30);
        assertThat(rolling.isToRoll(CELL)).isTrue();
    }

    @Test
    void whatWasHandedOutBeforeOrAfterIsNot() {
        released(9, APPLICATION);
        released(21, APPLICATION);
        order(Statement.Holder.PARTY, APPLICATION, 30);
        assertThat(rolling.isToRoll(CELL)).isFalse();
    }

    @Test
    void whatSomebodyElseWasHandedIsNot() {
        released(15, STATION);
        order(Statement.Holder.PARTY, APPLICATION, 30);
        assertThat(rolling.isToRoll(CELL)).isFalse();
        order(Statement.Holder.STATION, STATION, 31);
        assertThat(rolling.isToRoll(CELL)).isTrue();
    }

    @Test
    void onlyWhatHandsOutKeysCounts() {
        for (LedgerLine.Act act : List.of(
                LedgerLine.Act.SHOWN_TO_APPLICATION,
                LedgerLine.Act.PRINTED,
                LedgerLine.Act.EXPORTED,
                LedgerLine.Act.LEDGERS_READ)) {
            handed(15, act, Digest.ZERO, STATION, CELL);
        }
        order(Statement.Holder.STATION, STATION, 30);
        assertThat(rolling.isToRoll(CELL)).isFalse();
        handed(16, LedgerLine.Act.BROKE_GLASS, Digest.ZERO, STATION, CELL);
        assertThat(rolling.isToRoll(CELL)).as("a line that comes late").isTrue();
    }

    @Test
    void aSessionNobodyRemembersMayHaveBeenTheBadges() {
        handed(15, LedgerLine.Act.RELEASED, KeptTier.digest("session"), STATION, CELL);
        order(Statement.Holder.BADGE, KeptTier.digest("another badge"), 30);
        assertThat(rolling.isToRoll(CELL)).isFalse();
        order(Statement.Holder.BADGE, KeptTier.digest("badge"), 31);
        assertThat(rolling.isToRoll(CELL)).isTrue();
        CellId other = new CellId(0, 71);
        opened(other, CellKind.STAY, other, 0);
        handed(16, LedgerLine.Act.RELEASED, KeptTier.digest("forgotten"), STATION, other);
        assertThat(rolling.isToRoll(other)).isTrue();
    }

    @Test
    void aKeyDrawnAfterTheOrderSatisfiesItAndANewerOrderAsksAgain() {
        released(15, APPLICATION);
        order(Statement.Holder.PARTY, APPLICATION, 30);
        CellId key = new CellId(0, 80);
        long later = tier.place(tier.grant(), at(40)).index();
        opened(key, CellKind.KEY, CELL, later);
        assertThat(rolling.isToRoll(CELL)).isFalse();
        order(Statement.Holder.PARTY, APPLICATION, 50);
        assertThat(rolling.isToRoll(CELL)).isTrue();
    }

    /** Who asks for a key alone is handed what its cell holds. */
    @Test
    void aLaterKeyThatWasHandedOutCountsAsItsCell() {
        CellId key = new CellId(0, 80);
        opened(key, CellKind.KEY, CELL, 0);
        handed(15, LedgerLine.Act.RELEASED, Digest.ZERO, APPLICATION, key);
        order(Statement.Holder.PARTY, APPLICATION, 30);
        assertThat(rolling.isToRoll(CELL)).isTrue();
        assertThat(rolling.isToRoll(key)).as("no key is rolled itself").isFalse();
    }

    @Test
    void whatIsHandedOutOftenerThanIsLookedAtIsRolledUnseen() {
        for (int i = 0; i < Rolling.LINES_MAX; i++) {
            released(15, STATION);
        }
        order(Statement.Holder.PARTY, APPLICATION, 30);
        assertThat(rolling.isToRoll(CELL)).isFalse();
        released(15, STATION);
        assertThat(rolling.isToRoll(CELL)).isTrue();
    }

    @Test
    void theCellsLookupsAreMadeWithAreNeverRolled() {
        CellId search = new CellId(0, 90);
        opened(search, CellKind.SEARCH, search, 0);
        handed(15, LedgerLine.Act.RELEASED, Digest.ZERO, STATION, search);
        order(Statement.Holder.STATION, STATION, 30);
        assertThat(rolling.isToRoll(search)).isFalse();
    }
}
