package trimaran.station.fhir;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import trimaran.kernel.Code;
import trimaran.kernel.ResourceId;
import trimaran.model.ElementTable;
import trimaran.station.ResourceVersion;

/** {@code _include} (R4 search): beside what was found, what it refers to, {@code Type:parameter} or {@code Type:parameter:Target}. */
record Includes(List<Wanted> wanted, Map<ResourceId, ResourceVersion> atHand) {

    static final String PARAMETER = "_include";

    static final Includes NONE = new Includes(List.of(), Map.of());

    /** Resources included beside one page: each may have to be opened. */
    static final int INCLUDES_MAX = 1_000;

    /** @param target the type referred to; empty for any */
    record Wanted(SearchParameter by, String target) {}

    static Includes of(Call call) throws RefusedException {
        List<Wanted> wanted = new ArrayList<>();
        for (String text : call.address().parameters().values(PARAMETER)) {
            wanted.add(parsed(call.address().type(), text));
        }
        return wanted.isEmpty() ? NONE : new Includes(wanted, Map.of());
    }

    /** @param candidates what was opened for the search: what is among it needs no look-up */
    Includes having(List<ResourceVersion> candidates) {
        return wanted.isEmpty()
                ? this
                : new Includes(
                        wanted,
                        candidates.stream().collect(Collectors.toMap(ResourceVersion::id, one -> one, (a, b) -> a)));
    }

    private static Wanted parsed(String type, String text) throws RefusedException {
        String[] parts = text.split(":", -1);
        SearchParameter by = parts.length < 2 || parts.length > 3 || !parts[0].equals(type)
                ? null
                : SearchTable.of(type).get(parts[1]);
        String target = parts.length == 3 ? parts[2] : "";
        if (by == null
                || by.kind() != SearchParameter.Kind.REFERENCE
                || !(target.isEmpty() || ElementTable.r4().isResourceType(target))) {
            throw RefusedException.at(
                    Code.BAD_PARAMETER,
                    PARAMETER,
                    "expected a reference parameter of the type searched, as in " + type + ":patient");
        }
        return new Wanted(by, target);
    }

    /** Names of what can be included with a type. */
    static List<String> of(String type) {
        return SearchTable.of(type).values().stream()
                .filter(one -> one.kind() == SearchParameter.Kind.REFERENCE)
                .map(one -> type + ":" + one.text())
                .toList();
    }

    /** What a page's resources refer to, each once, without those of the page itself and without what is not there any more. */
    List<ResourceVersion> beside(Call call, List<ResourceVersion> page) throws RefusedException {
        if (wanted.isEmpty()) {
            return List.of();
        }
        Set<ResourceId> own = page.stream().map(ResourceVersion::id).collect(Collectors.toSet());
        Map<ResourceId, String> mentioned = new LinkedHashMap<>();
        for (ResourceVersion one : page) {
            for (Wanted each : wanted) {
                mentions(one, each, mentioned);
            }
        }
        mentioned.keySet().removeAll(own);
        if (mentioned.size() > INCLUDES_MAX) {
            throw RefusedException.at(
                    Code.BAD_PARAMETER,
                    PARAMETER,
                    "more than " + INCLUDES_MAX + " would be included; ask for fewer with _count");
        }
        List<ResourceVersion> beside = new ArrayList<>(mentioned.size());
        for (Map.Entry<ResourceId, String> one : mentioned.entrySet()) {
            latest(call, one.getKey(), one.getValue()).ifPresent(beside::add);
        }
        return beside;
    }

    private static void mentions(ResourceVersion one, Wanted each, Map<ResourceId, String> mentioned) {
        byte[] json = one.json().unsafeArray();
        for (SearchParameter.Path path : each.by().paths()) {
            for (String reference : StoredText.texts(json, path.below("reference"))) {
                int slash = reference.indexOf('/');
                String type = slash < 0 ? "" : reference.substring(0, slash);
                if (!type.isEmpty() && (each.target().isEmpty() || each.target().equals(type))) {
                    Locator.own(reference.substring(slash + 1)).ifPresent(id -> mentioned.putIfAbsent(id, type));
                }
            }
        }
    }

    /** Nothing if this session may not see it: what was found is the answer all the same. */
    private Optional<ResourceVersion> latest(Call call, ResourceId id, String type) throws RefusedException {
        ResourceVersion open = atHand.get(id);
        if (open != null) {
            return Optional.of(open).filter(one -> !one.isDeleted());
        }
        try {
            return Locator.versionsIfAny(call.view(), type, id)
                    .map(List::getLast)
                    .filter(one -> !one.isDeleted());
        } catch (RefusedException refused) {
            if (refused.refusal().code() != Code.NOT_ALLOWED) {
                throw refused;
            }
            return Optional.empty();
        }
    }
}
