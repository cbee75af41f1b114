package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.ResourceId;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.simulated.VirtualLoop;
import trimaran.record.CellKind;
import trimaran.record.Place;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;
import trimaran.record.Verdict;

/** What a buddy brings comes in the order written, whatever one tier says, and what nobody takes costs little. */
class BuddyBringingTest extends BuddyBench {

    private static final long HOUR = 3_600_000;

    private FakeTier data() {
        return hospital.tier(Party.DATA);
    }

    /** Data names a place for whatever comes, and places nothing. */
    private void says(long index) {
        Place place = new Place(index, hospital.now(), Verdict.VALID, List.of(), List.of());
        data().silentTo = Request.Append.class;
        data().silentSaying = Optional.of(new Response.Placed(place.encode()));
    }

    private int before;

    private void died(int entries) {
        allAtTheBuddy(entries);
        crashWard();
        before = hospital.tier(Party.ACCESS).asked(Request.Hold.class);
    }

    private int holds() {
        return hospital.tier(Party.ACCESS).asked(Request.Hold.class) - before;
    }

    private void heldByTwo(int entries) {
        heldBy(entries, Party.ACCESS, Party.APPLICATION);
    }

    private void heldBy(int entries, Party... tiers) {
        Set<Digest> kept = Set.copyOf(journal().digests());
        assertThat(kept).hasSize(entries);
        until(() -> Stream.of(tiers)
                .allMatch(tier -> hospital.tier(tier).held.keySet().containsAll(kept)));
    }

    private Outbox journal() {
        VirtualLoop loop = hospital.loops.loop("reading", 0);
        return new Outbox(hospital.setting("reading", loop, new DiskFolder(buddyDisk, "buddy-station")));
    }

    @Test
    void aPlaceNoTreeShowsIsNotWaitedForWithoutEnd() {
        OwnSession session = alone();
        write(session, 2);
        died(2);
        says(1L << 40);

        tiersBack();

        heldByTwo(2);
        assertThat(keeping.state().entries()).isEqualTo(2);
        hospital.loops.runMillis(StationLimits.LEANING_MILLIS + 240_000);
        assertThat(keeping.state().stays()).as("that data shows it nowhere").containsEntry(Code.BAD_PROOF, 2);
        data().silentTo = null;
        hospital.down(Party.DATA);
        hospital.loops.runMillis(5_000);
        hospital.up(Party.DATA);
        hospital.loops.runMillis(HOUR);
        assertThat(keeping.state().entries()).isZero();
        assertThat(recordedOnce()).isEqualTo(4);
    }

    @Test
    void aPlaceOfSomebodyElsesIsNotWaitedForEither() {
        OwnSession session = alone();
        write(session, 1);
        died(1);
        says(1);

        tiersBack();

        heldByTwo(1);
        assertThat(keeping.state().entries()).isEqualTo(1);
    }

    @Test
    void whatDataSaidBeforeItFellIsAskedAgain() {
        OwnSession session = alone();
        write(session, 1);
        died(1);
        says(1L << 40);
        tiersBack();
        until(() -> data().asked(Request.Append.class) > 0 && buddyHeard(StationEvent.WardTakenOver.class));
        hospital.loops.runMillis(5_000);

        hospital.down(Party.DATA);
        data().silentTo = null;
        hospital.loops.runMillis(100);
        hospital.up(Party.DATA);

        hospital.loops.runMillis(StationLimits.PATIENCE_MILLIS / 2);
        assertThat(keeping.state().entries()).isZero();
    }

    @Test
    void dataAloneStopsNoEntry() {
        for (Code code : List.of(Code.NOT_ALLOWED, Code.MALFORMED, Code.BUSY)) {
            OwnSession session = alone();
            write(session, 1);
            died(1);
            data().refuseAlways = code;
            tiersBack();
            heldByTwo(1);
            data().refuseAlways = null;
            hospital.loops.runMillis(2 * BuddyLimits.STAYS_MILLIS);
            assertThat(keeping.state().entries()).isZero();
            station = hospital.station("station " + code);
            sending = send("etage");
        }
    }

