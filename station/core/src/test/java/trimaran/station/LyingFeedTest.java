package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.ResourceId;
import trimaran.line.message.Push;
import trimaran.record.CellHead;
import trimaran.record.Place;
import trimaran.record.Signer;
import trimaran.record.Statement;
import trimaran.record.Verdict;

/** One tier's feed lies: about heads, entries, places. What the root does not prove is asked of the next. */
class LyingFeedTest extends StationBench {

    private final Signer newcomer = hospital.standIns.signer("badge of a newcomer");

    @Test
    void aFeedThatDoesNotFitItsCheckpointIsDroppedAndTheOthersGoOn() {
        OwnSession session = ready();
        hospital.feedLiar = Party.ACCESS;
        hospital.feedLie =
                entry -> new Push.MovedEntry(entry.entry(), Digest.ZERO, entry.header(), entry.place(), entry.heads());

        create(session, PATIENT);

        assertThat(heard(event -> event instanceof StationEvent.FeedDropped(Party tier, Code code, long size)
                        && tier == Party.ACCESS))
                .isTrue();
        assertThat(station.state().fresh()).isTrue();
    }

    @Test
    void aFeedThatHidesAHeadIsContradictedByTheOthers() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        hospital.feedLiar = Party.ACCESS;
        hospital.feedLie =
                entry -> new Push.MovedEntry(entry.entry(), entry.nonce(), entry.header(), entry.place(), List.of());

        ResourceId observation = create(session, observation(patient));
        hospital.loops.runMillis(600);

        assertThat(versions(session, observation)).hasSize(1);
        assertThat(heard(event -> event instanceof StationEvent.FeedDropped(Party tier, Code code, long size)
                        && tier == Party.ACCESS))
                .isTrue();
    }

    @Test
    void aHeadToldOfAnotherCellIsContradictedByTheOthers() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        liesFirst(entry -> new Push.MovedEntry(
                entry.entry(),
                entry.nonce(),
                entry.header(),
                entry.place(),
                entry.heads().stream()
                        .map(head -> new CellHead(new CellId(0, 7), head.parts(), head.chain()))
                        .toList()));

        ResourceId observation = create(session, observation(patient));
        hospital.loops.runMillis(2_000);

        assertThat(versions(session, observation)).hasSize(1);
        assertThat(heard(event -> event instanceof StationEvent.TiersDiffer)).isTrue();
    }

    @Test
    void whatOneTierToldAloneTheNextIsAskedForToo() {
        ready();
        hospital.down(Party.APPLICATION);
        hospital.down(Party.DATA);
        hospital.feedLiar = Party.ACCESS;
        hospital.feedLie =
                entry -> new Push.MovedEntry(Digest.ZERO, entry.nonce(), entry.header(), entry.place(), entry.heads());
        hospital.loops.runMillis(10_000);
        hospital.grant(newcomer, Statement.BadgeKind.PERSON, List.of());
        hospital.loops.runMillis(2_000);
        boolean alone = heard(event -> event instanceof StationEvent.TiersDiffer);

        hospital.up(Party.APPLICATION);
        hospital.loops.runMillis(20_000);

        assertThat(alone).isFalse();
        assertThat(heard(event -> event instanceof StationEvent.TiersDiffer)).isTrue();
    }

    /** Access lies, and its feed is a second before the others'. */
    private void liesFirst(UnaryOperator<Push.MovedEntry> lie) {
        hospital.feedLiar = Party.ACCESS;
        hospital.feedLie = lie;
        List<FakeTier> others = List.of(hospital.tier(Party.APPLICATION), hospital.tier(Party.DATA));
        others.forEach(tier -> tier.silentFeed = true);
        hospital.loops.after(1_000_000_000, () -> others.forEach(tier -> tier.silentFeed = false));
    }

    @Test
    void aFeedThatNamesAnotherEntryDoesNotKeepAnAuthorWaiting() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        liesFirst(
                entry -> new Push.MovedEntry(Digest.ZERO, entry.nonce(), entry.header(), entry.place(), entry.heads()));

        create(session, observation(patient));
        hospital.loops.runMillis(2_000);

        assertThat(station.state().waiting()).isZero();
        assertThat(heard(event -> event instanceof StationEvent.TiersDiffer)).isTrue();
    }

    @Test
    void aStatementThatOneTierCallsVoidCountsAllTheSame() {
        ready();
        liesFirst(entry -> new Push.MovedEntry(
                entry.entry(),
                entry.nonce(),
                entry.header(),
                voided(LieTest.place(entry.place())).encode(),
                List.of()));

        hospital.grant(newcomer, Statement.BadgeKind.PERSON, List.of());
        hospital.loops.runMillis(2_000);

        assertThat(station.registry().badge(newcomer.publicKey().id())).isPresent();
    }

    private static Place voided(Place place) {
        return new Place(place.index(), place.time(), Verdict.VOID, List.of(), place.held());
    }

    @Test
    void aStatementToldWithAHeadCountsAllTheSame() {
        ready();
        liesFirst(entry -> new Push.MovedEntry(
                entry.entry(),
                entry.nonce(),
                entry.header(),
                entry.place(),
                List.of(CellHead.empty(new CellId(0, 7)))));

        hospital.grant(newcomer, Statement.BadgeKind.PERSON, List.of());
        hospital.loops.runMillis(2_000);

        assertThat(station.registry().badge(newcomer.publicKey().id())).isPresent();
        assertThat(heard(event -> event instanceof StationEvent.FeedDropped(Party tier, Code code, long size)
                        && tier == Party.ACCESS))
                .isTrue();
    }
}
