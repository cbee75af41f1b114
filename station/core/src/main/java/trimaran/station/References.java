package trimaran.station;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Code;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.model.Resource;
import trimaran.model.Surroundings;
import trimaran.model.Trait;

/**
 * Where the references of one transaction lead: to another change of it, to a resource of the record, to one that has to
 * be looked up, or out of the hospital (R4 http, transaction: resolving references).
 */
final class References {

    private static final String CONDITION = "?identifier=";

    private final List<Planned> changes;
    private final Map<String, Planned> byUrl = new HashMap<>();
    private final Map<String, Term> wanted = new LinkedHashMap<>();
    private final Map<String, ResourceId> found = new HashMap<>();

    References(List<Planned> changes) {
        this.changes = changes;
        for (Planned change : changes) {
            String url = change.fullUrl();
            if (!url.isEmpty()) {
                byUrl.put(url, change);
                relative(url, change.type()).ifPresent(short_ -> byUrl.put(short_, change));
            }
            if (change.change() instanceof Transaction.Change.Create create
                    && !create.chosenId().isEmpty()) {
                byUrl.put(change.type() + "/" + create.chosenId(), change);
            }
        }
    }

    private static Optional<String> relative(String url, String type) {
        int at = url.lastIndexOf("/" + type + "/");
        return at < 0 ? Optional.empty() : Optional.of(url.substring(at + 1));
    }

    /** What has to be looked up before anything can be written; or why a reference cannot be one. */
    Optional<Refusal> collect() {
        for (Planned change : changes) {
            Optional<Resource> resource = change.resource();
            for (int i = 0; resource.isPresent() && i < resource.get().referenceCount(); i++) {
                Optional<String> problem = look(resource.get().reference(i));
                if (problem.isPresent()) {
                    return Optional.of(refusal(change, resource.get(), i, problem.get()));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> look(String text) {
        if (wanted.containsKey(text) || byUrl.containsKey(text)) {
            return Optional.empty();
        }
        if (text.startsWith("urn:")) {
            return Optional.of("nothing in this transaction has this urn");
        }
        String type = Surroundings.literalType(text);
        int query = text.indexOf('?');
        if (query >= 0 && !type.isEmpty() && query == type.length()) {
            Optional<Trait> trait = condition(text);
            trait.ifPresent(one -> wanted.put(text, Term.of(type, one)));
            return trait.isPresent()
                    ? Optional.empty()
                    : Optional.of("a conditional reference names one identifier: Type?identifier=system|value");
        }
        if (isRelative(text, type) && nativeId(text).isEmpty()) {
            wanted.put(text, Term.ofChosenId(type, idOf(text)));
        }
        return Optional.empty();
    }

    /** The identifier a conditional reference or create names; empty if it asks for something else. */
    static Optional<Trait> condition(String text) {
        int at = text.indexOf(CONDITION);
        if (at < 0 || text.indexOf('&') >= 0) {
            return Optional.empty();
        }
        String value = text.substring(at + CONDITION.length());
        int bar = value.indexOf('|');
        return bar < 0 || bar == value.length() - 1
                ? Optional.empty()
                : Optional.of(Trait.identifier(decoded(value.substring(0, bar)), decoded(value.substring(bar + 1))));
    }

    private static String decoded(String text) {
        try {
            return java.net.URLDecoder.decode(text.replace("+", "%2B"), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }

    private static boolean isRelative(String text, String type) {
        return !type.isEmpty() && text.startsWith(type + "/");
    }

    private static String idOf(String text) {
        int from = text.indexOf('/') + 1;
        int to = text.indexOf('/', from);
        return to < 0 ? text.substring(from) : text.substring(from, to);
    }

    /** The id a relative reference names, if it is one of this record's own. */
    static Optional<ResourceId> nativeId(String text) {
        if (text.indexOf('/') < 0 || text.indexOf('?') >= 0 || text.indexOf(':') >= 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(ResourceId.parse(idOf(text)));
        } catch (MalformedException other) {
            return Optional.empty();
        }
    }

    List<Term> wanted() {
        return List.copyOf(wanted.values());
    }

    /** Takes in what the lookup gave; refuses what led nowhere or to several. */
    Optional<Refusal> found(Map<Term, List<ResourceId>> hits) {
        Map<String, Integer> counts = new HashMap<>();
        wanted.forEach((text, term) -> {
            List<ResourceId> ids = hits.getOrDefault(term, List.of());
            counts.put(text, ids.size());
            if (ids.size() == 1) {
                found.put(text, ids.getFirst());
            }
        });
        for (Planned change : changes) {
            Optional<Resource> resource = change.resource();
            for (int i = 0; resource.isPresent() && i < resource.get().referenceCount(); i++) {
                Integer count = counts.get(resource.get().reference(i));
                if (count != null && count != 1) {
                    String why = count == 0
                            ? "there is no resource this reference could lead to"
                            : "more than one resource fits this reference";
                    return Optional.of(refusal(change, resource.get(), i, why));
                }
            }
        }
        return Optional.empty();
    }

    private static Refusal refusal(Planned change, Resource resource, int reference, String why) {
        String place = resource.referencePlace(reference);
        return change.at(Refusal.at(Code.BAD_REFERENCE, place, why));
    }

    /** The change of this transaction a reference leads to. */
    Optional<Planned> inside(String text) {
        return Optional.ofNullable(byUrl.get(text));
    }

    /** The resource of the record a reference leads to; empty for changes of this transaction and the outside world. */
    Optional<ResourceId> known(String text) {
        ResourceId looked = found.get(text);
        return looked != null ? Optional.of(looked) : byUrl.containsKey(text) ? Optional.empty() : nativeId(text);
    }

    /** What to write in place of a reference; null leaves it. All changes must have their ids. */
    @Nullable
    String written(String text) {
        Planned inside = byUrl.get(text);
        if (inside != null) {
            return inside.type() + "/" + inside.requiredId();
        }
        ResourceId looked = found.get(text);
        return looked == null ? null : Surroundings.literalType(text) + "/" + looked;
    }

    String typeOf(String text) {
        Planned inside = byUrl.get(text);
        return inside != null ? inside.type() : Surroundings.literalType(text);
    }

    /** Application names the type: of one change of that type it is known which. Authors know nothing of bed lines. */
    WriteResult spoken(WriteResult result) {
        if (!(result instanceof WriteResult.Refused(Refusal refusal))
                || refusal.place().isEmpty()
                || refusal.place().startsWith("[")) {
            return result;
        }
        String place = refusal.place().startsWith(BedLine.TYPE) ? "Encounter.location" : refusal.place();
        String type = place.split("[./]", 2)[0];
        List<Planned> meant =
                changes.stream().filter(change -> change.type().equals(type)).toList();
        Refusal named = Refusal.at(refusal.code(), place, refusal.sentence());
        return new WriteResult.Refused(meant.size() == 1 ? meant.getFirst().at(named) : named);
    }

    List<Planned> changes() {
        return new ArrayList<>(changes);
    }

    /** What surrounds a resource, as the transaction itself says it. */
    Surroundings literal() {
        return new Surroundings() {
            @Override
            public String typeOf(String reference) {
                return References.this.typeOf(reference);
            }

            @Override
            public boolean isStay(String encounter) {
                return false;
            }
        };
    }
}