    /** Somebody writes a value without anybody, and then a better one. */
    private ResourceId corrected() {
        OwnSession session = ready();
        patient = create(session, PATIENT);
        ResourceId id = create(session, observation(patient));
        until(() -> sending.state().reached() && station.state().waiting() == 0);
        Party.TIERS.forEach(hospital::down);
        hospital.loops.runMillis(1_000);
        for (int version : List.of(1, 2)) {
            List<WriteResult> results = new ArrayList<>();
            String json = observation(patient).replace("Integer\":70", "Integer\":" + version + "70");
            var update = new Transaction.Change.Update(id, version, FakeHospital.resource(json), "");
            station.write(session, Transaction.of(update), results::add);
            until(() -> !results.isEmpty());
            assertThat(results.getFirst()).isInstanceOf(WriteResult.Waiting.class);
        }
        return id;
    }

    private void inOrder(ResourceId id) {
        until(() -> keeping.state().entries() == 0);
        station = buddy;
        List<ResourceVersion> versions = versions(hospital.session(buddy, hospital.nurse), id);
        assertThat(versions).hasSize(3);
        assertThat(new String(versions.getLast().json().toArray(), StandardCharsets.UTF_8))
                .contains("270");
    }

    @Test
    void aCorrectionDoesNotComeBeforeWhatItCorrectsWhereDataIsBusy() {
        ResourceId id = corrected();
        died(2);
        data().refuseOnce = Code.BUSY;

        tiersBack();

        inOrder(id);
    }

    @Test
    void aCorrectionDoesNotComeBeforeWhatItCorrectsWhereThatIsOnlyHeld() {
        ResourceId id = corrected();
        died(2);
        data().refuseOnce = Code.UNAVAILABLE;

        tiersBack();

        inOrder(id);
    }

    @Test
    void whatOneTierHoldsIsNotBroughtToItOverAndOver() {
        OwnSession session = alone();
        write(session, 2);
        died(2);
        hospital.up(Party.ACCESS);

        hospital.loops.runMillis(HOUR / 4);

        assertThat(holds()).as("the second waits for the first").isEqualTo(1);
        assertThat(keeping.state().stays()).as("others may come back").isEmpty();
        hospital.up(Party.APPLICATION);
        heldByTwo(2);
        assertThat(holds()).as("what it said of the first was long ago").isEqualTo(3);
    }

    /** It is asked again after the others. */
    @Test
    void whoHoldsNothingKeepsTwoOthersFromNothing() {
        OwnSession session = alone();
        write(session, 1);
        died(1);
        hospital.tier(Party.ACCESS).holdRefusal = Code.UNAVAILABLE;
        data().refuseAlways = Code.NOT_ALLOWED;

        tiersBack();

        heldBy(1, Party.APPLICATION, Party.DATA);
    }

    /** How often data was asked in a time. */
    private int asked(long millis) {
        int before = data().asked(Request.Append.class);
        hospital.loops.runMillis(millis);
        return data().asked(Request.Append.class) - before;
    }

    @Test
    void whatDoesNotPassIsBroughtSeldomerEachTime() {
        OwnSession session = alone();
        write(session, 1);
        died(1);
        data().refuseAlways = Code.DUPLICATE;
        tiersBack();
        until(() -> keeping.state().stay() == 1);

        // After 1, 3, 7, 15, 31 minutes.
        assertThat(asked(HOUR)).isBetween(4, 6);
        hospital.loops.runMillis(12 * HOUR);
        assertThat(asked(3 * BuddyLimits.STAYS_MILLIS_MAX))
                .as("each four hours")
                .isBetween(2, 4);
    }

    @Test
    void whatPassesIsBroughtEachMinute() {
        OwnSession session = alone();
        write(session, 1);
        died(1);
        data().refuseAlways = Code.BUSY;
        hospital.up(Party.DATA);
        hospital.loops.runMillis(10 * BuddyLimits.STAYS_MILLIS);

        assertThat(asked(10 * BuddyLimits.STAYS_MILLIS)).isBetween(8, 11);
        assertThat(keeping.state().stays()).isEmpty();
    }

