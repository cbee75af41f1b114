package trimaran.drills;

import java.util.ArrayList;
import java.util.HashMap;
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
    private record Victim(Omission omission, CellHead before) {}

    private final Map<CellId, Victim> victims = new HashMap<>();
    private final Set<Digest> stations;
    private final AtomicInteger heads = new AtomicInteger();
    private final AtomicInteger parts = new AtomicInteger();
    private final AtomicInteger cells = new AtomicInteger();
    private final AtomicInteger hits = new AtomicInteger();
    private final AtomicInteger pushes = new AtomicInteger();
    private volatile boolean frozen;

    /** @param entries all there are, from the first: the tier has them on its own disk */
    Withholding(List<SealedEntry> entries, Set<CellId> chosen, Set<Digest> stations) {
        this.stations = Set.copyOf(stations);
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
        int next = 0;
        for (CellId cell : chosen.stream().sorted().toList()) {
            CellHead before = befores.get(cell);
            if (before != null && before.parts() >= 2) {
                victims.put(cell, new Victim(Omission.values()[next++ % Omission.values().length], before));
            }
        }
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

    int victims() {
        return victims.size();
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
                    heads.incrementAndGet();
                    said.add(new OpenedCell(cell.opening(), cell.openedAt(), before(cell.head()), cell.shares()));
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
            case LAST -> without(truth, from, victim.before().parts(), before(truth.head()));
            case MIDDLE -> without(truth, from, 1, truth.head());
            case ALL -> {
                parts.addAndGet(truth.parts().size());
                yield new Response.CellParts(
                        List.of(), CellHead.empty(truth.head().cell()), false);
            }
        };
    }

    private Response.CellParts without(Response.CellParts truth, long from, long sequence, CellHead head) {
        List<Response.SealedPart> left = new ArrayList<>(truth.parts());
        if (sequence >= from && sequence - from < left.size()) {
            left.remove((int) (sequence - from));
            parts.incrementAndGet();
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

    /** Whether cells, names and news were asked for and left out. */
    boolean hasLied() {
        return heads.get() + cells.get() + parts.get() > 0 && hits.get() > 0 && pushes.get() > 0;
    }

    @Override
    public String toString() {
        return heads + " heads of before, " + cells + " cells and " + parts + " parts left out, " + hits
                + " answers by name without the last, " + pushes + " news kept back";
    }
}
