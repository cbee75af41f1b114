package trimaran.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.ResourceId;
import trimaran.kernel.Writer;
import trimaran.ledger.Node;
import trimaran.ledger.Note;
import trimaran.line.message.LedgerLine;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.simulated.SimulatedNetwork;
import trimaran.record.AuthorPart;
import trimaran.record.CellHead;

/** Whatever is changed in a keeper's store behind its back, rereading the copy names it. */
class CopyCheckTest {

    private static final CellId OTHER = new CellId(0, 4711);
    private static final CellId GOOD = Writing.cell(78);

    private final PlacingTier data = new PlacingTier(Party.ACCESS, Party.APPLICATION, Party.WITNESS);
    private final Writing writing = new Writing(data.house);
    private PlacingTier.Line console;
    private long opened;
    private long created;
    private long good;

    @BeforeEach
    void write() throws MalformedException {
        assertThat(data.serves(5000)).isTrue();
        for (var entry : writing.ground()) {
            opened = data.append(entry).place().index();
        }
        created = data.append(writing.create(2, "name", true)).place().index();
        data.append(writing.change(2, 1));
        data.append(writing.change(1, 1));
        good = data.append(writing.goodCell(GOOD)).place().index();
        // It comes too late: somebody has changed the resource before.
        assertThat(data.append(writing.change(2, 1)).only().isDone()).isFalse();
        data.loops.runMillis(1000);
        console = data.line(FoundedHouse.CONSOLE);
    }

    @Test
    void aSoundCopyHasNoFaultButTheRubbishItsAuthorSent() {
        assertThat(faults()).containsExactly("the shares of cell " + Writing.CELL + " are missing");
    }

    @Test
    void nodesOfTheTree() {
        flip(Space.TREE, new Node(0, 3).key(), 0);
        flip(Space.TREE, new Node(2, 0).key(), 0);
        data.disk().lose(Space.TREE, new Node(1, 1).key());
        put(Space.TREE, new Node(1, 4000).key(), Bytes.of(Digest.ZERO.toArray()));
        assertThat(faults())
                .contains(
                        "node 3 of level 0 of the tree on disk is not what the entries say",
                        "node 0 of level 2 of the tree on disk is not what the entries say",
                        "node 1 of level 1 of the tree on disk is not what the entries say",
                        "node 4000 of level 1 of the tree is beyond its size");
    }

    @Test
    void theEdgeOfTheTree() {
        flip(Space.STATE, Bytes.ofText("frontier"), 9);
        assertThat(faults()).contains("the edge of the tree on disk is not the one in use");
    }

    @Test
    void anEntryThatWasChanged() {
        Bytes place = data.copy().entry(created).orElseThrow().placeBytes();
        Bytes entry = data.disk().get(Space.ENTRIES, number(created)).orElseThrow();
        // The last byte of the place time.
        flip(Space.ENTRIES, number(created), entry.size() - place.size() + 16);
        assertThat(faults())
                .contains("node " + created + " of level 0 of the tree on disk is not what the entries say");
    }

    @Test
    void anEntryThatIsGone() {
        data.disk().lose(Space.ENTRIES, number(created));
        assertThat(faults()).contains("entry " + created + " is missing");
    }

    @Test
    void anEntryBeyondTheTree() {
        put(
                Space.ENTRIES,
                number(5000),
                data.disk().get(Space.ENTRIES, number(created)).orElseThrow());
        assertThat(faults()).contains("entry 5000 lies beyond the tree");
    }

    @Test
    void positions() {
        data.disk().lose(Space.POSITIONS, digest(created));
        flip(Space.POSITIONS, digest(opened), 7);
        assertThat(faults())
                .contains(
                        "the position of entry " + created + " is not kept",
                        "the position of entry " + opened + " is not kept");
    }

    @Test
    void aPositionNoEntryHas() {
        put(Space.POSITIONS, Bytes.of(FoundedHouse.digest("nobody").toArray()), number(created));
        assertThat(faults()).contains("a position leads to entry " + created + ", which is another one");
    }

