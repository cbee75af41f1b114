package trimaran.drills;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.line.message.OpenedCell;
import trimaran.line.message.Push;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.record.CellHead;
import trimaran.record.CellPart;
import trimaran.record.Header;
import trimaran.record.Place;
import trimaran.record.PlacedPart;

/**
 * Leaves out and never contradicts itself: of one cell the last part, with the head it had before; of another a part in the middle; of a
 * third all, as if the patient had no such cell; of every answer by name the last; and from a moment on everything new. Its counts MAY
 * be read from any thread.
 */
final class Withholding implements Impostor.Lies {

    /** What is left out of a cell. */
    enum Omission {
        LAST,
        MIDDLE,
        ALL
    }

    /** A cell with at least three parts, and how it was before the last. */
    record Victim(Omission omission, CellHead before) {}

    private final Map<CellId, Victim> victims;
    private final Set<Digest> stations;
    private final AtomicInteger heads = new AtomicInteger();
    private final AtomicInteger cells = new AtomicInteger();
    private final AtomicInteger middles = new AtomicInteger();
    private final AtomicInteger others = new AtomicInteger();
    private final AtomicInteger hits = new AtomicInteger();
    private final AtomicInteger pushes = new AtomicInteger();
    private volatile boolean frozen;

    /** @param entries all there are, from the first: the tier has them on its own disk */
    Withholding(List<SealedEntry> entries, Set<CellId> chosen, Set<Digest> stations) {
        this(victims(entries, chosen), stations);
    }

    Withholding(Map<CellId, Victim> victims, Set<Digest> stations) {
        this.victims = Map.copyOf(victims);
        this.stations = Set.copyOf(stations);
    }

    private static Map<CellId, Victim> victims(List<SealedEntry> entries, Set<CellId> chosen) {
        Map<CellId, CellHead> befores = new HashMap<>();
        for (SealedEntry entry : entries) {
            Optional<Header> header = PeerDrills.header(entry);
            List<PlacedPart> placed = placed(entry);
            for (int i = 0; header.isPresent() && i < placed.size(); i++) {
                CellPart part = header.get().author().parts().get(i);
                befores.put(
                        part.cell(),
                        new CellHead(
                                part.cell(),
                                placed.get(i).sequence(),
                                placed.get(i).previous()));
            }
        }
        Map<CellId, Victim> victims = new HashMap<>();
        int next = 0;
        for (CellId cell : chosen.stream().sorted().toList()) {
            CellHead before = befores.get(cell);
            if (before != null && before.parts() >= 2) {
                victims.put(cell, new Victim(Omission.values()[next++ % Omission.values().length], before));
            }
        }
        return victims;
    }

    private static List<PlacedPart> placed(SealedEntry entry) {
        try {
            return Place.decode(entry.place()).parts();
        } catch (MalformedException none) {
            return List.of();
        }
    }

    /** From now on stations hear nothing new of this tier. */
    void freeze() {
        frozen = true;
    }

    /** They hear all of it again. */
    void thaw() {
        frozen = false;
    }

    int victims() {
        return victims.size();
    }

    /** Whether this is what is left out of a cell. */
    boolean leaves(Omission omission, CellId cell) {
        Victim victim = victims.get(cell);
        return victim != null && victim.omission() == omission;
    }

    @Override
    public Response answered(Digest caller, Request request, Response truth) {
        if (!stations.contains(caller)) {
            return truth;
        }
        return switch (truth) {
            case Response.Opened opened -> new Response.Opened(opened(opened.cells()));
            case Response.Parts answer
            when request instanceof Request.Fetch fetch -> new Response.Parts(parts(fetch.stretches(), answer.cells()));
            case Response.Hits answer ->
                new Response.Hits(answer.resources().stream().map(this::butLast).toList());
            default -> truth;
        };
    }

    private List<OpenedCell> opened(List<OpenedCell> truth) {
        List<OpenedCell> said = new ArrayList<>();
        for (OpenedCell cell : truth) {
            Victim victim = victims.get(cell.head().cell());
            switch (victim == null ? Omission.MIDDLE : victim.omission()) {
                case MIDDLE -> said.add(cell);
                case ALL -> cells.incrementAndGet();
                case LAST -> {
                    CellHead before = before(cell.head());
                    if (!before.equals(cell.head())) {
                        heads.incrementAndGet();
                    }
                    said.add(new OpenedCell(cell.opening(), cell.openedAt(), before, cell.shares()));
                }
            }
        }
        return said;
    }

    private CellHead before(CellHead truth) {
        Victim victim = victims.get(truth.cell());
        return victim == null || truth.parts() <= victim.before().parts() ? truth : victim.before();
    }

    private List<Response.CellParts> parts(List<Request.Stretch> asked, List<Response.CellParts> truth) {
        List<Response.CellParts> said = new ArrayList<>();
        for (int i = 0; i < truth.size(); i++) {
            said.add(parts(asked.get(i).from(), truth.get(i)));
        }
        return said;
    }

    private Response.CellParts parts(long from, Response.CellParts truth) {
        Victim victim = victims.get(truth.head().cell());
        if (victim == null) {
            return truth;
        }
        return switch (victim.omission()) {
            case LAST -> without(truth, from, victim.before().parts(), before(truth.head()), others);
            case MIDDLE -> without(truth, from, 1, truth.head(), middles);
            case ALL -> {
                others.addAndGet(truth.parts().size());
                yield new Response.CellParts(
                        List.of(), CellHead.empty(truth.head().cell()), false);
            }
        };
    }

    private static Response.CellParts without(
            Response.CellParts truth, long from, long sequence, CellHead head, AtomicInteger counted) {
        List<Response.SealedPart> left = new ArrayList<>(truth.parts());
        if (sequence >= from && sequence - from < left.size()) {
            left.remove((int) (sequence - from));
            counted.incrementAndGet();
        }
        return new Response.CellParts(left, head, truth.more());
    }

    private <T> List<T> butLast(List<T> truth) {
        if (truth.isEmpty()) {
            return truth;
        }
        hits.incrementAndGet();
        return truth.subList(0, truth.size() - 1);
    }

    @Override
    public Optional<Push> told(Digest caller, Push truth) {
        if (frozen && stations.contains(caller)) {
            pushes.incrementAndGet();
            return Optional.empty();
        }
        return Optional.of(truth);
    }

    /**
     * What was never asked for, and so never left out: a kind of omission that was not tried proves nothing. Of a cell that is said to
     * be shorter, or not to be there, nobody asks for the parts; so head and cell count there, and parts besides.
     */
    List<String> untried() {
        Map<String, AtomicInteger> kinds = new LinkedHashMap<>();
        kinds.put("a cell without its last part", heads);
        kinds.put("a part in the middle of a cell", middles);
        kinds.put("a cell that is not there", cells);
        kinds.put("an answer by name without its last", hits);
        kinds.put("news that were kept back", pushes);
        return kinds.entrySet().stream()
                .filter(kind -> kind.getValue().get() == 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public String toString() {
        return heads + " heads of before, " + cells + " cells, " + middles + " parts in the middle and " + others
                + " other parts left out, " + hits + " answers by name without the last, " + pushes + " news kept back";
    }
}
