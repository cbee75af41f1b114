package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.ResourceId;
import trimaran.line.message.Request;
import trimaran.record.CellKind;
import trimaran.record.EntryKind;
import trimaran.record.NewCell;

/** Care goes on while cells are rolled: nobody waits for a key another entry may never bring, and nobody is refused for one. */
class RollCareTest extends StationBench {

    private OwnSession session = ready();
    private final ResourceId patient = create(session, PATIENT);
    private final ResourceId first = create(session, observation(patient));
    private final CellId cell = first.cell();
    private final List<WriteResult> results = new ArrayList<>();

    @BeforeEach
    void theCellIsToBeRolled() {
        hospital.record.toRoll.add(cell);
        order();
        folder(session, patient.cell());
    }

    private List<NewCell> keys() {
        return hospital.record.openings.values().stream()
                .filter(one -> one.kind() == CellKind.KEY)
                .toList();
    }

    private void write(String json) {
        station.write(session, creation(json), results::add);
    }

    private boolean inTime(String json) {
        int before = results.size();
        write(json);
        return hospital.loops.runUntil(() -> results.size() > before, 3_000)
                && results.getLast() instanceof WriteResult.Recorded;
    }

    // ---- a key whose entry may never have its place

    @Test
    void careIsAcknowledgedThoughWhatDrewAKeyWaitsForApplication() {
        hospital.down(Party.APPLICATION);
        hospital.loops.runMillis(12_000);
        folder(session, patient.cell());
        write(procedure(patient));
        hospital.loops.runMillis(500);
        assertThat(results).isEmpty();
        assertThat(inTime(observation(patient))).isTrue();
        assertThat(keys()).hasSize(1);
        assertThat(inTime(observation(patient))).isTrue();
        assertThat(keys()).hasSize(1);
        hospital.up(Party.APPLICATION);
        hospital.loops.runMillis(30_000);
        assertThat(results).hasSize(3).last().isInstanceOf(WriteResult.Recorded.class);
        session = afresh(session);
        assertThat(folder(session, patient.cell()).resources()).hasSize(5);
    }

    @Test
    void careIsAcknowledgedThoughWhatDrewAKeyIsRefused() {
        hospital.tier(Party.APPLICATION).silentTo = Request.Approve.class;
        write(procedure(patient));
        hospital.loops.runMillis(500);
        write(observation(patient));
        hospital.loops.runMillis(4_000);
        assertThat(results).hasSize(1).last().isInstanceOf(WriteResult.Recorded.class);
        hospital.tier(Party.APPLICATION).denial = Code.RULE;
        hospital.tier(Party.APPLICATION).silentTo = null;
        hospital.loops.runMillis(10_000);
        assertThat(results).hasSize(2).last().isInstanceOf(WriteResult.Refused.class);
        hospital.tier(Party.APPLICATION).denial = null;
        assertThat(inTime(observation(patient))).isTrue();
        session = afresh(session);
        assertThat(folder(session, patient.cell()).resources()).hasSize(4);
    }

    /** What leaned on its key is written once more under another. */
    @Test
    void whatLeansOnAKeyThatIsRefusedIsWrittenUnderAnother() {
        hospital.tier(Party.APPLICATION).denial = Code.RULE;
        hospital.tier(Party.DATA).silentTo = Request.FileDraft.class;
        hospital.tier(Party.ACCESS).silentTo = Request.FileDraft.class;
        write(observation(patient));
        hospital.loops.runMillis(500);
        station.write(
                session,
                new Transaction(
                        EntryKind.CONTINUITY,
                        List.of(new Transaction.Change.Create(FakeHospital.resource(observation(patient)))),
                        false),
                results::add);
        hospital.loops.runMillis(500);
        hospital.tier(Party.DATA).silentTo = null;
        hospital.tier(Party.ACCESS).silentTo = null;
        assertThat(hospital.loops.runUntil(() -> results.size() == 2, 3_000)).isTrue();
        assertThat(results).first().isInstanceOf(WriteResult.Refused.class);
        assertThat(results).last().isInstanceOf(WriteResult.Recorded.class);
        assertThat(keys()).hasSize(1);
    }

