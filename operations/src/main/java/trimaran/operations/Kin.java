package trimaran.operations;

import java.util.HashMap;
import java.util.Map;

/** Patients of one sender that are merged into one another: all their messages go over one line, so that none overtakes a merge. */
final class Kin {

    private final Map<String, String> into = new HashMap<>();

    /** Looks at a message that will be played. */
    void look(byte[] message) {
        String patient = MessageFiles.patient(message);
        MessageFiles.merged(message).ifPresent(other -> {
            String one = root(patient);
            String two = root(other);
            if (!one.equals(two)) {
                into.put(two, one);
            }
        });
    }

    private String root(String patient) {
        String here = patient;
        while (into.containsKey(here)) {
            here = into.getOrDefault(here, here);
        }
        return here;
    }

    /** A number all messages of a patient and their kin have in common. */
    int of(byte[] message) {
        return root(MessageFiles.patient(message)).hashCode();
    }
}
