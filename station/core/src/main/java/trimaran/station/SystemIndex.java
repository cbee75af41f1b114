package trimaran.station;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.line.message.MessageLimits;
import trimaran.line.message.Request;
import trimaran.line.message.Response;

/**
 * Names and birth dates of every patient, for a session two officers granted the whole record (SMART {@code system/*}).
 * Built in the background from the identity cells, kept current by the feed and by what is written here; every opening is on
 * the ledgers. Searching is fine from any thread and asks nobody, but only a current index may be searched: one that lags
 * would leave somebody out without a word.
 */
public final class SystemIndex {

    /** Wait before changed cells are read anew, so that many changes cost one opening. */
    private static final long CHANGED_MILLIS = 50;

    private final StationSetting setting;
    private final OwnSession session;
    private final Folders folders;
    private final TierTable tiers;
    private final BooleanSupplier allKnown;
    private final PersonTable persons = new PersonTable();
    /** Cells known to have changed and not read since, those being read included. */
    private final Set<CellId> lagging = new LinkedHashSet<>();

    private final List<Waiter> waiters = new ArrayList<>();
    private boolean reading;
    private boolean stuck;
    private boolean listing;
    private boolean listAgain;
    private volatile boolean complete;
    private volatile boolean level = true;

    /** Somebody who asked when these cells lagged; what changes later is none of their business. */
    private static final class Waiter {
        private final Set<CellId> cells;
        private final Consumer<Outcome<SystemIndex>> then;
        private boolean told;

        Waiter(Set<CellId> cells, Consumer<Outcome<SystemIndex>> then) {
            this.cells = cells;
            this.then = then;
        }
    }

    /** @param allKnown whether the station knows of every cell the feed told of which patient it is */
    SystemIndex(
            StationSetting setting, OwnSession session, Folders folders, TierTable tiers, BooleanSupplier allKnown) {
        this.setting = setting;
        this.session = session;
        this.folders = folders;
        this.tiers = tiers;
        this.allKnown = allKnown;
    }

    OwnSession session() {
        return session;
    }

    /** Whether every patient the station could know of is in it, as they are now. From any thread. */
    public boolean isCurrent() {
        return complete && level && !session.isClosed() && allKnown.getAsBoolean();
    }

    /** Patients in the index so far. */
    public int size() {
        return persons.size();
    }

    /**
     * Patients whose family name, given name and birth date begin with these texts, in any spelling; empty texts ask nothing
     * (R4 search, string: case and accents do not count).
     */
    public List<ResourceId> search(String family, String given, String birthDate, int max) {
        return persons.search(family, given, birthDate, max);
    }

    /** Answers once all that was known to have changed at this moment is in it; {@code BUSY} if that takes too long. */
    void whenCurrent(Consumer<Outcome<SystemIndex>> then) {
        if (session.isClosed()) {
            then.accept(Outcome.refused(Code.SESSION_ENDED, "this session has ended"));
            return;
        }
        if (complete && lagging.isEmpty()) {
            then.accept(Outcome.done(this));
            return;
        }
        Waiter waiter = new Waiter(new HashSet<>(lagging), then);
        waiters.add(waiter);
        setting.loop().after(StationLimits.INDEX_MILLIS, () -> {
            if (!waiter.told) {
                waiters.remove(waiter);
                tell(
                        waiter,
                        Outcome.refused(Code.BUSY, "the index of patients is being brought up to date; come back"));
            }
        });
    }

    private void tell(Waiter waiter, Outcome<SystemIndex> outcome) {
        waiter.told = true;
        waiter.then.accept(outcome);
    }

    private void settled() {
        level = lagging.isEmpty();
        if (!complete) {
            return;
        }
        List<Waiter> ready =
                waiters.stream().filter(waiter -> waiter.cells.isEmpty()).toList();
        waiters.removeAll(ready);
        ready.forEach(waiter -> tell(waiter, Outcome.done(this)));
    }

    // ---- building

    /** Lists all patients there are and reads those it has not yet; also when the feed told of one it could not name. */
    void build() {
        complete = false;
        if (listing) {
            listAgain = true;
        } else {
            listing = true;
            page(CellId.NONE);
        }
    }

    /** Asks two tiers for the next patients, so that none is left out by one that is behind: of any two one has it. */
    private void page(CellId after) {
        ArrayDeque<TierLine> lines = new ArrayDeque<>(tiers.up());
        if (lines.size() < 2 || session.isClosed()) {
            again(after);
            return;
        }
        new Listing(after, lines).run();
    }

    /** One page of patients as two tiers tell it. */
    private final class Listing {
        private final CellId after;
        private final ArrayDeque<TierLine> lines;
        private final TreeSet<CellId> cells = new TreeSet<>();
        private final List<CellId> ends = new ArrayList<>();
        private int asked;
        private int answered;

        Listing(CellId after, ArrayDeque<TierLine> lines) {
            this.after = after;
            this.lines = lines;
        }

        void run() {
            ask();
            ask();
        }

