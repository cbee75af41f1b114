package trimaran.station.fhir;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.model.Placement;
import trimaran.model.Resource;
import trimaran.model.ResourceWriter;
import trimaran.model.Surroundings;
import trimaran.model.Trait;
import trimaran.station.ResourceVersion;
import trimaran.station.Transaction;
import trimaran.station.Transaction.Change;
import trimaran.station.WriteResult;
import trimaran.station.WriteResult.Changed;

/** A record in memory, with one cell per patient and one for all else. Atomic, and as strict about versions as the real one. */
final class FakeRecord implements RecordView {

    private final Map<ResourceId, List<ResourceVersion>> resources = new LinkedHashMap<>();
    private final Map<CellId, List<ResourceId>> byCell = new HashMap<>();
    private final Map<Trait, Map<String, List<ResourceId>>> traits = new HashMap<>();
    private final TreeMap<String, List<ResourceId>> families = new TreeMap<>();
    private final Map<String, ResourceId> chosen = new HashMap<>();
    private final RandomGenerator random;
    private long now = 1_700_000_000_000L;
    volatile boolean mayIndex = true;
    volatile @Nullable WriteResult nextWrite;
    volatile @Nullable Refusal nextRefusal;
    volatile @Nullable RuntimeException nextFault;
    /** What somebody else does just before something is written, once. */
    volatile @Nullable Runnable faster;

    volatile long delayMillis;

    FakeRecord(long seed) {
        random = new java.util.SplittableRandom(seed);
    }

