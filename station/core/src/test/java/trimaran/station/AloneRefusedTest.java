package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.ResourceId;
import trimaran.line.simulated.VirtualLoop;
import trimaran.record.PartContent;
import trimaran.record.SignedStatement;
import trimaran.record.Signer;
import trimaran.record.Statement;

/** What was written alone and refused is read by a person who writes it anew, and a clock that is wrong has nothing refused for good. */
class AloneRefusedTest extends AloneBench {

    private Digest refusedNight() {
        Signer other = hospital.standIns.signer("badge of another nurse");
        hospital.grant(other, Statement.BadgeKind.PERSON, List.of());
        hospital.placedSoon();
        hospital.loops.runMillis(2_000);
        alone(60_000);
        OwnSession session = hospital.session(station, hospital.nurse);
        station.boards().opened(copyOf(patient));
        Digest entry = promised(session, observation(patient)).entry();
        hospital.record(SignedStatement.signed(
                hospital.origin,
                new Statement.Revocation(hospital.nurse.publicKey().id(), hospital.now()),
                List.of(hospital.standIns.signer("officer 1"), hospital.standIns.signer("officer 2"))));
        reached();
        assertThat(station.refused().all()).hasSize(1);
        return entry;
    }

    private RefusedEntry.Content content(OwnSession reader, Digest entry) {
        return station.refused().content(reader, entry) instanceof Outcome.Done<RefusedEntry.Content>(var content)
                ? content
                : new RefusedEntry.Content(List.of(), -1, -1);
    }

    private OwnSession other() {
        return hospital.session(station, hospital.standIns.signer("badge of another nurse"));
    }

    @Test
    void whatWasWrittenAloneAndRefusedIsReadByWhoeverHasItsPatientOpen() {
        Digest entry = refusedNight();
        OwnSession reader = other();
        assertThat(content(reader, entry).versions())
                .as("the patient is not open")
                .isEmpty();
        assertThat(content(reader, entry).closed()).isEqualTo(1);

        assertThat(folder(reader, patient.cell()).resources()).isNotEmpty();
        RefusedEntry.Content open = content(reader, entry);
        assertThat(open.closed()).isZero();
        assertThat(open.lost()).isZero();
        assertThat(open.versions())
                .singleElement()
                .satisfies(one -> assertThat(one.type()).isEqualTo("Observation"));

        assertThat(hospital.<Outcome<Boolean>>await(then -> station.refused().putAway(reader, entry, then))
                        .isDone())
                .isTrue();
        assertThat(station.inside().outbox().contents().of(entry, patient.cell()))
                .isEmpty();
        assertThat(station.refused().all()).isEmpty();
    }

    /** It is in memory alone, and the page says that it cannot be read any more. */
    @Test
    void aRestartLosesItAndKeepsWhoWroteIt() {
        Digest entry = refusedNight();
        assertThat(station.refused().all()).singleElement().satisfies(this::isOfTheNurse);
        station = restarted();
        reached();
        assertThat(station.refused().all()).singleElement().satisfies(this::isOfTheNurse);
        OwnSession reader = other();
        folder(reader, patient.cell());
        assertThat(content(reader, entry).lost()).isEqualTo(1);
    }

    private void isOfTheNurse(RefusedEntry one) {
        assertThat(one.author())
                .hasValueSatisfying(author -> assertThat(author.id())
                        .isEqualTo(hospital.nurse.publicKey().id()));
    }

    @Test
    void ofWhatIsKeptSoTheEldestGoesBeyondTheLimit() {
        RefusedContents contents = new RefusedContents();
        CellId cell = new CellId(1, 1);
        int size = (int) (StationLimits.REFUSED_CONTENT_BYTES_MAX / 4);
        for (int i = 0; i < 4; i++) {
            contents.keep(entry(i), Map.of(cell, content(size)));
        }
        assertThat(contents.of(entry(0), cell)).as("just under").isPresent();
        contents.keep(entry(4), Map.of(cell, content(1)));
        assertThat(contents.of(entry(0), cell)).isEmpty();
        assertThat(contents.of(entry(1), cell)).isPresent();
        contents.keep(entry(1), Map.of(cell, content(1)));
        contents.keep(entry(5), Map.of(cell, content(size)));
        assertThat(contents.of(entry(2), cell)).as("none is counted twice").isPresent();
    }

    private static Digest entry(int i) {
        return Digest.sha256(Bytes.ofText("entry " + i));
    }

    private static PartContent content(int sizeBytes) {
        return new PartContent("", List.of(new PartContent.Item(1, "Observation", Bytes.wrap(new byte[sizeBytes]))));
    }

    private void clockAhead(long millis) {
        ((VirtualLoop) station.setting().loop()).wallOffset(millis);
    }

