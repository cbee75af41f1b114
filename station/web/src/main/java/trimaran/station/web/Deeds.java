package trimaran.station.web;

import java.util.Collection;
import java.util.List;

/**
 * What a person may do here by their roles, so that nobody is offered what would be refused. The tiers' own table decides
 * ({@code trimaran.application.Roles}); this one only spares the way there.
 */
final class Deeds {

    private static final List<String> MOVING = List.of("nurse", "physician", "clerk");

    private Deeds() {}

    /** Admit, transfer, discharge, and take those back. */
    static boolean mayMove(Collection<String> roles) {
        return roles.stream().anyMatch(MOVING::contains);
    }

    static boolean mayMove(Frame frame) {
        return frame.seat().filter(seat -> mayMove(seat.care().roles())).isPresent();
    }

    /** Say that two records are one person's, or that they are not. */
    static boolean mayCompare(Collection<String> roles) {
        return mayMove(roles);
    }

    /** Link two records: that changes who a patient is said to be. */
    static boolean mayLink(Collection<String> roles) {
        return roles.contains("clerk");
    }

    static boolean mayCompare(Frame frame) {
        return frame.seat().filter(seat -> mayCompare(seat.care().roles())).isPresent();
    }
}
