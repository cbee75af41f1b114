package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.ResourceId;
import trimaran.line.message.Request;
import trimaran.record.AuthorPart;
import trimaran.record.Sanction;

/** What was written while nobody was reached, and promised, is in the record in the end, or a person sees that it is not and why. */
class PromiseTest extends StationBench {

    private final List<WriteResult> results = new ArrayList<>();

    private void alone() {
        Party.TIERS.forEach(hospital::down);
        hospital.loops.runMillis(12_000);
    }

    private void reached() {
        Party.TIERS.forEach(hospital::up);
        hospital.loops.runMillis(60_000);
    }

    private void promised(OwnSession session, Transaction transaction) {
        station.write(session, transaction, results::add);
        hospital.loops.runMillis(StationLimits.PATIENCE_MILLIS + 1_000);
        assertThat(results).last().isInstanceOf(WriteResult.Waiting.class);
    }

    private OwnSession session = ready(hospital.nurse);
    private final ResourceId patient = create(session, PATIENT);

    @BeforeEach
    void aPatientOpenForTheNurse() {
        create(session, observation(patient));
    }

    /** Data is away, and what was written and approved is held by nobody. */
    private void promisedAndApproved(Transaction transaction) {
        hospital.down(Party.DATA);
        hospital.tiers.values().forEach(tier -> tier.holdRefusal = Code.RULE);
        hospital.loops.runMillis(12_000);
        promised(session, transaction);
        // What it relied on has changed since: its approval is asked for again.
        hospital.tier(Party.DATA).refuseOnce = Code.PREMISE_MOVED;
    }

    private Sanction lastSanction() {
        return hospital.record.entries.stream()
                .filter(entry -> !entry.header().author().parts().isEmpty())
                .toList()
                .getLast()
                .header()
                .sanction();
    }

    @Test
    void whatDataRefusesForWhatChangedMeanwhileIsHeldAndPlaced() {
        alone();
        promised(session, creation(observation(patient)));
        hospital.tier(Party.DATA).refuseOnce = Code.VERSION_CONFLICT;
        reached();

        assertThat(station.state().waiting()).isZero();
        assertThat(station.state().refused()).isZero();
        assertThat(versions(
                        session,
                        ((WriteResult.Waiting) results.getLast())
                                .versions()
                                .getFirst()
                                .id()))
                .hasSize(1);
    }

    /** The ward has acted on it: application's no goes with it into the record, and a person looks. */
    @Test
    void whatApplicationRefusesOfACareAlreadyGivenIsRecordedWithItsWord() {
        promisedAndApproved(creation(observation(patient)));
        hospital.tier(Party.APPLICATION).denial = Code.RULE;
        reached();

        assertThat(station.state().waiting()).isZero();
        assertThat(station.state().refused()).isZero();
        assertThat(lastSanction()).isInstanceOf(Sanction.Overruled.class);
    }

    @Test
    void whatNobodyTakesIsKeptThroughRestartsUntilAPersonHasSeenIt() {
        alone();
        promised(session, creation(procedure(patient)));
        hospital.tier(Party.APPLICATION).denial = Code.RULE;
        reached();

        assertThat(station.state().waiting()).isZero();
        assertThat(station.state().refused()).isEqualTo(1);
        station = restarted();
        hospital.loops.runMillis(20_000);
        RefusedEntry refused = station.refused().all().getFirst();
        assertThat(refused.code()).isEqualTo(Code.RULE);
        assertThat(refused.session()).isEqualTo(session.id());
        assertThat(refused.owner()).isPresent();

        OwnSession reader = hospital.session(station, hospital.nurse);
        assertThat(content(reader, refused))
                .as("nothing before the patient is opened")
                .isEmpty();
        List<Outcome<Boolean>> unread = new ArrayList<>();
        station.refused().putAway(reader, refused.entry(), unread::add);
        assertThat(unread)
                .singleElement()
                .satisfies(answer -> assertThat(code(answer)).isEqualTo(Code.NOT_ALLOWED));
        folder(reader, refused.owner().orElseThrow());
        assertThat(content(reader, refused))
                .singleElement()
                .satisfies(version -> assertThat(version.type()).isEqualTo("Procedure"));

        List<Outcome<Boolean>> away = new ArrayList<>();
        station.refused().putAway(reader, refused.entry(), away::add);
        station.refused().putAway(reader, refused.entry(), away::add);
        hospital.loops.runMillis(1_000);
        assertThat(away).containsExactlyInAnyOrder(Outcome.done(true), Outcome.done(false));
        assertThat(heard(event -> event instanceof StationEvent.RefusedPutAway)).isTrue();
        station = restarted();
        assertThat(station.state().refused()).isZero();
        assertThat(station.refused().content(reader, refused.entry()).isDone()).isFalse();
    }

