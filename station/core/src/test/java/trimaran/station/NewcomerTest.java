package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.ResourceId;
import trimaran.line.message.Request;
import trimaran.model.Trait;
import trimaran.record.CellKind;
import trimaran.record.Sanction;

/** Somebody nobody knows comes to a ward that reaches nobody, and is found by everybody once it does. */
class NewcomerTest extends StationBench {

    private static final Trait NAME = Trait.nameAndBirth("Inconnu", "1970-01-01");
    private static final Trait VISIT = Trait.identifier("urn:sejour", "98");

    private OwnSession session;
    private ResourceId ward;
    private ResourceId bed;

    @BeforeEach
    void aWardWithSomebodyInIt() {
        session = ready();
        ward = create(session, location("wa", ""));
        bed = create(session, location("bd", ward.toString()));
        ResourceId patient = create(session, PATIENT);
        create(session, NewcomerWords.encounter("Patient/" + patient, ward, ""));
    }

    private static String location(String type, String within) {
        String part = within.isEmpty() ? "" : ",\"partOf\":{\"reference\":\"Location/" + within + "\"}";
        return "{\"resourceType\":\"Location\",\"name\":\"" + type + "\",\"physicalType\":{\"coding\":[{\"code\":\""
                + type + "\"}]}" + part + "}";
    }

    private Transaction admission() {
        return NewcomerWords.admission(bed);
    }

    private void alone() {
        Party.TIERS.forEach(hospital::down);
        hospital.loops.runMillis(12_000);
    }

    private void reached() {
        Party.TIERS.forEach(hospital::up);
        hospital.loops.runMillis(60_000);
    }

    private ResourceId taken(Transaction transaction) {
        List<WriteResult> results = new ArrayList<>();
        int before = station.waiting();
        station.write(session, transaction, results::add);
        hospital.loops.runMillis(1_000);
        assertThat(station.waiting()).as("nobody is waited for").isEqualTo(before + 1);
        hospital.loops.runMillis(StationLimits.PATIENCE_MILLIS);
        assertThat(results).singleElement().isInstanceOf(WriteResult.Waiting.class);
        return ((WriteResult.Waiting) results.getFirst()).versions().getFirst().id();
    }

    private List<ResourceId> found(OwnSession reader, String type, Trait trait) {
        return FakeHospital.done(
                hospital.<Outcome<List<ResourceId>>>await(then -> station.find(reader, type, List.of(trait), then)));
    }

    private WardBoard board(OwnSession reader) {
        return FakeHospital.done(
                hospital.<Outcome<WardBoard>>await(then -> station.boards().one(reader, ward, then)));
    }

    private long identities() {
        return hospital.record.openings.values().stream()
                .filter(cell -> cell.kind() == CellKind.IDENTITY)
                .count();
    }

    private List<ResourceVersion> pairs(OwnSession reader) {
        PatientFolder house =
                FakeHospital.done(hospital.<Outcome<PatientFolder>>await(then -> station.house(reader, true, then)));
        return house.resources().stream()
                .filter(one -> one.type().equals("Task"))
                .toList();
    }

    private Code refusal(Transaction transaction) {
        List<WriteResult> results = new ArrayList<>();
        station.write(session, transaction, results::add);
        hospital.loops.runMillis(StationLimits.ANSWER_MILLIS + 1_000);
        assertThat(results).singleElement().isInstanceOf(WriteResult.Refused.class);
        return ((WriteResult.Refused) results.getFirst()).refusal().code();
    }

    @Test
    void isTakenAtOnceAndFoundByNameAndVisitOnceTheHullsAreBack() {
        alone();
        ResourceId patient = taken(admission());

        reached();

        assertThat(station.waiting()).isZero();
        assertThat(identities()).as("one patient more").isEqualTo(2);
        assertThat(found(session, "Patient", NAME)).containsExactly(patient);
        assertThat(found(session, "Encounter", VISIT)).hasSize(1);
        assertThat(versions(session, patient))
                .extracting(ResourceVersion::continuity)
                .containsExactly(true, true);
        assertThat(pairs(session)).isEmpty();
        assertThat(board(session).beds().getFirst().lying())
                .singleElement()
                .satisfies(stay -> assertThat(stay.patient()).isEqualTo(patient));
    }

