package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.ResourceId;
import trimaran.kernel.WallTime;
import trimaran.line.message.LedgerLine;
import trimaran.line.simulated.SimulatedNetwork;
import trimaran.record.CellKind;
import trimaran.shares.SealingKeyPair;

/** The sealed copy of a ward: when it is made, when it is not, and who opens it. */
class WardCopyTest extends StationBench {

    private final SealingKeyPair badge = SealingKeyPair.generate(hospital.loops.entropy());
    private OwnSession session;
    private ResourceId ward;
    private ResourceId patient;
    private WardCopying copying = copying(List.of());

    @BeforeEach
    void aWardWithOnePatient() {
        session = ready();
        ward = create(session, location("Médecine A"));
        patient = create(session, PATIENT);
        stay(patient, ward);
        create(session, observation(patient));
    }

    private static String location(String name) {
        return "{\"resourceType\":\"Location\",\"name\":\"" + name
                + "\",\"physicalType\":{\"coding\":[{\"code\":\"wa\"}]}}";
    }

    private void stay(ResourceId who, ResourceId where) {
        create(session, """
            {"resourceType":"Encounter","status":"in-progress","class":{"code":"IMP"},
             "subject":{"reference":"Patient/%s"},"period":{"start":"2026-03-01T10:00:00Z"},
             "location":[{"location":{"reference":"Location/%s"}}]}""".formatted(who, where));
    }

    private WardCopying copying(List<String> wards) {
        return new WardCopying(station, new WardCopySetting(badge.publicKey(), wards));
    }

    private void keep(String... wards) {
        copying = copying(List.of(wards));
        copying.start();
    }

    private List<WardCopies.Place> places() {
        return new WardCopies(hospital.disk).all();
    }

    private WardCopyFile newest() {
        return new WardCopies(hospital.disk).read(places().getFirst()).orElseThrow();
    }

    private Outcome<WardCopy> opened(WardCopyFile file, SealingKeyPair keys) {
        return file.open(keys, hospital.stationBadge.publicKey(), hospital.standIns);
    }

    private void firstCopy(String... wards) {
        keep(wards);
        assertThat(hospital.loops.runUntil(() -> !places().isEmpty(), 60_000)).isTrue();
    }

    @Test
    void aCopyIsMadeAgainBeforeItIsFiveMinutesOldAndTheLastTwoAreKept() {
        firstCopy();
        List<WallTime> made = new ArrayList<>();
        for (int i = 0; i < 3 * 300; i++) {
            WallTime newest = places().getFirst().made();
            if (!made.contains(newest)) {
                made.add(newest);
            }
            hospital.loops.runMillis(1_000);
        }

        assertThat(made).hasSize(4);
        for (int i = 1; i < made.size(); i++) {
            assertThat(made.get(i).millis() - made.get(i - 1).millis())
                    .isLessThanOrEqualTo(WardCopying.COPY_MILLIS)
                    .isGreaterThan(WardCopying.COPY_MILLIS / 2);
        }
        assertThat(places())
                .extracting(WardCopies.Place::made)
                .containsExactly(made.getLast(), made.get(made.size() - 2));
    }