    private List<ResourceVersion> content(OwnSession reader, RefusedEntry refused) {
        return station.refused().content(reader, refused.entry())
                        instanceof Outcome.Done<RefusedEntry.Content>(RefusedEntry.Content content)
                ? content.versions()
                : List.of();
    }

    /** Whoever waits hears of it, and nobody goes by a promise nobody made. */
    @Test
    void whatWasNotPromisedIsRefusedToItsAuthorAlone() {
        hospital.tier(Party.APPLICATION).denial = Code.RULE;

        assertThat(result(session, creation(procedure(patient)))).isInstanceOf(WriteResult.Refused.class);
        assertThat(station.state().refused()).isZero();
    }

    /** Somebody else has made the same meanwhile, under the same number: it is not made twice. */
    @Test
    void whatTheRecordHasByAnotherWayIsAPersonsTaskOnlyWhereAPersonWroteIt() {
        writtenMeanwhileElsewhere(ready(hospital.machine));
        assertThat(station.state().refused()).isZero();

        writtenMeanwhileElsewhere(ready(hospital.nurse));
        assertThat(station.state().refused()).isEqualTo(1);
        assertThat(station.refused().all().getFirst().code()).isEqualTo(Code.DUPLICATE);
        assertThat(station.refused().all().getFirst().owner())
                .as("its patient would have been opened by it")
                .isEmpty();
    }

    /** Held, it would be placed beside what is there. */
    @Test
    void whatIsThereAlreadyIsNotHeldForAPromisesSake() throws Exception {
        alone();
        promised(session, creation(observation(patient)));
        StoredEntry entry = new Outbox(station.setting()).entries().getFirst();
        AuthorPart author = AuthorPart.decode(entry.author());
        Submission resumed = Submission.resumed(entry, author, Submission.Fate.NONE, 0);

        assertThat(resumed.isWorthHolding(Code.MALFORMED)).isTrue();
        assertThat(resumed.isWorthHolding(Code.DUPLICATE)).isFalse();
        resumed.holdsNot().add(Party.ACCESS);
        assertThat(resumed.isWorthHolding(Code.MALFORMED)).isFalse();
    }

    private void writtenMeanwhileElsewhere(OwnSession session) {
        hospital.tiers.values().forEach(tier -> {
            tier.deafToContent = true;
            tier.holdRefusal = Code.RULE;
        });
        promised(session, creation(PATIENT).named("import/" + session.id()));
        hospital.tier(Party.DATA).refuseOnce = Code.DUPLICATE;
        hospital.tiers.values().forEach(tier -> tier.deafToContent = false);
        hospital.loops.runMillis(60_000);
        hospital.tiers.values().forEach(tier -> tier.holdRefusal = null);
        assertThat(station.state().waiting()).isZero();
    }

