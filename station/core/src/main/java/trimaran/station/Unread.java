package trimaran.station;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.RecordTime;
import trimaran.kernel.ResourceId;
import trimaran.record.CellPart;
import trimaran.record.Change;
import trimaran.record.Header;
import trimaran.record.PartContent;
import trimaran.record.Place;

/**
 * What of a cell is not readable here, since the later key it is sealed with is not to be had or does not fit its commitment: an author
 * may have drawn rubbish. The rest of the cell is read; such a part takes its versions, since every reader counts alike, leaves what
 * stood there as it was, and is shown as what it is, with the reason.
 */
final class Unread {

    /** What was created and nobody can read; no type of the house, so that no page shows it as something. */
    static final String TYPE = "trimaran.Unread";

    /** FHIR's type for what fits no other: pages list it among what they have no place of its own for. */
    private static final String SHOWN_AS = "Basic";

    /** In both languages, since it stands where a resource's own words stand. */
    private static final String WORDS =
            "Écrit illisible : sa clé est introuvable ou fausse / unreadable: its key is missing or wrong";

    /** A resource's number in its cell has 50 bits; this one is made of the entry's digest, and is no resource's own. */
    private static final int LOCAL_SHIFT = 14;

    /** What stands for a cell of the patient that is not open. */
    private static final String CELL_WORDS =
            "Une partie de ce dossier manque ici : une coque la dit, les autres pas encore / a part of this record is missing here:"
                    + " one hull tells of it, the others not yet";

    private final Map<Digest, Part> parts = new LinkedHashMap<>();

    /** Of an identity cell: the patient's cells that one tier tells of and nobody could open when the record was opened last. */
    private List<CellId> doubted = List.of();

    /**
     * One that is left out, why, when and in which session it was written, and what it changed.
     *
     * @param held whether its entry has no place yet
     */
    private record Part(Code why, RecordTime time, Digest session, List<Long> locals, boolean held) {
        static Part of(Header header, CellPart part, RecordTime time, Code why, boolean held) {
            List<Long> locals = part.changes().stream().map(Change::local).toList();
            return new Part(why, time, header.author().session(), locals, held);
        }
    }

    /** Entries whose part is not read, each with the reason. */
    Map<Digest, Code> parts() {
        Map<Digest, Code> reasons = new LinkedHashMap<>();
        parts.forEach((entry, part) -> reasons.put(entry, part.why()));
        return reasons;
    }

    /** The record was opened: of these cells it is not known whether they are there. */
    void doubt(List<CellId> cells) {
        doubted = List.copyOf(cells);
    }

    /** One resource for each, so that every page, sheet and copy that shows all there is says what is missing. */
    List<ResourceVersion> shown(CellId cell) {
        List<ResourceVersion> shown = new ArrayList<>();
        parts.forEach((entry, part) -> shown.add(shown(
                new ResourceId(cell, ByteBuffer.wrap(entry.unsafeArray()).getLong() >>> LOCAL_SHIFT),
                WORDS + " (" + part.why().tag() + ")",
                part.time(),
                part.held(),
                entry,
                part.session())));
        doubted.forEach(other -> shown.add(
                shown(new ResourceId(other, 0), CELL_WORDS, RecordTime.ZERO, true, Digest.ZERO, Digest.ZERO)));
        return shown;
    }

    private static ResourceVersion shown(
            ResourceId id, String words, RecordTime time, boolean held, Digest entry, Digest session) {
        String json =
                "{\"resourceType\":\"" + SHOWN_AS + "\",\"id\":\"" + id + "\",\"code\":{\"text\":\"" + words + "\"}}";
        return new ResourceVersion(
                id,
                SHOWN_AS,
                1,
                time,
                Bytes.ofText(json),
                held ? ResourceVersion.Standing.PROVISIONAL : ResourceVersion.Standing.RECORDED,
                false,
                entry,
                session);
    }

    /** Whether a resource may stand otherwise than this version says, which is what stood there before somebody changed it. */
    boolean isOver(ResourceVersion version) {
        Part part = parts.get(version.entry());
        return part != null
                || parts.values().stream()
                        .anyMatch(one ->
                                one.held() && one.locals().contains(version.id().local()));
    }

    /** Says of an entry that is only held that it cannot be read here, as long as it is held. */
    static void show(OpenCell cell, Header header, int number, RecordTime time, Optional<Code> why) {
        if (!isRecorded(cell, header, number)) {
            CellPart part = header.author().parts().get(number);
            Part left = Part.of(header, part, time, why.orElse(Code.UNAVAILABLE), true);
            cell.unread().parts.putIfAbsent(header.digest(), left);
        }
    }

    /** Held sets are told a little late: the entry may have found its place meanwhile. */
    static boolean isRecorded(OpenCell cell, Header header, int number) {
        return header.author().parts().get(number).changes().stream()
                .flatMap(change -> cell.versions(change.local()).stream())
                .anyMatch(version -> version.entry().equals(header.digest()));
    }

    boolean isHeld(Digest entry) {
        Part part = parts.get(entry);
        return part != null && part.held();
    }

    /** It is held no more. */
    void forgetHeld(Digest entry) {
        parts.computeIfPresent(entry, (same, part) -> part.held() ? null : part);
    }

    void clear() {
        parts.clear();
    }

    /** Takes the next part into a cell although nobody here can read it. */
    static Outcome<Boolean> fold(OpenCell cell, Header header, Place place, int number, Code why) {
        CellPart part = header.author().parts().get(number);
        PartContent known = content(part, cell.label(), local -> Optional.ofNullable(cell.lastRecorded(local)));
        Outcome<Boolean> folded = cell.fold(header, place, number, known);
        if (folded.isDone()) {
            Part left = Part.of(header, part, place.effectiveTime(), why, false);
            cell.unread().parts.put(header.digest(), left);
        }
        return folded;
    }

    /**
     * What stands for the content of a part: what its header tells, on top of what stood there.
     *
     * @param latest the last version of a resource that has its place
     */
    private static PartContent content(CellPart part, String label, Function<Long, Optional<ResourceVersion>> latest) {
        List<PartContent.Item> items = new ArrayList<>();
        for (Change change : part.changes()) {
            Optional<ResourceVersion> before = latest.apply(change.local()).filter(one -> !one.isDeleted());
            String type = before.map(ResourceVersion::type).orElse(TYPE);
            Bytes json = before.map(ResourceVersion::json)
                    .orElseGet(() -> Bytes.ofText("{\"resourceType\":\"" + TYPE + "\",\"id\":\""
                            + new ResourceId(part.cell(), change.local()) + "\"}"));
            items.add(new PartContent.Item(change.local(), type, change.removes() ? Bytes.EMPTY : json));
        }
        return new PartContent(label, items);
    }
}
