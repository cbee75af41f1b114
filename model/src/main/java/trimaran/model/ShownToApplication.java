package trimaran.model;

import java.util.Set;

/**
 * Which types of resource application is shown in clear in a draft (DESIGN §6). A station fills in their content and no
 * other, and application refuses a draft that shows more: what a rule does not need, a fallen application never had.
 */
public final class ShownToApplication {

    /** Movements, and the ward's bed lines: whose stay, which bed, from when to when. Patients are never shown. */
    private static final Set<String> SHOWN = Set.of("Encounter", "Trimaran.Bed");

    private ShownToApplication() {}

    /** Whether the content of this type stands in a draft; a deletion shows none. */
    public static boolean shown(String type) {
        return SHOWN.contains(type);
    }
}
