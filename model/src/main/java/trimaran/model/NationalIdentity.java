package trimaran.model;

import java.util.Optional;
import java.util.Set;
import trimaran.kernel.Code;
import trimaran.kernel.Refusal;

/**
 * Which national health identifiers (INS) a hospital may hold. The namespaces are those of the French national identity
 * service, as FHIR FR Core writes them. A demo hospital that held a real INS would hold a real person's.
 */
public final class NationalIdentity {

    private static final String SYSTEM = "urn:oid:1.2.250.1.213.1.4.";

    /** NIR, and NIA for whoever waits for a NIR. */
    private static final Set<String> REAL = Set.of(SYSTEM + "8", SYSTEM + "9");

    /** Test and demonstration. */
    private static final Set<String> INVENTED = Set.of(SYSTEM + "10", SYSTEM + "11");

    private NationalIdentity() {}

    /** Whether this is the identifier system of an INS of any sort. */
    public static boolean isNational(String system) {
        return REAL.contains(system) || INVENTED.contains(system);
    }

    /**
     * Why a patient's identifier of this system may not be held; empty if it may.
     *
     * @param system Identifier.system
     * @param demo whether the hospital is invented
     */
    public static Optional<Refusal> refusal(String system, boolean demo) {
        if (demo && REAL.contains(system)) {
            return refuse("an invented hospital holds no real INS, only those of the test namespaces");
        }
        if (!demo && INVENTED.contains(system)) {
            return refuse("a test INS names nobody and is not held by a hospital");
        }
        return Optional.empty();
    }

    private static Optional<Refusal> refuse(String sentence) {
        return Optional.of(Refusal.at(Code.RULE, "Patient.identifier.system", sentence));
    }
}
