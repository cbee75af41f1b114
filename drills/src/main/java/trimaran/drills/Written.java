package trimaran.drills;

import java.util.List;
import java.util.regex.Pattern;
import trimaran.trial.FhirClient;

/**
 * One request to write, and what the station answered.
 *
 * @param parts what was to be written, in one step
 * @param answer what came back
 */
record Written(List<Part> parts, FhirClient.Reply answer) {

    /** The identifier system of everything a drill writes. */
    static final String SYSTEM = "urn:trimaran:drill";

    private static final Pattern SUPPLIED =
            Pattern.compile("\"id\":\"[^\"]*\",|\"meta\":\\{[^}]*\\},|(?<=\"reference\":\")[^\"]*(?=\")");

    Written {
        parts = List.copyOf(parts);
    }

    /** One resource under an identifier nobody else writes. */
    record Part(String type, String identifier, String resource) {

        /** Whether this is what comes back: all of it, apart from what the station supplies. */
        boolean isSame(String returned) {
            return plain(returned).equals(plain(resource));
        }
    }

    /** Without id, meta and where references lead to. */
    static String plain(String resource) {
        return SUPPLIED.matcher(resource).replaceAll("");
    }

    /** The station said it is in the record, or at least in its outbox on disk: from then on it must not be lost. */
    boolean isPromised() {
        return answer.isDone();
    }

    /** Enough said to look at: a refusal that asks to come again is none of the content. */
    boolean isRefusedForItself() {
        return answer.status() / 100 == 4 && answer.status() != 429;
    }
}
