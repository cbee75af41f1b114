package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.ResourceId;
import trimaran.kernel.SecretBytes;
import trimaran.line.message.Draft;
import trimaran.line.message.MessageLimits;
import trimaran.line.message.Request;
import trimaran.record.CellKind;
import trimaran.record.EntryKind;
import trimaran.record.Header;
import trimaran.record.Sanction;
import trimaran.record.Signature;
import trimaran.record.Suite;

/** Large and too large. */
class LimitTest extends StationBench {

    private final MemoryDisk beside = new MemoryDisk();

    private static final String PULSE = """
            {"resourceType":"Observation","status":"final","code":{"text":"pulse"},
             "subject":{"reference":"PATIENT"},"effectiveDateTime":"TIME","valueInteger":70}""";

    private static Code refusal(WriteResult result) {
        assertThat(result).isInstanceOf(WriteResult.Refused.class);
        return ((WriteResult.Refused) result).refusal().code();
    }

    @Test
    void aTransactionOfHundredsOfCellsGoesThroughAsOneEntryInStagedPieces() {
        OwnSession session = ready();
        String urn = "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0";
        List<Transaction.Change> changes = new ArrayList<>();
        changes.add(new Transaction.Change.Create(FakeHospital.resource(PATIENT), urn, List.of(), ""));
        for (int year = 1950; year < 2025; year++) {
            for (int month = 1; month <= 12; month++) {
                String time = "%d-%02d-01T10:00:00Z".formatted(year, month);
                for (int i = 0; i < 5; i++) {
                    String json = PULSE.replace("TIME", time)
                            .replace("PATIENT", urn)
                            .replace("pulse", "pulse of " + time + " number " + i + "x".repeat(200));
                    changes.add(new Transaction.Change.Create(FakeHospital.resource(json)));
                }
            }
        }

        WriteResult.Recorded written = write(session, Transaction.clinical(changes));

        ResourceId patient = written.versions().getFirst().id();
        assertThat(written.versions()).hasSize(changes.size());
        assertThat(hospital.record.openings.values())
                .filteredOn(cell -> cell.kind() == CellKind.QUARTER)
                .hasSize(300);
        assertThat(hospital.tier(Party.DATA).asked(Request.Stage.class)).isPositive();
        assertThat(hospital.tier(Party.DATA).inlineMax)
                .as("what is above is staged before")
                .isPositive()
                .isLessThanOrEqualTo(StationLimits.INLINE_TOTAL_MAX);
        OwnSession other = afresh(session);
        assertThat(folder(other, patient.cell()).resources()).hasSize(changes.size());
    }

    @Test
    void aDraftTooLargeForARequestIsShownPieceByPieceAndApproved() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        List<Transaction.Change> changes = new ArrayList<>();
        for (int i = 0; i < MessageLimits.DRAFT_BYTES_MAX / 36; i++) {
            changes.add(new Transaction.Change.Create(FakeHospital.resource(procedure(patient))));
        }

        write(session, Transaction.clinical(changes));

