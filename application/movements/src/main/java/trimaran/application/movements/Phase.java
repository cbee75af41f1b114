package trimaran.application.movements;

/** How far a stay has come, by Encounter.status (R4 value set encounter-status). */
enum Phase {
    EXPECTED,
    PRESENT,
    LEFT,
    /** Cancelled, or never was. */
    NEVER,
    /** The source did not know: a fact of history that moves nobody. */
    UNKNOWN;

    static Phase ofStatus(String status) {
        return switch (status) {
            case "planned" -> EXPECTED;
            case "arrived", "triaged", "in-progress", "onleave" -> PRESENT;
            case "finished" -> LEFT;
            case "cancelled", "entered-in-error" -> NEVER;
            default -> UNKNOWN;
        };
    }
}
