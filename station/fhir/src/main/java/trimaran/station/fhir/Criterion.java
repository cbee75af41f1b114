package trimaran.station.fhir;

import java.time.ZoneId;
import java.util.List;
import trimaran.kernel.Code;
import trimaran.station.ResourceVersion;

/** One condition of a search: what one parameter of its URL asks of a resource (R4 search). */
@FunctionalInterface
interface Criterion {

    boolean fits(ResourceVersion version);

    /**
     * A parameter as it was asked for.
     *
     * @param modifier what stands behind the colon of its name; empty if nothing does
     * @param values alternatives, one of which must be true
     */
    record Asked(SearchParameter parameter, String modifier, List<String> values) {

        String name() {
            return modifier.isEmpty() ? parameter.text() : parameter.text() + ":" + modifier;
        }

        RefusedException refusal(String sentence) {
            return RefusedException.at(Code.BAD_PARAMETER, name(), sentence);
        }
    }

    /** @param zone of the hospital: a day without a zone is a day there */
    static Criterion of(Asked asked, Call call, ZoneId zone) throws RefusedException {
        if (asked.modifier().equals("missing")) {
            return missing(asked);
        }
        if (asked.parameter().text().equals(SearchTable.ID)) {
            return plain(asked, version -> asked.values().contains(version.id().toString()));
        }
        return switch (asked.parameter().kind()) {
            case TOKEN -> TokenCriterion.of(asked);
            case STRING -> TextCriterion.of(asked);
            case DATE -> plain(asked, DateCriterion.of(asked, zone));
            case REFERENCE -> ReferenceCriterion.of(asked, call);
        };
    }

    /** A parameter that knows no modifier. */
    private static Criterion plain(Asked asked, Criterion criterion) throws RefusedException {
        if (!asked.modifier().isEmpty()) {
            throw asked.refusal("this parameter is asked for without " + asked.modifier());
        }
        return criterion;
    }

    /** {@code :missing} (R4 search, modifiers): whether the element is not there. */
    private static Criterion missing(Asked asked) throws RefusedException {
        boolean never = asked.parameter().paths().isEmpty();
        if (never || asked.values().size() > 1 || !asked.values().getFirst().matches("true|false")) {
            throw asked.refusal("expected true or false, of a parameter that can be missing");
        }
        boolean wanted = asked.values().getFirst().equals("true");
        return version -> asked.parameter().paths().stream()
                        .noneMatch(path -> StoredText.isThere(
                                version.json().unsafeArray(), path.steps().toArray(String[]::new)))
                == wanted;
    }
}
