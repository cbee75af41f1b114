package trimaran.station.fhir;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import trimaran.kernel.Code;
import trimaran.model.ElementTable;
import trimaran.model.Limits;
import trimaran.station.fhir.Interaction.Shape;

/**
 * Where a request goes: the part of its URL below the door.
 *
 * @param type empty for the whole door
 * @param id empty for a whole type
 * @param version 0 for the latest
 */
record Address(Shape shape, String type, String id, long version, Parameters parameters) {

    private static final Set<String> TYPES = types();

    private static Set<String> types() {
        Set<String> types = new HashSet<>(ElementTable.r4().resourceTypes());
        // These travel, and are kept only inside others.
        List.of("Bundle", "Parameters", "OperationOutcome", "CapabilityStatement")
                .forEach(types::remove);
        return Set.copyOf(types);
    }

    /** Resource types this door keeps. */
    static Set<String> keptTypes() {
        return TYPES;
    }

    /**
     * @param path below the door, without the slash in front, still encoded
     * @param query still encoded
     */
    static Address parse(String path, String query) throws RefusedException {
        Parameters parameters = Parameters.parse(query);
        String plain = path.indexOf('%') < 0 ? path : Parameters.decoded(path.replace("+", "%2B"));
        if (plain.isEmpty()) {
            return new Address(Shape.SYSTEM, "", "", 0, parameters);
        }
        String[] steps = plain.split("/", -1);
        if (steps.length == 1 && plain.equals("metadata")) {
            return new Address(Shape.METADATA, "", "", 0, parameters);
        }
        String type = steps[0];
        if (!TYPES.contains(type)) {
            throw nothing();
        }
        if (steps.length == 1) {
            return new Address(Shape.TYPE, type, "", 0, parameters);
        }
        String id = steps[1];
        if (steps.length == 2 && id.equals("$ward-pack") && type.equals("Location")) {
            return new Address(Shape.WARD_PACK, type, "", 0, parameters);
        }
        if (!isId(id) || steps.length > 4) {
            throw nothing();
        }
        if (steps.length == 2) {
            return new Address(Shape.INSTANCE, type, id, 0, parameters);
        }
        if (steps.length == 3 && steps[2].equals("$everything") && type.equals("Patient")) {
            return new Address(Shape.EVERYTHING, type, id, 0, parameters);
        }
        if (!steps[2].equals("_history")) {
            throw nothing();
        }
        return steps.length == 3
                ? new Address(Shape.HISTORY, type, id, 0, parameters)
                : new Address(Shape.VERSION, type, id, number(steps[3]), parameters);
    }

    private static long number(String text) throws RefusedException {
        boolean digits = !text.isEmpty() && text.length() < 19 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits || text.charAt(0) == '0') {
            throw RefusedException.of(Code.NOT_FOUND, "there is no such version");
        }
        return Long.parseLong(text);
    }

    private static RefusedException nothing() {
        return RefusedException.of(Code.NOT_SUPPORTED, "there is nothing at this address");
    }

    /** R4 datatypes, id. */
    static boolean isId(String text) {
        if (text.isEmpty() || text.length() > Limits.ID_CHARACTERS_MAX) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            boolean allowed = (next >= 'a' && next <= 'z')
                    || (next >= 'A' && next <= 'Z')
                    || (next >= '0' && next <= '9')
                    || next == '-'
                    || next == '.';
            if (!allowed) {
                return false;
            }
        }
        return true;
    }
}
