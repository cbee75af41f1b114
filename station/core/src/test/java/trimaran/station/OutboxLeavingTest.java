package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Party;
import trimaran.kernel.ResourceId;

/** What left the outbox leaves its file: a draft that lies there opens for whoever takes the disk with the keys on it. */
class OutboxLeavingTest extends StationBench {

    private Bytes journal() {
        return hospital.disk.read(Outbox.FILE).orElse(Bytes.EMPTY);
    }

    @Test
    void whatLeftIsOnTheDiskNoLonger() {
        OwnSession session = ready();
        create(session, PATIENT);
        hospital.loops.runMillis(1_000);
        assertThat(station.state().waiting()).isZero();
        assertThat(journal().size()).isPositive();

        hospital.loops.runMillis(StationLimits.OUTBOX_LEFT_MILLIS);
        assertThat(journal().size()).isZero();
    }

    @Test
    void whatWaitsStaysAndWhatLeftBesideItGoes() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        hospital.down(Party.DATA);
        hospital.down(Party.APPLICATION);
        hospital.loops.runMillis(500);
        station.write(session, creation(observation(patient)), result -> {});
        hospital.loops.runMillis(1_000);
        int before = journal().size();

        hospital.loops.runMillis(StationLimits.OUTBOX_LEFT_MILLIS);
        assertThat(journal().size()).isPositive().isLessThan(before);
        station = restarted();
        assertThat(station.state().waiting()).isEqualTo(1);
    }

    /** A process that ended before it could: the next one does. */
    @Test
    void whatLeftBeforeARestartGoesAfterIt() {
        create(ready(), PATIENT);
        hospital.loops.runMillis(1_000);
        station = restarted();
        assertThat(journal().size()).isPositive();

        hospital.loops.runMillis(StationLimits.OUTBOX_LEFT_MILLIS + 1);
        assertThat(journal().size()).isZero();
    }
}
