package trimaran.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import trimaran.keeper.HeldEntry;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.ledger.Frontier;
import trimaran.line.message.MessageLimits;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.line.simulated.SimulatedNetwork;
import trimaran.record.Header;

/** A tier whose copy has a tail that no quorum signed, where a quorum signed another tree: it takes the tail back by itself. */
class TailTest {

    private static final long PATIENCE_MILLIS = 60_000;

    /** What a tier remembers of notes and of what it signed does not follow the log. */
    private static final Set<Bytes> NOT_DERIVED = Set.of(
            Bytes.ofText("note"),
            Bytes.ofText("cosigned"),
            Bytes.ofText("offered"),
            Bytes.ofText("covered"),
            Bytes.ofText("forsworn"),
            Bytes.ofText("tails"),
            Bytes.ofText("other-tree"));

    private final PlacingTier tier = new PlacingTier(Party.ACCESS, Party.APPLICATION);
    private final Writing writing = new Writing(tier.house);
    private final Set<Digest> tail = new LinkedHashSet<>();

    /** A data with the tree the quorum signed, which begins as this one. */
    private final PlacingTier other = new PlacingTier();

    @Test
    void whatIsDerivedComesOutAsIfTheTailHadNeverBeenThere() throws MalformedException {
        ground();
        Map<Space, Map<Bytes, Bytes>> before = derived();
        tail();
        append(writing.closing());
        assertThat(derived()).isNotEqualTo(before);
        theQuorumSigned(1);

        assertThat(tier.loops.runUntil(tier::wantsToBeginAnew, PATIENCE_MILLIS)).isTrue();
        tier.restart(0);

        assertThat(derived()).isEqualTo(before);
        // A cut acts on sight until it has its place, and now it has none again.
        assertThat(tier.keeper().announced()).containsExactly(writing.cutOfNobody(1));
    }

    @Test
    void itsEntriesAreHeldAndTheQuorumsAreTakenIn() throws MalformedException {
        ground();
        // The pair of the cell everything lies in is rubbish, and stays so.
        List<String> before = rereadFaults();
        tail();
        theQuorumSigned(1);
        beginAnew();

        assertThat(heldHere()).isEqualTo(tail);
        assertThat(tier.loops.runUntil(this::hasTheQuorums, PATIENCE_MILLIS)).isTrue();
        // Data places what is held: nothing its authors wrote is lost.
        tier.loops.runUntil(() -> heldHere().isEmpty(), PATIENCE_MILLIS);
        assertThat(tail).allMatch(tier.copy()::placed);
        assertThat(rereadFaults()).isEqualTo(before);
    }

    @Test
    void aTailIsTakenBackAlsoWhereTheQuorumsTreeIsTheLargerOne() throws MalformedException {
        ground();
        tail();
        theQuorumSigned(8);
        beginAnew();

        assertThat(tier.loops.runUntil(this::hasTheQuorums, PATIENCE_MILLIS)).isTrue();
    }

    @Test
    void whateverCrashesMeanwhileTheNextStartGoesOn() throws MalformedException {
        ground();
        Map<Space, Map<Bytes, Bytes>> before = derived();
        tail();
        for (int i = 0; i < 70; i++) {
            append(writing.change(1, 2 + i));
        }
        theQuorumSigned(1);
        assertThat(tier.loops.runUntil(tier::wantsToBeginAnew, PATIENCE_MILLIS)).isTrue();

        for (int writes = 0; writes < 3; writes++) {
            int left = writes;
            for (boolean done : new boolean[] {false, true}) {
                tier.seen = disk -> new DyingStore(disk, left, done);
                assertThatThrownBy(() -> tier.restart(0)).isInstanceOf(Store.StoreFailure.class);
                // Every moment in between is a whole copy.
                assertThat(rows(Space.ENTRIES)).hasSize((int) frontierOnDisk().size());
            }
        }
        tier.seen = disk -> disk;
        tier.restart(0);

        assertThat(derived()).isEqualTo(before);
        assertThat(heldHere()).containsAll(tail);
    }

