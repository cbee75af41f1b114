package trimaran.station.web;

import java.util.List;

/**
 * The board of a ward as it is shown.
 *
 * @param href of the ward
 * @param critical results somebody has to be called for
 * @param late doses that are late, and those of which nobody wrote what became
 * @param unplaced who is there and has no bed
 * @param expected who is to come
 * @param missing beds whose patient's record could not be opened: the list says that it is incomplete
 * @param unreadable lines of the board nobody could read
 */
record BoardView(
        String name,
        String href,
        String phone,
        Figures figures,
        List<Line> critical,
        List<Line> late,
        List<Line> unplaced,
        List<Line> expected,
        List<Bed> beds,
        int missing,
        int unreadable) {

    /** How many of what. */
    record Figures(long present, long beds, long free, long toClean, long closed, long expected, long leaving) {}

    /**
     * One line of what is to be done now.
     *
     * @param more what about it
     */
    record Line(String href, String words, String more) {}

    /** A word with its symbol and form: never colour alone. */
    record Badge(String form, String icon, String words) {}

    /**
     * One bed and who lies there.
     *
     * @param number as on the door
     * @param side where in the room; empty if it stands alone
     * @param form of the frame; empty for an ordinary one
     * @param href of the record; empty for an empty bed
     * @param icon of an empty bed's state
     * @param state what an empty bed is, or that a record is not to be had
     * @param note until when, or why
     * @param set where the state of an empty bed is set; empty for who may not
     */
    record Bed(
            String number,
            String side,
            String form,
            String href,
            String family,
            String rest,
            List<Badge> doses,
            List<Badge> safety,
            List<Badge> results,
            String icon,
            String state,
            String note,
            String set) {
        Bed {
            doses = List.copyOf(doses);
            safety = List.copyOf(safety);
            results = List.copyOf(results);
        }
    }

    BoardView {
        critical = List.copyOf(critical);
        late = List.copyOf(late);
        unplaced = List.copyOf(unplaced);
        expected = List.copyOf(expected);
        beds = List.copyOf(beds);
    }

    boolean isIncomplete() {
        return missing > 0 || unreadable > 0;
    }
}