    private <T> Optional<Outcome<T>> planted() {
        if (delayMillis > 0) {
            try {
                Thread.sleep(delayMillis);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
        RuntimeException fault = nextFault;
        if (fault != null) {
            nextFault = null;
            throw fault;
        }
        Refusal refusal = nextRefusal;
        nextRefusal = null;
        return refusal == null ? Optional.empty() : Optional.of(Outcome.refused(refusal));
    }

    @Override
    public Outcome<List<ResourceVersion>> versions(ResourceId id) {
        return this.<List<ResourceVersion>>planted().orElseGet(() -> stored(id));
    }

    private synchronized Outcome<List<ResourceVersion>> stored(ResourceId id) {
        List<ResourceVersion> versions = resources.get(id);
        return versions == null
                ? Outcome.refused(Code.NOT_FOUND, "there is no such resource")
                : Outcome.done(List.copyOf(versions));
    }

    @Override
    public Outcome<byte[]> wardPack(String ward, java.util.Locale language) {
        return ward.equals("MED-A")
                ? Outcome.done(("%PDF " + language).getBytes(java.nio.charset.StandardCharsets.UTF_8))
                : Outcome.refused(Code.NOT_FOUND, "there is no such ward");
    }

    @Override
    public synchronized Outcome<List<ResourceVersion>> everything(ResourceId patient) {
        List<ResourceVersion> all = new ArrayList<>();
        for (ResourceId id : byCell.getOrDefault(patient.cell(), List.of())) {
            ResourceVersion latest = resources.getOrDefault(id, List.of()).getLast();
            if (!latest.isDeleted()) {
                all.add(latest);
            }
        }
        return all.isEmpty() ? Outcome.refused(Code.NOT_FOUND, "there is no such cell") : Outcome.done(all);
    }

    @Override
    public synchronized Outcome<List<ResourceVersion>> house() {
        return Outcome.done(resources.values().stream()
                .map(List::getLast)
                .filter(one -> !one.isDeleted() && Placement.HOUSE.contains(one.type()))
                .toList());
    }

    @Override
    public synchronized Outcome<List<ResourceId>> find(String type, Trait trait) {
        return Outcome.done(List.copyOf(traits.getOrDefault(trait, Map.of()).getOrDefault(type, List.of())));
    }

    @Override
    public synchronized Outcome<List<ResourceId>> findChosen(String type, String id) {
        return Outcome.done(
                Optional.ofNullable(chosen.get(type + "/" + id)).stream().toList());
    }

    @Override
    public synchronized Outcome<List<ResourceVersion>> patients(PersonQuery query) {
        if (!mayIndex) {
            return Outcome.refused(Code.NOT_ALLOWED, "this session may not search all patients");
        }
        if (query.family().isEmpty()
                && query.given().isEmpty()
                && query.birthDate().isEmpty()) {
            // As the station's index: of nothing it knows nobody.
            return Outcome.done(List.of());
        }
        return Outcome.done(families.tailMap(query.family(), true).entrySet().stream()
                .takeWhile(one -> one.getKey().startsWith(query.family()))
                .flatMap(one -> one.getValue().stream())
                .distinct()
                .map(id -> resources.getOrDefault(id, List.of()).getLast())
                .toList());
    }

    @Override
    public WriteResult write(Transaction transaction) {
        Optional<Outcome<WriteResult>> refused = planted();
        if (refused.isPresent() && refused.get() instanceof Outcome.Refused<WriteResult>(Refusal refusal)) {
            return new WriteResult.Refused(refusal);
        }
        Runnable other = faster;
        faster = null;
        if (other != null) {
            other.run();
        }
        WriteResult planted = nextWrite;
        nextWrite = null;
        return planted != null ? planted : stored(transaction);
    }

    private synchronized WriteResult stored(Transaction transaction) {
        now += 1_000;
        List<ResourceId> ids = new ArrayList<>();
        Map<String, String> targets = new HashMap<>();
        Map<String, CellId> cells = new HashMap<>();
        for (Change change : transaction.changes()) {
            if (change instanceof Change.Create create
                    && create.resource().type().equals("Patient")) {
                cells.put(create.fullUrl(), new CellId(random.nextLong(), random.nextLong()));
            }
        }
        for (Change change : transaction.changes()) {
            switch (change) {
                case Change.Create create -> {
                    Optional<ResourceId> existing = create.onlyIfNone().stream()
                            .flatMap(trait -> switch (find(create.resource().type(), trait)) {
                                case Outcome.Done<List<ResourceId>>(List<ResourceId> found) -> found.stream();
                                case Outcome.Refused<List<ResourceId>> none -> java.util.stream.Stream.empty();
                            })
                            .findFirst();
                    if (existing.isPresent() && create.elseRefused()) {
                        return new WriteResult.Refused(Refusal.of(Code.DUPLICATE, "it is there already"));
                    }
                    ids.add(existing.orElseGet(() -> new ResourceId(
                            cell(create.resource(), create.fullUrl(), cells), random.nextLong() & ((1L << 50) - 1))));
                    targets.put(create.fullUrl(), create.resource().type() + "/" + ids.getLast());
                }
                case Change.Update update -> {
                    if (version(update.id()) != update.version()) {
                        return conflict();
                    }
                    ids.add(update.id());
                    targets.put(update.fullUrl(), update.resource().type() + "/" + update.id());
                }
                case Change.Delete delete -> {
                    if (version(delete.id()) != delete.version()) {
                        return conflict();
                    }
                    ids.add(delete.id());
                }
            }
        }
        Optional<Refusal> dangling = dangling(transaction, targets);
        return dangling.isPresent() ? new WriteResult.Refused(dangling.get()) : put(transaction, ids, targets);
    }

    private static WriteResult conflict() {
        return new WriteResult.Refused(Refusal.of(Code.VERSION_CONFLICT, "somebody else was faster"));
    }

    private Optional<Refusal> dangling(Transaction transaction, Map<String, String> targets) {
        for (Change change : transaction.changes()) {
            Resource resource = switch (change) {
                case Change.Create create -> create.resource();
                case Change.Update update -> update.resource();
                case Change.Delete delete -> null;
            };
            for (int i = 0; resource != null && i < resource.referenceCount(); i++) {
                String reference = resource.reference(i);
                if (reference.startsWith("urn:") && !targets.containsKey(reference)) {
                    return Optional.of(Refusal.at(
                            Code.BAD_REFERENCE,
                            resource.referencePlace(i),
                            "nothing in this transaction has this urn"));
                }
                if (reference.contains("?identifier=")) {
                    String token = reference.substring(reference.indexOf('=') + 1);
                    Trait trait = Trait.identifier(
                            token.substring(0, token.indexOf('|')), token.substring(token.indexOf('|') + 1));
                    String type = reference.substring(0, reference.indexOf('?'));
                    List<ResourceId> found =
                            traits.getOrDefault(trait, Map.of()).getOrDefault(type, List.of());
                    if (found.size() != 1) {
                        return Optional.of(Refusal.at(Code.BAD_REFERENCE, resource.referencePlace(i), "not one fits"));
                    }
                    targets.put(reference, type + "/" + found.getFirst());
                }
            }
        }
        return Optional.empty();
    }

    private WriteResult put(Transaction transaction, List<ResourceId> ids, Map<String, String> targets) {
        List<Changed> changed = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            ResourceId id = ids.get(i);
            switch (transaction.changes().get(i)) {
                case Change.Create create -> {
                    boolean existed = resources.containsKey(id);
                    if (!existed) {
                        add(id, create.resource().type(), Bytes.wrap(authored(create.resource(), id, targets)));
                        trait(id, create.resource());
                        if (!create.chosenId().isEmpty()) {
                            chosen.put(create.resource().type() + "/" + create.chosenId(), id);
                        }
                    }
                    changed.add(new Changed(id, create.resource().type(), existed ? 1 : version(id), time(), existed));
                }
                case Change.Update update -> {
                    add(id, update.resource().type(), Bytes.wrap(authored(update.resource(), id, targets)));
                    trait(id, update.resource());
                    changed.add(new Changed(id, update.resource().type(), version(id), time(), false));
                }
                case Change.Delete delete -> {
                    add(id, delete.type(), Bytes.EMPTY);
                    changed.add(new Changed(id, delete.type(), version(id), time(), false));
                }
            }
        }
        return new WriteResult.Recorded(
                Digest.sha256(Long.toString(now).getBytes(StandardCharsets.UTF_8)),
                changed,
                WriteResult.Acknowledgement.CHECKPOINT,
                false);
    }

    private static byte[] authored(Resource resource, ResourceId id, Map<String, String> targets) {
        return ResourceWriter.authored(resource, id.toString(), targets::get);
    }

    private RecordTime time() {
        return new RecordTime(now);
    }

    private long version(ResourceId id) {
        return resources.getOrDefault(id, List.of()).size();
    }

    private void add(ResourceId id, String type, Bytes json) {
        List<ResourceVersion> versions = resources.computeIfAbsent(id, one -> {
            byCell.computeIfAbsent(one.cell(), cell -> new ArrayList<>()).add(one);
            return new ArrayList<>();
        });
        versions.add(new ResourceVersion(
                id, type, versions.size() + 1, time(), json, ResourceVersion.Standing.RECORDED, false, Digest.ZERO));
    }

    private void trait(ResourceId id, Resource resource) {
        if (resource.type().equals("Patient")) {
            resource.facts()
                    .names()
                    .forEach(name -> families.computeIfAbsent(Trait.plain(name.family()), one -> new ArrayList<>())
                            .add(id));
        }
        for (Trait trait : Trait.of(resource.facts())) {
            List<ResourceId> known = traits.computeIfAbsent(trait, one -> new HashMap<>())
                    .computeIfAbsent(resource.type(), one -> new ArrayList<>());
            if (!known.contains(id)) {
                known.add(id);
            }
        }
    }

    private CellId cell(Resource resource, String fullUrl, Map<String, CellId> cells) {
        if (resource.type().equals("Patient")) {
            CellId own = cells.get(fullUrl);
            return own == null ? new CellId(random.nextLong(), random.nextLong()) : own;
        }
        String patient = Placement.patientOf(resource.facts(), Surroundings.NONE);
        CellId inside = cells.get(patient);
        if (inside != null) {
            return inside;
        }
        return Locator.own(patient.startsWith("Patient/") ? patient.substring(8) : patient)
                .map(ResourceId::cell)
                .orElse(new CellId(0, 7));
    }
}