    @Test
    void statements() {
        data.disk().lose(Space.STATE, statement(1));
        assertThat(faults()).contains("entry 1 is not kept as a statement");
        put(Space.STATE, statement(1), Bytes.EMPTY);
        put(Space.STATE, statement(created), Bytes.EMPTY);
        assertThat(faults()).contains("statements are kept that are no entries of this copy");
    }

    @Test
    void subjects() {
        data.disk().lose(Space.SUBJECTS, pair(Writing.CELL, Writing.CELL));
        flip(Space.SUBJECTS, pair(GOOD, GOOD), 0);
        put(Space.SUBJECTS, pair(OTHER, GOOD), Bytes.of((byte) 0));
        assertThat(faults())
                .contains(
                        "cell " + Writing.CELL + " is not listed under its subject",
                        "cell " + GOOD + " is not listed under its subject",
                        "cell " + GOOD + " is listed under a subject that is not its own");
    }

    @Test
    void openings() {
        flip(Space.CELLS, cellRow(GOOD, 0, 0), 30);
        assertThat(faults()).contains("the opening of cell " + GOOD + " is not what entry " + good + " says");
        data.disk().lose(Space.CELLS, cellRow(GOOD, 0, 0));
        assertThat(faults()).contains("the opening of cell " + GOOD + " is not what entry " + good + " says");
    }

    @Test
    void anOpeningNoEntryMade() {
        put(
                Space.CELLS,
                cellRow(OTHER, 0, 0),
                data.disk().get(Space.CELLS, cellRow(GOOD, 0, 0)).orElseThrow());
        put(Space.CELLS, cellRow(new CellId(0, 4712), 1, 0), part(created, 0));
        assertThat(faults())
                .contains(
                        "cell " + OTHER + " was opened by no entry",
                        "a row of cell " + new CellId(0, 4712) + " is there, and nobody opened it");
    }

    @Test
    void partsOfACell() {
        data.disk().lose(Space.CELLS, cellRow(Writing.CELL, 1, 1));
        assertThat(faults())
                .contains(
                        "part 1 of cell " + Writing.CELL + " does not lead to entry " + created,
                        "part 1 of cell " + Writing.CELL + " is missing");
        put(Space.CELLS, cellRow(Writing.CELL, 1, 1), part(created + 1, 0));
        assertThat(faults()).contains("part 1 of cell " + Writing.CELL + " is not in its order");
        put(Space.CELLS, cellRow(Writing.CELL, 1, 1), part(created, 3));
        assertThat(faults()).contains("part 1 of cell " + Writing.CELL + " leads to no such part");
        put(Space.CELLS, cellRow(Writing.CELL, 1, 1), part(created, 0));
        put(Space.CELLS, cellRow(Writing.CELL, 1, 4), part(1, 0));
        assertThat(faults()).contains("part 4 of cell " + Writing.CELL + " leads to no such part");
    }

    @Test
    void headsOfCells() {
        flip(Space.CELLS, cellRow(Writing.CELL, 2, 0), 20);
        assertThat(faults()).contains("the head of cell " + Writing.CELL + " is not what its entries say");
        data.disk().lose(Space.CELLS, cellRow(Writing.CELL, 2, 0));
        assertThat(faults()).contains("the head of cell " + Writing.CELL + " is not what its entries say");
        Writer head = new Writer(48);
        new CellHead(GOOD, 1, Digest.ZERO).write(head);
        put(Space.CELLS, cellRow(GOOD, 2, 0), head.toBytes());
        assertThat(faults()).contains("the head of cell " + GOOD + " is not what its entries say");
    }

    @Test
    void versions() {
        ResourceId first = new ResourceId(Writing.CELL, 1);
        ResourceId second = new ResourceId(Writing.CELL, 2);
        data.disk().lose(Space.VERSIONS, resource(first));
        flip(Space.VERSIONS, resource(second), 3);
        ResourceId third = new ResourceId(Writing.CELL, 3);
        put(Space.VERSIONS, resource(third), new Writer(4).u32(1).toBytes());
        ResourceId nowhere = new ResourceId(OTHER, 3);
        put(Space.VERSIONS, resource(nowhere), new Writer(4).u32(1).toBytes());
        assertThat(faults())
                .contains(
                        "the version of resource " + first + " is missing",
                        "the version of resource " + second + " is not what its entries say",
                        "the version of resource " + third + " is not what its entries say",
                        "resource " + nowhere + " has a version, and nobody opened its cell");
    }

