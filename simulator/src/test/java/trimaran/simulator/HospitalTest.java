package trimaran.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import trimaran.keeper.Copy;
import trimaran.keeper.Cosigner;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Party;
import trimaran.kernel.ResourceId;
import trimaran.line.LineLimits;
import trimaran.record.CellKind;

/** The parties together, without faults but those named. */
final class HospitalTest {

    private static final long WHILE_MILLIS = 20_000;

    private static Hospital hospital() {
        Hospital hospital = new Hospital(1, Suites.standIn(), new Plants());
        hospital.start(List.of("ward"));
        return hospital;
    }

    /** May go on without application. */
    static Entry newPatient(Station station) {
        Author.Fresh fresh = station.author().open(station.pen(), CellKind.IDENTITY);
        CellId cell = fresh.opening().cell();
        station.hospital().oracle().opened(fresh);
        station.keys().put(cell, fresh.key());
        Author.Item item = new Author.Item(
                ResourceId.random(cell, station.entropy()), "Observation", 0, false, Bytes.ofText("{\"a\":1}"));
        Entry entry = new Entry(
                station.author()
                        .write(
                                station.pen(),
                                true,
                                List.of(fresh),
                                List.of(new Author.Piece(station.keys().get(cell), List.of(item)))),
                java.util.Optional.empty(),
                station.hospital().loops().nowNanos());
        station.put(entry);
        return entry;
    }

    @Test
    void aFoundedHospitalPlacesSessionsAndEntriesUnderAQuorum() {
        Hospital hospital = hospital();
        Station ward = hospital.stations().getFirst();
        assertThat(hospital.runUntil(() -> ward.covered() >= 4, WHILE_MILLIS)).isTrue();
        Entry entry = newPatient(ward);
        assertThat(hospital.runUntil(entry::isCovered, WHILE_MILLIS)).isTrue();
        assertThat(entry.isAcknowledged()).isTrue();
        for (Party tier : Party.TIERS) {
            assertThat(hospital.tier(tier).keeps(entry.digest())).isTrue();
        }
        assertThat(hospital.oracle().broken()).isEmpty();
    }

    @Test
    void anEntryIsAcknowledgedAsHeldWhileDataIsSilentAndPlacedWhenItIsBack() {
        Hospital hospital = hospital();
        Station ward = hospital.stations().getFirst();
        hospital.runUntil(() -> ward.covered() >= 4, WHILE_MILLIS);
        hospital.crash(Party.DATA);
        Entry entry = newPatient(ward);
        assertThat(hospital.runUntil(entry::isAcknowledged, WHILE_MILLIS)).isTrue();
        assertThat(entry.isCovered()).isFalse();
        assertThat(hospital.tier(Party.ACCESS).keeps(entry.digest())).isTrue();
        assertThat(hospital.tier(Party.APPLICATION).keeps(entry.digest())).isTrue();
        hospital.restart(Party.DATA);
        assertThat(hospital.runUntil(entry::isCovered, WHILE_MILLIS)).isTrue();
        assertThat(hospital.oracle().broken()).isEmpty();
    }

    @Test
    void aTierThatCrashedCatchesUp() {
        Hospital hospital = hospital();
        Station ward = hospital.stations().getFirst();
        hospital.runUntil(() -> ward.covered() >= 4, WHILE_MILLIS);
        hospital.crash(Party.ACCESS);
        Entry entry = newPatient(ward);
        assertThat(hospital.runUntil(entry::isCovered, WHILE_MILLIS)).isTrue();
        hospital.restart(Party.ACCESS);
        assertThat(hospital.runUntil(() -> hospital.tier(Party.ACCESS).keeps(entry.digest()), WHILE_MILLIS))
                .isTrue();
        assertThat(hospital.oracle().broken()).isEmpty();
    }

    @Test
    void theHeartBeatsWithoutData() {
        Hospital hospital = hospital();
        Station ward = hospital.stations().getFirst();
        hospital.runUntil(() -> ward.covered() >= 4, WHILE_MILLIS);
        hospital.crash(Party.DATA);
        hospital.runMillis(3_000);
        long before = hospital.tier(Party.ACCESS).keeper().cosigner().freshSeconds();
        hospital.runMillis(3_000);
        long after = hospital.tier(Party.ACCESS).keeper().cosigner().freshSeconds();
        assertThat(after - before).isBetween(2L, 4L);
    }

