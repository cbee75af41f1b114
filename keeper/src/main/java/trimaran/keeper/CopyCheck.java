package trimaran.keeper;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.Writer;
import trimaran.ledger.HashSource;
import trimaran.ledger.TreeHead;
import trimaran.line.message.Prepared;
import trimaran.line.message.Response;
import trimaran.record.Quorum;

/**
 * Rereads a whole copy from the entries alone, as a checker in twenty years would: hashes, tree, chains, validity with every
 * signature, blobs, share commitments, the rows derived from them, none missing and none too many; the note kept; the release
 * ledger and the copies of the others'. Works in slices on the loop, so that the tier goes on serving, and in bounded memory: it
 * compares with the rows on disk while it reads and counts them, and keeps none.
 */
final class CopyCheck {

    private final KeeperSetting setting;
    private final Consumer<Response> done;
    private final CheckFaults faults = new CheckFaults();
    private final EntryCheck entries;
    private final LedgerCheck ledger;
    private final Map<Party, LedgerCheck> copies = new EnumMap<>(Party.class);
    private final Deque<Checking> left = new ArrayDeque<>();

    /** Refreshed pairs no digest covers, because a tier had none when they were refreshed. */
    private long leftOut;

    CopyCheck(Keeper keeper, Consumer<Response> done) {
        this(keeper, CellCheck.PAGE, done);
    }

    /** @param versionPage resources of one cell compared at a time */
    CopyCheck(Keeper keeper, int versionPage, Consumer<Response> done) {
        this.setting = keeper.setting();
        this.done = done;
        Copy copy = keeper.copy();
        ReleaseLedger ledger = keeper.ledgers().own();
        LedgerCopies copies = keeper.ledgers().copies();
        CopyRows rows = new CopyRows(setting.store(), copy);
        this.entries = new EntryCheck(
                setting, copy, rows, faults, note(keeper.cosigner().quorum()), versionPage);
        LedgerIndexCheck index = new LedgerIndexCheck(setting.store(), keeper.ledgers(), rows.slice(), faults);
        this.ledger = new LedgerCheck(
                setting.party(), "the release ledger", ledger.lines(), ledger.chain(), ledger::from, index, faults);
        left.add(entries);
        left.addAll(new RowCheck(setting.store(), copy, rows, entries, faults).all());
        refreshed(copy, keeper.upkeep().refresh().words(copy.shares().refreshed()))
                .ifPresent(left::add);
        left.add(this.ledger);
        left.add(() -> ledgerEnd(ledger));
        for (Party party : Party.TIERS) {
            if (party != setting.party()) {
                LedgerCopies.Head head = copies.head(party);
                LedgerCheck one = new LedgerCheck(
                        party,
                        "the copy of " + party.word() + "'s release ledger",
                        head.lines(),
                        head.chain(),
                        from -> copies.from(party, from),
                        index,
                        faults);
                this.copies.put(party, one);
                left.add(one);
            }
        }
        left.addAll(index.all());
    }

    /** The pairs of the last refresh against what this tier said of them. */
    private Optional<Checking> refreshed(Copy copy, RefreshWords words) {
        OptionalLong begin = copy.shares().beginning(words.generation());
        if (begin.isEmpty()) {
            return Optional.empty();
        }
        if (words.of(setting.party()).isEmpty()) {
            faults.add("the shares of generation " + words.generation()
                    + " have not been held against what the other tiers prepared; see status");
            return Optional.empty();
        }
        Prepared own = words.of(setting.party()).get();
        RefreshedScan scan = new RefreshedScan(setting, copy, own, begin.getAsLong());
        return Optional.of(() -> {
            if (!scan.goOn()) {
                return false;
            }
            RefreshDigest.Both found = scan.digests();
            leftOut = scan.leftOut();
            // Of a refresh that ended meanwhile the next check speaks: what was compared here is gone.
            boolean over = copy.shares().refreshed() != own.generation();
            faults.require(
                    over || (found.lower().equals(own.lower()) && found.higher().equals(own.higher())),
                    "the shares of generation " + own.generation() + " on disk are not those this tier had prepared");
            return true;
        });
    }

    void start() {
        setting.loop().run(this::slice);
    }

    private void slice() {
        Checking next = left.peek();
        if (next == null) {
            done.accept(report());
            return;
        }
        if (isOver(next)) {
            left.poll();
        }
        setting.loop().run(this::slice);
    }

    /** What cannot be read is a fault, and the rest is checked all the same. */
    private boolean isOver(Checking checking) {
        try {
            return checking.goOn();
        } catch (IllegalStateException | HashSource.MissingNodeException | Store.StoreFailure broken) {
            faults.add("this copy cannot be read: " + broken.getMessage());
            return true;
        }
    }

    /** The head of the note this tier keeps, whose signatures must be a quorum; without a note the empty tree's. */
    private TreeHead note(Quorum quorum) {
        try {
            Optional<Bytes> note = setting.store().get(Space.STATE, Key.NOTE);
            if (note.isEmpty()) {
                return TreeHead.EMPTY;
            }
            Quorum.Standing standing = quorum.check(note.get());
            faults.require(standing.quorum(), "the note kept is not signed by a quorum");
            return standing.checkpoint().head();
        } catch (MalformedException refused) {
            faults.add("the note kept does not stand: " + refused.getMessage());
            return TreeHead.EMPTY;
        } catch (Store.StoreFailure broken) {
            faults.add("the note kept cannot be read: " + broken.getMessage());
            return TreeHead.EMPTY;
        }
    }

    /** The ledger goes on where its head says: a line beyond would be written over. */
    private boolean ledgerEnd(ReleaseLedger now) {
        boolean kept = setting.store()
                .get(Space.STATE, Key.LEDGER_HEAD)
                .map(bytes -> bytes.equals(
                        new Writer(40).i64(now.lines()).digest(now.chain()).toBytes()))
                .orElse(now.lines() == 0);
        faults.require(kept, "the head of the release ledger on disk is not the one in use");
        faults.require(now.from(now.lines()).isEmpty(), "the release ledger has lines beyond its end");
        return true;
    }

    private Response report() {
        List<Response.Counter> counters = new ArrayList<>(List.of(
                new Response.Counter("size", entries.frontier().size()),
                new Response.Counter("entries", entries.frontier().size()),
                new Response.Counter("cells", entries.cells()),
                new Response.Counter("shares", entries.shares()),
                new Response.Counter("shares.leftout", leftOut),
                new Response.Counter("tokens", entries.tokens()),
                new Response.Counter("blobs.erased", entries.erased()),
                new Response.Counter("faults", faults.count())));
        words(counters, "root", entries.frontier().root());
        ledger(counters, "ledger", ledger);
        copies.forEach((party, one) -> ledger(counters, "copy." + party.word(), one));
        return new Response.Report(setting.loop().wallTime(), counters, faults.first());
    }

    private static void ledger(List<Response.Counter> counters, String name, LedgerCheck checked) {
        counters.add(new Response.Counter(name + ".lines", checked.lines()));
        words(counters, name + ".chain", checked.end());
    }

    /** A hash as four numbers, so that two copies can be compared. */
    private static void words(List<Response.Counter> counters, String name, Digest hash) {
        Bytes bytes = Bytes.of(hash.unsafeArray());
        long[] words = Copy.own(bytes, CopyCheck::words);
        for (int i = 0; i < words.length; i++) {
            counters.add(new Response.Counter(name + "." + i, words[i]));
        }
    }

    private static long[] words(Reader reader) throws MalformedException {
        return new long[] {reader.i64(), reader.i64(), reader.i64(), reader.i64()};
    }
}
