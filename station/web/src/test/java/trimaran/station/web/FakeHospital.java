package trimaran.station.web;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.kernel.WallTime;
import trimaran.model.JsonTree;
import trimaran.model.Resource;
import trimaran.model.Trait;
import trimaran.record.JdkKeys;
import trimaran.record.Signer;
import trimaran.record.Suite;
import trimaran.station.BedPlace;
import trimaran.station.LedgerView;
import trimaran.station.ResourceVersion;
import trimaran.station.StationState;
import trimaran.station.Transaction;
import trimaran.station.WardBoard;
import trimaran.station.WardPlace;
import trimaran.station.WardStay;
import trimaran.station.WriteResult;

/** A hospital of one ward in memory: badges with one PIN, two beds, one patient, hulls that can be holed. */
final class FakeHospital extends FakeOfficers implements Badges {

    static final String PIN = "246810";
    static final ResourceId WARD = id(1);
    static final ResourceId PATIENT = id(2);
    static final ResourceId SURGERY = id(21);
    static final ResourceId BED = id(22);
    static final ResourceId OTHER_BED = id(23);
    private static final Pattern TYPE = Pattern.compile("\"resourceType\":\"([A-Za-z]+)\"");

    final List<FakeCare> opened = new CopyOnWriteArrayList<>();
    final List<ResourceVersion> patient = new CopyOnWriteArrayList<>();
    volatile List<String> shown = List.of("infirmiere", "medecin");
    volatile boolean applicationUp = true;
    volatile boolean lone;
    volatile Map<Party, StationState.Ailment> ailments = Map.of();
    /** A whole ward in the place of the first. */
    volatile Optional<WardBoard> whole = Optional.empty();
    /** Whether there is a second ward, of two free beds and one to clean. */
    volatile boolean second;
    /** Whether the first patient lies in the first ward, as long as nothing else is written of them. */
    volatile boolean lives = true;

    volatile List<String> roles = List.of("nurse");
    final FakeWrites writes = new FakeWrites(
            id -> patient.stream().filter(one -> one.id().equals(id)).findFirst());
    volatile @Nullable Refusal nextOpening;
    volatile @Nullable Refusal nextReading;
    volatile @Nullable Refusal nextFolder;
    volatile @Nullable Refusal nextLookup;
    volatile @Nullable RuntimeException nextFault;
    /** Whether as many records were opened as an hour allows, so that only a broken glass opens one more. */
    volatile boolean spent;

    final AtomicInteger unlockings = new AtomicInteger();
    volatile Runnable whileUnlocking = () -> {};
    final Signer signer = JdkKeys.generate(Suite.P256, new SecureRandom()).signer();

    static ResourceId id(long local) {
        return new ResourceId(new CellId(0, 7), local);
    }

    void add(String json) {
        String text = json.replace('\'', '"');
        Matcher type = TYPE.matcher(text);
        if (!type.find()) {
            throw new IllegalArgumentException("no resource: " + json);
        }
        ResourceId id = patient.isEmpty() ? PATIENT : id(100 + patient.size());
        patient.add(new ResourceVersion(
                id,
                Objects.requireNonNull(type.group(1)),
                1,
                new RecordTime(1),
                Bytes.ofText(text),
                ResourceVersion.Standing.RECORDED,
                false,
                Digest.ZERO));
    }

    @Override
    public List<String> shown() {
        return shown;
    }

    @Override
    public boolean has(String name) {
        return name.equals(FakeCuts.OFFICER) || shown.contains(name);
    }

    @Override
    public Outcome<Signer> open(String name, char[] pin) {
        unlockings.incrementAndGet();
        whileUnlocking.run();
        Signer own = name.equals(FakeCuts.OFFICER) ? cuts.officer : signer;
        return has(name) && new String(pin).equals(PIN) ? Outcome.done(own) : Outcome.refused(Code.WRONG_PIN, "no");
    }

    @Override
    public Outcome<Care> open(Signer badge, long lifeMillis) {
        Refusal refusal = nextOpening;
        nextOpening = null;
        if (refusal != null) {
            return Outcome.refused(refusal);
        }
        FakeCare care = new FakeCare();
        opened.add(care);
        return Outcome.done(care);
    }

    @Override
    public StationState state() {
        Map<Party, StationState.TierState> tiers = new LinkedHashMap<>();
        for (Party party : Party.TIERS) {
            boolean up = !alone && (party == Party.DATA || (!lone && (party != Party.APPLICATION || applicationUp)));
            Optional<StationState.Ailment> ill = Optional.ofNullable(ailments.get(party));
            tiers.put(party, new StationState.TierState(up, new WallTime(OpenWeb.NOW - 300_000), up, ill));
        }
        return state(tiers, reviews.counts());
    }

    @Override
    public Set<Digest> waiting(Set<Digest> entries) {
        return writes.waiting(entries);
    }

