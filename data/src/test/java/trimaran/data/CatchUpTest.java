package trimaran.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.ledger.TreeHead;
import trimaran.line.message.MessageLimits;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.line.simulated.SimulatedNetwork;
import trimaran.record.RecordLimits;

/** What data takes in from others before it serves, and what it does not wait for: one of them lies. */
class CatchUpTest {

    private static final long NOBODY_HAS = 1L << 62;

    /** A data that placed a record others hold, and one that has lost it. */
    private final PlacingTier before = new PlacingTier(Party.ACCESS, Party.APPLICATION);

    private final PlacingTier data = new PlacingTier();
    private final Writing writing = new Writing(before.house);

    private List<SealedEntry> placed() {
        assertThat(before.serves(2_000)).isTrue();
        writing.ground().forEach(before::append);
        return entries(before);
    }

    private static List<SealedEntry> entries(PlacingTier of) {
        PlacingTier.Line access = of.line(SimulatedNetwork.peer(Party.ACCESS.word()));
        Outcome<Response> answer = access.ask(new Request.FetchEntries(1, MessageLimits.CONTENT_BYTES_MAX))
                .only();
        if (answer instanceof Outcome.Done<Response>(Response.Entries entries)) {
            return entries.entries();
        }
        throw new AssertionError("no entries: " + answer);
    }

    private FakeParty reach(Party party, List<SealedEntry> copy) {
        FakeParty fake = data.reach(party);
        fake.copy = copy;
        fake.size = copy.size() + 1L;
        return fake;
    }

    private Bytes note() {
        return before.house.note(before.copy().frontier().head(), Party.DATA, Party.ACCESS, Party.WITNESS);
    }

    @Test
    void aDataThatLostItsLastBatchTakesItFromWhoeverHoldsIt() {
        List<SealedEntry> copy = placed();
        reach(Party.ACCESS, copy);
        reach(Party.WITNESS, List.of());

        assertThat(data.serves(60_000)).isTrue();
        assertThat(data.copy().frontier().head())
                .isEqualTo(before.copy().frontier().head());
    }

    /** What it placed nobody would take, and it would place nothing else before that time has come. */
    @Test
    void aDataWhoseClockIsAheadOfTwoOthersPlacesNothingUntilItIsSet() {
        FakeParty access = reach(Party.ACCESS, List.of());
        FakeParty witness = reach(Party.WITNESS, List.of());
        access.clockBehindMillis = RecordLimits.AHEAD_MILLIS_MAX + 1_000;
        witness.clockBehindMillis = RecordLimits.AHEAD_MILLIS_MAX + 1_000;
        assertThat(data.serves(20_000)).isFalse();
        witness.clockBehindMillis = 0;
        assertThat(data.serves(20_000)).as("one alone may be wrong itself").isTrue();
        access.clockBehindMillis = 0;
        data.loops.runMillis(2 * PlacingClock.LOOK_MILLIS);
        data.clockAhead(RecordLimits.AHEAD_MILLIS_MAX);
        assertThat(data.serves(1)).isTrue();
        data.clockAhead(RecordLimits.AHEAD_MILLIS_MAX + 1_000);
        assertThat(data.serves(1)).as("set while it runs, between two looks").isFalse();
        assertThat(data.keeper().report().faults()).singleElement().asString().contains("clock is ahead");
        data.clockAhead(0);
        assertThat(data.serves(1)).isTrue();
    }

    /**
     * A data that was replaced had given its acknowledged branch to access and the witness and another, longer one to application: under
     * the keys of today no quorum signed either.
     */
    @Test
    void ofTwoBranchesTheOneTwoSurvivorsSignedIsTakenThoughTheOtherIsLonger() {
        assertThat(before.serves(2_000)).isTrue();
        writing.ground().forEach(before::append);
        before.append(writing.goodCell(Writing.cell(78)));
        PlacingTier other = new PlacingTier(Party.ACCESS, Party.APPLICATION);
        assertThat(other.serves(2_000)).isTrue();
        assertThat(other.house.founding.id()).isEqualTo(before.house.founding.id());
        Writing away = new Writing(other.house);
        away.ground().forEach(other::append);
        other.append(away.goodCell(Writing.cell(79)));
        other.append(away.goodCell(Writing.cell(80)));
        TreeHead acknowledged = before.copy().frontier().head();
        assertThat(other.copy().size()).isGreaterThan(acknowledged.size());

        Bytes signed = before.house.note(acknowledged, Party.ACCESS, Party.WITNESS);
        FakeParty access = reach(Party.ACCESS, List.of());
        access.note = signed;
        reach(Party.APPLICATION, entries(other));
        reach(Party.WITNESS, List.of()).note = signed;
        assertThat(data.serves(CatchUp.SILENT_MILLIS - 1_000)).isFalse();
        assertThat(data.keeper().report().faults()).as("others start as well").isEmpty();
        assertThat(data.serves(5_000)).as("whoever has it does not give it").isFalse();
        assertThat(data.keeper().report().faults())
                .singleElement()
                .asString()
                .contains("two others signed " + acknowledged.size() + " entries", "nobody gives");
        assertThat(data.copy().size()).isLessThan(other.copy().size());

        List<SealedEntry> branch = entries(before);
        access.copy = branch;
        access.size = branch.size() + 1L;
        assertThat(data.serves(60_000)).isTrue();
        assertThat(data.keeper().report().faults()).isEmpty();
        assertThat(data.keeper().cosigner().checkpoint(acknowledged.size()).head())
                .isEqualTo(acknowledged);
    }

