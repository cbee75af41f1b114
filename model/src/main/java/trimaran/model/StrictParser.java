package trimaran.model;

import trimaran.kernel.Code;
import trimaran.kernel.Outcome;

/**
 * The strict check of one resource in JSON (R4 json): unknown elements, wrong types, cardinality, missing required
 * elements, malformed primitives, required codes, duplicate names, dangling contained references, all refused with the
 * place as a FHIR path. Any bytes give a value or a refusal, within bounded time and memory.
 */
public final class StrictParser {

    private StrictParser() {}

    /** @return the resource; it shares {@code body}, which the caller must not change */
    public static Outcome<Resource> parse(byte[] body) {
        return parse(body, 0, body.length);
    }

    /** As {@link #parse(byte[])}, for a line of NDJSON or another part of a larger body. */
    public static Outcome<Resource> parse(byte[] body, int start, int end) {
        if (end - start > Limits.BODY_BYTES_MAX) {
            return Outcome.refused(Code.TOO_LARGE, "a body has at most " + Limits.BODY_BYTES_MAX + " bytes");
        }
        Check check = new Check(body, start, end, null);
        try {
            return Outcome.done(check.whole());
        } catch (RefusedException fault) {
            return Outcome.refused(check.refusal(fault));
        }
    }
}
