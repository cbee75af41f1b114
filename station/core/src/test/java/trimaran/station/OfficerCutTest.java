package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.cut.Announcing;
import trimaran.cut.CutTarget;
import trimaran.cut.OfficerClock;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.kernel.Writer;
import trimaran.ledger.Frontier;
import trimaran.line.message.Push;
import trimaran.line.simulated.SimulatedNetwork;
import trimaran.record.SignedStatement;
import trimaran.record.Signer;
import trimaran.record.Statement;

/** An officer who stands at a station cuts there, and the page hears at once who took it. */
class OfficerCutTest extends StationBench {

    private static final CutTarget HERE = new CutTarget(
            Statement.Target.STATION, SimulatedNetwork.peer("station").keyDigest(), "station");
    private static final long SECOND = 1_000;

    private final Signer officer = hospital.standIns.signer("officer 1");

    @Test
    void allThreeTiersHearOfItAndTheStationActsByIt() throws MalformedException {
        OwnSession session = ready();
        hospital.cuts.reopenings = 0;
        Announcing.Announced announced = made(cut(HERE, "écran rouge", officer));
        assertThat(announced.refusal()).isEmpty();
        assertThat(announced.told().values()).allMatch(told -> told.answer().isDone() && told.millis() < SECOND);
        assertThat(hospital.cuts.heard.keySet()).containsExactlyInAnyOrderElementsOf(Party.TIERS);
        for (List<Bytes> heard : hospital.cuts.heard.values()) {
            SignedStatement signed = SignedStatement.decode(heard.getFirst());
            assertThat(((Statement.Cut) signed.statement()).why()).isEqualTo("écran rouge");
        }
        assertThat(session.isClosed()).isTrue();
        StationState.Cut here = station.state().cutHere().orElseThrow();
        assertThat(here.why()).isEqualTo("écran rouge");
        assertThat(here.officers()).containsExactly(officer.publicKey().id());
        assertThat(here.target().subject()).isEqualTo(HERE.subject());
    }

    @Test
    void aSilentTierIsSaidWithinTheSecond() {
        ready();
        hospital.tier(Party.APPLICATION).silentTo = trimaran.line.message.Request.class;
        hospital.down(Party.DATA);
        long before = hospital.now().millis();
        Announcing.Announced announced = made(cut(CutTarget.tier(Party.APPLICATION), "", officer));
        assertThat(hospital.now().millis() - before).isLessThan(SECOND);
        assertThat(announced.refusal()).isEmpty();
        assertThat(announced.told().get(Party.ACCESS))
                .matches(told -> told.answer().isDone());
        assertThat(announced.told().get(Party.DATA))
                .matches(told -> !told.answer().isDone());
        assertThat(station.state().cutOf(Party.APPLICATION)).isPresent();
    }

    /** A station's clock years ahead: what the cut party gets held until then would count. */
    @Test
    void byAClockTwoTiersSayIsWrongNothingIsCut() {
        ready();
        hospital.cuts.apartMillis = -(OfficerClock.APART_MILLIS_MAX + SECOND);
        assertThat(code(cut(CutTarget.tier(Party.DATA), "", officer))).isEqualTo(Code.BAD_VALUE);
        assertThat(hospital.cuts.heard).isEmpty();
        assertThat(station.state().cutOf(Party.DATA)).isEmpty();
    }

    @Test
    void whoIsNoOfficerCutsNothing() {
        ready();
        assertThat(code(cut(HERE, "", hospital.nurse))).isEqualTo(Code.NOT_ALLOWED);
        assertThat(hospital.cuts.heard).isEmpty();
        assertThat(standing(hospital.nurse)).isEqualTo(new BadgeStanding(false, true));
        assertThat(standing(officer)).isEqualTo(new BadgeStanding(true, false));
    }