    @Test
    void aCellOfMoreResourcesThanAreComparedAtATime() {
        for (int i = 0; i < 3; i++) {
            assertThat(data.append(writing.large(10_000L * (i + 1))).only().isDone())
                    .isTrue();
        }
        assertThat(faults()).hasSize(1);
        ResourceId last = new ResourceId(Writing.CELL, 37_999);
        flip(Space.VERSIONS, resource(last), 2);
        assertThat(faults()).contains("the version of resource " + last + " is not what its entries say");
        data.disk().lose(Space.VERSIONS, resource(last));
        assertThat(faults()).contains("the version of resource " + last + " is missing");
    }

    @Test
    void lookupTokens() {
        ResourceId resource = new ResourceId(Writing.CELL, 2);
        Bytes row = token("name", resource);
        Bytes value = data.disk().get(Space.TOKENS, row).orElseThrow();
        flip(Space.TOKENS, row, 0);
        assertThat(faults()).contains("a lookup token of entry " + created + " does not lead to its resource");
        data.disk().lose(Space.TOKENS, row);
        assertThat(faults()).contains("a lookup token of entry " + created + " does not lead to its resource");
        put(Space.TOKENS, row, value);
        put(Space.TOKENS, token("another name", resource), value);
        assertThat(faults()).contains("a lookup token that no entry brought leads to " + resource);
    }

    @Test
    void annexesAndBlobs() {
        flip(Space.ANNEXES, number(created), 20);
        Bytes piece = new Writer(40)
                .digest(data.copy()
                        .entry(created)
                        .orElseThrow()
                        .header()
                        .author()
                        .parts()
                        .getFirst()
                        .blob())
                .i64(0)
                .toBytes();
        flip(Space.BLOBS, piece, 9);
        assertThat(faults())
                .contains(
                        "the annex of entry " + created + " is altered", "a blob of entry " + created + " is altered");
    }

    @Test
    void shares() {
        Bytes row = with(new Writer(24).i64(1), GOOD).toBytes();
        Bytes value = data.disk().get(Space.SHARES, row).orElseThrow();
        flip(Space.SHARES, row, value.size() - 1);
        assertThat(faults()).contains("the shares of cell " + GOOD + " are missing");
    }

    @Test
    void theNoteKept() throws MalformedException {
        Bytes key = Bytes.ofText("note");
        Bytes note = data.disk().get(Space.STATE, key).orElseThrow();
        Note whole = Note.parse(note);
        Note signedByFew = new Note(whole.text(), whole.signatures().subList(0, 2));
        put(Space.STATE, key, signedByFew.encode());
        assertThat(faults()).contains("the note kept is not signed by a quorum");
        put(Space.STATE, key, new Note(whole.text() + "more\n", whole.signatures()).encode());
        assertThat(faults()).anyMatch(fault -> fault.startsWith("the note kept does not stand"));
    }

    @Test
    void theCopyOfAnotherLedger() {
        List<LedgerLine> lines = new ArrayList<>();
        Digest chain = Digest.ZERO;
        for (int i = 0; i < 3; i++) {
            Digest somebody = FoundedHouse.digest("somebody");
            lines.add(new LedgerLine(
                    i,
                    Writing.START,
                    LedgerLine.Act.RELEASED,
                    somebody,
                    somebody,
                    somebody,
                    Digest.ZERO,
                    List.of(GOOD),
                    chain));
            chain = lines.getLast().chain();
        }
        data.line(SimulatedNetwork.peer(Party.ACCESS.word())).ask(new Request.CopyLedger(Party.ACCESS, lines));
        Response.Report report = report();
        assertThat(report.counters()).contains(new Response.Counter("copy.access.lines", 3));
        assertThat(report.faults()).hasSize(1);
        Bytes second = new Writer(9).u8(Party.ACCESS.ordinal()).i64(1).toBytes();
        flip(Space.LEDGER_COPIES, second, 12);
        assertThat(faults()).contains("the chain of the copy of access's release ledger is broken at line 2");
        data.disk().lose(Space.LEDGER_COPIES, second);
        assertThat(faults()).contains("line 1 of the copy of access's release ledger is missing");
    }

