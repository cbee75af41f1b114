package trimaran.station.web;

import java.util.Collection;
import java.util.List;

/**
 * What a person may do here by their roles, so that nobody is offered what would be refused. The tiers' own table decides
 * ({@code trimaran.application.Roles}); this one only spares the way there.
 */
final class Deeds {

    private static final List<String> MOVING = List.of("nurse", "physician", "clerk");

    private static final List<String> ATTACHING = List.of("physician", "laboratory");

    private static final List<String> BEDS = List.of("nurse", "ward-manager");

    private static final List<String> REVIEWING = List.of("nurse", "physician", "clerk");

    private Deeds() {}

    /** Have application judge what was written without it. */
    static boolean mayReview(Collection<String> roles) {
        return roles.stream().anyMatch(REVIEWING::contains);
    }

    static boolean mayReview(Frame frame) {
        return frame.seat().filter(seat -> mayReview(seat.care().roles())).isPresent();
    }

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

    /** Say whose a result or document of another system is, or that it is nobody's: it becomes one of that record. */
    static boolean mayAttach(Collection<String> roles) {
        return roles.stream().anyMatch(ATTACHING::contains);
    }

    static boolean mayAttach(Frame frame) {
        return frame.seat().filter(seat -> mayAttach(seat.care().roles())).isPresent();
    }

    /** Say what an empty bed is fit for. */
    static boolean maySetBeds(Collection<String> roles) {
        return roles.stream().anyMatch(BEDS::contains);
    }

    static boolean mayCompare(Frame frame) {
        return frame.seat().filter(seat -> mayCompare(seat.care().roles())).isPresent();
    }
}
