package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Party;
import trimaran.line.message.Request;

/** What a station writes while it reaches nobody lies at its buddy, too, and comes into the record if the station dies. */
class BuddyTest extends BuddyBench {

    @Test
    void whatWaitsHereLiesAtTheBuddyAcrossItsRestarts() {
        OwnSession session = alone();
        write(session, 3);
        allAtTheBuddy(3);

        hospital.network.crash(BUDDY);
        until(() -> !sending.state().reached());
        assertThat(sending.state().kept()).isZero();
        assertThat(heard(StationEvent.BuddySilent.class::isInstance)).isTrue();
        begin("station");

        allAtTheBuddy(3);
    }

    @Test
    void whatAQuorumCoversLeavesTheBuddyToo() {
        OwnSession session = alone();
        write(session, 3);
        allAtTheBuddy(3);

        tiersBack();

        until(() -> station.state().waiting() == 0 && keeping.state().entries() == 0);
        assertThat(recorded()).isEqualTo(5);
        assertThat(buddyHeard(StationEvent.WardTakenOver.class)).isFalse();
    }

    @Test
    void aStationThatDiedHasItsEntriesBroughtByItsBuddyEachOnce() {
        OwnSession session = alone();
        write(session, 3);
        allAtTheBuddy(3);

        crashWard();
        hospital.disk = new MemoryDisk();
        tiersBack();

        until(() -> keeping.state().entries() == 0);
        assertThat(recorded()).isEqualTo(5);
        assertThat(recordedOnce()).isEqualTo(5);
        assertThat(keeping.state().brought()).isEqualTo(3);
        assertThat(buddyHeard(StationEvent.WardSilent.class)).isTrue();
        assertThat(buddyHeard(StationEvent.WardTakenOver.class)).isTrue();
        station = buddy;
        assertThat(folder(hospital.session(buddy, hospital.nurse), patient.cell()).resources().stream()
                        .filter(one -> one.type().equals("Observation")))
                .hasSize(4);
    }

    @Test
    void withoutABuddyTheyAreLost() {
        hospital.network.crash(BUDDY);
        OwnSession session = ready();
        patient = create(session, PATIENT);
        create(session, observation(patient));
        Party.TIERS.forEach(hospital::down);
        hospital.loops.runMillis(1_000);
        write(session, 3);

        crashWard();
        tiersBack();
        begin("station");
        hospital.loops.runMillis(2 * BuddyLimits.SILENT_MILLIS);

        assertThat(recorded()).isEqualTo(2);
    }

    @Test
    void aStationThatIsOnlyCutOffAndStillSpeaksIsLeftToBringThemItself() {
        OwnSession session = alone();
        write(session, 2);
        allAtTheBuddy(2);
        hospital.network.partition(java.util.Set.of(WARD), TIERS);
        tiersBack();
        hospital.loops.runMillis(2 * BuddyLimits.SILENT_MILLIS);
        assertThat(keeping.state().entries()).isEqualTo(2);
        assertThat(recorded()).isEqualTo(2);

        hospital.network.heal();

        until(() -> station.state().waiting() == 0 && keeping.state().entries() == 0);
        assertThat(recorded()).isEqualTo(4);
    }

    @Test
    void aStationThatComesBackWithAnotherDiskHasTheOldOnesBroughtAtOnce() {
        OwnSession session = alone();
        write(session, 2);
        allAtTheBuddy(2);
        crashWard();
        hospital.disk = new MemoryDisk();

        tiersBack();
        station = hospital.station("station again");
        sending = send("etage");
        until(() -> sending.state().reached());
        assertThat(keeping.state().entries()).isEqualTo(2);

        until(() -> keeping.state().entries() == 0);
        assertThat(keeping.state().heard()).isTrue();
        assertThat(buddyHeard(StationEvent.WardSilent.class)).isFalse();
        assertThat(recorded()).isEqualTo(4);
    }

    @Test
    void aStationThatComesBackWithItsDiskBringsThemItself() {
        OwnSession session = alone();
        write(session, 2);
        allAtTheBuddy(2);
        crashWard();

        station = hospital.station("station again");
        sending = send("etage");
        until(() -> sending.state().reached() && sending.state().kept() == 2);
        tiersBack();

        until(() -> station.state().waiting() == 0 && keeping.state().entries() == 0);
        assertThat(recorded()).isEqualTo(4);
        assertThat(buddyHeard(StationEvent.WardTakenOver.class)).isFalse();
    }

    @Test
    void anOutboxOfAnOlderDiskHasWhatItLacksBroughtByTheBuddy() {
        OwnSession session = alone();
        write(session, 1);
        allAtTheBuddy(1);
        Bytes older = hospital.disk.read(Outbox.FILE).orElseThrow();
        write(session, 2);
        allAtTheBuddy(3);
        crashWard();
        hospital.disk.replace(Outbox.FILE, older);

        station = hospital.station("station again");
        sending = send("etage");
        until(() -> sending.state().reached());
        tiersBack();

        until(() -> station.state().waiting() == 0 && keeping.state().entries() == 0);
        assertThat(recorded()).isEqualTo(5);
        assertThat(recordedOnce()).isEqualTo(5);
    }

