package trimaran.application;

import java.util.Optional;
import trimaran.kernel.ResourceId;
import trimaran.line.message.Draft;

/**
 * One changed resource as a rule sees it.
 *
 * @param index its place among the draft's items, for refusals
 * @param type FHIR resource type, or a word of Trimaran's own
 * @param replaces the version it replaces, 0 for none
 * @param content what it will be; empty if the type is not shown to application, or if it is deleted
 */
public record DraftItem(
        int index, ResourceId id, String type, Draft.Action action, long replaces, Optional<JsonValue> content) {

    /** The spot of an element of this item, as a refusal names it: {@code Encounter.period.start}. */
    public String place(String path) {
        return path.isEmpty() ? type : type + "." + path;
    }
}