    @Test
    void whatIsCutIsNotCutAgainAndWhatTheTiersRefuseIsNotDone() {
        ready();
        made(cut(CutTarget.application("care"), "", officer));
        assertThat(code(cut(CutTarget.application("care"), "", officer))).isEqualTo(Code.DUPLICATE);
        hospital.cuts.refusals.put(Party.ACCESS, Code.OFFICERS_MISSING);
        Announcing.Announced second = made(cut(CutTarget.tier(Party.DATA), "", officer));
        assertThat(second.refusal().map(Refusal::code)).contains(Code.OFFICERS_MISSING);
        assertThat(station.state().cutOf(Party.DATA)).isEmpty();
    }

    @Test
    void aReopeningTakesItFromTheList() {
        ready();
        made(cut(CutTarget.everything(), "exercice", officer));
        assertThat(station.state().cutOfAll()).map(StationState.Cut::why).contains("exercice");
        Statement reopening = new Statement.Reopening(Statement.Target.ALL, Digest.ZERO, hospital.now());
        Bytes signed = SignedStatement.signed(
                        hospital.origin, reopening, List.of(officer, hospital.standIns.signer("officer 2")))
                .encode();
        hospital.tier(Party.ACCESS).push(new Push.Announced(signed));
        hospital.loops.runMillis(100);
        assertThat(station.state().cuts()).isEmpty();
    }

    @Test
    void whoSignedAndWhyIsKnownAfterARestartToo() {
        ready();
        Statement cut = new Statement.Cut(
                Statement.Target.CLIENT, hospital.machine.publicKey().id(), 0, hospital.now(), "clé volée");
        SignedStatement signed = SignedStatement.signed(hospital.origin, cut, List.of(officer));
        // A name beside it that its officer did not sign.
        SignedStatement.Signed false2 = new SignedStatement.Signed(
                hospital.standIns.signer("officer 2").publicKey().id(),
                signed.signatures().getFirst().signature());
        hospital.record(new SignedStatement(cut, List.of(signed.signatures().getFirst(), false2)));
        hospital.loops.runMillis(2_000);
        assertOnlyTheClient(station.state());
        station.stop();
        Station again = hospital.station();
        assertOnlyTheClient(again.state());
    }

    @Test
    void aRegistryWrittenBeforeOfficersWereNotedIsReadWithoutThem() {
        Statement.Cut cut = new Statement.Cut(
                Statement.Target.CLIENT, hospital.machine.publicKey().id(), 0, hospital.now());
        Writer content = new Writer().u8(1);
        Frontier.EMPTY.write(content);
        content.list(List.of(cut), (w, one) -> {
            w.bytes(one.encode());
            one.time().write(w);
        });
        Bytes bytes = content.toBytes();
        hospital.disk.replace(
                RegistryFold.FILE,
                new Writer().digest(Digest.sha256(bytes)).raw(bytes.toArray()).toBytes());
        RegistryFold fold = new RegistryFold(
                hospital.setting("another", hospital.loops.loop("another", 0), hospital.disk), List::of, one -> {});
        assertThat(fold.registry().cuts()).containsExactly(cut);
        assertThat(fold.cutBy(SignedStatement.id(cut))).isEmpty();
    }

    private void assertOnlyTheClient(StationState state) {
        assertThat(state.cuts()).singleElement().satisfies(one -> {
            assertThat(one.why()).isEqualTo("clé volée");
            assertThat(one.officers()).containsExactly(officer.publicKey().id());
            assertThat(one.here()).isFalse();
        });
    }

    private BadgeStanding standing(Signer badge) {
        return station.cutting().standing(badge.publicKey().id());
    }

    private Outcome<Announcing.Announced> cut(CutTarget target, String why, Signer badge) {
        return hospital.<Outcome<Announcing.Announced>>await(
                then -> station.cutting().cut(target, why, badge, then));
    }

    private static Announcing.Announced made(Outcome<Announcing.Announced> outcome) {
        return FakeHospital.done(outcome);
    }
}
