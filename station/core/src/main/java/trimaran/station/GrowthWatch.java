package trimaran.station;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Reader;
import trimaran.line.message.Push;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.record.Header;
import trimaran.record.NewCell;
import trimaran.record.Place;

/**
 * Learns whose the new cells are that other stations open. The feed names a new cell but not its patient, so the entry's
 * header is fetched, as long as any folder is open that it could belong to.
 */
final class GrowthWatch {

    /** Tries before a header is given up and every folder is taken as grown, which only costs opening them anew. */
    private static final int TRIES_MAX = 6;

    private final Supplier<List<TierLine>> tiers;
    private final Cells cells;
    private final Index index;
    private final TreeMap<Long, Digest> wanted = new TreeMap<>();
    private final List<Waiter> waiting = new ArrayList<>();
    private boolean fetching;
    private int tries;
    private volatile boolean allKnown = true;

    /** Whoever wants to know of every new patient, not only of new cells of open folders. */
    interface Index {
        boolean isWanted();

        void appeared(NewCell cell);

        /** New cells could not be named: who there is must be asked anew. */
        void lost();
    }

    /** Waits for what the feed told of up to the moment it asked, not for what comes after. */
    private record Waiter(long upTo, Runnable then) {}

    GrowthWatch(Supplier<List<TierLine>> tiers, Cells cells, Index index) {
        this.index = index;
        this.tiers = tiers;
        this.cells = cells;
    }

    /** Whether it knows of every cell the feed told of whose it is. From any thread. */
    boolean isAllKnown() {
        return allKnown;
    }

    /** An entry of this station's own is about to be shown: until {@link #covered} was told of it, it is not known. */
    void expect() {
        allKnown = false;
    }

    void covered(long position, Push.MovedEntry entry) {
        boolean opensCells = entry.heads().stream()
                .anyMatch(head -> head.parts() == 1 && cells.get(head.cell()).isEmpty());
        if (opensCells && (cells.hasFolders() || index.isWanted())) {
            wanted.put(position, entry.leaf());
            allKnown = false;
            fetch();
        } else {
            allKnown = wanted.isEmpty();
        }
    }

    /** Runs once nothing is being asked: until then a folder may lack a cell somebody else opened. */
    void whenKnown(Runnable then) {
        if (wanted.isEmpty()) {
            then.run();
        } else {
            waiting.add(new Waiter(wanted.lastKey(), then));
        }
    }

    private void fetch() {
        if (fetching || wanted.isEmpty()) {
            return;
        }
        List<TierLine> lines = tiers.get();
        if (lines.isEmpty() || tries >= TRIES_MAX) {
            lost();
            wanted.clear();
            done();
            return;
        }
        fetching = true;
        long first = wanted.firstKey();
        TierLine line = lines.get(tries % lines.size());
        line.ask(new Request.FetchEntries(first, StationLimits.FETCH_BYTES), Response.Entries.class, outcome -> {
            if (outcome instanceof Outcome.Done<Response.Entries>(Response.Entries got)
                    && got.from() == first
                    && !got.entries().isEmpty()) {
                take(line, first, new ArrayDeque<>(got.entries()), false);
            } else {
                fetched(false);
            }
        });
    }

    private void fetched(boolean progress) {
        fetching = false;
        tries = progress ? 0 : tries + 1;
        done();
        fetch();
    }

    /** Without an answer every folder counts as grown, and every index as behind. */
    private void lost() {
        cells.all().forEach(cell -> cells.grew(cell.subject()));
        index.lost();
    }

    private void done() {
        allKnown = wanted.isEmpty();
        List<Waiter> told = waiting.stream()
                .filter(waiter -> wanted.headMap(waiter.upTo(), true).isEmpty())
                .toList();
        waiting.removeAll(told);
        told.forEach(waiter -> waiter.then().run());
    }

    /** Learns from one entry after the other; a header too long for the answer is fetched by its digest. */
    private void take(TierLine line, long position, ArrayDeque<SealedEntry> entries, boolean progress) {
        SealedEntry entry = entries.poll();
        if (entry == null) {
            fetched(progress);
            return;
        }
        Digest leaf = wanted.get(position);
        if (leaf == null) {
            take(line, position + 1, entries, progress);
            return;
        }
        new BlobFetch(line).item(entry.header(), header -> {
            boolean learnt = header instanceof Outcome.Done<Bytes>(Bytes bytes) && learn(bytes, entry.place(), leaf);
            if (learnt) {
                wanted.remove(position);
            }
            take(line, position + 1, entries, progress || learnt);
        });
    }

    private boolean learn(Bytes headerBytes, Bytes place, Digest leaf) {
        try {
            Header header = Reader.whole(headerBytes, Header::read);
            boolean real =
                    Place.leaf(header.author().nonce(), headerBytes, place).equals(leaf);
            if (real) {
                header.author().newCells().forEach(cell -> {
                    cells.grew(cell);
                    index.appeared(cell);
                });
            }
            return real;
        } catch (MalformedException malformed) {
            return false;
        }
    }
}
