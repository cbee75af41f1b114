package trimaran.station;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
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
    private final Supplier<Boolean> indexed;
    private final Consumer<NewCell> appeared;
    private final TreeMap<Long, Digest> wanted = new TreeMap<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private boolean fetching;
    private int tries;

    /**
     * @param indexed whether every new patient is wanted, not only new cells of open folders
     * @param appeared hears of each new cell
     */
    GrowthWatch(Supplier<List<TierLine>> tiers, Cells cells, Supplier<Boolean> indexed, Consumer<NewCell> appeared) {
        this.indexed = indexed;
        this.appeared = appeared;
        this.tiers = tiers;
        this.cells = cells;
    }

    void covered(long index, Push.MovedEntry entry) {
        boolean opensCells = entry.heads().stream()
                .anyMatch(head -> head.parts() == 1 && cells.get(head.cell()).isEmpty());
        if (opensCells && (cells.hasFolders() || indexed.get())) {
            wanted.put(index, entry.leaf());
            fetch();
        }
    }

    /** Runs once nothing is being asked: until then a folder may lack a cell somebody else opened. */
    void whenKnown(Runnable then) {
        if (wanted.isEmpty()) {
            then.run();
        } else {
            waiting.add(then);
        }
    }

    private void fetch() {
        if (fetching || wanted.isEmpty()) {
            return;
        }
        List<TierLine> lines = tiers.get();
        if (lines.isEmpty() || tries >= TRIES_MAX) {
            // Without an answer every folder counts as grown.
            cells.all().forEach(cell -> cells.grew(cell.subject()));
            wanted.clear();
            done();
            return;
        }
        fetching = true;
        long index = wanted.firstKey();
        TierLine line = lines.get(tries % lines.size());
        line.ask(new Request.FetchEntries(index, StationLimits.FETCH_BYTES), Response.Entries.class, outcome -> {
            fetching = false;
            if (outcome instanceof Outcome.Done<Response.Entries>(Response.Entries got)
                    && got.from() == index
                    && take(index, got.entries())) {
                tries = 0;
            } else {
                tries++;
            }
            if (wanted.isEmpty()) {
                done();
            } else {
                fetch();
            }
        });
    }

    private void done() {
        tries = 0;
        List<Runnable> told = List.copyOf(waiting);
        waiting.clear();
        told.forEach(Runnable::run);
    }

    private boolean take(long from, List<SealedEntry> entries) {
        boolean progress = false;
        long index = from;
        for (SealedEntry entry : entries) {
            Digest leaf = wanted.get(index);
            Optional<Bytes> header = entry.header().inline();
            if (leaf != null && header.isEmpty()) {
                // A header too long for the answer opens many cells; whoever has folders open asks again.
                cells.all().forEach(cell -> cells.grew(cell.subject()));
                wanted.remove(index);
                progress = true;
            } else if (leaf != null && header.isPresent() && learn(header.get(), entry.place(), leaf)) {
                wanted.remove(index);
                progress = true;
            }
            index++;
        }
        return progress;
    }

    private boolean learn(Bytes headerBytes, Bytes place, Digest leaf) {
        try {
            Header header = Reader.whole(headerBytes, Header::read);
            boolean real =
                    Place.leaf(header.author().nonce(), headerBytes, place).equals(leaf);
            if (real) {
                header.author().newCells().forEach(cell -> {
                    cells.grew(cell.subject());
                    appeared.accept(cell);
                });
            }
            return real;
        } catch (MalformedException malformed) {
            return false;
        }
    }
}