    // ---- how many

    /** With a number of its own, whose token the tiers are asked for while it is written. */
    private static String named(String json, int number) {
        return json.replace(
                "\"status\"", "\"identifier\":[{\"system\":\"urn:n\",\"value\":\"" + number + "\"}],\"status\"");
    }

    @Test
    void twentyWritesAtOnceDrawAFewKeysAndNoneIsRefused() {
        for (int i = 0; i < 20; i++) {
            write(named(observation(patient), i));
        }
        hospital.loops.runMillis(10_000);
        assertThat(results).hasSize(20).allMatch(result -> result instanceof WriteResult.Recorded);
        assertThat(keys()).hasSize(1);
    }

    @Test
    void twentyThatWaitForApplicationDrawAFewKeysAndNoneIsRefused() {
        for (int i = 0; i < 20; i++) {
            write(named(procedure(patient), i));
        }
        hospital.loops.runMillis(10_000);
        assertThat(results).hasSize(20).allMatch(result -> result instanceof WriteResult.Recorded);
        assertThat(keys()).hasSize(1);
    }

    /** Nobody approves for hours, and each of them draws a key: no more than the record takes. */
    @Test
    void noMoreKeysAreDrawnThanTheRecordTakes() {
        hospital.down(Party.APPLICATION);
        hospital.loops.runMillis(12_000);
        for (int i = 0; i < 12; i++) {
            session = afresh(session);
            folder(session, patient.cell());
            write(procedure(patient));
            hospital.loops.runMillis(5_000);
        }
        hospital.up(Party.APPLICATION);
        assertThat(hospital.loops.runUntil(() -> station.state().waiting() == 0, 120_000))
                .isTrue();
        assertThat(station.state().refused()).isZero();
        assertThat(results).hasSize(12).noneMatch(result -> result instanceof WriteResult.Refused);
        assertThat(keys()).hasSizeBetween(1, 8);
    }

    @Test
    void aKeyThatIsOnlyHeldIsNotDrawnAgainWithEachOpening() {
        hospital.down(Party.DATA);
        hospital.loops.runMillis(12_000);
        Set<CellId> drawn = new HashSet<>();
        for (int i = 0; i < 9; i++) {
            session = afresh(session);
            folder(session, patient.cell());
            assertThat(result(session, creation(observation(patient)))).isInstanceOf(WriteResult.Recorded.class);
            hospital.tier(Party.ACCESS).held.values().stream()
                    .flatMap(content -> content.header().author().newCells().stream())
                    .forEach(key -> {
                        drawn.add(key.cell());
                        hospital.record.openings.putIfAbsent(key.cell(), key);
                    });
        }
        assertThat(drawn).hasSize(1);
    }

    /** Order and keys have one time: else no key would ever satisfy the order. */
    @Test
    void aKeySatisfiesAnOrderThoughTheClocksWerePutBack() {
        hospital.stopped = hospital.now();
        order();
        for (int i = 0; i < 3; i++) {
            session = afresh(session);
            folder(session, patient.cell());
            create(session, observation(patient));
            assertThat(keys()).hasSize(1);
        }
    }

    /** Where the order stands in the log is on the station's disk. */
    @Test
    void aKeySatisfiesAnOrderOfAnEarlierLife() {
        create(session, observation(patient));
        hospital.loops.runMillis(2 * StationLimits.POSITION_MILLIS);
        station = restarted();
        session = ready(hospital.machine);
        folder(session, patient.cell());
        create(session, observation(patient));
        assertThat(station.registry().rolls()).hasSize(1);
        assertThat(keys()).hasSize(1);
    }