    @Test
    void eachOfManyIsPutAwayByItself() {
        alone();
        for (int i = 0; i < 5; i++) {
            promised(session, creation(procedure(patient)));
        }
        hospital.tier(Party.APPLICATION).denial = Code.RULE;
        reached();
        assertThat(station.state().refused()).isEqualTo(5);
        hospital.tier(Party.APPLICATION).denial = null;
        OwnSession reader = hospital.session(station, hospital.nurse);
        folder(reader, patient.cell());
        station.refused().all().forEach(one -> station.refused().putAway(reader, one.entry(), done -> {}));
        hospital.loops.runMillis(1_000);
        assertThat(station.state().refused()).isZero();
        create(reader, observation(patient));
    }

    /** Another copy of this outbox brought it, whatever was said to this station: nobody is told to write it once more. */
    @Test
    void whatIsKeptAsRefusedAndIsPlacedAfterAllIsNobodysTask() {
        alone();
        promised(session, creation(procedure(patient)));
        Bytes journal = hospital.disk.read(Outbox.FILE).orElseThrow();
        hospital.tier(Party.APPLICATION).denial = Code.RULE;
        reached();
        assertThat(station.state().refused()).isEqualTo(1);

        hospital.tier(Party.APPLICATION).denial = null;
        hospital.disk = new MemoryDisk();
        hospital.disk.replace(Outbox.FILE, journal);
        hospital.station("a copy of it");
        hospital.loops.runMillis(60_000);

        assertThat(station.state().refused()).isZero();
    }

    /** The record will have it: nobody is told to write it once more. */
    @Test
    void whatTiersHoldIsNotKeptAsRefused() {
        hospital.down(Party.DATA);
        hospital.loops.runMillis(12_000);
        station.write(session, creation(procedure(patient)), results::add);
        hospital.loops.runMillis(5_000);
        assertThat(results).last().isInstanceOf(WriteResult.Recorded.class);

        hospital.tier(Party.APPLICATION).denial = Code.RULE;
        station = restarted();
        hospital.loops.runMillis(20_000);
        assertThat(station.state().refused()).as("two tiers hold it").isZero();
        assertThat(station.state().waiting()).isPositive();

        hospital.up(Party.DATA);
        // Data places what others hold, whatever application says of it by now.
        hospital.tier(Party.ACCESS)
                .held
                .forEach((digest, content) -> assertThat(
                                hospital.record.place(content, hospital.now(), hospital.statementsOn(digest)))
                        .matches(Outcome::isDone));
        hospital.placedSoon();
        hospital.loops.runMillis(60_000);
        assertThat(station.state().waiting()).isZero();
        assertThat(station.state().refused()).isZero();
    }

    /** Data's word alone does not say that it can never be placed. */
    @Test
    void whatDataAloneRefusesForGoodIsHeldByTheOthers() {
        alone();
        promised(session, creation(observation(patient)));
        hospital.tier(Party.DATA).refuseAlways = Code.MALFORMED;
        reached();

        assertThat(station.state().refused()).isZero();
        assertThat(hospital.tier(Party.ACCESS).held).hasSize(1);
    }

    /** Whoever does not look at all, and signs nothing, keeps no care out of the record. */
    @Test
    void whatIsRefusedWithoutASignatureGoesOnWithoutAnAnswer() {
        promisedAndApproved(creation(observation(patient)));
        FakeTier application = hospital.tier(Party.APPLICATION);
        application.silentTo = Request.Approve.class;
        application.silentWith = Code.MALFORMED;
        reached();

        assertThat(station.state().waiting()).isZero();
        assertThat(station.state().refused()).isZero();
        assertThat(lastSanction()).isInstanceOf(Sanction.Unanswered.class);
    }

    /** An order is only wanted, and nobody insisted: a person decides, with application's reason. */
    @Test
    void whatWasOnlyWantedWaitsForAPerson() {
        promisedAndApproved(creation("""
                {"resourceType":"ServiceRequest","status":"active","intent":"order","subject":{"reference":"Patient/%s"}}""".formatted(patient)));
        hospital.tier(Party.APPLICATION).denial = Code.RULE;
        reached();
        assertThat(station.state().refused()).isEqualTo(1);
    }
}
