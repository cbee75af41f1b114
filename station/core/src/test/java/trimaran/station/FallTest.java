package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Party;
import trimaran.kernel.ResourceId;
import trimaran.line.message.Request;
import trimaran.record.EntryKind;
import trimaran.record.Sanction;

/** Any one tier is away; the station goes on. */
class FallTest extends StationBench {

    @Test
    void withoutDataAnEntryIsAcknowledgedByTwoHeldStatementsAndPlacedLater() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        hospital.quorum = false;
        hospital.down(Party.DATA);
        hospital.loops.runMillis(12_000);

        WriteResult.Recorded held = write(session, creation(observation(patient)));

        ResourceId id = held.versions().getFirst().id();
        assertThat(held.by()).isEqualTo(WriteResult.Acknowledgement.HELD);
        assertThat(versions(session, id).getFirst().standing()).isEqualTo(ResourceVersion.Standing.PROVISIONAL);
        assertThat(versions(session, id).getFirst().session()).isEqualTo(session.id());
        hospital.quorum = true;
        hospital.up(Party.DATA);
        assertThat(hospital.loops.runUntil(() -> station.state().waiting() == 0, 60_000))
                .isTrue();
        assertThat(versions(session, id).getFirst().standing()).isEqualTo(ResourceVersion.Standing.RECORDED);
    }

    @Test
    void withoutAQuorumAnEntryIsHeldAfterTwoSeconds() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        hospital.quorum = false;
        long before = hospital.loops.nowNanos();

        WriteResult.Recorded held = write(session, creation(observation(patient)));

        assertThat(held.by()).isEqualTo(WriteResult.Acknowledgement.HELD);
        assertThat(hospital.loops.nowNanos() - before)
                .isBetween(StationLimits.HOLD_AFTER_MILLIS * 1_000_000, 3_000_000_000L);
    }

    @Test
    void whatWasRefusedDoesNotComeBackWithACrash() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        hospital.tier(Party.APPLICATION).denial = Code.RULE;
        WriteResult refused = result(session, creation(observation(patient)));
        int before = hospital.record.entries.size();

        station = restarted();
        hospital.down(Party.APPLICATION);
        hospital.loops.runMillis(15_000);

        assertThat(refused).isInstanceOf(WriteResult.Refused.class);
        assertThat(hospital.record.entries.subList(before, hospital.record.entries.size()))
                .allMatch(entry -> entry.header().author().parts().isEmpty());
    }

    @Test
    void whatWasHeldHereIsShownThoughEveryTierIsCutOff() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        create(session, observation(patient));
        hospital.quorum = false;
        hospital.down(Party.DATA);
        hospital.loops.runMillis(12_000);
        ResourceId id = write(session, creation(observation(patient)))
                .versions()
                .getFirst()
                .id();
        hospital.loops.runMillis(1_000);

        hospital.down(Party.ACCESS);
        hospital.down(Party.APPLICATION);
        hospital.loops.runMillis(5_000);

        assertThat(versions(session, id).getFirst().standing()).isEqualTo(ResourceVersion.Standing.PROVISIONAL);
    }

    @Test
    void everythingHeldIsShownHoweverLittleOfItAnAnswerCarries() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        create(session, observation(patient));
        hospital.quorum = false;
        hospital.down(Party.DATA);
        hospital.loops.runMillis(12_000);
        List<ResourceId> held = new ArrayList<>();
        for (int i = 0; i < 3 * FakeTier.HELD_IN_A_FRAME; i++) {
            held.add(create(session, observation(patient)));
        }

        hospital.disk = new MemoryDisk();
        station = restarted();
        assertThat(hospital.loops.runUntil(() -> station.state().ready(), 20_000))
                .isTrue();
        OwnSession elsewhere = hospital.session(station, hospital.machine);
        hospital.loops.runMillis(2_000);

        assertThat(held).allSatisfy(id -> assertThat(versions(elsewhere, id)).hasSize(1));
    }

    @Test
    void aStationThatHasJustStartedAnswersOnceItHasWhatTheHeldSetsName() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        create(session, observation(patient));
        hospital.quorum = false;
        hospital.down(Party.DATA);
        hospital.loops.runMillis(12_000);
        ResourceId id = create(session, observation(patient));

        hospital.disk = new MemoryDisk();
        station = restarted();
        assertThat(hospital.loops.runUntil(() -> station.state().ready(), 20_000))
                .isTrue();
        OwnSession elsewhere = hospital.session(station, hospital.machine);

        assertThat(versions(elsewhere, id)).hasSize(1);
    }

    @Test
    void whatAHeldSetNamesAndNobodyHasKeepsNoAnswerWaiting() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        hospital.tier(Party.ACCESS)
                .push(new trimaran.line.message.Push.HeldSet(
                        false,
                        List.of(trimaran.kernel.Digest.sha256(trimaran.kernel.Bytes.ofText("nothing"))),
                        List.of()));
        hospital.loops.runMillis(1_000);
        OwnSession other = afresh(session);

        long beforeNanos = hospital.loops.nowNanos();
        assertThat(versions(other, patient)).hasSize(1);
        assertThat(hospital.loops.nowNanos() - beforeNanos).isLessThan(1_000_000_000L);
    }

    @Test
    void whatIsOnlyHeldIsFoundAgainAtItsOwnStationByWhoeverOpensTheCellAnew() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        create(session, observation(patient));
        hospital.quorum = false;
        hospital.down(Party.DATA);
        hospital.loops.runMillis(12_000);
        ResourceId id = create(session, observation(patient));

        OwnSession other = afresh(session);
        List<ResourceVersion> here = versions(other, id);
        station = restarted();
        assertThat(hospital.loops.runUntil(() -> station.state().ready(), 20_000))
                .isTrue();
        List<ResourceVersion> restarted = versions(hospital.session(station, hospital.machine), id);

        assertThat(here).extracting(ResourceVersion::standing).containsExactly(ResourceVersion.Standing.PROVISIONAL);
        assertThat(restarted)
                .extracting(ResourceVersion::json)
                .containsExactly(here.getFirst().json());
    }

    @Test
    void whatNoQuorumCoversYetHidesNothingThatIsCovered() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        ResourceId covered = create(session, observation(patient));
        hospital.quorum = false;
        write(session, creation(observation(patient)));
        assertThat(hospital.record.entries).hasSizeGreaterThan((int) hospital.covered);
        OwnSession other = afresh(session);

        assertThat(versions(other, covered)).hasSize(1);
    }

    @Test
    void whatATierMayHoldIsNotRefusedAnyMoreForItWillBePlaced() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        hospital.quorum = false;
        FakeTier data = hospital.tier(Party.DATA);
        data.refuseAlways = Code.UNAVAILABLE;
        hospital.tier(Party.ACCESS).holdsWithoutAWord = true;
        hospital.tier(Party.APPLICATION).holdRefusal = Code.UNAVAILABLE;
        data.holdRefusal = Code.UNAVAILABLE;
        List<WriteResult> told = new ArrayList<>();
        station.write(session, creation(observation(patient)), told::add);
        hospital.loops.runMillis(StationLimits.HOLD_AFTER_MILLIS + 1_000);

        data.refuseAlways = Code.VERSION_CONFLICT;
        hospital.loops.runMillis(5_000);
        assertThat(told).isEmpty();
        hospital.tier(Party.ACCESS).holdsWithoutAWord = false;
        hospital.tier(Party.APPLICATION).holdRefusal = null;

        assertThat(hospital.loops.runUntil(() -> !told.isEmpty(), 20_000)).isTrue();
        assertThat(told.getFirst()).isInstanceOf(WriteResult.Recorded.class);
    }

    @Test
    void withoutApplicationAContinuityKindGoesOnUnapprovedAndIsListed() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        hospital.down(Party.APPLICATION);
        hospital.loops.runMillis(12_000);

        WriteResult.Recorded written = write(session, creation(observation(patient)));

        assertThat(written.by()).isEqualTo(WriteResult.Acknowledgement.CHECKPOINT);
        assertThat(versions(session, written.versions().getFirst().id())
                        .getFirst()
                        .continuity())
                .isTrue();
        assertThat(folder(session, patient.cell()).unreviewed())
                .extracting(Unreviewed::entry)
                .containsExactly(written.entry());
    }

    @Test
    void withoutApplicationOtherKindsWaitAndGoOnWhenItIsBack() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        hospital.down(Party.APPLICATION);
        hospital.loops.runMillis(12_000);

        assertThat(result(session, creation(procedure(patient)))).isInstanceOf(WriteResult.Waiting.class);
        hospital.up(Party.APPLICATION);

        assertThat(hospital.loops.runUntil(() -> station.state().waiting() == 0, 60_000))
                .isTrue();
        assertThat(hospital.record.entries.getLast().header().sanction()).isInstanceOf(Sanction.Approved.class);
    }

    @Test
    void withoutAccessReadingGoesOn() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        hospital.down(Party.ACCESS);
        hospital.loops.runMillis(12_000);
        OwnSession other = afresh(session);

        assertThat(versions(other, patient)).hasSize(1);
    }

    @Test
    void applicationsNoIsFinalUnlessItsAuthorInsistsOnAContinuityKind() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        hospital.tier(Party.APPLICATION).denial = Code.RULE;

        WriteResult refused = result(session, creation(observation(patient)));
        Transaction insisted = new Transaction(
                EntryKind.CLINICAL, creation(observation(patient)).changes(), true);
        write(session, insisted);

        assertThat(refused).isInstanceOf(WriteResult.Refused.class);
        assertThat(hospital.record.entries.getLast().header().sanction()).isInstanceOf(Sanction.Overruled.class);
        assertThat(result(session, creation(procedure(patient)))).isInstanceOf(WriteResult.Refused.class);
        assertThat(station.state().waiting()).isZero();
    }

    /** An application that lies, or whose clock is days off, refuses to look: its author goes on all the same. */
    @Test
    void whatApplicationDoesNotEvenLookAtGoesOnWhereItsAuthorInsists() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        hospital.tier(Party.APPLICATION).silentTo = Request.Approve.class;
        hospital.tier(Party.APPLICATION).silentWith = Code.BAD_VALUE;

        assertThat(result(session, creation(observation(patient)))).isInstanceOf(WriteResult.Refused.class);
        write(
                session,
                new Transaction(
                        EntryKind.CLINICAL, creation(observation(patient)).changes(), true));

        assertThat(hospital.record.entries.getLast().header().sanction()).isInstanceOf(Sanction.Unanswered.class);
    }

    @Test
    void aMovedPremiseIsApprovedAnewWithoutTheAuthor() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        hospital.tier(Party.DATA).refuseOnce = Code.PREMISE_MOVED;
        int before = hospital.tier(Party.APPLICATION).asked(Request.Approve.class);

        write(session, creation(observation(patient)));

        assertThat(hospital.tier(Party.APPLICATION).asked(Request.Approve.class))
                .isEqualTo(before + 2);
    }

    @Test
    void anApprovalThatIsRefusedAgainAndAgainEndsTheEntry() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        FakeTier data = hospital.tier(Party.DATA);
        data.refuseAlways = Code.PREMISE_MOVED;

        WriteResult result = result(session, creation(observation(patient)));

        assertThat(result).isInstanceOf(WriteResult.Refused.class);
        assertThat(hospital.tier(Party.APPLICATION).asked(Request.Approve.class))
                .isGreaterThanOrEqualTo(StationLimits.APPROVALS_MAX);
    }

    @Test
    void theOutboxSurvivesARestartAndGoesOn() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        hospital.down(Party.DATA);
        hospital.down(Party.APPLICATION);
        hospital.loops.runMillis(12_000);
        station.write(session, creation(observation(patient)), result -> {});
        hospital.loops.runMillis(100);
        int before = hospital.record.entries.size();

        station = restarted();
        assertThat(station.state().waiting()).isEqualTo(1);
        hospital.up(Party.DATA);
        hospital.up(Party.APPLICATION);

        assertThat(hospital.loops.runUntil(
                        () -> station.state().waiting() == 0 && station.state().ready(), 60_000))
                .isTrue();
        assertThat(hospital.record.entries)
                .filteredOn(entry -> !entry.header().author().parts().isEmpty())
                .hasSize(2);
        assertThat(hospital.record.entries).hasSizeGreaterThan(before);
    }

    @Test
    void aTornOutboxLosesOnlyWhatWasNotConfirmed() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        hospital.down(Party.DATA);
        hospital.down(Party.APPLICATION);
        hospital.loops.runMillis(12_000);
        station.write(session, creation(observation(patient)), result -> {});
        hospital.loops.runMillis(100);
        Bytes journal = hospital.disk.read(Outbox.FILE).orElseThrow();
        hospital.disk.append(Outbox.FILE, Bytes.ofRange(journal.unsafeArray(), 0, 40));

        station = restarted();

        assertThat(station.state().waiting()).isEqualTo(1);
        assertThat(heard(event -> event instanceof StationEvent.OutboxTorn)).isTrue();
    }

    @Test
    void aRestartedStationBeginsWhereItStood() {
        OwnSession session = ready();
        create(session, PATIENT);
        hospital.loops.runMillis(StationLimits.POSITION_MILLIS + 1_000);
        hospital.tiers.values().forEach(tier -> tier.asked.clear());

        station = restarted();
        OwnSession again = ready();

        assertThat(station.registry().badge(hospital.nurse.publicKey().id())).isPresent();
        assertThat(again.granted()).isPresent();
        int fetched = hospital.tiers.values().stream()
                .mapToInt(tier -> tier.asked(Request.FetchEntries.class))
                .sum();
        assertThat(fetched).isLessThanOrEqualTo(3);
    }

    @Test
    void withOneTierOnlyNothingIsOpened() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        station.close(session);
        hospital.down(Party.DATA);
        hospital.loops.runMillis(12_000);
        OwnSession other = hospital.session(station, hospital.machine);
        hospital.down(Party.APPLICATION);
        hospital.loops.runMillis(12_000);

        assertThat(code(tried(other, patient))).isEqualTo(Code.UNAVAILABLE);
    }
}