    @Test
    void aRowThatCannotBeReadIsAFaultAndTheRestIsReread() {
        put(Space.TOKENS, token("name", new ResourceId(Writing.CELL, 2)), Bytes.EMPTY);
        put(Space.ENTRIES, number(5000), Bytes.ofText("?"));
        assertThat(faults())
                .anyMatch(fault -> fault.contains("cannot be read"))
                .contains("entry 5000 lies beyond the tree");
    }

    @Test
    void whatTheDiskCannotReadIsAFaultAndTheRestIsReread() {
        Digest blob = author(created).parts().getFirst().blob();
        data.disk().damage(Space.BLOBS, new Writer(40).digest(blob).i64(0).toBytes());
        data.disk().damage(Space.TREE, new Node(0, 3).key());
        data.disk().damage(Space.CELLS, cellRow(GOOD, 2, 0));
        data.disk().damage(Space.TOKENS, token("name", new ResourceId(Writing.CELL, 2)));
        data.disk().damage(Space.STATE, Bytes.ofText("note"));
        put(
                Space.VERSIONS,
                resource(new ResourceId(OTHER, 3)),
                new Writer(4).u32(1).toBytes());
        assertThat(faults())
                .anyMatch(fault -> fault.startsWith("a blob of entry " + created + " cannot be read"))
                .anyMatch(fault -> fault.startsWith("node 3 of level 0 of the tree on disk is not"))
                .anyMatch(fault -> fault.startsWith("cell " + GOOD + " cannot be read"))
                .anyMatch(fault -> fault.startsWith("the note kept cannot be read"))
                .anyMatch(fault -> fault.startsWith("this copy cannot be read"))
                .contains("resource " + new ResourceId(OTHER, 3) + " has a version, and nobody opened its cell");
        assertThat(console.ask(new Request.Status()).only().isDone()).isTrue();
    }

    private AuthorPart author(long index) {
        return data.copy().entry(index).orElseThrow().header().author();
    }

    private List<String> faults() {
        return report().faults();
    }

    private Response.Report report() {
        return (Response.Report)
                ((Outcome.Done<Response>) console.ask(new Request.VerifyCopy()).only()).value();
    }

    private void put(Space space, Bytes key, Bytes value) {
        data.disk().write(List.of(new Store.Change.Put(space, key, value)));
    }

    private void flip(Space space, Bytes key, int at) {
        byte[] value = data.disk().get(space, key).orElseThrow().toArray();
        value[at] ^= 1;
        put(space, key, Bytes.wrap(value));
    }

    private Bytes digest(long index) {
        return Bytes.of(data.copy().entry(index).orElseThrow().header().digest().toArray());
    }

    private static Bytes number(long value) {
        return new Writer(8).i64(value).toBytes();
    }

    private static Bytes statement(long index) {
        return new Writer(16).raw(Bytes.ofText("registry").toArray()).i64(index).toBytes();
    }

    private static Writer with(Writer writer, CellId cell) {
        cell.write(writer);
        return writer;
    }

    private static Bytes pair(CellId subject, CellId cell) {
        return with(with(new Writer(32), subject), cell).toBytes();
    }

    private static Bytes cellRow(CellId cell, int item, long sequence) {
        return with(new Writer(25), cell).u8(item).i64(sequence).toBytes();
    }

    private static Bytes part(long index, int part) {
        return new Writer(10).i64(index).u16(part).toBytes();
    }

    private static Bytes resource(ResourceId resource) {
        return with(new Writer(24), resource.cell()).i64(resource.local()).toBytes();
    }

    private static Bytes token(String text, ResourceId resource) {
        return with(new Writer(56).digest(FoundedHouse.digest(text)), resource.cell())
                .i64(resource.local())
                .toBytes();
    }
}
