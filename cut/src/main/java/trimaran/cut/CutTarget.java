package trimaran.cut;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.record.Statement;
import trimaran.record.Statement.Target;

/**
 * What a person wants closed or opened again, and what it is called in the record (DESIGN §10).
 *
 * @param subject what the statement names: of everything nothing
 * @param name the word it was asked for by
 */
public record CutTarget(Target target, Digest subject, String name) {

    /** How a target is asked for. */
    public static final String USAGE =
            "access, application, data, all, or: station NAME, application NAME, client NAME";

    /** The applications of this house; another name would close nothing and say it had. */
    public static final Set<String> APPLICATIONS = Set.of("care", "movements");

    private static final String ALL = "all";

    /** How much of a key stands for what has no name here. */
    private static final int KEY_CHARACTERS = 8;

    public static CutTarget everything() {
        return new CutTarget(Target.ALL, Digest.ZERO, ALL);
    }

    public static CutTarget tier(Party tier) {
        return new CutTarget(Target.TIER, Target.subjectOf(tier), tier.word());
    }

    public static CutTarget application(String name) {
        return new CutTarget(Target.APPLICATION, Target.subjectOfApplication(name), name);
    }

    /** @param words a tier or {@code all}; or a kind and a name */
    public static Outcome<CutTarget> of(List<String> words, CutNames names) {
        String first = words.getFirst();
        if (words.size() == 1) {
            return single(first);
        }
        if (words.size() > 2) {
            return unknown(String.join(" ", words));
        }
        String name = words.get(1);
        return switch (first) {
            case "station" ->
                names.stations()
                        .then(all -> named(
                                Target.STATION, all, name, "no station " + name + " is enrolled in this hospital"));
            case "client" ->
                names.clients()
                        .then(all ->
                                named(Target.CLIENT, all, name, "no client " + name + " came with the station's card"));
            case "application" ->
                APPLICATIONS.contains(name)
                        ? Outcome.done(application(name))
                        : Outcome.refused(
                                Code.USAGE,
                                "there is no application " + name + "; there are " + String.join(" and ", sorted()));
            default -> unknown(first + " " + name);
        };
    }

    private static Outcome<CutTarget> single(String word) {
        if (word.equals(ALL)) {
            return Outcome.done(everything());
        }
        Optional<Party> party = Party.ofWord(word);
        if (party.isPresent() && !party.get().isTier()) {
            return Outcome.refused(
                    Code.USAGE, "the witness serves no station and reads nothing, so there is nothing to cut; stop it");
        }
        return party.map(tier -> Outcome.done(tier(tier))).orElseGet(() -> unknown(word));
    }

    private static Outcome<CutTarget> named(Target target, Map<String, Digest> all, String name, String none) {
        Digest subject = all.get(name);
        return subject == null
                ? Outcome.refused(Code.USAGE, none + "; " + oneOf(all.keySet()))
                : Outcome.done(new CutTarget(target, subject, name));
    }

    /** What to name instead: whoever is in a hurry looks nothing up. */
    public static String oneOf(Set<String> names) {
        return names.isEmpty()
                ? "there is none"
                : "name one of: " + String.join(", ", names.stream().sorted().toList());
    }

    private static Outcome<CutTarget> unknown(String words) {
        return Outcome.refused(Code.USAGE, "there is nothing called " + words + " to cut; " + USAGE);
    }

    /** The names of {@link #APPLICATIONS}, in order. */
    public static List<String> sorted() {
        return APPLICATIONS.stream().sorted().toList();
    }

    /** What a cut of the record closes, by its name here or, of what has none here, by the first characters of its key. */
    public static CutTarget closedBy(Statement.Cut cut, CutNames names) {
        return switch (cut.target()) {
            case ALL -> everything();
            case TIER ->
                Party.TIERS.stream()
                        .map(CutTarget::tier)
                        .filter(one -> one.subject().equals(cut.subject()))
                        .findFirst()
                        .orElseGet(() -> nameless(cut));
            case APPLICATION ->
                APPLICATIONS.stream()
                        .map(CutTarget::application)
                        .filter(one -> one.subject().equals(cut.subject()))
                        .findFirst()
                        .orElseGet(() -> nameless(cut));
            case STATION -> among(cut, names.stations());
            case CLIENT -> among(cut, names.clients());
        };
    }

    private static CutTarget among(Statement.Cut cut, Outcome<Map<String, Digest>> names) {
        return switch (names) {
            case Outcome.Done<Map<String, Digest>>(Map<String, Digest> all) ->
                all.entrySet().stream()
                        .filter(one -> one.getValue().equals(cut.subject()))
                        .findFirst()
                        .map(one -> new CutTarget(cut.target(), cut.subject(), one.getKey()))
                        .orElseGet(() -> nameless(cut));
            case Outcome.Refused<Map<String, Digest>> _ -> nameless(cut);
        };
    }

    private static CutTarget nameless(Statement.Cut cut) {
        return new CutTarget(cut.target(), cut.subject(), cut.subject().hex().substring(0, KEY_CHARACTERS));
    }

    public boolean isTier(Party party) {
        return target == Target.TIER && subject.equals(Target.subjectOf(party));
    }

    /** Whether a cut of the record closes this. */
    public boolean isClosedBy(Statement.Cut cut) {
        return cut.target() == target && (target == Target.ALL || cut.subject().equals(subject));
    }

    /** How it is asked for, as {@link #of} takes it. */
    public List<String> words() {
        return switch (target) {
            case TIER, ALL -> List.of(name);
            case STATION, APPLICATION, CLIENT -> List.of(kind(), name);
        };
    }

    /** A word for what it is: of a tier its own, of anything else its kind. */
    public String kind() {
        return target == Target.TIER ? name : target.name().toLowerCase(Locale.ROOT);
    }

    /** In an operator's words. */
    public String said() {
        return switch (target) {
            case TIER -> "the tier " + name;
            case STATION -> "the station " + name;
            case APPLICATION -> "the application " + name;
            case CLIENT -> "the client " + name;
            case ALL -> "everything";
        };
    }
}
