package trimaran.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trimaran.keeper.Alarm;
import trimaran.keeper.CopyGroup;
import trimaran.keeper.EntryContent;
import trimaran.keeper.KeeperEvent;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.ledger.Checkpoint;
import trimaran.ledger.Note;
import trimaran.ledger.NoteSigner;
import trimaran.ledger.TreeHead;
import trimaran.line.PeerId;
import trimaran.line.message.LedgerLine;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.line.simulated.SimulatedNetwork;
import trimaran.record.Verdict;

/** What a tier tells its operators, and what it does not. */
class ToldTest {

    private final PlacingTier data = new PlacingTier(Party.ACCESS, Party.WITNESS);
    private final Writing writing = new Writing(data.house);
    private final List<KeeperEvent> told = new ArrayList<>();

    @BeforeEach
    void ground() {
        assertThat(data.serves(5000)).isTrue();
        writing.ground().forEach(data::append);
        data.keeper().tell(told::add);
    }

    private long count(Alarm alarm) {
        return data.keeper().report().counters().stream()
                .filter(counter -> counter.name().equals(alarm.counter()))
                .mapToLong(Response.Counter::value)
                .findFirst()
                .orElseThrow();
    }

    /** Places an entry at this time, whatever comes of it. */
    private Verdict place(SealedEntry entry, RecordTime time) {
        EntryContent content = ((Outcome.Done<EntryContent>) data.keeper().complete(entry)).value();
        CopyGroup group = data.copy().begin();
        var place = group.place(group.judge(content, time, List.of()), time, List.of());
        group.add(content, place);
        data.copy().commit(group);
        return place.verdict();
    }

    @Test
    void anEntryThatCountsForNothingIsTold() {
        SealedEntry entry = writing.change(1, 7);
        assertThat(place(entry, data.copy().lastTime())).isEqualTo(Verdict.VOID);
        assertThat(count(Alarm.VOID)).isEqualTo(1);
        assertThat(told).hasAtLeastOneElementOfType(KeeperEvent.VoidEntry.class);
    }

    @Test
    void anEntryThatStandsIsNotTold() {
        data.append(writing.change(1, 1));
        assertThat(count(Alarm.VOID)).isZero();
        assertThat(told).doesNotHaveAnyElementsOfTypes(KeeperEvent.VoidEntry.class);
    }

    @Test
    void aPlaceLongBeforeAQuorumSignedWithoutItIsTold() {
        long fresh = data.keeper().cosigner().freshSeconds() * 1000;
        assertThat(data.keeper().cosigner().noteSize()).isEqualTo(data.copy().size());
        place(writing.grant(), new RecordTime(fresh - 10_000));
        assertThat(count(Alarm.BEHIND)).isZero();
        place(writing.grant(), new RecordTime(fresh - 10_001));
        assertThat(count(Alarm.BEHIND)).isEqualTo(1);
        assertThat(told).contains(new KeeperEvent.PlaceBehind(data.copy().size() - 1, 10_001));
    }

    @Test
    void aLedgerThatWasRewrittenIsTold() {
        PlacingTier.Line access = data.line(SimulatedNetwork.peer(Party.ACCESS.word()));
        assertThat(access.ask(new Request.CopyLedger(Party.ACCESS, List.of(line("one"))))
                        .only()
                        .isDone())
                .isTrue();
        assertThat(count(Alarm.LEDGER)).isZero();
        assertThat(access.ask(new Request.CopyLedger(Party.ACCESS, List.of(line("another"))))
                        .code())
                .isEqualTo(Code.EQUIVOCATION);
        assertThat(count(Alarm.LEDGER)).isEqualTo(1);
        assertThat(told).contains(new KeeperEvent.LedgerContradicted(Party.ACCESS));
    }

    private static LedgerLine line(String request) {
        return new LedgerLine(
                0,
                FoundedHouse.TIME,
                LedgerLine.Act.values()[0],
                Digest.ZERO,
                Digest.ZERO,
                FoundedHouse.digest(request),
                Digest.ZERO,
                List.of(),
                Digest.ZERO);
    }

    /** The ground opens a cell whose pair for data is rubbish. */
    @Test
    void aPairThatDoesNotFitIsTold() {
        data.loops.runMillis(2_000);
        assertThat(count(Alarm.PAIRS)).isEqualTo(1);
    }

    @Test
    void whoWantsAnotherTreeSignedIsTold() {
        TreeHead other = new TreeHead(data.copy().size(), FoundedHouse.digest("another tree"));
        PeerId access = SimulatedNetwork.peer(Party.ACCESS.word());
        assertThat(data.line(access).ask(new Request.Cosign(signed(other))).code())
                .isEqualTo(Code.EQUIVOCATION);
        assertThat(count(Alarm.DISAGREEMENT)).isEqualTo(1);
        assertThat(told).contains(new KeeperEvent.Disagreement(Party.ACCESS, Code.EQUIVOCATION));
    }

    @Test
    void aQuorumsOtherTreeIsTold() {
        data.loops.runMillis(2_000);
        assertThat(count(Alarm.FORK)).isZero();
        TreeHead other = new TreeHead(data.copy().size(), FoundedHouse.digest("another tree"));
        data.keeper().published(signed(other, Party.ACCESS, Party.APPLICATION, Party.WITNESS));
        data.loops.runMillis(2_000);
        assertThat(count(Alarm.FORK)).isEqualTo(1);
        assertThat(told).filteredOn(KeeperEvent.OtherTree.class::isInstance).hasSize(1);
    }

    /** A tree signed by the log and these parties, a while from now. */
    private Bytes signed(TreeHead head, Party... cosigners) {
        Checkpoint checkpoint =
                new Checkpoint(data.keeper().cosigner().checkpoint(1).origin(), head);
        long seconds = FoundedHouse.TIME.millis() / 1000 + 3600;
        NoteSigner log = data.house.data().log().orElseThrow();
        Note note = new Note(checkpoint.text(), List.of(log.sign(checkpoint, seconds)));
        for (Party party : cosigners) {
            note = note.with(data.house.cosigner(party).sign(checkpoint, seconds));
        }
        return note.encode();
    }
}