        private void ask() {
            TierLine line = lines.poll();
            if (line == null) {
                return;
            }
            asked++;
            Request request = new Request.ListSubjects(after, MessageLimits.CELLS_MAX);
            line.ask(session, request, Response.Cells.class, StationLimits.CALL_MILLIS, outcome -> {
                asked--;
                if (outcome instanceof Outcome.Done<Response.Cells>(Response.Cells(List<CellId> told, boolean more))) {
                    answered++;
                    cells.addAll(told);
                    if (more) {
                        ends.add(told.getLast());
                    }
                } else {
                    ask();
                }
                if (asked == 0) {
                    end();
                }
            });
        }

        private void end() {
            if (answered < 2) {
                again(after);
                return;
            }
            // The shorter page bounds what both have told in full.
            Optional<CellId> end = ends.stream().min(CellId::compareTo);
            List<CellId> told = new ArrayList<>(end.isPresent() ? cells.headSet(end.get(), true) : cells);
            told.removeIf(persons::contains);
            read(new ArrayDeque<>(told), () -> {
                if (end.isPresent()) {
                    page(end.get());
                } else {
                    listed();
                }
            });
        }
    }

    private void listed() {
        listing = false;
        if (listAgain) {
            listAgain = false;
            build();
        } else {
            complete = true;
            settled();
        }
    }

    private void again(CellId after) {
        if (session.isClosed()) {
            end();
        } else {
            setting.loop().after(StationLimits.RETRY_MAX_MILLIS, () -> page(after));
        }
    }

    private void end() {
        List<Waiter> left = List.copyOf(waiters);
        waiters.clear();
        left.forEach(waiter -> tell(waiter, Outcome.refused(Code.SESSION_ENDED, "this session has ended")));
    }

    /** Reads all of these, a message's worth at a time, then goes on. */
    private void read(ArrayDeque<CellId> cells, Runnable then) {
        List<CellId> page = new ArrayList<>();
        while (!cells.isEmpty() && page.size() < MessageLimits.CELLS_MAX) {
            page.add(cells.remove());
        }
        if (page.isEmpty()) {
            then.run();
        } else {
            open(page, () -> read(cells, then));
        }
    }

    /** A page that cannot be opened whole is opened in halves, so that one cell does not keep the others out. */
    private void open(List<CellId> page, Runnable then) {
        folders.several(session, page, Request.Purpose.SERVICE, outcome -> {
            switch (outcome) {
                case Outcome.Done<List<OpenCell>>(List<OpenCell> open) -> {
                    open.forEach(this::take);
                    then.run();
                }
                case Outcome.Refused<List<OpenCell>>(Refusal refusal) when session.isClosed() -> end();
                case Outcome.Refused<List<OpenCell>>(Refusal refusal)
                when page.size() > 1 && !Approvals.isPassing(refusal.code()) ->
                    open(
                            page.subList(0, page.size() / 2),
                            () -> open(page.subList(page.size() / 2, page.size()), then));
                case Outcome.Refused<List<OpenCell>>(Refusal refusal)
                when page.size() == 1 && refusal.code() == Code.NOT_FOUND -> {
                    // Two tiers say that there is no such cell: it was erased, or never got its place.
                    persons.empty(page.getFirst());
                    caughtUp(page.getFirst());
                    then.run();
                }
                case Outcome.Refused<List<OpenCell>>(Refusal refusal)
                when page.size() == 1 && !Approvals.isPassing(refusal.code()) -> {
                    // Nobody can show it now. It goes on lagging, and no search is answered without it.
                    stuck = true;
                    changedLater(page.getFirst());
                    then.run();
                }
                case Outcome.Refused<List<OpenCell>> later ->
                    setting.loop().after(StationLimits.RETRY_MAX_MILLIS, () -> open(page, then));
            }
        });
    }

    // ---- keeping current

    /** A tier tells of a new part in a cell. */
    void headTold(CellId cell) {
        if (persons.contains(cell)) {
            changedLater(cell);
        }
    }

    /** Somebody opened a new identity cell. */
    void appeared(CellId cell) {
        changedLater(cell);
    }

    private void changedLater(CellId cell) {
        level = false;
        if (lagging.add(cell) && !reading) {
            reading = true;
            setting.loop().after(CHANGED_MILLIS, this::readChanged);
        }
    }

    private void readChanged() {
        if (session.isClosed()) {
            end();
            return;
        }
        stuck = false;
        read(new ArrayDeque<>(lagging), () -> {
            reading = !lagging.isEmpty();
            if (reading) {
                setting.loop().after(stuck ? StationLimits.RETRY_MAX_MILLIS : CHANGED_MILLIS, this::readChanged);
            }
        });
    }

    /** Takes in what an identity cell says now. */
    void take(OpenCell cell) {
        persons.take(cell);
        if (cell.isCurrent()) {
            caughtUp(cell.id());
        } else {
            // It grew while it was read.
            changedLater(cell.id());
        }
    }

    private void caughtUp(CellId cell) {
        lagging.remove(cell);
        waiters.forEach(waiter -> waiter.cells.remove(cell));
        settled();
    }
}