    /** What is written is in the record, or, while this is set, lies in the outbox or is refused. */
    volatile @Nullable Function<Transaction, Optional<WriteResult>> nextWrites;

    final List<Transaction> written = new CopyOnWriteArrayList<>();
    private final Set<String> inputs = new HashSet<>();

    /** As the record does: one entry, all or nothing, no version over one its author did not see, no identifier twice. */
    synchronized WriteResult take(Transaction transaction) {
        if (!transaction.input().isEmpty() && !inputs.add(transaction.input())) {
            return new WriteResult.Recorded(
                    Digest.ZERO, List.of(), WriteResult.Acknowledgement.NOTHING_TO_WRITE, false);
        }
        for (Transaction.Change change : transaction.changes()) {
            switch (change) {
                case Transaction.Change.Create create -> {
                    boolean there = create.onlyIfNone().stream()
                            .anyMatch(trait -> patient.stream().anyMatch(one -> FakeWrites.has(one, trait)));
                    if (there && create.elseRefused()) {
                        return new WriteResult.Refused(Refusal.of(Code.DUPLICATE, "there is one"));
                    }
                }
                case Transaction.Change.Update update -> {
                    if (latest(update.id()).version() != update.version()) {
                        return new WriteResult.Refused(Refusal.of(Code.VERSION_CONFLICT, "another version"));
                    }
                }
                case Transaction.Change.Delete _ -> throw new IllegalStateException("nothing is deleted here");
            }
        }
        written.add(transaction);
        return new WriteResult.Recorded(
                Digest.ZERO,
                transaction.changes().stream().map(this::apply).toList(),
                WriteResult.Acknowledgement.CHECKPOINT,
                false);
    }

    private ResourceVersion latest(ResourceId id) {
        return patient.stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
    }

    private WriteResult.Changed apply(Transaction.Change change) {
        ResourceVersion version = switch (change) {
            case Transaction.Change.Create create -> version(id(1_000 + patient.size()), create.resource(), 1);
            case Transaction.Change.Update update -> version(update.id(), update.resource(), update.version() + 1);
            case Transaction.Change.Delete _ -> throw new IllegalStateException("nothing is deleted here");
        };
        patient.removeIf(one -> one.id().equals(version.id()));
        patient.add(version);
        return new WriteResult.Changed(version.id(), version.type(), version.version(), version.lastUpdated(), false);
    }

    ResourceVersion version(ResourceId id, Resource resource, long version) {
        return writes.version(id, resource.type(), version, Bytes.wrap(resource.bytes()));
    }

    /** The texts of all of one type, the newest last. */
    List<String> all(String type) {
        return patient.stream()
                .filter(one -> one.type().equals(type))
                .map(one -> new String(one.json().toArray(), StandardCharsets.UTF_8))
                .toList();
    }

    /** What one person may see of it. */
    final class FakeCare extends FakeNotes {

        FakeCare() {
            super(refused, reviews);
        }

        private <T> Optional<Outcome<T>> planted() {
            RuntimeException fault = nextFault;
            nextFault = null;
            if (fault != null) {
                throw fault;
            }
            Refusal refusal = nextReading;
            nextReading = null;
            return refusal == null ? Optional.empty() : Optional.of(Outcome.refused(refusal));
        }

        @Override
        public List<String> roles() {
            return roles;
        }

        @Override
        public Outcome<List<WardBoard>> wards() {
            return this.<List<WardBoard>>planted()
                    .orElseGet(() -> Outcome.done(second ? List.of(board(), surgery()) : List.of(board())));
        }

        private WardBoard board() {
            if (whole.isPresent()) {
                return whole.get();
            }
            BedPlace door = new BedPlace(id(11), "Chambre 312", "312 porte", "312P", BedPlace.State.READY, "", "");
            BedPlace wet = new BedPlace(
                    id(12), "Chambre 312", "312 fenêtre", "312F", BedPlace.State.CLOSED, "", "fuite d’eau");
            List<WardStay> lying = lying(door.id());
            if (encounters().stream().noneMatch(one -> of(one).equals(PATIENT)) && lives) {
                lying = List.of(new WardStay(
                        id(3), PATIENT, Optional.of(door.id()), WardStay.Presence.PRESENT, "2026-11-22T04:40:00Z"));
            }
            WardPlace place = new WardPlace(
                    WARD, List.of("MED-A"), "Médecine A", "Med A", "Médecine", "46 31", List.of(door, wet));
            return new WardBoard(
                    place,
                    List.of(new WardBoard.Bed(door, lying, List.of()), new WardBoard.Bed(wet, List.of(), List.of())),
                    List.of(),
                    List.of(),
                    0,
                    100);
        }

