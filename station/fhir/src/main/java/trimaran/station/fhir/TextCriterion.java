package trimaran.station.fhir;

import java.util.ArrayList;
import java.util.List;
import trimaran.model.Trait;
import trimaran.station.ResourceVersion;
import trimaran.station.fhir.SearchParameter.Path;

/** The beginning of a text, whatever its case, accents and hyphens (R4 search, string); {@code :contains}, {@code :exact}. */
record TextCriterion(List<Path> paths, List<String> wanted, Way way) implements Criterion {

    /** How a text is compared. */
    enum Way {
        BEGINS,
        CONTAINS,
        EXACT;

        String form(String text) {
            return this == EXACT ? text : Trait.plain(text);
        }

        boolean fits(String own, String wanted) {
            return switch (this) {
                case BEGINS -> own.startsWith(wanted);
                case CONTAINS -> own.contains(wanted);
                case EXACT -> own.equals(wanted);
            };
        }
    }

    static Criterion of(Asked asked) throws RefusedException {
        Way way = switch (asked.modifier()) {
            case "" -> Way.BEGINS;
            case "contains" -> Way.CONTAINS;
            case "exact" -> Way.EXACT;
            default -> throw asked.refusal("of the modifiers of a text this door knows :exact, :contains and :missing");
        };
        return new TextCriterion(
                asked.parameter().paths(),
                asked.values().stream().map(way::form).toList(),
                way);
    }

    @Override
    public boolean fits(ResourceVersion version) {
        byte[] json = version.json().unsafeArray();
        return paths.stream()
                .flatMap(path -> texts(json, path).stream())
                .map(way::form)
                .anyMatch(own -> wanted.stream().anyMatch(text -> way.fits(own, text)));
    }

    /** Every part of a name or an address counts for itself, as R4 has it. */
    static List<String> texts(byte[] json, Path path) {
        return switch (path.type()) {
            case "HumanName" -> parts(json, path, "family", "given", "prefix", "suffix", "text");
            case "Address" -> parts(json, path, "line", "city", "district", "state", "postalCode", "country", "text");
            default -> StoredText.texts(json, path.below());
        };
    }

    private static List<String> parts(byte[] json, Path path, String... names) {
        List<String> all = new ArrayList<>();
        for (String name : names) {
            all.addAll(StoredText.texts(json, path.below(name)));
        }
        return all;
    }
}
