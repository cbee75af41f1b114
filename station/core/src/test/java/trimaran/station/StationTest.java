package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.ResourceId;
import trimaran.line.message.Request;
import trimaran.model.Trait;
import trimaran.record.CellKind;

class StationTest extends StationBench {

    private static final String PULSE = """
        {"resourceType":"Observation","status":"final","code":{"text":"pulse"},
         "subject":{"reference":"PATIENT"},"effectiveDateTime":"2026-03-01","valueInteger":70}\
        """;

    @Test
    void aStationFollowsAllTiersAndKnowsTheRegistry() {
        ready();

        assertThat(station.state().tiers().values()).allMatch(StationState.TierState::up);
        assertThat(station.registry().badge(hospital.nurse.publicKey().id())).isPresent();
        assertThat(hospital.events).noneMatch(event -> event instanceof StationEvent.FeedDropped);
    }

    @Test
    void whatIsWrittenIsAcknowledgedByACheckpointAndReadBack() {
        OwnSession session = ready();

        WriteResult.Recorded patient = write(session, creation(PATIENT));
        ResourceId id = patient.versions().getFirst().id();
        ResourceId observation = create(session, observation(id));

        assertThat(patient.by()).isEqualTo(WriteResult.Acknowledgement.CHECKPOINT);
        assertThat(patient.versions().getFirst().version()).isEqualTo(1);
        List<ResourceVersion> read = versions(session, id);
        assertThat(new String(read.getFirst().supplied(), StandardCharsets.UTF_8))
                .contains("Dupont")
                .contains("\"versionId\":\"1\"");
        assertThat(versions(session, observation)).hasSize(1);
        assertThat(station.ledgers().author(read.getFirst().session()))
                .map(LedgerView.Badge::id)
                .contains(hospital.nurse.publicKey().id());
        assertThat(station.ledgers().author(Digest.ZERO)).isEmpty();
        assertThat(hospital.tier(Party.DATA).asked(Request.Fetch.class)).isZero();
    }

    @Test
    void aSessionThatEndsWhilePartsAreUnderWayBlamesNobodyAndDoesNotStandInAnothersWay() {
        OwnSession session = ready();
        ResourceId id = create(session, PATIENT);
        OwnSession leaving = afresh(session);
        OwnSession staying = hospital.session(station, hospital.machine);
        station.versions(leaving, id, Request.Purpose.CARE, outcome -> {});
        boolean asked = hospital.loops.runUntil(
                () -> hospital.tiers.values().stream().anyMatch(tier -> tier.asked(Request.Fetch.class) > 0), 10_000);

        station.close(leaving);
        List<ResourceVersion> read = versions(staying, id);

        assertThat(asked).isTrue();
        assertThat(read).hasSize(1);
        assertThat(heard(event -> event instanceof StationEvent.BadParts)).isFalse();
    }

    @Test
    void anotherSessionOpensTheCellsFromTheTiers() {
        OwnSession session = ready();
        ResourceId id = create(session, PATIENT);
        create(session, observation(id));
        OwnSession other = afresh(session);

        PatientFolder folder = folder(other, id.cell());

        assertThat(folder.resources())
                .extracting(ResourceVersion::type)
                .containsExactlyInAnyOrder("Patient", "Observation");
    }

    @Test
    void aResultThatWaitsForItsPatientIsSeenByEverybodyThoughNobodyApprovedIt() throws Exception {
        OwnSession session = ready();
        String url = "urn:uuid:00000000-0000-4000-8000-000000000000";
        Transaction.Change person = new Transaction.Change.Create(
                FakeHospital.resource("{\"resourceType\":\"Person\",\"name\":[{\"family\":\"Dupont\"}]}"),
                url,
                List.of(),
                "");
        Transaction.Change task = new Transaction.Change.Create(
                FakeHospital.resource("{\"resourceType\":\"Task\",\"status\":\"requested\",\"intent\":\"proposal\","
                        + "\"focus\":{\"reference\":\"" + url + "\"}}"));
        write(session, new Transaction(trimaran.record.EntryKind.CONTINUITY, List.of(person, task), false));
        OwnSession other = afresh(session);

        List<ResourceVersion> house = FakeHospital.done(
                        hospital.<Outcome<PatientFolder>>await(then -> station.house(other, true, then)))
                .resources();

        assertThat(house).extracting(ResourceVersion::type).contains("Task");
        String focus = new String(house.getLast().json().toArray(), StandardCharsets.UTF_8);
        assertThat(focus).contains("Person/");
        ResourceId waiting = ResourceId.parse(focus.replaceAll(".*Person/([a-z0-9-]+).*", "$1"));
        assertThat(new String(versions(other, waiting).getFirst().json().toArray(), StandardCharsets.UTF_8))
                .contains("Dupont");
    }