        Header header = hospital.record.entries.getLast().header();
        assertThat(hospital.tier(Party.APPLICATION).asked(Request.Show.class)).isGreaterThan(1);
        assertThat(header.author().kind()).isEqualTo(EntryKind.CLINICAL);
        assertThat(header.sanction()).isInstanceOf(Sanction.Approved.class);
    }

    @Test
    void moreEncountersThanApplicationCanBeShownAreRefused() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        String encounter = """
                {"resourceType":"Encounter","status":"finished","class":{"code":"AMB"},"subject":{"reference":"%s"},
                "type":[{"text":"%s"}]}""".formatted("Patient/" + patient, "x".repeat(200_000));
        List<Transaction.Change> changes = Collections.nCopies(
                StationLimits.DRAFT_BYTES_MAX / 200_000 + 1,
                new Transaction.Change.Create(FakeHospital.resource(encounter)));

        assertThat(refusal(result(session, Transaction.clinical(changes)))).isEqualTo(Code.TOO_LARGE);
    }

    @Test
    void oneChangeTooManyIsRefused() {
        OwnSession session = ready();
        Transaction.Change one = creation(PATIENT).changes().getFirst();

        WriteResult result =
                result(session, Transaction.clinical(Collections.nCopies(StationLimits.CHANGES_MAX + 1, one)));

        assertThat(refusal(result)).isEqualTo(Code.TOO_LARGE);
    }

    @Test
    void aTransactionWithoutChangesIsRefused() {
        assertThat(refusal(result(ready(), Transaction.clinical(List.of())))).isEqualTo(Code.BAD_PARAMETER);
    }

    @Test
    void aFullOutboxTakesNothingMore() {
        Outbox outbox = new Outbox(station.setting());
        StoredEntry entry = new StoredEntry(
                Bytes.ofText("author"),
                new Signature(Suite.STAND_IN, Bytes.EMPTY),
                Bytes.EMPTY,
                Bytes.EMPTY,
                List.of(),
                Bytes.EMPTY);

        for (int i = 0; i < StationLimits.OUTBOX_ENTRIES_MAX; i++) {
            assertThat(outbox.isFull()).isFalse();
            outbox.add(Digest.sha256(Bytes.ofText("entry " + i)), entry, () -> {});
        }

        assertThat(outbox.isFull()).isTrue();
    }

    /** Nobody looks: what is written now still finds room, and nothing is thrown away. */
    @Test
    void theEldestOfTooManyRefusedLieBesideTheOutbox() {
        Outbox outbox = new Outbox(station.setting());
        for (int i = 0; i <= StationLimits.REFUSED_ENTRIES_MAX; i++) {
            refuse(outbox, Digest.sha256(Bytes.ofText("entry " + i)), "author");
        }
        hospital.loops.runMillis(1_000);

        assertThat(outbox.refused()).hasSize(StationLimits.REFUSED_ENTRIES_MAX);
        assertThat(outbox.isFull()).isFalse();
        assertThat(aside(0)).isPresent();
        assertThat(aside(1)).isEmpty();
        assertThat(heard(event -> event instanceof StationEvent.RefusedSetAside))
                .isTrue();
    }

    @Test
    void theEldestOfTooLargeARefusedHeapToo() {
        Outbox outbox = new Outbox(station.setting());
        String half = "x".repeat((int) (StationLimits.REFUSED_BYTES_MAX / 2) - 3_000);
        for (int i = 0; i < 2; i++) {
            refuse(outbox, Digest.sha256(Bytes.ofText("entry " + i)), half);
        }
        assertThat(outbox.refused()).hasSize(2);
        refuse(outbox, Digest.sha256(Bytes.ofText("entry 2")), "y".repeat(10_000));
        hospital.loops.runMillis(1_000);
        assertThat(outbox.refused()).hasSize(2);
        assertThat(aside(0)).isPresent();
    }

    private static void refuse(Outbox outbox, Digest digest, String author) {
        StoredEntry entry = new StoredEntry(
                Bytes.ofText(author),
                new Signature(Suite.STAND_IN, Bytes.EMPTY),
                Bytes.EMPTY,
                Bytes.EMPTY,
                List.of(),
                Bytes.EMPTY);
        outbox.add(digest, entry, () -> {});
        outbox.refuse(digest, Code.RULE, Digest.ZERO, () -> {});
    }

    private java.util.Optional<Bytes> aside(int entry) {
        String name = Digest.sha256(Bytes.ofText("entry " + entry)).hex().substring(0, 16);
        return hospital.disk.read(Outbox.REFUSED + name);
    }

    @Test
    void theOutboxIsSweptOnceMostOfItHasLeft() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        String long_ = "x".repeat(60_000);
        for (int i = 0; i < 40; i++) {
            StringBuilder noise = new StringBuilder();
            hospital.loops.random().ints(30_000, 'a', 'z').forEach(letter -> noise.append((char) letter));
            create(session, observation(patient).replace("pulse", noise + long_));
        }
        hospital.loops.runMillis(1_000);
        create(session, observation(patient));

        assertThat(outboxBytes()).isLessThan((int) StationLimits.OUTBOX_SWEEP_BYTES + 200_000);
    }

    /** A draft lies beside its entry, and its key on the same disk: what is in the record must not lie here as well. */
    @Test
    void whatLeftIsClearedFromTheDisk() {
        OwnSession session = ready();
        create(session, PATIENT);
        assertThat(outboxBytes()).isPositive();
        hospital.loops.runMillis(2_000);
        assertThat(station.state().waiting()).isZero();
        assertThat(outboxBytes()).isZero();
    }

    @Test
    void whatLeftBeforeACrashIsClearedAfterIt() {
        Outbox outbox = beside();
        Digest left = held(outbox, "left", 1_000);
        outbox.drop(left, () -> {});
        hospital.loops.runMillis(20);
        Bytes journal = beside.read(Outbox.FILE).orElseThrow();
        assertThat(journal.size()).isGreaterThan(1_000);
        hospital.loops.runMillis(1_000);
        beside.replace(Outbox.FILE, journal);

        beside();
        hospital.loops.runMillis(1_000);

        assertThat(besideBytes()).isZero();
    }

    @Test
    void whatLeftStaysWhileMuchElseWouldBeWrittenAnew() {
        Outbox outbox = beside();
        Digest left = held(outbox, "left", 1_000);
        Digest more = held(outbox, "more", 1_000);
        Digest large = held(outbox, "large", (int) StationLimits.OUTBOX_CLEARED_BYTES + 1);
        outbox.leave(left);
        hospital.loops.runMillis(1_000);
        assertThat(besideBytes()).isGreaterThan((int) StationLimits.OUTBOX_CLEARED_BYTES + 2_000);

        outbox.leave(large);
        // Whoever writes in between takes the leaving along; it is cleared all the same.
        Digest other = held(outbox, "other", 1_000);
        hospital.loops.runMillis(1_000);
        assertThat(besideBytes()).isBetween(2_000, 3_000);
        assertThat(beside().digests()).containsExactly(more, other);
    }

    /** What was refused before it was promised goes as what was placed does: its draft says as much. */
    @Test
    void whatWasRefusedIsClearedToo() {
        Outbox outbox = beside();
        Digest refused = held(outbox, "refused", 1_000);
        outbox.drop(refused, () -> {});
        hospital.loops.runMillis(1_000);
        assertThat(besideBytes()).isZero();
    }

    /** A few bytes more fit where a new file does not. */
    @Test
    void aDiskThatTakesNoNewFileKeepsWhatLeftAWhileLonger() {
        Outbox outbox = beside();
        Digest left = held(outbox, "left", 1_000);
        hospital.loops.runMillis(1);
        beside.takesNoNewFile = true;
        outbox.leave(left);
        hospital.loops.runMillis(1_000);
        assertThat(besideBytes()).isGreaterThan(1_000);
        beside.takesNoNewFile = false;
        assertThat(beside().count()).isZero();
        hospital.loops.runMillis(1_000);
        assertThat(besideBytes()).isZero();
    }

    private static Digest held(Outbox outbox, String name, int bytes) {
        StoredEntry entry = stored(Bytes.ofText(name + " ".repeat(bytes)), Bytes.EMPTY);
        outbox.add(entry.digest(), entry, () -> {});
        return entry.digest();
    }

    /** An outbox on a disk of its own: the station writes into its own. */
    private Outbox beside() {
        StationSetting setting = station.setting();
        return new Outbox(setting.on(setting.loop(), beside, setting.events()));
    }

    private int besideBytes() {
        return beside.read(Outbox.FILE).map(Bytes::size).orElse(0);
    }

    private int outboxBytes() {
        return hospital.disk.read(Outbox.FILE).map(Bytes::size).orElse(0);
    }

    @Test
    void keysAreForgottenAtTheEndOfTheLeaseAndTheCellIsOpenedAgain() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        hospital.loops.runMillis(station.registry().policy().leaseMillis() + 10_000);
        int before = hospital.tier(Party.ACCESS).asked(Request.Open.class);

        assertThat(versions(session, patient)).hasSize(1);

        assertThat(hospital.tier(Party.ACCESS).asked(Request.Open.class)).isGreaterThan(before);
    }

    @Test
    void aDraftIsReadableOnlyUnderItsMachinesKeyAndForItsEntry() {
        Draft draft = new Draft(List.of(), List.of(new CellId(0, 7)));
        DraftBox box = new DraftBox(Digest.ZERO, SecretBytes.taking(new byte[32]));
        Bytes author = Bytes.ofText("author part");
        Bytes sealed = box.seal(Digest.sha256(author), draft);
        SecretBytes otherKey = SecretBytes.taking("another machine's key of 32 byte".getBytes(StandardCharsets.UTF_8));

        assertThat(box.open(stored(author, sealed))).contains(draft);
        assertThat(box.open(stored(Bytes.ofText("another entry"), sealed))).isEqualTo(Optional.empty());
        assertThat(new DraftBox(Digest.ZERO, otherKey).open(stored(author, sealed)))
                .isEqualTo(Optional.empty());
        assertThat(box.open(stored(author, Bytes.ofText("short")))).isEqualTo(Optional.empty());
    }

    private static StoredEntry stored(Bytes author, Bytes draft) {
        return new StoredEntry(
                author, new Signature(Suite.STAND_IN, Bytes.EMPTY), Bytes.EMPTY, Bytes.EMPTY, List.of(), draft);
    }
}