    @Test
    void itNeverSignsTwoTreesOfOneSize() throws MalformedException {
        ground();
        tail();
        long signed = tier.copy().size();
        theQuorumSigned(1);
        beginAnew();
        assertThat(tier.loops.runUntil(this::hasTheQuorums, PATIENCE_MILLIS)).isTrue();
        PlacingTier.Line access = tier.line(SimulatedNetwork.peer(Party.ACCESS.word()));

        for (long size = other.copy().size(); size <= signed; size++) {
            assertThat(tier.loops.runUntil(atLeast(size), PATIENCE_MILLIS)).isTrue();
            Bytes note = tier.house.note(Frontier.of(tier.copy(), size).head());
            assertThat(access.ask(new Request.Cosign(note)).code()).isEqualTo(Code.STALE);
        }
        append(writing.grant());
        append(writing.grant());
        assertThat(tier.loops.runUntil(atLeast(signed + 1), PATIENCE_MILLIS)).isTrue();
        Bytes beyond = tier.house.note(Frontier.of(tier.copy(), signed + 1).head());
        assertThat(access.ask(new Request.Cosign(beyond)).only().isDone()).isTrue();
    }

    @Test
    void aSmallerTailTakenBackLaterLeavesForswornWhatWas() throws MalformedException {
        ground();
        put("forsworn", 1000);
        tail();
        theQuorumSigned(1);
        beginAnew();
        assertThat(number("forsworn")).isEqualTo(1000);
    }

    @Test
    void howFarItSignedIsNotForgottenWhenASmallerTreeGrows() throws MalformedException {
        ground();
        put("cosigned", 1000);
        tier.restart(0);
        assertThat(tier.serves(PATIENCE_MILLIS)).isTrue();
        tail();
        assertThat(number("cosigned")).isEqualTo(1000);
        theQuorumSigned(1);
        beginAnew();
        assertThat(number("forsworn")).isEqualTo(1000);
    }

    private void put(String row, long number) {
        tier.disk()
                .write(List.of(new Store.Change.Put(
                        Space.STATE,
                        Bytes.ofText(row),
                        new trimaran.kernel.Writer(8).i64(number).toBytes())));
    }

    private long number(String row) throws MalformedException {
        return Reader.whole(tier.disk().get(Space.STATE, Bytes.ofText(row)).orElseThrow(), Reader::count);
    }

    @Test
    void nobodyMakesItGiveUpWhatTheQuorumSigned() throws MalformedException {
        ground();
        tail();
        theQuorumSigned(2);
        // Another third tree, which only the other two parties' word speaks for.
        PlacingTier third = twin();
        third.append(writing.grant());
        third.append(writing.grant());
        tier.others.values().forEach(party -> party.copy = entries(third));

        tier.loops.runMillis(20_000);

        assertThat(tier.wantsToBeginAnew()).isFalse();
        assertThat(tier.copy().size()).isEqualTo(7L + tail.size());
    }

    private void beginAnew() {
        assertThat(tier.loops.runUntil(tier::wantsToBeginAnew, PATIENCE_MILLIS)).isTrue();
        tier.restart(0);
    }

    /** Five entries under a quorum, and what this tier holds beside them. */
    private void ground() {
        assertThat(tier.serves(2_000)).isTrue();
        writing.ground().forEach(tier::append);
        tier.append(writing.create(7, "known", false));
        assertThat(tier.loops.runUntil(() -> tier.keeper().cosigner().noteSize() == 6, PATIENCE_MILLIS))
                .isTrue();
        // Until it is on disk how far the quorum reached.
        tier.loops.runMillis(2_000);
        PlacingTier same = twin();
        assertThat(same.copy().frontier()).isEqualTo(tier.copy().frontier());
        tier.others.values().forEach(party -> party.signsFalsely = true);
    }

    /** Entries that touch whatever a keeper derives, which nobody else cosigns. */
    private void tail() throws MalformedException {
        append(writing.change(1, 1));
        append(writing.create(2, "token", true));
        append(writing.goodCell(Writing.cell(90)));
        append(writing.stay(91, Writing.cell(90)));
        append(writing.grant());
        assertThat(tier.append(writing.placed(writing.cutOfNobody(1))).only().isDone())
                .isTrue();
    }

    private void append(SealedEntry entry) throws MalformedException {
        assertThat(tier.append(entry).only().isDone()).isTrue();
        tail.add(Reader.whole(entry.header().inline().orElseThrow(), Header::read)
                .digest());
    }

    /** A data that has what this one had when the quorum last signed here. */
    private PlacingTier twin() {
        PlacingTier twin = new PlacingTier();
        bring(twin);
        return twin;
    }

