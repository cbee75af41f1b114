package trimaran.station.fhir;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import trimaran.kernel.Code;
import trimaran.kernel.ResourceId;
import trimaran.model.Trait;
import trimaran.station.ResourceVersion;

/** {@code _sort} (R4 search): by one parameter after the other, backwards with a minus in front; what has no value comes last. */
final class Sorting {

    static final String PARAMETER = "_sort";

    /** Parameters one search can be sorted by: each costs a look at all that was found. */
    static final int KEYS_MAX = 5;

    private Sorting() {}

    /** The order asked for; by id where nothing else decides, so that it is the same on every page. Empty if none was asked for. */
    static Optional<Comparator<ResourceVersion>> of(Call call, ZoneId zone) throws RefusedException {
        Optional<String> asked = call.address().parameters().single(PARAMETER);
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        String[] names = asked.get().split(",", KEYS_MAX + 1);
        if (names.length > KEYS_MAX) {
            throw refusal("at most " + KEYS_MAX + " parameters");
        }
        List<Comparator<ResourceVersion>> keys = new ArrayList<>();
        for (String name : names) {
            boolean down = name.startsWith("-");
            SearchParameter by = SearchTable.of(call.address().type()).get(down ? name.substring(1) : name);
            if (by == null) {
                throw refusal("expected search parameters of this type, as in -date,_id");
            }
            keys.add(key(by, down, zone));
        }
        return Optional.of(
                keys.stream().reduce(Comparator::thenComparing).orElseThrow().thenComparing(ResourceVersion::id));
    }

    private static RefusedException refusal(String sentence) {
        return RefusedException.at(Code.BAD_PARAMETER, PARAMETER, sentence);
    }

    private static Comparator<ResourceVersion> key(SearchParameter by, boolean down, ZoneId zone) {
        if (by.text().equals(SearchTable.ID)) {
            Comparator<ResourceVersion> byId = Comparator.comparing(ResourceVersion::id);
            return down ? byId.reversed() : byId;
        }
        if (by.kind() == SearchParameter.Kind.DATE) {
            return missingLast(
                    version -> DateCriterion.sortedBy(by, version, zone), Comparator.<Instant>naturalOrder(), down);
        }
        return missingLast(version -> text(by, version), Comparator.<String>naturalOrder(), down);
    }

    private static <K> Comparator<ResourceVersion> missingLast(
            Function<ResourceVersion, Optional<K>> key, Comparator<K> order, boolean down) {
        Comparator<K> way = down ? order.reversed() : order;
        // Each is read once, however often it is compared.
        Map<ResourceId, Optional<K>> read = new HashMap<>();
        return (one, other) -> {
            Optional<K> first = read.computeIfAbsent(one.id(), _ -> key.apply(one));
            Optional<K> second = read.computeIfAbsent(other.id(), _ -> key.apply(other));
            return first.isPresent() && second.isPresent()
                    ? way.compare(first.get(), second.get())
                    : Boolean.compare(first.isEmpty(), second.isEmpty());
        };
    }

    private static Optional<String> text(SearchParameter by, ResourceVersion version) {
        byte[] json = version.json().unsafeArray();
        return by.paths().stream()
                .map(path -> switch (by.kind()) {
                    case TOKEN -> TokenCriterion.sortedBy(json, path);
                    case REFERENCE -> first(StoredText.texts(json, path.below("reference")));
                    case STRING, DATE -> Trait.plain(first(TextCriterion.texts(json, path)));
                })
                .filter(text -> !text.isEmpty())
                .findFirst();
    }

    private static String first(List<String> texts) {
        return texts.isEmpty() ? "" : texts.getFirst();
    }
}