    @Test
    void aWardOnlyASenderNamesIsAPlaceOfTheHouseThoughNobodyApprovedIt() throws Exception {
        OwnSession session = ready();
        Transaction.Change ward = new Transaction.Change.Create(
                FakeHospital.resource("{\"resourceType\":\"Location\",\"status\":\"active\",\"name\":\"Urgences\","
                        + "\"physicalType\":{\"coding\":[{\"code\":\"wa\"}]}}"),
                "urn:uuid:00000000-0000-4000-8000-000000000000",
                List.of(),
                "");
        write(session, new Transaction(trimaran.record.EntryKind.CONTINUITY, List.of(ward), false));
        OwnSession other = afresh(session);

        List<ResourceVersion> house = FakeHospital.done(
                        hospital.<Outcome<PatientFolder>>await(then -> station.house(other, true, then)))
                .resources();

        assertThat(house)
                .filteredOn(one -> one.type().equals("Location"))
                .singleElement()
                .satisfies(place -> assertThat(new String(place.json().toArray(), StandardCharsets.UTF_8))
                        .contains("Urgences"));
    }

    @Test
    void aTraitLeadsToThePatient() {
        OwnSession session = ready();
        ResourceId id = create(session, PATIENT);

        List<ResourceId> found = FakeHospital.done(hospital.<Outcome<List<ResourceId>>>await(
                then -> station.find(session, "Patient", List.of(Trait.identifier("urn:ins", "1")), then)));

        assertThat(found).containsExactly(id);
    }

    @Test
    void anyOfSeveralTraitsLeadsToItsPatientsInOneLookupAndTheirCellsAreOpenedTogether() {
        OwnSession session = ready();
        ResourceId anne = create(session, PATIENT);
        ResourceId other =
                create(session, PATIENT.replace("urn:ins", "urn:other").replace("Dupont", "Durand"));
        OwnSession asking = afresh(session);
        int before = hospital.tier(Party.ACCESS).asked(Request.Lookup.class);

        List<ResourceId> found = FakeHospital.done(hospital.<Outcome<List<ResourceId>>>await(then -> station.findAny(
                asking,
                "Patient",
                List.of(
                        Trait.identifier("urn:other", "1"),
                        Trait.identifier("urn:ins", "1"),
                        Trait.identifier("urn:none", "1")),
                then)));
        List<ResourceVersion> latest = FakeHospital.done(hospital.<Outcome<List<ResourceVersion>>>await(
                then -> station.latest(asking, found, Request.Purpose.ADMINISTRATION, then)));

        assertThat(found).containsExactly(other, anne);
        assertThat(hospital.tier(Party.ACCESS).asked(Request.Lookup.class)).isEqualTo(before + 1);
        assertThat(latest).extracting(ResourceVersion::id).containsExactly(other, anne);
    }

    @Test
    void anUpdateTakesTheNextVersionAndAnOldOneIsRefused() {
        OwnSession session = ready();
        ResourceId id = create(session, PATIENT);
        Transaction update = Transaction.of(
                new Transaction.Change.Update(id, 1, FakeHospital.resource(PATIENT.replace("Anne", "Anna")), ""));

        WriteResult.Recorded updated = write(session, update);

        assertThat(updated.versions().getFirst().version()).isEqualTo(2);
        assertThat(versions(session, id)).hasSize(2);
        assertThat(result(session, update))
                .isInstanceOfSatisfying(
                        WriteResult.Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(Code.VERSION_CONFLICT));
    }

    @Test
    void aDeletedResourceKeepsItsHistoryAndLeavesTheFolder() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        ResourceId id = create(session, observation(patient));

        write(session, Transaction.of(new Transaction.Change.Delete(id, "Observation", 1)));