    private void bring(PlacingTier twin) {
        List<SealedEntry> shared = entries(tier).subList(0, 5);
        FakeParty access = twin.reach(Party.ACCESS);
        access.copy = shared;
        access.size = 6;
        twin.reach(Party.WITNESS);
        assertThat(twin.serves(PATIENCE_MILLIS)).isTrue();
    }

    private void theQuorumSigned(int more) {
        bring(other);
        for (int i = 0; i < more; i++) {
            other.append(writing.create(100 + i, "other " + i, false));
        }
        assertThat(other.copy().size()).isEqualTo(6L + more);
        tier.others.values().forEach(party -> {
            party.copy = entries(other);
            party.size = other.copy().size();
        });
        Bytes note = tier.house.note(other.copy().frontier().head(), Party.ACCESS, Party.APPLICATION, Party.WITNESS);
        tier.line(SimulatedNetwork.peer(Party.ACCESS.word())).ask(new Request.Publish(note));
    }

    private boolean hasTheQuorums() {
        return atLeast(other.copy().size()).getAsBoolean()
                && Frontier.of(tier.copy(), other.copy().size())
                        .equals(other.copy().frontier());
    }

    private java.util.function.BooleanSupplier atLeast(long size) {
        return () -> tier.copy().size() >= size;
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

    /** What rereading the whole copy finds. */
    private List<String> rereadFaults() {
        Outcome<Response> answer =
                tier.line(FoundedHouse.CONSOLE).ask(new Request.VerifyCopy()).only();
        if (answer instanceof Outcome.Done<Response>(Response.Report report)) {
            return report.faults();
        }
        throw new AssertionError("no report: " + answer);
    }

    private Set<Digest> heldHere() {
        Set<Digest> held = new LinkedHashSet<>();
        for (HeldEntry one : tier.keeper().heldEntries()) {
            held.add(one.header().digest());
        }
        return held;
    }

    private Frontier frontierOnDisk() throws MalformedException {
        Optional<Bytes> frontier = tier.disk().get(Space.STATE, Bytes.ofText("frontier"));
        return Reader.whole(frontier.orElseThrow(), Frontier::read);
    }

    /** All rows of the spaces that follow the log, and of the small state that does; of shares, sealed anew each time, the keys. */
    private Map<Space, Map<Bytes, Bytes>> derived() {
        Map<Space, Map<Bytes, Bytes>> all = new EnumMap<>(Space.class);
        for (Space space : Space.values()) {
            if (space.followsTheLog() || space == Space.ESCROW) {
                all.put(space, rows(space));
            }
        }
        Map<Bytes, Bytes> state = rows(Space.STATE);
        state.keySet().removeIf(key -> NOT_DERIVED.contains(key) || isAnnounced(key));
        all.put(Space.STATE, state);
        Map<Bytes, Bytes> shares = rows(Space.SHARES);
        shares.replaceAll((key, value) -> Bytes.EMPTY);
        all.put(Space.SHARES, shares);
        return all;
    }

    private static boolean isAnnounced(Bytes key) {
        return key.size() == 16 && Bytes.ofRange(key.unsafeArray(), 0, 8).equals(Bytes.ofText("announce"));
    }

    private Map<Bytes, Bytes> rows(Space space) {
        Map<Bytes, Bytes> rows = new TreeMap<>();
        Bytes end = Bytes.wrap(new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff});
        tier.disk().scan(space, Bytes.EMPTY, end, (key, value) -> {
            rows.put(key, value);
            return true;
        });
        return rows;
    }

    /** A disk that fails at some write, before or after it was done. */
    private static final class DyingStore implements Store {
        private final Store disk;
        private final boolean done;
        private int left;

        DyingStore(Store disk, int left, boolean done) {
            this.disk = disk;
            this.left = left;
            this.done = done;
        }

        @Override
        public void write(List<Change> batch) {
            if (left-- == 0) {
                if (done) {
                    disk.write(batch);
                }
                throw new StoreFailure("the disk failed during a write", new java.io.IOException("planned"));
            }
            disk.write(batch);
        }

        @Override
        public Optional<Bytes> get(Space space, Bytes key) {
            return disk.get(space, key);
        }

        @Override
        public void scan(Space space, Bytes from, Bytes to, Visitor visitor) {
            disk.scan(space, from, to, visitor);
        }

        @Override
        public long sizeOnDisk() {
            return disk.sizeOnDisk();
        }

        @Override
        public void close() {
            disk.close();
        }
    }
}
