package trimaran.station.fhir;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The routing table: every interaction this door offers (R4 http), by method and shape of the address. What is not here is
 * neither answered nor stated in the CapabilityStatement.
 */
enum Interaction {
    CAPABILITIES("GET", Shape.METADATA, ""),
    BUNDLE("POST", Shape.SYSTEM, ""),
    CREATE("POST", Shape.TYPE, "create"),
    SEARCH("GET", Shape.TYPE, "search-type"),
    READ("GET", Shape.INSTANCE, "read"),
    UPDATE("PUT", Shape.INSTANCE, "update"),
    CONDITIONAL_UPDATE("PUT", Shape.TYPE, ""),
    DELETE("DELETE", Shape.INSTANCE, "delete"),
    HISTORY("GET", Shape.HISTORY, "history-instance"),
    VREAD("GET", Shape.VERSION, "vread"),
    EVERYTHING("GET", Shape.EVERYTHING, ""),
    WARD_PACK("GET", Shape.WARD_PACK, "");

    /** What an address looks like below the door. */
    enum Shape {
        /** The door itself. */
        SYSTEM,
        /** {@code metadata} */
        METADATA,
        /** {@code Type} */
        TYPE,
        /** {@code Type/id} */
        INSTANCE,
        /** {@code Type/id/_history} */
        HISTORY,
        /** {@code Type/id/_history/version} */
        VERSION,
        /** {@code Patient/id/$everything} */
        EVERYTHING,
        /** {@code Location/$ward-pack} */
        WARD_PACK
    }

    private final String method;
    private final Shape shape;
    private final String code;

    Interaction(String method, Shape shape, String code) {
        this.method = method;
        this.shape = shape;
        this.code = code;
    }

    String method() {
        return method;
    }

    /** As in R4 type-restful-interaction; empty if it is not about one type, or stated in another way. */
    String code() {
        return code;
    }

    /** Whether a request brings a body. */
    boolean hasBody() {
        return method.equals("POST") || method.equals("PUT");
    }

    static Optional<Interaction> of(String method, Shape shape) {
        for (Interaction interaction : values()) {
            if (interaction.shape == shape && interaction.method.equals(method)) {
                return Optional.of(interaction);
            }
        }
        return Optional.empty();
    }

    /** The methods an address takes, for the Allow header. */
    static String allowed(Shape shape) {
        List<String> methods = new ArrayList<>();
        for (Interaction interaction : values()) {
            if (interaction.shape == shape) {
                methods.add(interaction.method);
                if (interaction.method.equals("GET")) {
                    methods.add("HEAD");
                }
            }
        }
        methods.add("OPTIONS");
        return String.join(", ", methods);
    }
}
