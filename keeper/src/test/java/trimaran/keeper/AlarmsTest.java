package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store.Change.Put;
import trimaran.keeper.spi.Store.Change.Remove;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Writer;
import trimaran.line.message.SealedEntry;

/** Entries that wait for their place longer than they should. */
class AlarmsTest {

    private final KeptTier access = new KeptTier();
    private final Alarms alarms = new Alarms(access.setting, access.copy, access.cosigner, access.held);
    private final List<KeeperEvent> told = new ArrayList<>();

    AlarmsTest() {
        alarms.tell(told::add);
    }

    private RecordTime holdOne() {
        EntryContent waiting = access.grant();
        assertThat(access.held.hold(waiting, transit(waiting)).isDone()).isTrue();
        return access.setting.now();
    }

    private static SealedEntry transit(EntryContent content) {
        return new SealedEntry(
                SealedEntry.Item.inline(content.headerBytes()),
                SealedEntry.Item.NOTHING,
                SealedEntry.Item.NOTHING,
                List.of(),
                Bytes.EMPTY);
    }

    @Test
    void whatIsHeldWhileOthersGetTheirPlacesIsToldAfterTenSecondsAndOnce() {
        RecordTime since = holdOne();
        access.place(access.grant(), since.plusMillis(Alarms.HELD_MILLIS_MAX));
        alarms.look();
        assertThat(alarms.count(Alarm.OVERDUE)).isZero();
        access.place(access.grant(), since.plusMillis(Alarms.HELD_MILLIS_MAX + 1));
        alarms.look();
        alarms.look();
        assertThat(alarms.count(Alarm.OVERDUE)).isEqualTo(1);
        assertThat(told).containsExactly(new KeeperEvent.HeldOverdue(1, Alarms.HELD_MILLIS_MAX + 1));
    }

    @Test
    void aPairThatCameBackFromTheOthersIsNoAlarmAnyMore() {
        Bytes row = Key.lacking(new CellId(0, 7));
        access.setting
                .store()
                .write(List.of(
                        new Put(Space.STATE, row, new Writer().i64(0).flag(true).toBytes())));
        alarms.look();
        assertThat(alarms.count(Alarm.PAIRS)).isEqualTo(1);
        access.setting.store().write(List.of(new Remove(Space.STATE, row)));
        alarms.look();
        assertThat(alarms.count(Alarm.PAIRS)).isZero();
    }

    @Test
    void whatIsHeldWhileNothingIsPlacedIsNobodysFault() {
        holdOne();
        access.loops.runMillis(60_000);
        alarms.look();
        assertThat(alarms.count(Alarm.OVERDUE)).isZero();
        assertThat(told).isEmpty();
    }

    @Test
    void whatHasItsPlaceAndNoQuorumYetIsNotOverdue() {
        EntryContent waiting = access.grant();
        assertThat(access.held.hold(waiting, transit(waiting)).isDone()).isTrue();
        RecordTime since = access.setting.now();
        access.place(waiting, since.plusMillis(1));
        access.place(access.grant(), since.plusMillis(Alarms.HELD_MILLIS_MAX + 1));
        alarms.look();
        assertThat(alarms.count(Alarm.OVERDUE)).isZero();
    }
}