    /** Officers who grant this station's badge its wards read the names; the tiers know the cells. */
    @Test
    void theStationSaysWhichCellTheWardsAreThatItKeepsCopiesOf() throws Exception {
        create(session, location("Médecine B"));
        firstCopy("Médecine A", "Médecine B");

        List<String> lines = new String(
                        hospital.disk.read(KeptWards.FILE).orElseThrow().toArray(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(lines).as("a ward in which nobody ever lay has none").hasSize(2);
        assertThat(lines.getFirst())
                .isEqualTo("badge = " + hospital.stationBadge.publicKey().id().hex());
        String[] line = lines.getLast().split(" = ", 2);
        assertThat(line[1]).isEqualTo("Médecine A");
        CellId cell = CellId.ofHandle(line[0]);
        assertThat(hospital.record.openings.get(cell)).satisfies(opening -> {
            assertThat(opening.kind()).isEqualTo(CellKind.WARD);
            assertThat(opening.subject()).as("that of all its weeks").isEqualTo(cell);
        });
    }

    private static WardCopyFile at(WardCopyFile file, WallTime made) {
        return new WardCopyFile(
                made,
                file.ward(),
                file.codes(),
                file.name(),
                file.shortName(),
                file.badge(),
                file.content(),
                file.signature());
    }

    @Test
    void aCopyOfATimeToComeGoesWithTheNextOne() {
        firstCopy();
        WardCopyFile file = newest();
        WardCopies copies = new WardCopies(hospital.disk);
        copies.keep(at(file, file.made().plusMillis(86_400_000)));
        assertThat(places()).hasSize(2);

        WallTime next = file.made().plusMillis(1);
        copies.keep(at(file, next));

        assertThat(places()).extracting(WardCopies.Place::made).containsExactly(next, file.made());
    }

    @Test
    void aCopyUnderTheNameOfAnotherIsNone() {
        firstCopy();
        WardCopies.Place place = places().getFirst();
        WardCopies.Place later = new WardCopies.Place(place.ward(), place.made().plusMillis(1));
        hospital.disk.replace(later.name(), newest().encode());

        assertThat(new WardCopies(hospital.disk).read(later)).isEmpty();
        assertThat(new WardCopies(hospital.disk).read(place)).isPresent();
    }

    @Test
    void aWardThatIsNoneOfThisStationsAnyMoreLeavesItsDisk() {
        firstCopy("Médecine A");
        hospital.loops.runMillis(1_000);

        hospital.network.crash(SimulatedNetwork.peer("station"));
        station = hospital.station("station again");
        ready();
        keep("Chirurgie");
        hospital.loops.runMillis(100_000);
        assertThat(places()).as("it may have been missing by mistake").isNotEmpty();
        hospital.loops.runMillis((WardCopying.LOOKS_BEFORE_GONE + 1) * WardCopying.COPY_MILLIS);

        assertThat(places()).isEmpty();
    }

    /** A copy does not say in whose session a version was written. */
    private static ResourceVersion unsigned(ResourceVersion one) {
        return new ResourceVersion(
                one.id(),
                one.type(),
                one.version(),
                one.lastUpdated(),
                one.json(),
                one.standing(),
                one.continuity(),
                one.entry());
    }

    @Test
    void itHoldsWhatTheBoardAndTheFolderHoldNow() throws Exception {
        firstCopy("Médecine A");

        WardCopy copy = FakeHospital.done(opened(newest(), badge));

        assertThat(copy.board().ward().id()).isEqualTo(ward);
        assertThat(copy.board().present()).extracting(WardStay::patient).containsExactly(patient);
        assertThat(copy.folders().keySet()).containsExactly(patient);
        assertThat(copy.folders().get(patient))
                .containsExactlyInAnyOrderElementsOf(folder(session, patient.cell()).resources().stream()
                        .map(WardCopyTest::unsigned)
                        .toList());
        assertThat(WardCopy.decode(copy.encode())).isEqualTo(copy);
        hospital.loops.runMillis(1_000);
        assertThat(copying.state().wards()).singleElement().satisfies(one -> {
            assertThat(one.name()).isEqualTo("Médecine A");
            assertThat(one.made()).contains(places().getFirst().made());
            assertThat(one.unopened()).isZero();
            assertThat(one.why()).isEmpty();
        });
    }

    @Test
    void theTiersHaveTheLineBeforeThereIsACopy() {
        firstCopy();

        assertThat(hospital.notes).hasSizeGreaterThanOrEqualTo(2);
        assertThat(hospital.notes).allSatisfy(note -> {
            assertThat(note.act()).isEqualTo(LedgerLine.Act.EXPORTED);
            assertThat(note.cells()).containsExactly(patient.cell());
            assertThat(note.recipient()).isEqualTo(WardCopyFile.badge(badge.publicKey()));
        });
    }

    @Test
    void withoutTheLineThereIsNoCopyAndItIsSaidWhy() {
        hospital.writesDown = false;
        keep();
        hospital.loops.runMillis(400_000);

        assertThat(places()).isEmpty();
        assertThat(copying.state().wards().getFirst().why().orElseThrow().code())
                .isEqualTo(Code.UNAVAILABLE);
        assertThat(heard(event -> event instanceof StationEvent.WardCopyRefused))
                .isTrue();

        hospital.writesDown = true;
        hospital.loops.runMillis(WardCopying.AGAIN_MILLIS + 10_000);
        assertThat(places()).hasSize(1);
        assertThat(copying.state().wards().getFirst().why()).isEmpty();
    }

    @Test
    void whoReachesNobodyKeepsTheLastCopyAndSaysHowOldItIs() {
        firstCopy();
        WallTime made = places().getFirst().made();
        for (Party tier : Party.TIERS) {
            hospital.down(tier);
        }
        hospital.loops.runMillis(2 * WardCopyState.OLD_MILLIS);

        assertThat(places().getFirst().made()).isEqualTo(made);
        assertThat(copying.state()
                        .why()
                        .or(() -> copying.state().wards().getFirst().why()))
                .isPresent();
        assertThat(copying.state()
                        .wards()
                        .getFirst()
                        .isOld(new WallTime(hospital.now().millis())))
                .isTrue();

        keep();
        assertThat(copying.state().wards().getFirst().made()).contains(made);
    }

    @Test
    void anotherBadgeIsRefusedInOneSentence() {
        firstCopy();

        Outcome<WardCopy> refused = opened(newest(), SealingKeyPair.generate(hospital.loops.entropy()));

        assertThat(code(refused)).isEqualTo(Code.NOT_ALLOWED);
        assertThat(refused.toString()).contains("sealed to another badge");
    }

    @Test
    void aByteThatTurnedAnywhereIsRefused() throws Exception {
        firstCopy();
        byte[] whole = newest().encode().toArray();
        for (int at = 0; at < whole.length; at += 7) {
            byte[] turned = whole.clone();
            turned[at] ^= 1;
            Outcome<WardCopy> outcome;
            try {
                outcome = opened(WardCopyFile.decode(Bytes.wrap(turned)), badge);
            } catch (trimaran.kernel.MalformedException unreadable) {
                continue;
            }
            assertThat(outcome.isDone()).as("byte %d", at).isFalse();
        }
    }

    @Test
    void nothingReadableLiesOnTheDisk() {
        firstCopy();
        String file = new String(newest().encode().toArray(), StandardCharsets.ISO_8859_1);

        for (String secret : List.of("Dupont", "Anne", "1950-02-03", patient.toString())) {
            Stream.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)
                    .map(secret::getBytes)
                    .forEach(bytes -> {
                        assertThat(file).doesNotContain(new String(bytes, StandardCharsets.ISO_8859_1));
                        assertThat(file)
                                .doesNotContain(Base64.getEncoder()
                                        .withoutPadding()
                                        .encodeToString(bytes)
                                        .substring(0, bytes.length / 3 * 4));
                    });
        }
    }

    @Test
    void aWardThatEmptiesIsCopiedOnSoThatWhoLeftLeavesTheDisk() {
        firstCopy();
        String gone = """
            {"resourceType":"Encounter","status":"finished","class":{"code":"IMP"},
             "subject":{"reference":"Patient/%s"},
             "period":{"start":"2026-03-01T10:00:00Z","end":"2026-03-02T10:00:00Z"},
             "location":[{"location":{"reference":"Location/%s"}}]}""".formatted(patient, ward);
        ResourceId encounter = FakeHospital.done(opened(newest(), badge))
                .board()
                .present()
                .getFirst()
                .encounter();
        write(session, Transaction.of(new Transaction.Change.Update(encounter, 1, FakeHospital.resource(gone), "")));
        hospital.loops.runMillis(WardCopying.COPY_MILLIS + 30_000);

        assertThat(FakeHospital.done(opened(newest(), badge)).folders()).isEmpty();
    }

    @Test
    void onlyTheWardsThatAreNamedAreCopied() {
        stay(create(session, PATIENT), create(session, location("Médecine B")));
        firstCopy("médecine b");
        hospital.loops.runMillis(60_000);

        assertThat(places()).hasSize(1);
        assertThat(newest().name()).isEqualTo("Médecine B");
        assertThat(newest().isCalled("MÉDECINE B")).isTrue();
        assertThat(newest().isCalled("Médecine A")).isFalse();
    }

    @Test
    void aWardOfMoreThanACopyHoldsHasNone() {
        WardBoard board = boardOf(WardCopy.PATIENTS_MAX + 1);
        List<Outcome<Boolean>> answers = new ArrayList<>();
        keep();
        copying.copy(session, board, answers::add);

        assertThat(code(answers.getFirst())).isEqualTo(Code.TOO_LARGE);
    }

    private WardBoard boardOf(int patients) {
        List<WardStay> stays = new ArrayList<>();
        for (int i = 0; i < patients; i++) {
            ResourceId id = new ResourceId(new trimaran.kernel.CellId(7, 7), i);
            stays.add(new WardStay(id, id, Optional.empty(), WardStay.Presence.PRESENT, ""));
        }
        WardPlace place = new WardPlace(
                new ResourceId(new trimaran.kernel.CellId(8, 8), 1), List.of(), "Médecine A", "", "", "", List.of());
        return new WardBoard(place, List.of(), stays, List.of(), 0, 0);
    }

    @Test
    void aStationIsToldOfNoMoreWardsThanItKeeps() {
        List<String> names = Collections.nCopies(WardCopySetting.WARDS_MAX + 1, "M");
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> new WardCopySetting(badge.publicKey(), names))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsSealedStandsInTheSameBytesForEver() throws Exception {
        WardCopy copy = new WardCopy("Hôpital", new WallTime(1_000), boardOf(1), List.of(), Map.of());
        assertThat(Digest.sha256(copy.encode()).hex())
                .isEqualTo("e0541fc1ac5bf155fec8cde8d93bc82d033120d042cab032ac7325501b653081");
        assertThat(WardCopy.decode(copy.encode())).isEqualTo(copy);
    }
}
