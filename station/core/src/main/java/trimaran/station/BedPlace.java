package trimaran.station;

import trimaran.kernel.ResourceId;

/**
 * A bed as the house describes it; a text is empty where the house says nothing.
 *
 * @param id of its Location
 * @param room name of the room it stands in
 * @param name what is written on it, which may repeat the room
 * @param code value of its first identifier
 * @param stateWords its operational state as the house words it
 * @param note why it cannot be used, and until when
 */
public record BedPlace(
        ResourceId id, String room, String name, String code, State state, String stateWords, String note) {

    /** Whether somebody may be laid into it (HL7 table 0116, and the Location's own status). */
    public enum State {
        READY,
        TO_CLEAN,
        /** Closed, suspended or taken out of service: nobody is laid there. */
        CLOSED,
        /** A code this house does not know: its words are shown, and it counts as not free. */
        OTHER;

        static State of(String status, String operational) {
            if (status.equals("suspended") || status.equals("inactive")) {
                return CLOSED;
            }
            return switch (operational) {
                // Occupied is what the board itself knows better.
                case "", "U", "O" -> READY;
                case "H", "K" -> TO_CLEAN;
                // Isolated: for nobody but whom it is kept for.
                case "C", "I" -> CLOSED;
                default -> OTHER;
            };
        }
    }
}
