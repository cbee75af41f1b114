package trimaran.model;

import java.util.Set;
import trimaran.kernel.Bytes;

/**
 * Which types of resource application is shown in clear in a draft (DESIGN §6). A station fills in their content and no
 * other, and application refuses a draft that shows more: what a rule does not need, a fallen application never had.
 */
public final class ShownToApplication {

    /** Movements, and the ward's bed lines: whose stay, which bed, from when to when. Patients are never shown. */
    private static final Set<String> SHOWN = Set.of("Encounter", "Trimaran.Bed");

    private ShownToApplication() {}

    /** Whether the rules for this type need its content; a deletion shows none. */
    public static boolean shown(String type) {
        return SHOWN.contains(type);
    }

    /** Whether this very resource is shown: of the Provenances only a review, which names versions and tells no finding. */
    public static boolean shown(String type, Bytes json) {
        return shown(type) || ContinuityReview.is(type, json);
    }
}