    /** Somebody else drew a key meanwhile: tiers would raise an alarm that this author knew of it. */
    @Test
    void whoeverDoesNotKnowTheWholeCellDoesNotSayThatTheyKnowTheWholeRecord() {
        create(session, PATIENT.replace("\"1\"", "\"2\"").replace("Dupont", "Martin"));
        Party.TIERS.forEach(tier -> hospital.tier(tier).silentTo = Request.Partials.class);
        write(named(observation(patient), 1));
        hospital.loops.runMillis(500);
        OpenCell open = station.cells().get(cell).orElseThrow();
        open.headTold(open.head().parts() + 1);
        Party.TIERS.forEach(tier -> hospital.tier(tier).silentTo = null);
        assertThat(hospital.loops.runUntil(() -> !results.isEmpty(), 10_000)).isTrue();
        assertThat(results).last().isInstanceOf(WriteResult.Recorded.class);
        FakeRecord.Entry last = hospital.record.entries.getLast();
        long known = Optional.ofNullable(hospital.record.openedAt.get(cell)).orElseThrow() + 1;
        assertThat(last.header().author().checkpointSeen())
                .isEqualTo(known)
                .isLessThan(last.place().index() - 1);
    }

    // ---- what nobody can open

    /** Two tiers were given rubbish for their pairs and keep none: the third has its own, which makes no key. */
    @Test
    void aKeyTwoTiersHaveNoPairOfCostsWhatIsSealedWithItAndNobodyTheRest() {
        ResourceId second = create(session, observation(patient));
        CellId key = keys().getFirst().cell();
        hospital.record.of(Party.ACCESS).remove(key);
        hospital.record.of(Party.APPLICATION).remove(key);
        for (boolean brings : List.of(true, false)) {
            hospital.record.bringsKeys = brings;
            session = afresh(session);
            PatientFolder folder = folder(session, patient.cell());
            assertThat(folder.latest(first)).isPresent();
            assertThat(folder.resources()).extracting(ResourceVersion::id).doesNotContain(second);
            assertThat(folder.unread()).hasSize(1).containsValue(Code.BAD_SHARE);
        }
    }

    /** One tier says it keeps none of a key, which may be a lie, while another has not come so far: what stands there is not guessed. */
    @Test
    void aKeyTheThirdTierDoesNotKnowYetIsWaitedFor() {
        FakeTier third = hospital.tier(Party.ACCESS);
        third.silentWith = Code.NOT_FOUND;
        isWaitedFor(() -> third.silentTo = Request.OpenKeys.class, () -> third.silentTo = null);
    }

    @Test
    void aKeyTheThirdTierCouldGiveIsWaitedForWhileThatIsDown() {
        isWaitedFor(() -> hospital.down(Party.ACCESS), () -> hospital.up(Party.ACCESS));
    }

    @Test
    void aKeyTheThirdTierCouldGiveIsWaitedForWhileThatDoesNotAnswer() {
        Tardy third = hospital.tardy(Party.ACCESS);
        isWaitedFor(() -> third.laterMillis = StationLimits.OPEN_MILLIS, () -> third.laterMillis = 0);
    }

    private void isWaitedFor(Runnable away, Runnable back) {
        ResourceId second = create(session, observation(patient));
        CellId key = keys().getFirst().cell();
        hospital.record.of(Party.APPLICATION).remove(key);
        hospital.record.bringsKeys = false;
        session = afresh(session);
        away.run();
        List<Outcome<PatientFolder>> folders = new ArrayList<>();
        station.patient(session, patient.cell(), Request.Purpose.CARE, folders::add);
        hospital.loops.runMillis(3_000);
        assertThat(folders).noneMatch(Outcome::isDone);
        assertThat(heard(StationEvent.PartUnread.class::isInstance)).isFalse();
        back.run();
        hospital.loops.runMillis(LaterKeys.AGAIN_MILLIS);
        PatientFolder folder = folder(session, patient.cell());
        assertThat(folder.unread()).isEmpty();
        assertThat(folder.latest(second)).isPresent();
    }

    /** A tier that never gives anything of a key nobody can make keeps nobody from the rest of the cell for good. */
    @Test
    void aKeyNobodyCanMakeIsLeftOutThoughOneTierNeverHasIt() {
        FakeTier third = hospital.tier(Party.ACCESS);
        third.silentWith = Code.NOT_FOUND;
        isLeftOut(() -> third.silentTo = Request.OpenKeys.class);
    }

    @Test
    void aKeyNobodyCanMakeIsLeftOutThoughOneTierStaysDown() {
        isLeftOut(() -> hospital.down(Party.ACCESS));
    }

