package trimaran.station.hl7;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How far an identity can be trusted (RNIV, EXI SI 07 to 09), read from PID-32 and never inferred. In PAM France {@code VALI} with an
 * INS means <i>qualifiée</i>, without one <i>validée</i>; all else keeps the INS out. What is doubtful or fictitious is
 * <i>provisoire</i>, whatever else is said.
 */
record IdentityState(Trust trust, Set<Attribute> attributes) {

    /** The four states. */
    enum Trust {
        PROVISOIRE("provisoire"),
        RECUPEREE("recuperee"),
        VALIDEE("validee"),
        QUALIFIEE("qualifiee");

        private final String code;

        Trust(String code) {
            this.code = code;
        }
    }

    /** What may be said beside. */
    enum Attribute {
        HOMONYME("homonyme", "HOMA|HOMO"),
        DOUTEUSE("douteuse", "DOUT|DOUB|DOUA|DPOT"),
        FICTIVE("fictive", "FICT");

        private final String code;
        private final String words;

        Attribute(String code, String words) {
            this.code = code;
            this.words = words;
        }
    }

    static final IdentityState PROVISIONAL = new IdentityState(Trust.PROVISOIRE, Set.of());

    IdentityState {
        attributes = Set.copyOf(attributes);
    }

    /** @param before what is known; a message that says nothing changes nothing */
    static IdentityState of(Segment pid, Optional<IdentityState> before, List<Fault> faults) {
        if (!pid.has(32)) {
            return before.orElse(PROVISIONAL);
        }
        Trust trust = Trust.PROVISOIRE;
        Set<Attribute> attributes = EnumSet.noneOf(Attribute.class);
        boolean national = pid.values(3).stream()
                .anyMatch(one -> (Identifiers.OID_PREFIX + one.component(4, 2)).startsWith(Vocabulary.INS_ROOT));
        for (Value value : pid.values(32)) {
            String word = value.text();
            boolean known = true;
            switch (word) {
                case "VALI", "VALID" -> trust = national ? Trust.QUALIFIEE : Trust.VALIDEE;
                case "QUAL" -> trust = Trust.QUALIFIEE;
                case "RECUP", "RECD" -> trust = Trust.RECUPEREE;
                case "PROV", "" -> {}
                default -> known = false;
            }
            for (Attribute attribute : Attribute.values()) {
                if (word.matches(attribute.words)) {
                    attributes.add(attribute);
                    known = true;
                }
            }
            if (!known && !word.matches("COLP|COLV|USUR|US|UD|UA|AL|IDRA")) {
                faults.add(Fault.warning(
                        Fault.Kind.NOT_IN_TABLE,
                        pid.at(32),
                        Fault.Said.of(
                                "PROV, VALI, HOMA, DOUT, FICT ; lu comme PROV",
                                "PROV, VALI, HOMA, DOUT, FICT; read as PROV"),
                        word));
            }
        }
        boolean doubtful = attributes.contains(Attribute.DOUTEUSE) || attributes.contains(Attribute.FICTIVE);
        return new IdentityState(doubtful ? Trust.PROVISOIRE : trust, attributes);
    }

    /** Whether the INS may be held: only of a qualified identity (EXI SI 08, PAM France). */
    boolean bearsNational() {
        return trust == Trust.QUALIFIEE;
    }

    List<Object> json() {
        List<Object> all = new ArrayList<>();
        all.add(Json.object("url", Vocabulary.IDENTITY_STATE, "valueCode", trust.code));
        for (Attribute attribute : Attribute.values()) {
            if (attributes.contains(attribute)) {
                all.add(Json.object("url", Vocabulary.IDENTITY_ATTRIBUTE, "valueCode", attribute.code));
            }
        }
        return all;
    }

    static IdentityState read(Map<String, Object> patient) {
        Trust trust = Trust.PROVISOIRE;
        Set<Attribute> attributes = EnumSet.noneOf(Attribute.class);
        for (Map<String, Object> one : Json.items(patient, "extension")) {
            String code = Json.text(one, "valueCode");
            if (Json.text(one, "url").equals(Vocabulary.IDENTITY_STATE)) {
                for (Trust each : Trust.values()) {
                    trust = each.code.equals(code) ? each : trust;
                }
            }
            if (Json.text(one, "url").equals(Vocabulary.IDENTITY_ATTRIBUTE)) {
                for (Attribute each : Attribute.values()) {
                    if (each.code.equals(code)) {
                        attributes.add(each);
                    }
                }
            }
        }
        return new IdentityState(trust, attributes);
    }
}