    /** Data may keep the envelopes of what it gives back from one tier, and fall: the others keep them still. */
    @Test
    void envelopesOneGiverKeepsBackAreGotFromAnother() {
        assertThat(before.serves(2_000)).isTrue();
        writing.ground().forEach(before::append);
        before.append(writing.goodCell(Writing.cell(78)));
        List<SealedEntry> whole = entries(before);
        FakeParty miser =
                reach(Party.ACCESS, whole.stream().map(CatchUpTest::bare).toList());
        miser.note = note();
        reach(Party.WITNESS, List.of()).note = miser.note;
        assertThat(data.serves(60_000)).isTrue();
        assertThat(data.copy().size()).isEqualTo(before.copy().size());
        assertThat(data.keeper().pair(Writing.cell(78))).isEmpty();
        data.loops.runMillis(60_000);
        assertThat(data.keeper().pair(Writing.cell(78)))
                .as("nobody else is there")
                .isEmpty();
        reach(Party.APPLICATION, whole);
        data.loops.runMillis(60_000);
        assertThat(data.keeper().pair(Writing.cell(78))).isPresent();
        assertThat(data.keeper().pair(Writing.CELL))
                .as("rubbish as it was signed")
                .isEmpty();
    }

    /**
     * A data that was replaced was the third that made the quorum, so that under the keys of today there is none, and all keepers had
     * confirmed their shares and thrown the envelopes away.
     */
    @Test
    void envelopesThatAreGoneEverywhereAreNotWaitedForWhereASurvivorAndTheWitnessSigned() {
        takesWhatWasConfirmed(Optional.of(Party.WITNESS), Party.ACCESS, Party.WITNESS);
    }

    /** The three tiers alone are a quorum: then the witness may never have heard of it. */
    @Test
    void envelopesThatAreGoneEverywhereAreNotWaitedForWhereTheTwoOtherTiersSigned() {
        takesWhatWasConfirmed(Optional.empty(), Party.ACCESS, Party.APPLICATION);
    }

    private void takesWhatWasConfirmed(Optional<Party> heard, Party... signers) {
        assertThat(before.serves(2_000)).isTrue();
        writing.ground().forEach(before::append);
        before.append(writing.goodCell(Writing.cell(78)));
        TreeHead acknowledged = before.copy().frontier().head();
        Bytes signed = before.house.note(acknowledged, signers);
        List<SealedEntry> confirmed =
                entries(before).stream().map(CatchUpTest::bare).toList();
        reach(Party.ACCESS, confirmed).note = signed;
        reach(Party.APPLICATION, confirmed).note = signed;
        FakeParty witness = reach(Party.WITNESS, List.of());
        heard.ifPresent(also -> witness.note = signed);
        assertThat(data.serves(60_000)).isTrue();
        assertThat(data.copy().frontier().head()).isEqualTo(acknowledged);
    }

    private static SealedEntry bare(SealedEntry entry) {
        return new SealedEntry(entry.header(), entry.annex(), SealedEntry.Item.NOTHING, entry.blobs(), entry.place());
    }

    @Test
    void aTierThatClaimsMoreThanItDeliversIsNotWaitedForLong() {
        for (Party liar : List.of(Party.ACCESS, Party.APPLICATION)) {
            PlacingTier lied = new PlacingTier(Party.WITNESS);
            lied.reach(liar).size = NOBODY_HAS;
            assertThat(lied.serves(60_000)).isTrue();
        }
    }

    @Test
    void aTierThatDeliversWhatIsNoEntryIsNotWaitedForLong() {
        reach(Party.APPLICATION, List.of());
        FakeParty liar = reach(
                Party.ACCESS,
                List.of(new SealedEntry(
                        SealedEntry.Item.inline(Bytes.ofText("none")),
                        SealedEntry.Item.NOTHING,
                        SealedEntry.Item.NOTHING,
                        List.of(),
                        Bytes.ofText("none"))));

        assertThat(data.serves(60_000)).isTrue();
        assertThat(liar.asked(Request.FetchEntries.class)).hasSize(CatchUp.FAILURES_MAX);
    }

    @Test
    void aWitnessThatClaimsWhatNobodySignedIsNotBelieved() {
        reach(Party.ACCESS, List.of());
        FakeParty witness = reach(Party.WITNESS, List.of());
        witness.size = NOBODY_HAS;
        witness.note = before.house.note(new TreeHead(NOBODY_HAS, Digest.ZERO), Party.WITNESS);

        assertThat(data.serves(60_000)).isTrue();
    }

    @Test
    void whatAQuorumSignedIsWaitedForWhoeverShowsIt() throws MalformedException {
        List<SealedEntry> copy = placed();
        FakeParty access = reach(Party.ACCESS, List.of());
        reach(Party.WITNESS, List.of()).note = note();

        assertThat(data.serves(60_000)).isFalse();
        assertThat(data.append(writing.grant()).code()).isEqualTo(Code.UNAVAILABLE);
        assertThat(data.copy().size()).isEqualTo(1);
        access.copy = copy;
        assertThat(data.serves(60_000)).isTrue();
        assertThat(data.copy().frontier().head())
                .isEqualTo(before.copy().frontier().head());
    }

    @Test
    void belowTheNoteNothingElseIsTakenThanWhatWasSigned() {
        List<SealedEntry> copy = placed();
        // A good statement with a good place, but not the one the quorum signed there.
        PlacingTier other = new PlacingTier(Party.ACCESS, Party.APPLICATION);
        assertThat(other.serves(2_000)).isTrue();
        other.append(writing.grant());
        reach(Party.ACCESS, entries(other)).note = note();
        reach(Party.APPLICATION, copy);

        assertThat(data.serves(60_000)).isTrue();
        assertThat(data.copy().frontier().head())
                .isEqualTo(before.copy().frontier().head());
    }
}
