package trimaran.model;

import java.util.HashSet;
import java.util.Set;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;

/**
 * Reads a Bundle in one pass over its bytes, checking every resource strictly. Nothing but the bytes, a few positions and
 * the facts of each resource stays in memory. In a transaction the first fault refuses the whole (R4 http, transaction:
 * all or nothing); in any other Bundle each refused entry carries its own issue.
 */
public final class BundleReader {

    private BundleReader() {}

    /** @return the Bundle; its resources share {@code body}, which the caller must not change */
    public static Outcome<Bundle> read(byte[] body) {
        return read(body, 0, body.length);
    }

    public static Outcome<Bundle> read(byte[] body, int start, int end) {
        if (end - start > Limits.BODY_BYTES_MAX) {
            return Outcome.refused(Code.TOO_LARGE, "a body has at most " + Limits.BODY_BYTES_MAX + " bytes");
        }
        BundleDraft draft = new BundleDraft();
        Check check = new Check(body, start, end, draft);
        try {
            Resource whole = check.whole();
            if (!whole.type().equals("Bundle")) {
                return Outcome.refused(Refusal.at(Code.WRONG_TYPE, whole.type(), "expected a Bundle"));
            }
        } catch (RefusedException fault) {
            return Outcome.refused(check.refusal(fault));
        }
        Bundle bundle = new Bundle(draft.type, draft.entries);
        return switch (bundle.type()) {
            case "transaction" -> judged(bundle, true);
            case "batch" -> judged(bundle, false);
            default -> Outcome.done(bundle);
        };
    }

    /** What R4 asks of a Bundle that is to be carried out (bdl-3, bdl-7, and a resource where one is needed). */
    private static Outcome<Bundle> judged(Bundle bundle, boolean whole) {
        Set<String> fullUrls = new HashSet<>();
        for (BundleEntry entry : bundle.entries()) {
            String place = "Bundle.entry[" + entry.index() + "]";
            if (whole && entry.issue() != null) {
                return Outcome.refused(entry.issue());
            }
            String method = entry.request().method();
            if (method.isEmpty()) {
                return Outcome.refused(
                        Refusal.at(Code.CARDINALITY, place + ".request", "an entry says what it asks for"));
            }
            boolean bodied = method.equals("POST") || method.equals("PUT");
            if (bodied && entry.resource() == null && entry.issue() == null) {
                return Outcome.refused(
                        Refusal.at(Code.CARDINALITY, place + ".resource", "this method needs a resource"));
            }
            if (!entry.fullUrl().isEmpty() && !fullUrls.add(entry.fullUrl())) {
                return Outcome.refused(
                        Refusal.at(Code.BAD_VALUE, place + ".fullUrl", "two entries have the same fullUrl"));
            }
        }
        return Outcome.done(bundle);
    }
}
