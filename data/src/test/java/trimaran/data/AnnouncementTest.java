package trimaran.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.line.PeerId;
import trimaran.line.message.Push;
import trimaran.line.message.Request;
import trimaran.line.simulated.SimulatedNetwork;
import trimaran.record.Registry;

/** A cut counts from the moment an officer's word is seen, over restarts, until the log says what becomes of it. */
class AnnouncementTest {

    private static final PeerId ACCESS = SimulatedNetwork.peer(Party.ACCESS.word());
    private static final Digest STATION = Writing.STATION.keyDigest();

    private final PlacingTier data = new PlacingTier(Party.ACCESS, Party.APPLICATION);
    private final Writing writing = new Writing(data.house);

    @BeforeEach
    void begin() {
        assertThat(data.serves(5000)).isTrue();
        writing.ground().forEach(data::append);
    }

    @Test
    void aCutOnSightOutlastsARestart() {
        announce(writing.cutStation(0));
        assertThat(registry().cutBefore(STATION, now())).as("placed already").isFalse();
        data.restart(0);
        assertThat(registry().cutBefore(STATION, now())).isFalse();
        assertThat(registry().isCut(STATION)).isTrue();
        assertThat(data.keeper().maySpeak(Writing.STATION)).isFalse();
    }

    @Test
    void aReopeningOnSightOutlastsARestartWithTheCutBeforeIt() {
        announce(writing.cutStation(0));
        announce(writing.reopenStation());
        data.restart(0);
        assertThat(registry().isCut(STATION)).isFalse();
        assertThat(data.keeper().announced()).containsExactly(writing.cutStation(0), writing.reopenStation());
        announceAs(writing.cutOfNobody(1), Code.CUT);
    }

    @Test
    void dataPlacesWhatIsAnnouncedAndItIsForgottenThen() {
        announce(writing.cutStation(0));
        data.loops.runMillis(1500);
        assertThat(registry().cutBefore(STATION, now())).isTrue();
        assertThat(data.keeper().announced()).isEmpty();
        data.restart(0);
        assertThat(data.keeper().announced()).isEmpty();
        assertThat(registry().isCut(STATION)).isTrue();
    }

    @Test
    void aCutAnnouncedTwiceIsNoNews() {
        announce(writing.cutStation(0));
        announce(writing.cutStation(0));
        assertThat(data.keeper().announced()).hasSize(1);
        data.loops.runMillis(1500);
        announce(writing.cutStation(0));
        assertThat(data.keeper().announced()).isEmpty();
    }

    @Test
    void theTwoOtherTiersAreTold() {
        announce(writing.cutStation(0));
        Request.Announce told = new Request.Announce(writing.cutStation(0));
        data.loops.runMillis(100);
        assertThat(data.other(Party.ACCESS).asked(Request.Announce.class)).containsExactly(told);
        assertThat(data.other(Party.APPLICATION).asked(Request.Announce.class)).containsExactly(told);
    }

    @Test
    void followersAreToldAlsoThoseWhoComeLater() {
        PlacingTier.Line early = follower();
        announce(writing.cutOfNobody(1));
        PlacingTier.Line late = follower();
        Push push = new Push.Announced(writing.cutOfNobody(1));
        assertThat(early.heard).contains(push);
        assertThat(late.heard).contains(push);
    }

    @Test
    void aCutStationIsToldBeforeItsLineFalls() {
        PlacingTier.Line station = data.line(Writing.STATION);
        station.ask(new Request.Follow(0));
        announce(writing.cutStation(0));
        assertThat(station.heard).contains(new Push.Announced(writing.cutStation(0)));
        data.loops.runMillis(200);
        assertThat(station.isOpen()).isFalse();
    }

    @Test
    void aStationCutByTheLogLosesItsLineAtOnce() throws Exception {
        PlacingTier.Line station = data.line(Writing.STATION);
        station.ask(new Request.Follow(0));
        data.append(writing.placed(writing.cutStation(0)));
        data.loops.runMillis(200);
        assertThat(station.isOpen()).isFalse();
    }

    @Test
    void whatNobodySignedIsNotAccepted() {
        announceAs(Bytes.ofText("rubbish"), Code.MALFORMED);
        assertThat(data.keeper().announced()).isEmpty();
    }

    @Test
    void moreThanABadNightBringsIsSentAway() {
        // It has not caught up, so it places nothing meanwhile.
        PlacingTier lonely = new PlacingTier(Party.ACCESS);
        Writing words = new Writing(lonely.house);
        PlacingTier.Line line = lonely.line(ACCESS);
        for (int i = 0; i < 1024; i++) {
            line.send(new Request.Announce(words.cutOfNobody(i)));
            if (i % 128 == 127) {
                lonely.loops.runMillis(20);
            }
        }
        assertThat(lonely.keeper().announced().size()).isEqualTo(1024);
        assertThat(line.ask(new Request.Announce(words.cutOfNobody(1024))).code())
                .isEqualTo(Code.BUSY);
        assertThat(lonely.keeper().announced().size()).isEqualTo(1024);
    }

    private PlacingTier.Line follower() {
        PlacingTier.Line line = data.line(ACCESS);
        line.ask(new Request.Follow(0));
        return line;
    }

    private void announce(Bytes statement) {
        assertThat(data.line(ACCESS).ask(new Request.Announce(statement)).only().isDone())
                .isTrue();
    }

    private void announceAs(Bytes statement, Code code) {
        assertThat(data.line(ACCESS).ask(new Request.Announce(statement)).code())
                .isEqualTo(code);
    }

    private Registry registry() {
        return data.copy().registry();
    }

    private RecordTime now() {
        return new RecordTime(data.loops.trueTime().millis());
    }
}