    @Test
    void theHeartBeatsAfterThePowerWentEverywhereAndDataStaysAway() {
        Hospital hospital = hospital();
        Station ward = hospital.stations().getFirst();
        hospital.runUntil(() -> ward.covered() >= 4, WHILE_MILLIS);
        for (Party party : Party.values()) {
            hospital.crash(party);
        }
        for (Party party : List.of(Party.ACCESS, Party.APPLICATION, Party.WITNESS)) {
            hospital.restart(party);
        }
        hospital.runMillis(6_000);
        assertThat(hospital.tier(Party.ACCESS).keeper().cosigner().freshSeconds())
                .isGreaterThanOrEqualTo(hospital.loops().trueTime().millis() / 1000 - 2);
    }

    @Test
    void aWitnessThatWasAwayIsLedToTheCheckpointAndTakesPartAgain() {
        Hospital hospital = hospital();
        Station ward = hospital.stations().getFirst();
        hospital.runUntil(() -> ward.covered() >= 4, WHILE_MILLIS);
        hospital.crash(Party.WITNESS);
        Entry entry = newPatient(ward);
        assertThat(hospital.runUntil(entry::isCovered, WHILE_MILLIS)).isTrue();
        hospital.restart(Party.WITNESS);
        hospital.crash(Party.APPLICATION);
        // A question that was on its way as the power went is given up with its line.
        hospital.runMillis(LineLimits.IDLE_MILLIS + 2_000);
        assertThat(hospital.tier(Party.DATA).keeper().cosigner().freshSeconds())
                .isGreaterThanOrEqualTo(hospital.loops().trueTime().millis() / 1000 - 2);
    }

    @Test
    void dataPlacesNothingBeforeTwoOthersToldHowFarTheyAre() {
        Hospital hospital = hospital();
        Station ward = hospital.stations().getFirst();
        hospital.runUntil(() -> ward.covered() >= 4, WHILE_MILLIS);
        hospital.crash(Party.DATA);
        hospital.crash(Party.APPLICATION);
        hospital.crash(Party.WITNESS);
        hospital.restart(Party.DATA);
        hospital.runMillis(10_000);
        assertThat(hospital.tier(Party.DATA).sequencer().orElseThrow().isServing())
                .isFalse();
        hospital.restart(Party.WITNESS);
        assertThat(hospital.runUntil(
                        () -> hospital.tier(Party.DATA)
                                .sequencer()
                                .orElseThrow()
                                .isServing(),
                        WHILE_MILLIS))
                .isTrue();
    }

    @Test
    void dataDoesNotSpinWhileNoQuorumIsToBeHad() {
        Hospital hospital = hospital();
        Station ward = hospital.stations().getFirst();
        hospital.runUntil(() -> ward.covered() >= 4, WHILE_MILLIS);
        hospital.crash(Party.APPLICATION);
        hospital.crash(Party.WITNESS);
        Entry entry = newPatient(ward);
        hospital.runUntil(entry::isAcknowledged, WHILE_MILLIS);
        long before = hospital.loops().eventsRun();
        hospital.runMillis(10_000);
        assertThat(hospital.loops().eventsRun() - before).isLessThan(5_000);
    }

    @Test
    void aTierThatLagsTakesFromTheOtherWhatAQuorumSignedOnceDataIsGone() {
        Hospital hospital = hospital();
        Station ward = hospital.stations().getFirst();
        hospital.runUntil(() -> ward.covered() >= 4, WHILE_MILLIS);
        hospital.crash(Party.ACCESS);
        Entry entry = newPatient(ward);
        assertThat(hospital.runUntil(entry::isCovered, WHILE_MILLIS)).isTrue();
        hospital.crash(Party.DATA);
        hospital.restart(Party.ACCESS);
        assertThat(hospital.runUntil(() -> hospital.tier(Party.ACCESS).keeps(entry.digest()), WHILE_MILLIS))
                .isTrue();
    }