        assertThat(versions(session, id)).extracting(ResourceVersion::isDeleted).containsExactly(false, true);
        assertThat(folder(session, patient.cell()).resources())
                .extracting(ResourceVersion::type)
                .containsExactly("Patient");
    }

    @Test
    void aTransactionRefersToItselfAndIsOneEntry() {
        OwnSession session = ready();
        String urn = "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0";
        Transaction transaction = Transaction.clinical(List.of(
                new Transaction.Change.Create(FakeHospital.resource(PATIENT), urn, List.of(), ""),
                new Transaction.Change.Create(FakeHospital.resource(PULSE.replace("PATIENT", urn)))));

        WriteResult.Recorded written = write(session, transaction);

        ResourceId patient = written.versions().getFirst().id();
        assertThat(hospital.record.entries)
                .filteredOn(entry -> !entry.header().author().parts().isEmpty())
                .hasSize(1);
        assertThat(new String(
                        versions(session, written.versions().getLast().id())
                                .getFirst()
                                .supplied(),
                        StandardCharsets.UTF_8))
                .contains("Patient/" + patient);
    }

    @Test
    void aConditionalCreateFindsWhatIsThere() {
        OwnSession session = ready();
        ResourceId id = create(session, PATIENT);
        Transaction again = Transaction.of(new Transaction.Change.Create(
                FakeHospital.resource(PATIENT), "", List.of(Trait.identifier("urn:ins", "1")), ""));

        WriteResult.Recorded found = write(session, again);

        assertThat(found.by()).isEqualTo(WriteResult.Acknowledgement.NOTHING_TO_WRITE);
        assertThat(found.versions().getFirst().id()).isEqualTo(id);
        assertThat(found.versions().getFirst().existed()).isTrue();
    }

    @Test
    void aCreateThatMustNotFindAnythingIsRefusedWithAllBesideItWhereItDoes() {
        OwnSession session = ready();
        ResourceId id = create(session, PATIENT);
        int entries = hospital.record.entries.size();
        Transaction both = Transaction.clinical(List.of(
                new Transaction.Change.Create(FakeHospital.resource(observation(id))),
                new Transaction.Change.Create(
                        FakeHospital.resource(PATIENT.replace("Anne", "Anna")),
                        "",
                        List.of(Trait.identifier("urn:ins", "1")),
                        "",
                        true)));

        assertThat(result(session, both)).isInstanceOfSatisfying(WriteResult.Refused.class, refused -> {
            assertThat(refused.refusal().code()).isEqualTo(Code.DUPLICATE);
            assertThat(refused.refusal().place()).isEqualTo("[1]");
        });
        assertThat(hospital.record.entries).hasSize(entries);
    }

    @Test
    void aReferenceToNothingIsRefusedWithItsPlace() {
        OwnSession session = ready();
        String lost = observation(create(session, PATIENT))
                .replaceFirst(
                        "\"subject\":", "\"performer\":[{\"reference\":\"Practitioner?identifier=a|b\"}],\"subject\":");

        assertThat(result(session, creation(lost))).isInstanceOfSatisfying(WriteResult.Refused.class, refused -> {
            assertThat(refused.refusal().code()).isEqualTo(Code.BAD_REFERENCE);
            assertThat(refused.refusal().place()).contains("performer");
        });
    }

    @Test
    void organisationsGoToOneHouseCellThatEveryStationFinds() {
        OwnSession session = ready();
        ResourceId one = create(session, "{\"resourceType\":\"Organization\",\"name\":\"A\"}");
        ResourceId two = create(session, "{\"resourceType\":\"Organization\",\"name\":\"B\"}");
        OwnSession other = afresh(session);

        PatientFolder house =
                FakeHospital.done(hospital.<Outcome<PatientFolder>>await(then -> station.house(other, true, then)));

        assertThat(one.cell()).isEqualTo(two.cell());
        assertThat(house.resources()).hasSize(2);
    }

    @Test
    void eightWritersShareSyncsAndCells() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        List<WriteResult> results = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            station.write(session, creation(observation(patient)), results::add);
        }

        assertThat(hospital.loops.runUntil(() -> results.size() == 8, 20_000)).isTrue();
        assertThat(results).allMatch(result -> result instanceof WriteResult.Recorded);
        assertThat(hospital.record.openings.values())
                .filteredOn(cell -> cell.kind() == CellKind.QUARTER)
                .hasSize(1);
    }

    @Test
    void anInputNamedByItsSenderIsWrittenOnceHoweverOftenItComes() {
        OwnSession session = ready();
        Transaction input = creation(PATIENT).named("import/1");
        ResourceId first = write(session, input).versions().getFirst().id();
        int entries = hospital.record.entries.size();

        WriteResult.Recorded again = write(session, input);

        assertThat(again.versions()).singleElement().satisfies(changed -> {
            assertThat(changed.id()).isEqualTo(first);
            assertThat(changed.existed()).isTrue();
        });
        assertThat(hospital.record.entries).hasSize(entries);
        assertThat(write(session, creation(PATIENT).named("import/2"))
                        .versions()
                        .getFirst()
                        .id())
                .isNotEqualTo(first);
    }

    @Test
    void aRefusalSaysWhichChangeItIsAbout() {
        OwnSession session = ready();
        ResourceId patient = create(session, PATIENT);
        Transaction two = Transaction.clinical(List.of(
                new Transaction.Change.Create(FakeHospital.resource(observation(patient))),
                new Transaction.Change.Create(FakeHospital.resource(PULSE.replace("PATIENT", "Patient/nobody")))));

        assertThat(result(session, two))
                .isInstanceOfSatisfying(
                        WriteResult.Refused.class,
                        refused ->
                                assertThat(refused.refusal().place()).isEqualTo("[1].Observation.subject.reference"));
    }
}