    @Test
    void isChartedByTheWardThatTookThemInWhileNobodyIsReached() {
        alone();
        ResourceId patient = taken(admission());

        assertThat(folder(session, patient.cell()).resources())
                .extracting(ResourceVersion::type)
                .containsExactlyInAnyOrder("Patient", "Encounter");
        ResourceId first = taken(creation(observation(patient)));
        ResourceId second = taken(creation(observation(patient, "2026-03-01T11:00:00Z")));
        // A person's lease is over by then: what was drawn here stays.
        hospital.loops.runMillis(hospital.record.registry.policy().leaseMillis() + 60_000);
        taken(creation(observation(patient, "2026-03-01T12:00:00Z")));
        reached();

        assertThat(folder(session, patient.cell()).resources())
                .extracting(ResourceVersion::id)
                .contains(patient, first, second)
                .hasSize(5);
    }

    @Test
    void whomTheRecordKnowsByTheSameIsLeftToBeCompared() {
        List<ResourceId> known = new ArrayList<>();
        for (int i = 0; i <= LateTokens.PAIRS_MAX; i++) {
            known.add(create(session, NewcomerWords.PATIENT.replace("970017", "96" + i)));
        }
        alone();
        ResourceId patient = taken(admission());

        reached();

        assertThat(found(session, "Patient", NAME)).containsAll(known).contains(patient);
        assertThat(pairs(session)).hasSize(LateTokens.PAIRS_MAX).allSatisfy(task -> {
            String json = new String(task.json().toArray(), java.nio.charset.StandardCharsets.UTF_8);
            assertThat(json)
                    .contains(
                            "\"focus\":{\"reference\":\"Patient/" + patient + "\"}", "same family name and birth date")
                    .doesNotContain("Inconnu");
            assertThat(known).anyMatch(other -> json.contains("Patient/" + other));
        });
    }

    /** Nobody waits for it any more, and no ward cell was known by which somebody could come by: its station sees to it. */
    @Test
    void isFoundAlsoWhereTheStationBeganAnewMeanwhileAndApplicationWouldSayNo() {
        alone();
        ResourceId patient = taken(admission());
        hospital.tier(Party.APPLICATION).denial = Code.RULE;
        Party.TIERS.forEach(hospital::up);
        station = restarted();
        hospital.loops.runMillis(60_000);

        assertThat(station.waiting()).isZero();
        OwnSession reader = ready();
        assertThat(found(reader, "Patient", NAME)).containsExactly(patient);
        assertThat(versions(reader, patient)).hasSize(2);
        assertThat(board(reader).beds().getFirst().lying()).hasSize(1);
    }

    /** Its station ended before it could see to it: a ward that looks at its patients is enough. */
    @Test
    void isFoundOnceAnybodyHasThemOpen() {
        board(session);
        alone();
        ResourceId patient = taken(admission());
        hospital.tiers.values().forEach(tier -> tier.silentTo = Request.Lookup.class);
        reached();
        assertThat(station.waiting()).isZero();
        station = restarted();
        hospital.tiers.values().forEach(tier -> tier.silentTo = null);
        OwnSession reader = ready();
        assertThat(found(reader, "Patient", NAME)).isEmpty();

        WardStay stay = board(reader).beds().getFirst().lying().getFirst();
        assertThat(found(reader, "Patient", NAME)).as("a board opens nobody").isEmpty();
        folder(reader, stay.cell());
        hospital.loops.runMillis(5_000);

        assertThat(found(reader, "Patient", NAME)).containsExactly(patient);
        assertThat(versions(reader, patient)).hasSize(2);
    }