    @Test
    void aTierDataDoesNotReachHearsOfALargerQuorumByTheBeatOnceDataIsGone() {
        Hospital hospital = hospital();
        Station ward = hospital.stations().getFirst();
        hospital.runUntil(() -> ward.covered() >= 4, WHILE_MILLIS);
        hospital.network().partition(Set.of(Founded.line(Party.DATA)), Set.of(Founded.line(Party.APPLICATION)));
        Entry entry = newPatient(ward);
        Cosigner access = hospital.tier(Party.ACCESS).keeper().cosigner();
        Cosigner application = hospital.tier(Party.APPLICATION).keeper().cosigner();
        assertThat(hospital.runUntil(
                        () -> entry.isCovered() && application.noteSize() < access.noteSize(), WHILE_MILLIS))
                .isTrue();
        hospital.crash(Party.DATA);
        assertThat(hospital.runUntil(() -> hospital.tier(Party.APPLICATION).keeps(entry.digest()), WHILE_MILLIS))
                .isTrue();
    }

    @Test
    void tiersFindTheQuorumThatDataTookAlongBeforeItToldThem() {
        Hospital hospital = hospital();
        Station ward = hospital.stations().getFirst();
        hospital.runUntil(() -> ward.covered() >= 4, WHILE_MILLIS);
        List<Cosigner> tiers = List.of(
                hospital.tier(Party.ACCESS).keeper().cosigner(),
                hospital.tier(Party.APPLICATION).keeper().cosigner());
        Entry entry = newPatient(ward);
        Copy copy = hospital.tier(Party.ACCESS).keeper().copy();
        assertThat(hospital.runUntil(
                        () -> hospital.tier(Party.ACCESS).keeps(entry.digest())
                                && hospital.tier(Party.APPLICATION).keeps(entry.digest())
                                && copy.position(entry.digest()).isPresent(),
                        WHILE_MILLIS))
                .isTrue();
        long position = copy.position(entry.digest()).getAsLong();
        assertThat(tiers).as("data has told them nothing yet").allMatch(cosigner -> cosigner.noteSize() <= position);
        hospital.crash(Party.DATA);
        assertThat(hospital.runUntil(
                        () -> tiers.stream().allMatch(cosigner -> cosigner.noteSize() > position), WHILE_MILLIS))
                .isTrue();
    }

    @Test
    void aRealStationWritesAndAnotherThatStartsWhileDataIsSilentShowsWhatIsOnlyHeld() {
        Hospital hospital = new Hospital(1, Suites.standIn(), new Plants());
        Console console = hospital.start(List.of());
        RealStation one = hospital.enrol("one", console);
        RealStation other = hospital.enrol("other", console);
        hospital.wards().add(one);
        Shift shift = new Shift(hospital, new SplittableRandom(1), console);
        one.start();
        assertThat(hospital.runUntil(one::isReady, WHILE_MILLIS)).isTrue();
        for (int i = 0; i < 40; i++) {
            shift.next();
            hospital.runMillis(300);
        }
        hospital.crash(Party.DATA);
        for (int i = 0; i < 40; i++) {
            shift.next();
            hospital.runMillis(300);
        }
        hospital.runMillis(10_000);
        new Review(hospital, other, shift).run(true);
        assertThat(hospital.oracle().broken()).isEmpty();
        assertThat(hospital.promises().summary()).contains("RECORDED");
    }

    @Test
    void aStationWhoseDiskFailsAsItStartsIsStartedOnceMore() {
        Hospital hospital = new Hospital(1, Suites.standIn(), new Plants());
        Console console = hospital.start(List.of());
        RealStation one = hospital.enrol("one", console);
        hospital.wards().add(one);
        Shift shift = new Shift(hospital, new SplittableRandom(1), console);
        one.start();
        assertThat(hospital.runUntil(one::isReady, WHILE_MILLIS)).isTrue();
        for (int i = 0; i < 20; i++) {
            shift.next();
            hospital.runMillis(300);
        }
        one.crash();
        // A write was cut off: the next start takes its beginning away, and so writes.
        one.disk().append("outbox", Bytes.of((byte) 1));
        one.disk().failNextWrite(SimulatedDisk.Failure.UNDONE);
        assertThatThrownBy(one::start).isInstanceOf(Dying.Died.class);
        one.disk().failNextWrite(SimulatedDisk.Failure.UNDONE);
        Hospital.begin(one);
        assertThat(one.isUp()).isTrue();
        assertThat(hospital.runUntil(one::isReady, WHILE_MILLIS)).isTrue();
        assertThat(hospital.oracle().broken()).isEmpty();
    }
}