    @Test
    void whatLeansOnNothingThatComesIsSaidAfterAsLongAsACourierWaits() {
        OwnSession session = alone();
        write(session, 1);
        died(1);
        data().refuseAlways = Code.BAD_REFERENCE;
        hospital.tier(Party.ACCESS).holdRefusal = Code.BAD_REFERENCE;
        hospital.tier(Party.APPLICATION).holdRefusal = Code.BAD_REFERENCE;
        tiersBack();
        hospital.loops.runMillis(StationLimits.LEANING_MILLIS);
        assertThat(keeping.state().stays()).isEmpty();

        hospital.loops.runMillis(3 * BuddyLimits.STAYS_MILLIS);

        assertThat(keeping.state().stays()).containsEntry(Code.BAD_REFERENCE, 1);
        assertThat(buddyHeard(StationEvent.WardEntryStays.class)).isTrue();
        hospital.loops.runMillis(HOUR);
        assertThat(asked(HOUR)).as("seldom").isLessThan(4);
    }

    @Test
    void whatIsHeldAndDataNeverPlacesIsSaid() {
        OwnSession session = alone();
        write(session, 1);
        died(1);
        data().refuseAlways = Code.NOT_ALLOWED;
        tiersBack();
        heldByTwo(1);

        hospital.loops.runMillis(StationLimits.LEANING_MILLIS + 3 * BuddyLimits.STAYS_MILLIS);

        assertThat(keeping.state().stays()).containsEntry(Code.NOT_ALLOWED, 1);
    }

    @Test
    void whatNeedsAnApprovalAndHasItsPlaceDoesNotStay() {
        OwnSession session = alone();
        station.write(session, creation(procedure(patient)), result -> {});
        allAtTheBuddy(1);
        hospital.network.partition(Set.of(WARD), Set.of(BUDDY));
        tiersBack();
        until(() -> station.state().waiting() == 0);
        crashWard();

        until(() -> keeping.state().entries() == 0);

        assertThat(keeping.state().stays()).isEmpty();
        assertThat(buddyHeard(StationEvent.WardEntryStays.class)).isFalse();
    }

    @Test
    void whatWasWrittenBeforeACellWasRolledComesIntoItAllTheSame() {
        OwnSession session = alone();
        write(session, 2);
        died(2);
        CellId cell = BuddyErrand.author(journal().entries().getFirst())
                .parts()
                .getFirst()
                .cell();
        tiersBack();
        station = buddy;
        until(() -> station.state().ready() && station.state().fresh());
        // What draws the key has to be placed, and not only held.
        until(() -> station.state().tiers().values().stream().allMatch(StationState.TierState::up));
        hospital.record.toRoll.add(cell);
        RecordTime now = hospital.now();
        Statement roll =
                new Statement.Roll(Statement.Holder.PARTY, Statement.Target.EVERYTHING, RecordTime.ZERO, now, now);
        hospital.record(SignedStatement.signed(hospital.origin, roll, officers()));
        until(() -> !station.registry().rolls().isEmpty());
        OwnSession here = hospital.session(buddy, hospital.nurse);
        folder(here, patient.cell());
        create(here, observation(patient));
        assertThat(hospital.record.openings.values())
                .as("a later key")
                .anyMatch(one -> one.kind() == CellKind.KEY && one.subject().equals(cell));
        assertThat(keeping.state().entries()).isEqualTo(2);

        until(() -> keeping.state().entries() == 0);

        assertThat(hospital.record.entries).allMatch(entry -> entry.place().verdict() == Verdict.VALID);
        assertThat(folder(hospital.session(buddy, hospital.nurse), patient.cell()).resources().stream()
                        .filter(one -> one.type().equals("Observation")))
                .hasSize(4);
    }
}
