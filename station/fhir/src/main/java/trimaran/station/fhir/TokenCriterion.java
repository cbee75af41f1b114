package trimaran.station.fhir;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import trimaran.station.ResourceVersion;
import trimaran.station.fhir.SearchParameter.Path;

/** A code, an identifier, a contact or a yes or no (R4 search, token): {@code system|code}, {@code |code}, {@code code}, {@code system|}. */
record TokenCriterion(List<Path> paths, List<Token> tokens, boolean not) implements Criterion {

    /**
     * A code as it is searched for.
     *
     * @param anySystem whether the system does not matter
     * @param code empty for any code of the system
     */
    record Token(boolean anySystem, String system, String code) {

        boolean fits(String ownSystem, String ownCode) {
            return (anySystem || system.equals(ownSystem)) && (code.isEmpty() || code.equals(ownCode));
        }
    }

    static Criterion of(Asked asked) throws RefusedException {
        if (!asked.modifier().isEmpty() && !asked.modifier().equals("not")) {
            throw asked.refusal("of the modifiers of a code this door knows :not and :missing");
        }
        List<Token> tokens = new ArrayList<>();
        for (String text : asked.values()) {
            int bar = text.indexOf('|');
            if (text.equals("|")) {
                throw asked.refusal("expected system|code, |code or code");
            }
            tokens.add(
                    bar < 0
                            ? new Token(true, "", text)
                            : new Token(false, text.substring(0, bar), text.substring(bar + 1)));
        }
        return new TokenCriterion(
                asked.parameter().paths(), tokens, asked.modifier().equals("not"));
    }

    @Override
    public boolean fits(ResourceVersion version) {
        byte[] json = version.json().unsafeArray();
        for (Path path : paths) {
            if (fits(json, path)) {
                return !not;
            }
        }
        return not;
    }

    private boolean fits(byte[] json, Path path) {
        return switch (path.type()) {
            case "CodeableConcept" -> anyOf(StoredText.objects(json, path.below("coding")), "code");
            case "Coding" -> anyOf(StoredText.objects(json, path.below()), "code");
            case "Identifier", "ContactPoint" -> anyOf(StoredText.objects(json, path.below()), "value");
            // What a code of a bound element is of the standard says; nobody need name its system.
            default ->
                StoredText.texts(json, path.below()).stream()
                        .anyMatch(own -> tokens.stream().anyMatch(token -> token.fits(token.system(), own)));
        };
    }

    private boolean anyOf(List<Map<String, String>> own, String code) {
        for (Map<String, String> one : own) {
            String system = one.getOrDefault("system", "");
            String value = one.getOrDefault(code, "");
            for (Token token : tokens) {
                if (token.fits(system, value)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The code a resource is sorted by. */
    static String sortedBy(byte[] json, Path path) {
        List<String> own = switch (path.type()) {
            case "CodeableConcept" -> StoredText.texts(json, path.below("coding", "code"));
            case "Coding" -> StoredText.texts(json, path.below("code"));
            case "Identifier", "ContactPoint" -> StoredText.texts(json, path.below("value"));
            default -> StoredText.texts(json, path.below());
        };
        return own.isEmpty() ? "" : own.getFirst();
    }
}
