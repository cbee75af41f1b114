package trimaran.record;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A scope two officers grant a service over the whole record, in SMART's words: {@code system/<type or *>.<some of c r u d s>}
 * (SMART App Launch 2.2, Scopes). It reaches the cells its type lies in (DESIGN §12 Placement) and no others.
 *
 * @param type a FHIR resource type, or {@code *} for all
 * @param actions some of the letters c, r, u, d, s
 */
public record SystemScope(String type, String actions) {

    private static final String PREFIX = "system/";
    private static final String ALL = "*";
    private static final String ACTIONS = "cruds";

    /** Types that lie in a patient's identity cell alone. */
    private static final Set<String> IDENTITY = Set.of("Patient", "RelatedPerson", "Coverage");

    /** Types that lie in the house alone, where no patient is. */
    private static final Set<String> HOUSE =
            Set.of("Organization", "Practitioner", "PractitionerRole", "Location", "Medication", "HealthcareService");

    /** A scope read from a grant; empty if it is no system scope, or not written as one. */
    public static Optional<SystemScope> of(String scope) {
        int dot = scope.lastIndexOf('.');
        if (!scope.startsWith(PREFIX) || dot <= PREFIX.length() || dot == scope.length() - 1) {
            return Optional.empty();
        }
        String actions = scope.substring(dot + 1);
        boolean known = actions.chars().allMatch(letter -> ACTIONS.indexOf(letter) >= 0);
        return known ? Optional.of(new SystemScope(scope.substring(PREFIX.length(), dot), actions)) : Optional.empty();
    }

    /** The system scopes of a service's session; a person's, station's or officer's session has none. */
    public static List<SystemScope> of(Session session) {
        return session.kind() == Statement.BadgeKind.SERVICE
                ? session.scopes().stream().flatMap(scope -> of(scope).stream()).toList()
                : List.of();
    }

    /** Whether what this scope names may lie in a patient's cell of this kind. */
    public boolean reaches(CellKind kind) {
        if (!kind.ofPatient() || HOUSE.contains(type)) {
            return false;
        }
        return IDENTITY.contains(type) ? kind == CellKind.IDENTITY : true;
    }

    /** Whether it names the whole record, to be read or searched. */
    public boolean readsAll() {
        return type.equals(ALL) && reads();
    }

    /** Whether it lets patients be listed: by the whole record, or by their own type. */
    public boolean listsPatients() {
        return reads() && (type.equals(ALL) || type.equals("Patient"));
    }

    private boolean reads() {
        return actions.indexOf('r') >= 0 || actions.indexOf('s') >= 0;
    }
}
