package trimaran.application;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.Code;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.line.message.Draft;
import trimaran.model.ShownToApplication;
import trimaran.record.AuthorPart;
import trimaran.record.Change;

/**
 * Checks that a draft tells of exactly the changes its author part announces, shows what the policy lets a rule see, and
 * shows nothing more.
 */
final class DraftCheck {

    private final Draft draft;
    private final Map<ResourceId, Change> announced = new HashMap<>();
    private final int changes;

    DraftCheck(AuthorPart part, Draft draft) {
        this.draft = draft;
        int count = 0;
        for (var one : part.parts()) {
            for (Change change : one.changes()) {
                announced.put(new ResourceId(one.cell(), change.local()), change);
                count++;
            }
        }
        changes = count;
    }

    Outcome<List<DraftItem>> items() {
        if (announced.size() != changes) {
            return Outcome.refused(Code.MALFORMED, "one resource is changed twice in one entry");
        }
        List<DraftItem> items = new ArrayList<>(draft.items().size());
        for (Draft.Item item : draft.items()) {
            int index = items.size();
            Optional<Refusal> wrong = disagreement(item).or(() -> exposure(item));
            if (wrong.isPresent()) {
                return Outcome.refused(wrong.get());
            }
            try {
                items.add(new DraftItem(index, item.id(), item.type(), item.action(), item.replaces(), content(item)));
            } catch (MalformedException malformed) {
                return Outcome.refused(Refusal.at(Code.MALFORMED, place(item), "the content shown cannot be read"));
            }
        }
        return announced.isEmpty()
                ? Outcome.done(items)
                : Outcome.refused(Code.MALFORMED, "the draft leaves out a resource the entry changes");
    }

    /** Takes the item off what the author part announces. */
    private Optional<Refusal> disagreement(Draft.Item item) {
        Change change = announced.remove(item.id());
        if (change == null) {
            return refuse(item, "the draft names a resource the entry does not change, or names it twice");
        }
        boolean agrees = item.replaces() == change.replaces()
                && switch (item.action()) {
                    case CREATE -> change.replaces() == 0 && !change.removes();
                    case UPDATE -> change.replaces() > 0 && !change.removes();
                    case DELETE -> change.replaces() > 0 && change.removes();
                };
        return agrees ? Optional.empty() : refuse(item, "the draft tells of another change than the entry makes");
    }

    private static Optional<Refusal> exposure(Draft.Item item) {
        boolean wanted = ShownToApplication.shown(item.type()) && item.action() != Draft.Action.DELETE;
        if (wanted && item.content().isEmpty()) {
            return refuse(item, "the rules for this type need its content");
        }
        if (!ShownToApplication.shown(item.type(), item.content())
                && !item.content().isEmpty()) {
            return refuse(item, "the content of this type is not to be shown to application");
        }
        return Optional.empty();
    }

    private static Optional<JsonValue> content(Draft.Item item) throws MalformedException {
        if (item.content().isEmpty()) {
            return Optional.empty();
        }
        JsonValue content = JsonValue.parse(item.content());
        boolean itself = content.text("resourceType").equals(Optional.of(item.type()))
                && content.text("id").map(item.id().toString()::equals).orElse(true);
        if (!itself) {
            throw new MalformedException("another resource than the item names");
        }
        return Optional.of(content);
    }

    private static Optional<Refusal> refuse(Draft.Item item, String sentence) {
        return Optional.of(Refusal.at(Code.MALFORMED, place(item), sentence));
    }

    private static String place(Draft.Item item) {
        return item.type() + "/" + item.id();
    }
}
