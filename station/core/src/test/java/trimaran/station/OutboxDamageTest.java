package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Party;
import trimaran.kernel.ResourceId;

/** Damage in the outbox is told from a torn tail: it is said and set aside, and what follows it is sent. */
class OutboxDamageTest extends StationBench {

    @Test
    void aBitFlippedInTheMiddleLosesNothingThatFollows() {
        List<Integer> records = threeWaiting();
        int second = records.get(1);
        damage(second + (records.get(2) - second) / 2);

        station = restarted();

        assertThat(station.state().waiting()).isEqualTo(2);
        assertThat(damaged()).containsExactly((long) records.get(2) - second);
        assertThat(heard(event -> event instanceof StationEvent.OutboxTorn)).isFalse();
        arrive(2);
    }

    @Test
    void aBitFlippedInALengthLosesNothingThatFollows() {
        for (int bit : new int[] {0, 20, 31}) {
            List<Integer> records = threeWaiting();
            int second = records.get(1);
            byte[] journal = journal().toArray();
            journal[second + bit / 8] ^= (byte) (0x80 >> bit % 8);
            hospital.disk.replace(Outbox.FILE, Bytes.wrap(journal));

            station = restarted();

            assertThat(station.state().waiting()).as("bit %d", bit).isEqualTo(2);
            arrive(2);
        }
    }

    @Test
    void aWholeLastRecordThatDoesNotCheckOutIsDamageAndNoTornTail() {
        List<Integer> records = threeWaiting();
        damage(journal().size() - 100);

        station = restarted();

        assertThat(station.state().waiting()).isEqualTo(2);
        assertThat(damaged()).containsExactly((long) journalBefore - records.get(2));
    }

    @Test
    void aWholeLastRecordWithABitTurnedInItsLengthIsDamageAndNoTornTail() {
        List<Integer> records = threeWaiting();
        damage(records.get(2));

        station = restarted();

        assertThat(station.state().waiting()).isEqualTo(2);
        assertThat(damaged()).containsExactly((long) journalBefore - records.get(2));
        assertThat(heard(event -> event instanceof StationEvent.OutboxTorn)).isFalse();
    }

    @Test
    void whatCannotBeReadIsKeptBesideAndTheNextStartIsQuiet() {
        List<Integer> records = threeWaiting();
        int second = records.get(1);
        damage(second + 60);
        Bytes stretch = Bytes.ofRange(journal().unsafeArray(), second, records.get(2));

        station = restarted();
        String name =
                Outbox.DAMAGED + trimaran.kernel.Digest.sha256(stretch).hex().substring(0, 16);

        assertThat(hospital.disk.read(name)).contains(stretch);
        hospital.events.clear();
        station = restarted();
        assertThat(station.state().waiting()).isEqualTo(2);
        assertThat(damaged()).isEmpty();
    }

    /** Nobody may ask for its approval any more, and a person is told all the same that it is not in the record. */
    @Test
    void whatWasRefusedIsShownAlsoWhereTheNoCannotBeRead() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        Party.TIERS.forEach(hospital::down);
        hospital.loops.runMillis(12_000);
        station.write(session, creation(procedure(patient)), result -> {});
        hospital.loops.runMillis(StationLimits.PATIENCE_MILLIS + 1_000);
        hospital.tier(Party.APPLICATION).denial = Code.RULE;
        Party.TIERS.forEach(hospital::up);
        assertThat(hospital.loops.runUntil(() -> station.state().refused() == 1, 60_000))
                .isTrue();
        hospital.loops.runMillis(1_000);
        damage(records().getLast() + 20);
        station = restarted();
        hospital.loops.runMillis(20_000);

        assertThat(damaged()).hasSize(1);
        assertThat(station.refused().all())
                .singleElement()
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(Code.APPROVAL_EXPIRED));
    }

    private int journalBefore;

    /** Where the records of three entries begin that wait for data and application. */
    private List<Integer> threeWaiting() {
        hospital.up(Party.DATA);
        hospital.up(Party.APPLICATION);
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        create(session, observation(patient));
        hospital.down(Party.DATA);
        hospital.down(Party.APPLICATION);
        hospital.loops.runMillis(12_000);
        List<Integer> before = records();
        for (int waiting = 1; waiting <= 3; waiting++) {
            int wanted = before.size() + waiting;
            station.write(session, creation(observation(patient)), result -> {});
            assertThat(hospital.loops.runUntil(() -> records().size() == wanted, 20_000))
                    .isTrue();
        }
        List<Integer> records = records();
        journalBefore = journal().size();
        return records.subList(before.size(), records.size());
    }

    private List<Integer> records() {
        byte[] journal = journal().unsafeArray();
        List<Integer> records = new ArrayList<>();
        for (int at = 0;
                at < journal.length;
                at += 12 + ByteBuffer.wrap(journal, at, 4).getInt()) {
            records.add(at);
        }
        return records;
    }

    private Bytes journal() {
        return hospital.disk.read(Outbox.FILE).orElseThrow();
    }

    private void damage(int at) {
        byte[] journal = journal().toArray();
        journal[at] ^= 1;
        hospital.disk.replace(Outbox.FILE, Bytes.wrap(journal));
    }

    private List<Long> damaged() {
        return hospital.events.stream()
                .filter(StationEvent.OutboxDamaged.class::isInstance)
                .map(event -> ((StationEvent.OutboxDamaged) event).bytes())
                .toList();
    }

    /** So many of them come into the record once data and application are back. */
    private void arrive(int entries) {
        int before = hospital.record.entries.size();
        hospital.up(Party.DATA);
        hospital.up(Party.APPLICATION);
        assertThat(hospital.loops.runUntil(
                        () -> station.state().waiting() == 0 && station.state().ready(), 60_000))
                .isTrue();
        assertThat(hospital.record.entries.subList(before, hospital.record.entries.size()))
                .filteredOn(entry -> !entry.header().author().parts().isEmpty())
                .hasSize(entries);
    }
}
