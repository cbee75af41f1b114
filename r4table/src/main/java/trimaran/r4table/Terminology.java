package trimaran.r4table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The code systems and value sets the standard ships, and which codes a value set enumerates. A set that leans on
 * something outside (languages, media types, units) enumerates nothing.
 */
final class Terminology {

    record Code(String system, String code) {}

    private record Concept(String code, Set<String> ancestors) {}

    private final Map<String, Node> systems = new HashMap<>();
    private final Map<String, Node> sets = new HashMap<>();
    private final Map<String, Optional<Set<Code>>> known = new HashMap<>();

    void add(Node resource) {
        if (resource.name().equals("CodeSystem")) {
            systems.put(resource.text("url"), resource);
        } else if (resource.name().equals("ValueSet")) {
            sets.put(resource.text("url"), resource);
        }
    }

    /** All codes of the value set, or empty if they cannot be listed from the standard alone. */
    Optional<Set<Code>> codes(String canonical) {
        int bar = canonical.indexOf('|');
        String url = bar < 0 ? canonical : canonical.substring(0, bar);
        Optional<Set<Code>> found = known.get(url);
        if (found == null) {
            known.put(url, Optional.empty());
            found = enumerate(sets.get(url));
            known.put(url, found);
        }
        return found;
    }

    private Optional<Set<Code>> enumerate(@org.jspecify.annotations.Nullable Node set) {
        if (set == null) {
            return Optional.empty();
        }
        Set<Code> all = new LinkedHashSet<>();
        for (Node include : set.first("compose").all("include")) {
            Optional<Set<Code>> part = part(include);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            all.addAll(part.get());
        }
        for (Node exclude : set.first("compose").all("exclude")) {
            Optional<Set<Code>> part = part(exclude);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            all.removeAll(part.get());
        }
        return all.isEmpty() ? Optional.empty() : Optional.of(all);
    }

    private Optional<Set<Code>> part(Node include) {
        String system = include.text("system");
        List<Optional<Set<Code>>> limits = new ArrayList<>();
        if (!system.isEmpty()) {
            limits.add(ofSystem(system, include));
        }
        for (Node other : include.all("valueSet")) {
            limits.add(codes(other.value()));
        }
        Set<Code> result = new LinkedHashSet<>();
        boolean first = true;
        for (Optional<Set<Code>> limit : limits) {
            if (limit.isEmpty()) {
                return Optional.empty();
            }
            if (first) {
                result.addAll(limit.get());
            } else {
                result.retainAll(limit.get());
            }
            first = false;
        }
        return Optional.of(result);
    }

    private Optional<Set<Code>> ofSystem(String system, Node include) {
        Set<Code> codes = new LinkedHashSet<>();
        if (!include.all("concept").isEmpty()) {
            for (Node concept : include.all("concept")) {
                codes.add(new Code(system, concept.text("code")));
            }
            return Optional.of(codes);
        }
        Node definition = systems.get(system);
        if (definition == null || !definition.text("content").equals("complete")) {
            return Optional.empty();
        }
        List<Concept> concepts = new ArrayList<>();
        for (Node concept : definition.all("concept")) {
            collect(concept, Set.of(), concepts);
        }
        for (Concept concept : concepts) {
            Optional<Boolean> wanted = passes(concept, include.all("filter"));
            if (wanted.isEmpty()) {
                return Optional.empty();
            }
            if (wanted.get()) {
                codes.add(new Code(system, concept.code));
            }
        }
        return Optional.of(codes);
    }

    private static void collect(Node concept, Set<String> ancestors, List<Concept> to) {
        Set<String> mine = new LinkedHashSet<>(ancestors);
        for (Node property : concept.all("property")) {
            if (property.text("code").equals("subsumedBy")) {
                mine.add(property.text("valueCode"));
            }
        }
        to.add(new Concept(concept.text("code"), mine));
        Set<String> below = new LinkedHashSet<>(mine);
        below.add(concept.text("code"));
        for (Node child : concept.all("concept")) {
            collect(child, below, to);
        }
    }

    /** Whether the concept passes all filters; empty if one of them is of a kind not understood here. */
    private static Optional<Boolean> passes(Concept concept, List<Node> filters) {
        for (Node filter : filters) {
            String root = filter.text("value");
            boolean under = concept.ancestors.contains(root);
            switch (filter.text("op")) {
                case "is-a" -> {
                    if (!under && !concept.code.equals(root)) {
                        return Optional.of(false);
                    }
                }
                case "descendent-of" -> {
                    if (!under) {
                        return Optional.of(false);
                    }
                }
                default -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(true);
    }
}
