package trimaran.model;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.ResourceId;

/**
 * The review of what was written without application's approval (DESIGN §5 Continuity): a FHIR Provenance whose activity is of
 * {@link #SYSTEM}. Its targets are the patient and each reviewed version; a reason is the sentence of somebody who confirms
 * what the rules refuse. The station that files one and application that judges it MUST tell by {@link #is} what is one.
 */
public final class ContinuityReview {

    public static final String TYPE = "Provenance";

    /** The code system of the activity. A Provenance without these very bytes is an ordinary one, whatever else it says. */
    public static final String SYSTEM = "urn:trimaran:continuity-review";

    public static final String CODE = "reviewed";

    /** Versions one review names: application looks each up on its loop, and a person reads what they confirm. */
    public static final int TARGETS_MAX = 100;

    /** Reviews of one entry: for each, application looks through cells on its loop, and no page writes more. */
    public static final int OF_AN_ENTRY_MAX = 1;

    /** Characters of the sentence of somebody who confirms all the same: it is a reason, no report. */
    public static final int REMARK_MAX = 500;

    /**
     * Hexadecimal digits of chance in {@code activity.id}: every keeper has the hash of a review's text ({@code record.Approval.seen}),
     * and must not be able to guess what it says.
     */
    public static final int CHANCE_HEX = 32;

    /** Characters of its own id behind the word: together no more than FHIR lets an id have. */
    private static final int NAME_HEX = 48;

    private static final byte[] MARK = ('"' + SYSTEM + '"').getBytes(StandardCharsets.US_ASCII);

    private static final String HISTORY = "/_history/";

    private ContinuityReview() {}

    /** One reviewed version. */
    public record Target(String type, ResourceId id, long version) {

        /** A versioned reference (R4 references, literal). */
        public String reference() {
            return type + "/" + id + HISTORY + version;
        }

        /** Empty for a reference without a version, or to what is not in this record. */
        public static Optional<Target> of(String reference) {
            int slash = reference.indexOf('/');
            int history = reference.indexOf(HISTORY);
            String version = history < 0 ? "" : reference.substring(history + HISTORY.length());
            if (slash < 1 || history < slash || !version.matches("[1-9][0-9]{0,9}")) {
                return Optional.empty();
            }
            try {
                ResourceId id = ResourceId.parse(reference.substring(slash + 1, history));
                return Optional.of(new Target(reference.substring(0, slash), id, Long.parseLong(version)));
            } catch (MalformedException other) {
                return Optional.empty();
            }
        }
    }

    /** Whether this may stand in {@code activity.id}. */
    public static boolean isChance(String id) {
        return id.matches("[0-9a-f]{" + CHANCE_HEX + "}");
    }

    /** The id its author gives a review of these: whoever presses first, wherever, the same is reviewed once. */
    public static String idOf(List<Target> targets) {
        return idOf(targets, 0);
    }

    /** @param taken how many earlier reviews of these were taken back: their ids stay theirs */
    public static String idOf(List<Target> targets, int taken) {
        String again = taken == 0 ? "" : " " + taken;
        String what = targets.stream().map(Target::reference).collect(Collectors.joining(" ")) + again;
        return "relecture-" + Digest.sha256(Bytes.ofText(what)).hex().substring(0, NAME_HEX);
    }

    /** Whether a resource of this type and text is a review. */
    public static boolean is(String type, Bytes json) {
        if (!type.equals(TYPE)) {
            return false;
        }
        byte[] text = json.unsafeArray();
        for (int at = 0; at + MARK.length <= text.length; at++) {
            int same = 0;
            while (same < MARK.length && text[at + same] == MARK[same]) {
                same++;
            }
            if (same == MARK.length) {
                return true;
            }
        }
        return false;
    }

    /** Whether a review bears somebody's sentence: then what it names is confirmed, whatever a rule would say. */
    public static boolean isNonetheless(Resource review) {
        return review.values("reason.text").stream()
                .findFirst()
                .filter(text -> !text.isBlank())
                .isPresent();
    }

    /** The versions a review names; none if it cannot be read. */
    public static List<Target> targets(Bytes json) {
        if (!(StrictParser.parse(json.unsafeArray()) instanceof Outcome.Done<Resource>(Resource review))) {
            return List.of();
        }
        return review.values("target.reference").stream()
                .flatMap(reference -> Target.of(reference).stream())
                .toList();
    }
}
