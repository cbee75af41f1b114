package trimaran.station.web;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.Digest;
import trimaran.model.JsonTree;
import trimaran.station.ResourceVersion;

/**
 * The reasons people gave for opening one record out of care, as the record itself keeps them ({@link AccessForms}), the newest
 * first. Each was signed in the session it was given in, and the ledgers name that session for what was handed out on it.
 */
record AccessReasons(List<Reason> all) {

    AccessReasons {
        all = List.copyOf(all);
    }

    /**
     * One of them.
     *
     * @param at when it was given; the beginning of time where that cannot be read
     * @param sent the same as it is written
     * @param who the badge, by its name
     * @param kind one of {@link AccessForms#KINDS}
     * @param said in the person's own words
     */
    record Reason(Digest session, Instant at, String sent, String who, String kind, String said) {

        String kindWords(Words words) {
            String key = "access.kind." + kind;
            return words.has(key) ? words.say(key) : kind;
        }

        /** Empty if nothing was said. */
        String words(Words words) {
            if (kind.isEmpty() || said.isEmpty()) {
                return kind.isEmpty() ? said : kindWords(words);
            }
            return words.say("said.of", kindWords(words), said);
        }
    }

    static AccessReasons of(List<ResourceVersion> resources) {
        List<Reason> reasons = new ArrayList<>();
        for (ResourceVersion one : resources) {
            if (one.type().equals("Communication")) {
                JsonTree.glimpse(one.json())
                        .filter(AccessReasons::isAccess)
                        // Whoever wrote a later version of it is not who gave it.
                        .ifPresent(json -> reasons.add(reason(one.version() == 1 ? one.session() : Digest.ZERO, json)));
            }
        }
        reasons.sort(Comparator.comparing(Reason::at).reversed());
        return new AccessReasons(reasons);
    }

    /** What was opened in a session at a moment was opened for the reason of that session given nearest to it. */
    Optional<Reason> of(Digest session, Instant at) {
        return all.stream()
                .filter(one -> one.session().equals(session) && !session.equals(Digest.ZERO))
                .min(Comparator.comparing(one -> Duration.between(one.at(), at).abs()));
    }

    /** Whether there is one of which nobody can tell in which session it was given, since somebody wrote it anew. */
    boolean hasUnattributed() {
        return all.stream().anyMatch(one -> one.session().equals(Digest.ZERO));
    }

    private static boolean isAccess(Map<String, Object> communication) {
        return JsonTree.items(communication, "category").stream()
                .flatMap(category -> JsonTree.items(category, "coding").stream())
                .anyMatch(coding -> JsonTree.text(coding, "system").equals(AccessForms.SYSTEM)
                        && JsonTree.text(coding, "code").equals("break-glass"));
    }

    private static Reason reason(Digest session, Map<String, Object> json) {
        Optional<Map<String, Object>> reason =
                JsonTree.items(json, "reasonCode").stream().findFirst();
        String sent = JsonTree.text(json, "sent");
        return new Reason(
                session,
                moment(sent),
                sent,
                JsonTree.text(json, "sender", "identifier", "value"),
                reason.stream()
                        .flatMap(one -> JsonTree.items(one, "coding").stream())
                        .map(coding -> JsonTree.text(coding, "code"))
                        .findFirst()
                        .orElse(""),
                reason.map(one -> JsonTree.text(one, "text")).orElse(""));
    }

    private static Instant moment(String fhir) {
        try {
            return OffsetDateTime.parse(fhir).toInstant();
        } catch (DateTimeParseException coarse) {
            return Instant.EPOCH;
        }
    }
}