    /** The tiers say that the session begins later: it waits until it has begun. */
    @Test
    void aSessionOfAClockThatWasAheadWaitsUntilItHasBegun() {
        alone(60_000);
        clockAhead(3_600_000);
        OwnSession session = hospital.session(station, hospital.nurse);
        station.boards().opened(copyOf(patient));
        promised(session, observation(patient));
        reached();
        assertThat(station.state().refused()).as("it may begin yet").isZero();
        assertThat(station.state().kept()).isEqualTo(1);
        clockAhead(0);
        hospital.loops.runMillis(3_600_000);
        assertThat(station.state().kept()).isZero();
        assertThat(station.state().refused()).isZero();
    }

    /** Else what was promised under it would wait for years, and be on no list. */
    @Test
    void oneThatLiesFurtherAheadIsRefusedAndAPersonSeesIt() {
        alone(60_000);
        clockAhead(StationLimits.OPENING_AHEAD_MILLIS_MAX + 600_000);
        OwnSession session = hospital.session(station, hospital.nurse);
        station.boards().opened(copyOf(patient));
        promised(session, observation(patient));
        reached();
        assertThat(station.state().kept()).isZero();
        assertThat(station.refused().all()).hasSize(1);
    }

    @Test
    void aClockBehindWhatTheTiersSaidLetsNobodyIn() {
        alone(60_000);
        station = restarted();
        hospital.loops.runMillis(StationLimits.ALONE_MILLIS);
        clockAhead(-2 * StationLimits.CLOCK_BEHIND_MILLIS);
        assertThat(code(hospital.<Outcome<OwnSession>>await(then -> station.open(hospital.nurse, 3_600_000, then))))
                .isEqualTo(Code.STALE);
        clockAhead(0);
        assertThat(hospital.session(station, hospital.nurse).granted()).isPresent();
    }

    @Test
    void aClockMayDriftAndWhatWasHeardIsKnownAfterARestart() {
        StationSetting setting = station.setting();
        long now = setting.loop().wallTime().millis();
        assertThat(new HeardTime(setting, () -> now + StationLimits.CLOCK_BEHIND_MILLIS).isClockBehind())
                .isFalse();
        HeardTime behind = new HeardTime(setting, () -> now + StationLimits.CLOCK_BEHIND_MILLIS + 1);
        assertThat(behind.isClockBehind()).isTrue();
        behind.save();
        assertThat(new HeardTime(setting, () -> 0).isClockBehind()).isTrue();
        setting.disk().replace(HeardTime.FILE, Bytes.ofText("torn"));
        assertThat(new HeardTime(setting, () -> 0).isClockBehind())
                .as("it only warns")
                .isFalse();
    }

    @Test
    void underASessionTheClockSaysIsOverNothingIsSigned() {
        alone(60_000);
        OwnSession session = hospital.session(station, hospital.nurse);
        station.boards().opened(copyOf(patient));
        clockAhead(7_200_000);
        assertThat(result(session, creation(observation(patient))))
                .isInstanceOfSatisfying(
                        WriteResult.Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(Code.SESSION_ENDED));
    }

    /** Openings and ends of sessions are nothing anybody wrote. */
    @Test
    void whatIsCountedForPeopleIsWhatPeopleWrote() {
        alone(60_000);
        OwnSession session = hospital.session(station, hospital.nurse);
        hospital.loops.runMillis(1_000);
        assertThat(station.state().waiting()).isEqualTo(1);
        assertThat(station.state().kept()).isZero();
        station.boards().opened(copyOf(patient));
        promised(session, observation(patient));
        assertThat(station.state().waiting()).isEqualTo(2);
        assertThat(station.state().kept()).isEqualTo(1);
    }

    /** One hull opens nothing; and a line that comes and goes is no line. */
    @Test
    void withOneHullOrALineThatFlapsAWardWritesOn() {
        alone(3_600_000);
        OwnSession session = hospital.session(station, hospital.nurse);
        station.boards().opened(copyOf(patient));
        hospital.up(Party.ACCESS);
        hospital.loops.runMillis(60_000);
        assertThat(station.state().alone()).isFalse();
        assertThat(station.state().apart()).isTrue();
        assertThat(result(session, creation(observation(patient)))).isInstanceOf(WriteResult.Waiting.class);

        hospital.up(Party.DATA);
        hospital.loops.runMillis(6_000);
        assertThat(station.state().apart()).as("two, but not for long").isTrue();
        hospital.down(Party.DATA);
        hospital.loops.runMillis(3_000);
        assertThat(station.state().apart()).as("it flapped").isTrue();
        reached();
        assertThat(station.state().apart()).isFalse();
        hospital.down(Party.DATA);
        hospital.down(Party.ACCESS);
        hospital.loops.runMillis(StationLimits.ALONE_MILLIS - 5_000);
        assertThat(station.state().apart()).as("it may be a moment").isFalse();
        hospital.loops.runMillis(10_000);
        assertThat(station.state().apart()).isTrue();
    }

    @Test
    void anEntryOfAnotherPatientOpensNothing() {
        Digest entry = refusedNight();
        OwnSession reader = other();
        ResourceId someone = create(reader, PATIENT.replace("\"1\"", "\"2\""));
        folder(reader, someone.cell());
        assertThat(content(reader, entry).versions()).isEmpty();
    }
}
