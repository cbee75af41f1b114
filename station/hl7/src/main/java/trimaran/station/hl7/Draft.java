package trimaran.station.hl7;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.model.Resource;
import trimaran.model.StrictParser;
import trimaran.model.Trait;
import trimaran.record.EntryKind;
import trimaran.station.Transaction;
import trimaran.station.Transaction.Change;

/** The changes one message asks for, before they are written: all of them are one entry of the log. */
final class Draft {

    private final List<Change> changes = new ArrayList<>();

    /**
     * A new resource.
     *
     * @return by what others of this draft refer to it
     */
    String create(Map<String, Object> json) throws StoppedException {
        return create(json, List.of());
    }

    /** A new resource, unless one has one of these traits, which then stands for it. */
    String create(Map<String, Object> json, List<Trait> onlyIfNone) throws StoppedException {
        String url = "urn:uuid:00000000-0000-4000-8000-%012d".formatted(changes.size());
        changes.add(new Change.Create(checked(json), url, onlyIfNone, ""));
        return url;
    }

    void update(ResourceId id, long version, Map<String, Object> json) throws StoppedException {
        changes.add(new Change.Update(id, version, checked(json), ""));
    }

    /**
     * Writes the new state of something the record holds, if it says anything new.
     *
     * @return whether it does
     */
    boolean update(Lookups.Stored stored, Map<String, Object> json) throws StoppedException {
        if (stored.json().equals(json)) {
            return false;
        }
        update(stored.id(), stored.version(), json);
        return true;
    }

    private static Resource checked(Map<String, Object> json) throws StoppedException {
        Outcome<Resource> parsed = StrictParser.parse(Json.write(json));
        if (parsed instanceof Outcome.Refused<Resource>(Refusal refusal)) {
            throw new StoppedException(refusal);
        }
        return StoppedException.value(parsed);
    }

    List<Change> changes() {
        return List.copyOf(changes);
    }

    boolean isEmpty() {
        return changes.isEmpty();
    }

    /**
     * Facts of another system go in as continuity: application is not asked whether it likes them, and everything that came so
     * is flagged and reviewed (DESIGN §5, Continuity).
     *
     * @param input the sender's name for this very message
     */
    Transaction transaction(String input) {
        return new Transaction(EntryKind.CONTINUITY, changes, false, input);
    }
}
