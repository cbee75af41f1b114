package trimaran.station.hl7;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.RecordTime;
import trimaran.kernel.ResourceId;
import trimaran.model.Resource;
import trimaran.model.ResourceWriter;
import trimaran.model.Trait;
import trimaran.record.EntryKind;
import trimaran.station.ResourceVersion;
import trimaran.station.Transaction;
import trimaran.station.Transaction.Change;
import trimaran.station.WriteResult;

/** A record in memory, atomic and as strict about versions and traits as the real one. */
final class MemoryRecord implements Hl7Record {

    final Map<ResourceId, List<ResourceVersion>> resources = new LinkedHashMap<>();
    final List<Transaction> written = new ArrayList<>();
    /** What was looked up. */
    final List<String> sought = new ArrayList<>();

    private final Map<String, List<ResourceId>> traits = new HashMap<>();
    private final Map<String, ResourceId> inputs = new HashMap<>();
    private final SplittableRandom random = new SplittableRandom(7);
    volatile @Nullable WriteResult nextWrite;
    /** What somebody else does just before something is written, once. */
    volatile @Nullable Runnable faster;

    @Override
    public synchronized Outcome<List<ResourceId>> find(String type, Trait trait) {
        sought.add(key(type, trait));
        return Outcome.done(List.copyOf(traits.getOrDefault(key(type, trait), List.of())));
    }

    private static String key(String type, Trait trait) {
        return type + " " + trait.type() + " " + trait.value();
    }

    @Override
    public synchronized Outcome<List<ResourceVersion>> versions(ResourceId id) {
        List<ResourceVersion> versions = resources.get(id);
        return versions == null
                ? Outcome.refused(Code.NOT_FOUND, "there is no such resource")
                : Outcome.done(List.copyOf(versions));
    }

    @Override
    public synchronized Outcome<List<ResourceVersion>> places() {
        return Outcome.done(resources.values().stream()
                .map(List::getLast)
                .filter(one -> one.type().equals("Location"))
                .toList());
    }

    @Override
    public WriteResult write(Transaction transaction) {
        Runnable before = faster;
        faster = null;
        if (before != null) {
            before.run();
        }
        WriteResult planted = nextWrite;
        nextWrite = null;
        return planted != null ? planted : carryOut(transaction);
    }

    private synchronized WriteResult carryOut(Transaction transaction) {
        if (inputs.containsKey(transaction.input())) {
            return new WriteResult.Recorded(
                    Digest.ZERO, List.of(), WriteResult.Acknowledgement.NOTHING_TO_WRITE, false);
        }
        Map<String, String> urls = new HashMap<>();
        Map<Change, ResourceId> ids = new LinkedHashMap<>();
        Map<Change, ResourceId> all = new HashMap<>();
        for (Change change : transaction.changes()) {
            switch (change) {
                case Change.Create create -> {
                    Optional<ResourceId> there = create.onlyIfNone().stream()
                            .flatMap(trait ->
                                    traits.getOrDefault(key(create.resource().type(), trait), List.of()).stream())
                            .findFirst();
                    ResourceId id = there.orElseGet(() -> new ResourceId(
                            new CellId(random.nextLong(), random.nextLong()), random.nextLong(1L << 50)));
                    urls.put(create.fullUrl(), create.resource().type() + "/" + id);
                    all.put(change, id);
                    if (there.isEmpty()) {
                        ids.put(change, id);
                    }
                }
                case Change.Update update -> {
                    List<ResourceVersion> versions = resources.getOrDefault(update.id(), List.of());
                    if (versions.isEmpty() || versions.getLast().version() != update.version()) {
                        return new WriteResult.Refused(
                                trimaran.kernel.Refusal.of(Code.VERSION_CONFLICT, "another version is there"));
                    }
                    ids.put(change, update.id());
                    all.put(change, update.id());
                }
                case Change.Delete delete -> throw new IllegalStateException("a connector takes nothing back");
            }
        }
        ids.forEach((change, id) -> store(change, id, urls, transaction.kind()));
        written.add(transaction);
        inputs.put(transaction.input(), ids.values().stream().findFirst().orElseThrow());
        List<WriteResult.Changed> changed = transaction.changes().stream()
                .map(change -> new WriteResult.Changed(
                        all.getOrDefault(change, ids.values().iterator().next()), "", 1, RecordTime.ZERO, false))
                .toList();
        return new WriteResult.Recorded(Digest.ZERO, changed, WriteResult.Acknowledgement.CHECKPOINT, false);
    }

    private void store(Change change, ResourceId id, Map<String, String> urls, EntryKind kind) {
        Resource resource =
                change instanceof Change.Update update ? update.resource() : ((Change.Create) change).resource();
        for (int i = 0; i < resource.referenceCount(); i++) {
            String reference = resource.reference(i);
            if (reference.startsWith("urn:") && !urls.containsKey(reference)) {
                throw new IllegalStateException("a reference leads nowhere: " + reference);
            }
        }
        byte[] json = ResourceWriter.authored(resource, id.toString(), urls::get);
        List<ResourceVersion> versions = resources.computeIfAbsent(id, none -> new ArrayList<>());
        versions.add(new ResourceVersion(
                id,
                resource.type(),
                versions.size() + 1,
                new RecordTime(1_700_000_000_000L + written.size()),
                Bytes.wrap(json),
                ResourceVersion.Standing.RECORDED,
                kind == EntryKind.CONTINUITY,
                Digest.ZERO));
        for (Trait trait : Trait.of(resource.facts())) {
            List<ResourceId> all = traits.computeIfAbsent(key(resource.type(), trait), none -> new ArrayList<>());
            if (!all.contains(id)) {
                all.add(id);
            }
        }
    }

    /** The latest version of each resource of a type. */
    synchronized List<Map<String, Object>> all(String type) {
        return resources.values().stream()
                .map(List::getLast)
                .filter(one -> one.type().equals(type))
                .map(one -> Json.read(one.json().toArray()))
                .toList();
    }

    Map<String, Object> only(String type) {
        List<Map<String, Object>> all = all(type);
        if (all.size() != 1) {
            throw new AssertionError(all.size() + " of type " + type);
        }
        return all.getFirst();
    }
}
