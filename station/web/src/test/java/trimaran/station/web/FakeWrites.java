package trimaran.station.web;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.model.JsonTree;
import trimaran.model.Resource;
import trimaran.model.Trait;
import trimaran.station.ResourceVersion;
import trimaran.station.Transaction;
import trimaran.station.Transaction.Change;
import trimaran.station.WriteResult;

/**
 * What a {@link FakeHospital} was given to write: all changes or none, the same input once, an old version refused, what a
 * change refers to by a {@code urn:} put under its id. A patient's things lie in one cell.
 */
final class FakeWrites {

    /** Transactions that were taken, in order. */
    final List<Transaction> taken = new CopyOnWriteArrayList<>();

    /** What the next transaction is answered with; it is not stored then, but for one that waits. */
    volatile @Nullable WriteResult next;

    /** Entries that lie in the outbox. */
    final Set<Digest> outbox = ConcurrentHashMap.newKeySet();

    /** In whose session what comes next is written. */
    volatile Digest session = Digest.ZERO;

    private final Map<ResourceId, ResourceVersion> latest = new LinkedHashMap<>();
    private final Map<String, WriteResult.Changed> inputs = new HashMap<>();
    private final Function<ResourceId, Optional<ResourceVersion>> elsewhere;
    private long locals = 10_000;
    private long cells = 100;

    /** @param elsewhere what the hospital held from the beginning */
    FakeWrites(Function<ResourceId, Optional<ResourceVersion>> elsewhere) {
        this.elsewhere = elsewhere;
    }

    synchronized WriteResult write(Transaction transaction) {
        WriteResult planted = next;
        next = null;
        if (planted instanceof WriteResult.Refused) {
            return planted;
        }
        WriteResult.Changed before = inputs.get(transaction.input());
        if (before != null) {
            return new WriteResult.Recorded(
                    Digest.ZERO, List.of(before), WriteResult.Acknowledgement.NOTHING_TO_WRITE, false);
        }
        Optional<Refusal> old = transaction.changes().stream()
                .flatMap(change -> refusal(change).stream())
                .findFirst();
        if (old.isPresent()) {
            return new WriteResult.Refused(old.get());
        }
        List<WriteResult.Changed> changed = store(transaction.changes());
        taken.add(transaction);
        if (!transaction.input().isEmpty()) {
            WriteResult.Changed first = changed.getFirst();
            inputs.put(
                    transaction.input(),
                    new WriteResult.Changed(first.id(), first.type(), 1, first.lastUpdated(), true));
        }
        if (planted instanceof WriteResult.Waiting waiting) {
            return new WriteResult.Waiting(waiting.entry(), changed, waiting.reason());
        }
        return new WriteResult.Recorded(Digest.ZERO, changed, WriteResult.Acknowledgement.CHECKPOINT, false);
    }

    /** Nothing of this type can be opened. */
    volatile String shut = "";

    Outcome<List<ResourceVersion>> latest(Collection<ResourceId> ids) {
        List<ResourceVersion> all = ids.stream().flatMap(id -> get(id).stream()).toList();
        return all.stream().anyMatch(one -> one.type().equals(shut))
                ? Outcome.refused(Code.UNAVAILABLE, "it does not open")
                : Outcome.done(all);
    }

    Set<Digest> waiting(Set<Digest> entries) {
        return entries.stream().filter(outbox::contains).collect(Collectors.toSet());
    }

    private Optional<Refusal> refusal(Change change) {
        return switch (change) {
            case Change.Create create ->
                create.elseRefused()
                                && create.onlyIfNone().stream()
                                        .anyMatch(trait -> !find(
                                                        create.resource()
                                                                .facts()
                                                                .type(),
                                                        trait)
                                                .isEmpty())
                        ? Optional.of(Refusal.of(Code.DUPLICATE, "there is one already"))
                        : Optional.empty();
            case Change.Update update -> current(update.id(), update.version());
            case Change.Delete delete -> current(delete.id(), delete.version());
        };
    }

    private Optional<Refusal> current(ResourceId id, long version) {
        return get(id).map(ResourceVersion::version)
                        .filter(now -> now == version)
                        .isPresent()
                ? Optional.empty()
                : Optional.of(Refusal.of(Code.VERSION_CONFLICT, "somebody was faster"));
    }

