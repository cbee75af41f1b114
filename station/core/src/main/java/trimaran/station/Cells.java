package trimaran.station;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Loop;
import trimaran.record.CellHead;
import trimaran.record.CellKind;
import trimaran.record.NewCell;
import trimaran.seal.CellKey;

/**
 * The cells open in this station. Forgets a cell when its last lease ends, and the least used ones over the byte budget. To
 * be changed on the loop only; looking a cell up is fine from any thread.
 */
final class Cells {

    /** How often ended leases are looked for: keys outlive their lease by no more than this. */
    private static final long SWEEP_MILLIS = 5_000;

    /**
     * The part of the byte budget that may be fetched before all cells are looked through once more: with some thousand open,
     * looking through them for each answer cost eight times what the answer did.
     */
    static final int SLACK_PART = 16;

    private final Loop loop;
    private final long bytesMax;
    private final Map<CellId, OpenCell> open = new ConcurrentHashMap<>();
    private final Map<CellId, Set<CellId>> bySubject = new HashMap<>();
    private final Map<CellId, Map<Digest, Long>> whole = new HashMap<>();
    private long fetchedBytes;

    /** @param bytesMax opened content beyond this is forgotten, the least used first */
    Cells(Loop loop, long bytesMax) {
        this.loop = loop;
        this.bytesMax = bytesMax;
    }

    void start() {
        loop.after(SWEEP_MILLIS, this::sweepAgain);
    }

    private void sweepAgain() {
        sweep();
        start();
    }

    Optional<OpenCell> get(CellId cell) {
        return Optional.ofNullable(open.get(cell));
    }

    /** The cell if it is open, leased to the session, and everything known of it is folded, what is held included. */
    Optional<OpenCell> current(CellId cell, Digest session) {
        OpenCell found = open.get(cell);
        long now = loop.monotonicNanos();
        if (found == null || !found.leases().has(session, now) || !found.isCurrent() || !found.isHeldShown()) {
            return Optional.empty();
        }
        found.used(now);
        return Optional.of(found);
    }

    Collection<OpenCell> all() {
        return List.copyOf(open.values());
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** Adds a cell, or the one already there; a second key of the same cell is wiped. */
    OpenCell add(NewCell opening, CellKey key) {
        OpenCell known = open.get(opening.cell());
        if (known != null) {
            known.keys().keepOne(key);
            return known;
        }
        OpenCell fresh = new OpenCell(opening, key);
        fresh.used(loop.monotonicNanos());
        open.put(opening.cell(), fresh);
        bySubject.computeIfAbsent(opening.subject(), none -> new HashSet<>()).add(opening.cell());
        return fresh;
    }

    /** Open cells of a patient. */
    List<OpenCell> ofSubject(CellId subject) {
        List<OpenCell> cells = new ArrayList<>();
        for (CellId id : bySubject.getOrDefault(subject, Set.of())) {
            get(id).ifPresent(cells::add);
        }
        return cells;
    }

    /** The session has opened all of this patient's cells. */
    void wholeOpened(CellId subject, Digest session, long untilNanos) {
        whole.computeIfAbsent(subject, none -> new HashMap<>()).merge(session, untilNanos, Math::max);
    }

    /** Whether the session has all cells of the patient open and none has been added since. */
    boolean isWhole(CellId subject, Digest session) {
        Long until = whole.getOrDefault(subject, Map.of()).get(session);
        return until != null && until - loop.monotonicNanos() > 0;
    }

    /** Patients all of whose cells some session has open. */
    List<CellId> wholeSubjects() {
        long now = nanos();
        return whole.entrySet().stream()
                .filter(one -> one.getValue().values().stream().anyMatch(until -> until - now > 0))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** By this machine's monotonic clock. */
    long nanos() {
        return loop.monotonicNanos();
    }

    boolean hasFolders() {
        return !whole.isEmpty();
    }

    /** The patient has a cell more: who had all of them open has to ask again. A later key is none: it goes with its cell. */
    void grew(NewCell opening) {
        if (opening.kind() != CellKind.KEY) {
            grew(opening.subject());
        }
    }

    /** The patient may have a cell more. */
    void grew(CellId subject) {
        whole.remove(subject);
    }

    /** The patient has a cell more, which this session wrote itself. */
    void grewBy(CellId subject, Digest session) {
        Map<Digest, Long> sessions = whole.get(subject);
        if (sessions != null) {
            sessions.keySet().retainAll(Set.of(session));
        }
    }

    void headTold(CellHead head) {
        OpenCell cell = open.get(head.cell());
        if (cell != null) {
            cell.headTold(head.parts());
        }
    }

    /** These were brought up to date and answered from: there may be more now than there is room for. */
    void fetched(List<OpenCell> answered) {
        answered.forEach(cell -> fetchedBytes += cell.sizeBytes());
        if (fetchedBytes > bytesMax / SLACK_PART) {
            sweep();
        }
    }

    /** Forgets what no session may see any more, then the least used over the budget. */
    private void sweep() {
        fetchedBytes = 0;
        long now = loop.monotonicNanos();
        whole.values().forEach(sessions -> sessions.values().removeIf(until -> until - now <= 0));
        whole.values().removeIf(Map::isEmpty);
        long total = 0;
        for (OpenCell cell : all()) {
            if (cell.leases().isAny(now)) {
                total += cell.sizeBytes();
            } else {
                forget(cell);
            }
        }
        if (total <= bytesMax) {
            return;
        }
        for (LastUse one : leastUsedFirst(now)) {
            if (total <= bytesMax) {
                break;
            }
            total -= one.cell().sizeBytes();
            forget(one.cell());
        }
    }

    /** When a cell was last used, as it was when somebody looked. */
    private record LastUse(OpenCell cell, long agoNanos) {}

    /** Readers use cells while this sorts them: each time is read once, since an order that changes under a sort breaks it. */
    private List<LastUse> leastUsedFirst(long now) {
        List<LastUse> uses = new ArrayList<>();
        open.values().forEach(cell -> uses.add(new LastUse(cell, now - cell.usedNanos())));
        uses.sort(Comparator.comparingLong(LastUse::agoNanos).reversed());
        return uses;
    }

    long sizeBytes() {
        return open.values().stream().mapToLong(OpenCell::sizeBytes).sum();
    }

    /** A session ended: what only it had open is forgotten at once. */
    void endLeases(Digest session) {
        open.values().forEach(cell -> cell.leases().end(session));
        whole.values().forEach(sessions -> sessions.remove(session));
        sweep();
    }

    void forget(OpenCell cell) {
        open.remove(cell.id());
        Set<CellId> siblings = bySubject.get(cell.subject());
        if (siblings != null) {
            siblings.remove(cell.id());
            if (siblings.isEmpty()) {
                bySubject.remove(cell.subject());
            }
        }
        whole.remove(cell.subject());
        cell.forget();
    }

    void forgetAll() {
        all().forEach(this::forget);
    }
}
