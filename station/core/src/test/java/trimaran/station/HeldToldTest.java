package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.ResourceId;
import trimaran.line.message.MessageLimits;
import trimaran.line.message.Push;

/** What tiers say they hold: however much it is, and whatever one of them makes up. */
class HeldToldTest extends StationBench {

    /** An observation that only two tiers hold. */
    private ResourceId heldElsewhere(ResourceId patient, OwnSession session) {
        hospital.quorum = false;
        hospital.down(Party.DATA);
        hospital.loops.runMillis(12_000);
        return write(session, creation(observation(patient)))
                .versions()
                .getFirst()
                .id();
    }

    @Test
    void whatIsHeldStaysHoweverMuchMoreTheTierTellsOf() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        ResourceId held = heldElsewhere(patient, session);

        tellHeld(Party.ACCESS, 3 * MessageLimits.ENTRIES_MAX);
        tellHeld(Party.APPLICATION, 3 * MessageLimits.ENTRIES_MAX);
        hospital.loops.runMillis(1_000);

        assertThat(station.state().held()).isEqualTo(1 + 3 * MessageLimits.ENTRIES_MAX);
        assertThat(versions(session, held).getFirst().standing()).isEqualTo(ResourceVersion.Standing.PROVISIONAL);
    }

    @Test
    void whatATierNamesAndNobodyHasHidesNothingThatIsHeld() {
        Station author = station;
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        create(session, observation(patient));
        hospital.disk = new MemoryDisk();
        Station second = hospital.station("second station");
        station = second;
        OwnSession reader = ready(hospital.machine);
        assertThat(folder(reader, patient.cell()).resources()).hasSize(2);
        tellHeld(Party.ACCESS, 2 * HeldView.WANTED_AT_ONCE);

        station = author;
        ResourceId held = heldElsewhere(patient, session);
        station = second;
        hospital.loops.runMillis(15_000);

        assertThat(versions(reader, held).getFirst().standing()).isEqualTo(ResourceVersion.Standing.PROVISIONAL);
    }

    @Test
    void aTierThatTellsOfMoreThanAnyCanHoldIsHeardNoMore() {
        ready();
        tellHeld(Party.ACCESS, StationLimits.HELD_MAX);
        hospital.loops.runMillis(100);
        boolean before = heard(event -> event instanceof StationEvent.FeedDropped);

        hospital.tier(Party.ACCESS).push(new Push.HeldSet(false, List.of(digest("one more")), List.of()));
        hospital.loops.runMillis(100);

        assertThat(before).isFalse();
        assertThat(heard(event -> event instanceof StationEvent.FeedDropped(Party tier, Code code, long size)
                        && code == Code.BAD_VALUE))
                .isTrue();
    }

    private void tellHeld(Party tier, int count) {
        for (int from = 0; from < count; from += MessageLimits.ENTRIES_MAX) {
            List<Digest> page = new ArrayList<>();
            for (int i = from; i < Math.min(count, from + MessageLimits.ENTRIES_MAX); i++) {
                page.add(digest("nobody has " + i));
            }
            hospital.tier(tier).push(new Push.HeldSet(false, page, List.of()));
        }
    }

    private static Digest digest(String text) {
        return Digest.sha256(Bytes.ofText(text));
    }
}