    @Test
    void anOutboxThatWasDamagedHasWhatItLostBroughtByTheBuddyAlsoAfterAnotherStart() {
        OwnSession session = alone();
        write(session, 3);
        allAtTheBuddy(3);
        crashWard();
        byte[] journal = hospital.disk.read(Outbox.FILE).orElseThrow().toArray();
        journal[journal.length / 2] ^= 1;
        hospital.disk.replace(Outbox.FILE, Bytes.wrap(journal));

        hospital.station("station that sees the damage");
        crashWard();
        assertThat(hospital.disk.read("buddy-life")).as("its name").contains(Bytes.EMPTY);
        station = hospital.station("station again");
        sending = send("etage");
        until(() -> sending.state().reached());
        tiersBack();

        until(() -> station.state().waiting() == 0 && keeping.state().entries() == 0);
        assertThat(recorded()).isEqualTo(5);
    }

    @Test
    void whatAStationPlacedUnderAnotherNameLeavesItsBuddyByItsWordAlone() {
        OwnSession session = alone();
        station.write(session, creation(procedure(patient)), result -> {});
        write(session, 2);
        allAtTheBuddy(3);
        crashWard();
        hospital.disk.replace("buddy-life", Bytes.EMPTY);
        hospital.network.partition(java.util.Set.of(WARD), java.util.Set.of(BUDDY));
        tiersBack();
        station = hospital.station("station again");
        sending = send("etage");
        until(() -> station.state().ready() && station.state().waiting() == 0);
        Party.TIERS.forEach(hospital::down);

        hospital.network.heal();

        until(() -> sending.state().reached() && keeping.state().entries() == 0);
        assertThat(keeping.state().brought()).isZero();
    }

    @Test
    void whatSomebodyElseMadeMeanwhileIsNotMadeOnceMore() {
        OwnSession session = alone();
        write(session, 2);
        allAtTheBuddy(2);
        crashWard();
        hospital.tier(Party.DATA).refuseAlways = Code.DUPLICATE;
        // First, so that nothing is held for want of it.
        hospital.up(Party.DATA);
        until(() -> keeping.state().stay() == 2);
        int holds = hospital.tier(Party.ACCESS).asked(Request.Hold.class);
        hospital.up(Party.ACCESS);
        hospital.up(Party.APPLICATION);

        hospital.loops.runMillis(2 * BuddyLimits.STAYS_MILLIS + 20_000);
        assertThat(hospital.tier(Party.ACCESS).asked(Request.Hold.class))
                .as("held by nobody")
                .isEqualTo(holds);
        assertThat(keeping.state().stays()).containsEntry(Code.DUPLICATE, 2);
        assertThat(keeping.state().entries()).isEqualTo(2);
    }

    @Test
    void whatNeedsAnApprovalStaysAndIsCounted() {
        OwnSession session = alone();
        write(session, 1);
        station.write(session, creation(procedure(patient)), result -> {});
        allAtTheBuddy(2);
        crashWard();
        tiersBack();

        until(() -> keeping.state().entries() == 1 && keeping.state().stay() == 1);

        assertThat(keeping.state().stays()).containsEntry(Code.RULE, 1);
        assertThat(recorded()).isEqualTo(3);
        assertThat(buddyHeard(StationEvent.WardEntryStays.class)).isTrue();
    }

    @Test
    void whileDataIsAwayTwoTiersHoldWhatTheBuddyBrings() {
        OwnSession session = alone();
        write(session, 2);
        allAtTheBuddy(2);
        crashWard();
        hospital.up(Party.ACCESS);
        hospital.up(Party.APPLICATION);

        until(() -> hospital.tier(Party.ACCESS).held.size() == 2
                && hospital.tier(Party.APPLICATION).held.size() == 2);
        assertThat(keeping.state().entries()).isEqualTo(2);
        hospital.up(Party.DATA);

        until(() -> keeping.state().entries() == 0);
        assertThat(recordedOnce()).isEqualTo(4);
    }

    @Test
    void whatWasPlacedWhileTheBuddySleptIsProvenAndLetGo() {
        OwnSession session = alone();
        write(session, 2);
        allAtTheBuddy(2);
        hospital.network.crash(BUDDY);
        tiersBack();
        until(() -> station.state().waiting() == 0);
        hospital.loops.runMillis(20_000);
        crashWard();
        long before = recorded();

        begin("station");

        until(() -> keeping.state().entries() == 0);
        assertThat(recorded()).isEqualTo(before).isEqualTo(4);
    }

    @Test
    void damageInWhatIsKeptIsSaidAndSetAside() {
        OwnSession session = alone();
        write(session, 3);
        allAtTheBuddy(3);
        crashWard();
        hospital.network.crash(BUDDY);
        byte[] journal = buddyDisk.read("buddy-station/outbox").orElseThrow().toArray();
        journal[journal.length / 2] ^= 1;
        buddyDisk.replace("buddy-station/outbox", Bytes.wrap(journal));

        begin("station");

        assertThat(keeping.state().entries()).isEqualTo(2);
        assertThat(buddyHeard(StationEvent.WardKeptDamaged.class)).isTrue();
        assertThat(buddyHeard(StationEvent.OutboxDamaged.class)).isFalse();
        assertThat(buddyDisk.list("buddy-station")).anyMatch(name -> name.startsWith(Outbox.DAMAGED));
        assertThat(Optional.of(keeping.state().heard())).contains(false);
    }
}