    /** What the ward's own cells are closed for by then is made up for: nobody lies in no bed. */
    @Test
    void hasTheirBedAlsoWhereTheLeasesWereOver() {
        alone();
        hospital.loops.runMillis(hospital.record.registry.policy().leaseMillis() + 60_000);
        ResourceId patient = taken(admission());

        reached();

        assertThat(found(session, "Patient", NAME)).containsExactly(patient);
        assertThat(board(session).beds().getFirst().lying()).hasSize(1);
    }

    @Test
    void isLookedAtAgainByItselfWhereNobodyCouldBeAsked() {
        alone();
        ResourceId patient = taken(admission());
        hospital.tiers.values().forEach(tier -> tier.silentTo = Request.Lookup.class);
        reached();
        assertThat(versions(session, patient)).hasSize(1);
        hospital.tiers.values().forEach(tier -> tier.silentTo = null);

        hospital.loops.runMillis(4 * LateTokens.AGAIN_MIN_MILLIS);

        assertThat(found(session, "Patient", NAME)).containsExactly(patient);
        assertThat(versions(session, patient)).hasSize(2);
    }

    /** Application alone is silent: all is looked up as ever; whoever wrote them knows that, and another station asks once. */
    @Test
    void whoeverWasLookedUpIsNotWrittenAnew() {
        hospital.down(Party.APPLICATION);
        hospital.loops.runMillis(12_000);
        board(session);
        int before = hospital.lookups;
        ResourceId patient = write(session, admission()).versions().getFirst().id();
        hospital.loops.runMillis(5_000);
        assertThat(hospital.lookups).isEqualTo(before);
        assertThat(hospital.record.entries.getLast().header().sanction()).isInstanceOf(Sanction.Unanswered.class);

        station = restarted();
        OwnSession reader = ready();
        folder(reader, patient.cell());
        hospital.loops.runMillis(5_000);
        int lookups = hospital.lookups;
        folder(reader, patient.cell());
        hospital.loops.runMillis(4 * LateTokens.AGAIN_MIN_MILLIS);

        assertThat(hospital.lookups).isEqualTo(lookups);
        assertThat(versions(reader, patient)).hasSize(1);
    }

    @Test
    void whatMustNotBeThereTwiceWaitsForTheHulls() {
        alone();
        Transaction.Change.Create plain =
                (Transaction.Change.Create) admission().changes().getFirst();
        Transaction.Change conditional = new Transaction.Change.Create(
                plain.resource(), plain.fullUrl(), List.of(Trait.identifier("urn:ipp", "970017")), "");
        Transaction.Change chosen = new Transaction.Change.Create(plain.resource(), "", List.of(), "my-own-id");
        String insured = NewcomerWords.PATIENT.replace("urn:ipp", "urn:oid:1.2.250.1.213.1.4.10");

        assertThat(refusal(Transaction.of(conditional))).isEqualTo(Code.UNAVAILABLE);
        assertThat(refusal(Transaction.of(chosen))).isEqualTo(Code.UNAVAILABLE);
        assertThat(refusal(admission().named("a message"))).isEqualTo(Code.UNAVAILABLE);
        assertThat(refusal(creation(insured))).as("a qualified INS").isEqualTo(Code.UNAVAILABLE);
        assertThat(station.waiting()).isZero();
    }

    @Test
    void whatNeedsApprovalIsNotTakenAlongWithThem() {
        alone();
        List<Transaction.Change> changes = new ArrayList<>(admission().changes());
        changes.add(new Transaction.Change.Create(
                FakeHospital.resource(procedure(ResourceId.random(bed.cell(), hospital.loops.entropy()))
                        .replaceAll("Patient/[^\"]+", NewcomerWords.PATIENT_URL))));

        assertThat(refusal(Transaction.clinical(changes))).isEqualTo(Code.UNAVAILABLE);
    }
}
