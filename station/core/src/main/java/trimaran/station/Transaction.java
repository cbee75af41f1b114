package trimaran.station;

import java.util.List;
import trimaran.kernel.ResourceId;
import trimaran.model.Resource;
import trimaran.model.Trait;
import trimaran.record.EntryKind;

/**
 * Changes that become one entry: all or nothing.
 *
 * @param overrule whether its author insists against application's no, where the kinds of change allow that
 * @param input what its author calls this very input; the same is written once, however often it comes and whatever fell
 *     meanwhile. Empty if it may be written again
 */
public record Transaction(EntryKind kind, List<Change> changes, boolean overrule, String input) {

    public Transaction {
        changes = List.copyOf(changes);
    }

    public Transaction(EntryKind kind, List<Change> changes, boolean overrule) {
        this(kind, changes, overrule, "");
    }

    /** The same under its author's name for it. */
    public Transaction named(String name) {
        return new Transaction(kind, changes, overrule, name);
    }

    public static Transaction clinical(List<Change> changes) {
        return new Transaction(EntryKind.CLINICAL, changes, false);
    }

    public static Transaction of(Change change) {
        return clinical(List.of(change));
    }

    /** One change of one resource. */
    public sealed interface Change {

        /**
         * A new resource.
         *
         * @param fullUrl by which other changes refer to it, as {@code urn:uuid:…}; empty for none
         * @param onlyIfNone create only if no resource of the type has one of these traits; empty to create always
         * @param chosenId an id its author chose, under which it can be found; empty for none
         * @param elseRefused whether one that is there refuses the transaction with {@code DUPLICATE}, since its author would
         *     change it; otherwise it stands for the new one and is left as it is
         */
        record Create(Resource resource, String fullUrl, List<Trait> onlyIfNone, String chosenId, boolean elseRefused)
                implements Change {
            public Create {
                onlyIfNone = List.copyOf(onlyIfNone);
            }

            public Create(Resource resource) {
                this(resource, "", List.of(), "");
            }

            public Create(Resource resource, String fullUrl, List<Trait> onlyIfNone, String chosenId) {
                this(resource, fullUrl, onlyIfNone, chosenId, false);
            }
        }

        /**
         * A new version.
         *
         * @param version the version it replaces, as its author saw it
         */
        record Update(ResourceId id, long version, Resource resource, String fullUrl) implements Change {}

        /** Takes a resource back: its new version is a tombstone. */
        record Delete(ResourceId id, String type, long version) implements Change {}
    }
}