    private List<WriteResult.Changed> store(List<Change> changes) {
        Map<String, String> references = new HashMap<>();
        List<ResourceId> ids = new ArrayList<>();
        for (Change change : changes) {
            ResourceId id = switch (change) {
                case Change.Create create -> fresh(create.resource(), references);
                case Change.Update update -> update.id();
                case Change.Delete delete -> delete.id();
            };
            ids.add(id);
            if (change instanceof Change.Create create && !create.fullUrl().isEmpty()) {
                references.put(create.fullUrl(), create.resource().facts().type() + "/" + id);
            }
        }
        List<WriteResult.Changed> changed = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            changed.add(store(changes.get(i), ids.get(i), references));
        }
        return changed;
    }

    /** In the cell of the patient it is about, a new one for a new patient. */
    private ResourceId fresh(Resource resource, Map<String, String> references) {
        if (resource.facts().type().equals("Patient")) {
            return new ResourceId(new CellId(1, cells++), locals++);
        }
        String text = new String(resource.bytes(), StandardCharsets.UTF_8);
        for (Map.Entry<String, String> one : references.entrySet()) {
            text = text.replace(one.getKey(), one.getValue());
        }
        return new ResourceId(patient(text).map(ResourceId::cell).orElse(new CellId(2, 1)), locals++);
    }

    private static Optional<ResourceId> patient(String json) {
        Map<String, Object> tree = JsonTree.glimpse(Bytes.ofText(json)).orElseThrow();
        for (String name : List.of("subject", "patient", "for")) {
            String reference = JsonTree.text(tree, name, "reference");
            if (reference.startsWith("Patient/")) {
                return Inside.id(reference.substring("Patient/".length()));
            }
        }
        return Optional.empty();
    }

    private WriteResult.Changed store(Change change, ResourceId id, Map<String, String> references) {
        long version = get(id).map(ResourceVersion::version).orElse(0L) + 1;
        String type = switch (change) {
            case Change.Create create -> create.resource().facts().type();
            case Change.Update update -> update.resource().facts().type();
            case Change.Delete delete -> delete.type();
        };
        String json = switch (change) {
            case Change.Create create -> new String(create.resource().bytes(), StandardCharsets.UTF_8);
            case Change.Update update -> new String(update.resource().bytes(), StandardCharsets.UTF_8);
            case Change.Delete delete -> "";
        };
        for (Map.Entry<String, String> one : references.entrySet()) {
            json = json.replace(one.getKey(), one.getValue());
        }
        RecordTime now = new RecordTime(OpenWeb.NOW);
        latest.put(id, version(id, type, version, Bytes.ofText(json)));
        return new WriteResult.Changed(id, type, version, now, false);
    }

    /** As the record holds what the present session wrote. */
    ResourceVersion version(ResourceId id, String type, long version, Bytes json) {
        return new ResourceVersion(
                id,
                type,
                version,
                new RecordTime(OpenWeb.NOW),
                json,
                ResourceVersion.Standing.RECORDED,
                false,
                Digest.ZERO,
                session);
    }

    synchronized Optional<ResourceVersion> get(ResourceId id) {
        return Optional.ofNullable(latest.get(id)).or(() -> elsewhere.apply(id));
    }

    /** What was written to, that is not taken back. */
    synchronized List<ResourceVersion> all(String type) {
        return latest.values().stream()
                .filter(one -> one.type().equals(type) && !one.isDeleted())
                .toList();
    }

    /** What the hospital held, as it stands now, and what was written beside it in the patient's cell. */
    synchronized List<ResourceVersion> folder(ResourceId patient, List<ResourceVersion> held) {
        Map<ResourceId, ResourceVersion> all = new LinkedHashMap<>();
        held.forEach(one -> all.put(one.id(), one));
        latest.values().stream()
                .filter(one -> one.id().cell().equals(patient.cell()))
                .forEach(one -> all.put(one.id(), one));
        return all.values().stream().filter(one -> !one.isDeleted()).toList();
    }

    private List<ResourceId> find(String type, Trait trait) {
        return all(type).stream()
                .filter(one -> has(one, trait))
                .map(ResourceVersion::id)
                .toList();
    }

    /** Whether a resource can be found by a trait. */
    static boolean has(ResourceVersion version, Trait trait) {
        return Texts.resource(version.json().toArray())
                .map(resource -> Trait.of(resource.facts()).contains(trait))
                .orElse(false);
    }
}