    @Test
    void aKeyNobodyCanMakeIsLeftOutThoughOneTierNeverAnswers() {
        isLeftOut(() -> hospital.tardy(Party.ACCESS).laterMillis = StationLimits.OPEN_MILLIS);
    }

    private void isLeftOut(Runnable away) {
        ResourceId second = create(session, observation(patient));
        CellId key = keys().getFirst().cell();
        hospital.record.of(Party.APPLICATION).remove(key);
        hospital.record.of(Party.DATA).remove(key);
        hospital.record.bringsKeys = false;
        session = afresh(session);
        away.run();
        List<Outcome<PatientFolder>> folders = new ArrayList<>();
        for (long waited = 0; waited < StationLimits.NO_KEY_MILLIS; waited += LaterKeys.AGAIN_MILLIS) {
            station.patient(session, patient.cell(), Request.Purpose.CARE, folders::add);
            hospital.loops.runMillis(LaterKeys.AGAIN_MILLIS);
        }
        assertThat(folders).noneMatch(Outcome::isDone);
        hospital.loops.runMillis(LaterKeys.AGAIN_MILLIS);
        PatientFolder folder = folder(session, patient.cell());
        assertThat(folder.unread()).containsValue(Code.BAD_SHARE);
        assertThat(folder.resources()).extracting(ResourceVersion::id).doesNotContain(second);
        assertThat(folder.latest(first)).isPresent();
    }

    /** It is told by application, which can read no rule's ground there, in time: care goes on, and what needs approval is refused. */
    @Test
    void whatApplicationCannotReadStopsNoCareAndKeepsNobodyWaiting() {
        hospital.tier(Party.APPLICATION).silentTo = Request.Approve.class;
        hospital.tier(Party.APPLICATION).silentWith = Code.UNREAD;
        write(observation(patient));
        hospital.loops.runMillis(1_000);
        assertThat(results).singleElement().isInstanceOf(WriteResult.Recorded.class);
        int filed = hospital.tier(Party.ACCESS).asked(Request.FileDraft.class);
        assertThat(filed).as("with the shares of either tier").isEqualTo(1);
        write(procedure(patient));
        hospital.loops.runMillis(1_000);
        assertThat(results)
                .last()
                .isInstanceOfSatisfying(
                        WriteResult.Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(Code.UNREAD));
        assertThat(station.state().waiting()).isZero();
    }

    // ---- what was promised and refused

    @Test
    void whatWasPromisedUnderADrawnKeyAndRefusedIsShownAndPutAway() {
        Party.TIERS.forEach(hospital::down);
        hospital.loops.runMillis(12_000);
        write(procedure(patient));
        hospital.loops.runMillis(StationLimits.PATIENCE_MILLIS + 1_000);
        assertThat(results).last().isInstanceOf(WriteResult.Waiting.class);
        hospital.tier(Party.APPLICATION).denial = Code.RULE;
        Party.TIERS.forEach(hospital::up);
        hospital.loops.runMillis(60_000);
        assertThat(station.state().refused()).isEqualTo(1);
        RefusedEntry refused = station.refused().all().getFirst();
        assertThat(content(session, refused).versions())
                .as("the key is here")
                .singleElement()
                .satisfies(version -> assertThat(version.type()).isEqualTo("Procedure"));

        station = restarted();
        hospital.loops.runMillis(20_000);
        OwnSession reader = ready(hospital.machine);
        assertThat(content(reader, refused).closed()).isEqualTo(1);
        folder(reader, patient.cell());
        RefusedEntry.Content content = content(reader, refused);
        assertThat(content.closed()).isZero();
        assertThat(content.lost()).isEqualTo(1);
        List<Outcome<Boolean>> away = new ArrayList<>();
        station.refused().putAway(reader, refused.entry(), away::add);
        hospital.loops.runMillis(1_000);
        assertThat(away).containsExactly(Outcome.done(true));
    }

    private RefusedEntry.Content content(OwnSession reader, RefusedEntry refused) {
        return FakeHospital.done(station.refused().content(reader, refused.entry()));
    }
}