        private WardBoard surgery() {
            BedPlace one = new BedPlace(BED, "", "1", "1", BedPlace.State.READY, "", "");
            BedPlace two = new BedPlace(OTHER_BED, "", "2", "2", BedPlace.State.READY, "", "");
            BedPlace three = new BedPlace(id(24), "", "3", "3", BedPlace.State.TO_CLEAN, "", "");
            WardPlace place = new WardPlace(
                    SURGERY, List.of("CHIR"), "Chirurgie", "Chir", "Chirurgie", "", List.of(one, two, three));
            return new WardBoard(
                    place,
                    List.of(
                            new WardBoard.Bed(one, lying(BED), List.of()),
                            new WardBoard.Bed(two, lying(OTHER_BED), List.of()),
                            new WardBoard.Bed(three, List.of(), List.of())),
                    lying(SURGERY),
                    List.of(),
                    0,
                    100);
        }

        private List<ResourceVersion> encounters() {
            List<ResourceVersion> all = new ArrayList<>(writes.folder(PATIENT, patient));
            writes.all("Encounter").stream().filter(one -> !all.contains(one)).forEach(all::add);
            return all.stream().filter(one -> one.type().equals("Encounter")).toList();
        }

        private List<WardStay> lying(ResourceId place) {
            return encounters().stream()
                    .filter(one -> JsonTree.text(tree(one), "status").equals("in-progress"))
                    .filter(one -> StayChange.place(tree(one)).equals(place.toString()))
                    .map(one -> new WardStay(
                            one.id(),
                            of(one),
                            Optional.of(place),
                            WardStay.Presence.PRESENT,
                            JsonTree.text(tree(one), "period", "start"),
                            JsonTree.items(tree(one), "extension").stream()
                                    .filter(more -> JsonTree.text(more, "url").equals("urn:trimaran:expected-end"))
                                    .map(more -> JsonTree.text(more, "valueDateTime"))
                                    .findFirst()
                                    .orElse("")))
                    .toList();
        }

        private static Map<String, Object> tree(ResourceVersion version) {
            return JsonTree.glimpse(version.json()).orElseThrow();
        }

        private static ResourceId of(ResourceVersion encounter) {
            String reference = JsonTree.text(tree(encounter), "subject", "reference");
            return Inside.id(reference.substring("Patient/".length())).orElseThrow();
        }

        @Override
        public Outcome<WardBoard> ward(ResourceId ward) {
            return this.<WardBoard>planted()
                    .orElseGet(() -> ward.equals(WARD)
                            ? Outcome.done(board())
                            : second && ward.equals(SURGERY)
                                    ? Outcome.done(surgery())
                                    : Outcome.refused(Code.NOT_FOUND, "there is no such ward"));
        }

        @Override
        public Outcome<List<ResourceVersion>> patient(ResourceId id) {
            Refusal refusal = spent && !broken.contains(id) ? SPENT : nextFolder;
            nextFolder = null;
            if (refusal != null) {
                return Outcome.refused(refusal);
            }
            boolean first = id.equals(PATIENT) || id.local() == 0;
            List<ResourceVersion> folder = writes.folder(id, first ? patient : List.of());
            return folder.isEmpty() && !first
                    ? Outcome.refused(Code.NOT_FOUND, "no such patient")
                    : Outcome.done(folder);
        }

        @Override
        public Outcome<List<ResourceVersion>> breakGlass(ResourceId id) {
            broken.add(id);
            return patient(id);
        }

        @Override
        public Outcome<LedgerView> ledgers(ResourceId id, boolean afterReason) {
            return ledgers;
        }

        @Override
        public Outcome<List<ResourceId>> findAny(String type, List<Trait> traits) {
            lookups.addAndGet(1);
            List<ResourceVersion> all = new ArrayList<>(writes.folder(PATIENT, patient));
            writes.all(type).stream().filter(one -> !all.contains(one)).forEach(all::add);
            Refusal refusal = nextLookup;
            nextLookup = null;
            List<ResourceId> found = all.stream()
                    .filter(one -> one.type().equals(type))
                    .filter(one -> traits.stream().anyMatch(trait -> FakeWrites.has(one, trait)))
                    .map(ResourceVersion::id)
                    .toList();
            return refusal == null ? Outcome.done(found) : Outcome.refused(refusal);
        }

        @Override
        public Outcome<List<ResourceVersion>> house() {
            return Outcome.done(writes.all("Task"));
        }

        @Override
        public Outcome<List<ResourceVersion>> latest(Collection<ResourceId> ids) {
            return spent && !broken.containsAll(ids) ? Outcome.refused(SPENT) : writes.latest(ids);
        }

        @Override
        public Map<ResourceId, Outcome<List<ResourceVersion>>> patients(Collection<ResourceId> patients) {
            Map<ResourceId, Outcome<List<ResourceVersion>>> all = new LinkedHashMap<>();
            patients.forEach(one -> all.put(one, patient(one)));
            return all;
        }

        @Override
        public WriteResult write(Transaction transaction) {
            Function<Transaction, Optional<WriteResult>> planned = nextWrites;
            return (planned == null ? Optional.<WriteResult>empty() : planned.apply(transaction))
                    .orElseGet(() -> second ? writes.write(transaction) : take(transaction));
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
