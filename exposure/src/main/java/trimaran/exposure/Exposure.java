package trimaran.exposure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trimaran.kernel.CellId;
import trimaran.kernel.RecordTime;
import trimaran.kernel.ResourceId;
import trimaran.record.CellKind;

/**
 * Whose data a fallen party could have read in a window: certain, possible, and by that everybody else excluded (DESIGN §2). A
 * cell counts from when its key was given out, with all that is ever written under that key.
 *
 * @param patients whom the fallen party could have read, certain ones first, then by their cells' names
 * @param patientsInRecord how many there are at all
 * @param wardLists cells of wards whose list of beds was readable
 * @param onWardLists patients those lists name, by the name of a cell and no other: whoever has the list learns where such a one lay,
 *     and not who it is
 * @param lookups questions by name or number that came from it within the window; they show no record
 * @param strangers lines of sessions the record does not know, which anybody's may be
 * @param neverCame cells of drafts that were shown or told of and became no entry: refused, or given up
 * @param keysReleased cells whose newest key is one that was handed out: what is written there from now on can be read with it, too,
 *     until they are rolled (DESIGN §6)
 * @param unknownCells cells that were handed out and that no entry opens: the record that was read is behind the ledgers
 */
public record Exposure(
        List<Exposed> patients,
        int patientsInRecord,
        int wardLists,
        int onWardLists,
        long lookups,
        long strangers,
        int neverCame,
        int keysReleased,
        int unknownCells) {

    /** How a cell comes onto a ledger before there is an entry that opens it. */
    private static final Set<Way> DRAFTED = Set.of(Way.SHOWN, Way.NAMED, Way.WROTE);

    public Exposure {
        patients = List.copyOf(patients);
    }

    public long count(Certainty certainty) {
        return patients.stream().filter(one -> one.certainty() == certainty).count();
    }

    public long excluded() {
        return (long) patientsInRecord - patients.size();
    }

    /** Patients who were reached in this way, among others. */
    public long count(Way way) {
        return patients.stream().filter(one -> one.ways().contains(way)).count();
    }

    static Exposure of(CellMap cells, Map<CellId, Trace> traces, long lookups, long strangers) {
        Map<CellId, List<Opened>> bySubject = new HashMap<>();
        int wards = 0;
        int neverCame = 0;
        int unknown = 0;
        int keysReleased = 0;
        Set<CellId> listed = new HashSet<>();
        for (Map.Entry<CellId, Trace> one : traces.entrySet()) {
            if (one.getValue().certainty().isEmpty()) {
                continue;
            }
            Optional<CellMap.Cell> known = cells.find(one.getKey());
            if (known.isEmpty()) {
                if (DRAFTED.containsAll(one.getValue().ways())) {
                    neverCame++;
                } else {
                    unknown++;
                }
                continue;
            }
            CellMap.Cell cell = known.get();
            boolean old = cell.kind().mayRoll()
                    && one.getValue()
                            .lastKey()
                            .filter(time -> !cells.isRolledSince(one.getKey(), time))
                            .isPresent();
            keysReleased += old ? 1 : 0;
            if (cell.kind().ofPatient()) {
                bySubject
                        .computeIfAbsent(cell.subject(), none -> new ArrayList<>())
                        .add(new Opened(cell.kind(), one.getValue(), old));
            } else if (cell.kind() == CellKind.WARD && !one.getValue().isOnlyNamed()) {
                wards++;
                listed.addAll(cells.listedIn(one.getKey()));
            }
        }
        List<Exposed> patients = new ArrayList<>();
        bySubject.forEach((subject, opened) -> patients.add(exposed(subject, cells.first(subject), opened)));
        patients.sort(Comparator.comparing(Exposed::certainty).reversed().thenComparing(Exposed::subject));
        return new Exposure(
                patients, cells.patients(), wards, listed.size(), lookups, strangers, neverCame, keysReleased, unknown);
    }

    /** A cell of a patient that was readable. */
    private record Opened(CellKind kind, Trace trace, boolean keyReleased) {}

    private static Exposed exposed(CellId subject, Optional<ResourceId> resource, List<Opened> opened) {
        Map<CellKind, Integer> certain = new EnumMap<>(CellKind.class);
        Map<CellKind, Integer> possible = new EnumMap<>(CellKind.class);
        Map<CellKind, Integer> named = new EnumMap<>(CellKind.class);
        Set<Way> ways = EnumSet.noneOf(Way.class);
        RecordTime first = new RecordTime(Long.MAX_VALUE);
        RecordTime last = RecordTime.ZERO;
        for (Opened one : opened) {
            Trace trace = one.trace();
            boolean sure = trace.certainty().equals(Optional.of(Certainty.CERTAIN));
            (sure ? certain : possible).merge(one.kind(), 1, Integer::sum);
            if (trace.isOnlyNamed()) {
                named.merge(one.kind(), 1, Integer::sum);
            }
            ways.addAll(trace.ways());
            first = first.isAfter(trace.first()) ? trace.first() : first;
            last = trace.last().isAfter(last) ? trace.last() : last;
        }
        Certainty surest = certain.isEmpty() ? Certainty.POSSIBLE : Certainty.CERTAIN;
        int keys = (int) opened.stream().filter(Opened::keyReleased).count();
        return new Exposed(subject, resource, surest, ways, certain, possible, named, keys, first, last);
    }
}
