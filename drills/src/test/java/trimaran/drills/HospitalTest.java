package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import trimaran.trial.Commands.Said;
import trimaran.trial.FhirClient;
import trimaran.trial.FhirClient.Reply;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/** A hospital of separate processes from end to end: what a newcomer does first. */
@Isolated("it deletes a patient, whom letters of others could not be written to")
@ExtendWith(OnTrial.class)
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class HospitalTest {

    private static FhirClient client;

    @BeforeAll
    static void connect(TrialHospital hospital) {
        client = hospital.client();
    }

    @AfterAll
    static void disconnect() {
        client.close();
    }

    @Test
    void everyPartyIsAProcessOfItsOwnAndSaysItIsWell(TrialHospital hospital) {
        assertThat(TrialHospital.PROCESSES.stream().map(hospital::pid).distinct())
                .hasSize(6);
        assertThat(hospital.upSaid().lines().filter(line -> line.startsWith("READY ")))
                .containsExactly("READY http://localhost:" + hospital.port());
        // Three are a quorum: the witness signs twice a second, and later when it has only just come back.
        Waiting.until(60, "all four have signed one checkpoint", () -> {
            Said status = hospital.run("status", "--json");
            return status.isWell()
                    && status.out().contains("\"cosigned_by\":[\"access\",\"application\",\"data\",\"witness\"]");
        });
        Said status = hospital.run("status", "--json");
        assertThat(status.isWell()).as(status.toString()).isTrue();
        assertThat(TrialHospital.count(status.out(), "\"up\":true")).isEqualTo(6);
    }

    @Test
    void aPatientIsCreatedReadChangedWithItsVersionAndDeleted(TrialHospital hospital) {
        Reply created = client.create("Patient", Load.patient("life-1"));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        String reference = "Patient/" + created.id();
        assertThat(client.read(reference).untimed()).isEqualTo(created.untimed());

        String changed = created.body().replace("1970-01-01", "1971-01-01");
        assertThat(client.update(reference, changed, "1").status()).isEqualTo(200);
        Reply second = client.read(reference);
        assertThat(second.body()).contains("1971-01-01").contains("\"versionId\":\"2\"");
        assertThat(client.update(reference, changed, "1").status()).isEqualTo(412);
        assertThat(client.read(reference + "/_history/1").untimed()).isEqualTo(created.untimed());

        Said printed = hospital.run("read", reference);
        assertThat(printed.out().strip()).isEqualTo(client.read(reference).body());

        assertThat(client.delete(reference).status()).isEqualTo(204);
        assertThat(client.read(reference).status()).isEqualTo(410);
        assertThat(hospital.run("read", reference).isWell()).isFalse();
    }

    @Test
    void aTransactionComesWholeAndIsFoundByIdentifierAndName() {
        String patient = Load.patient("whole-1");
        String bundle = Load.bundle(java.util.List.of(
                new Written.Part("Patient", "whole-1", patient),
                new Written.Part("Observation", "whole-2", Load.observation("whole-2", urn())),
                new Written.Part("Observation", "whole-3", Load.observation("whole-3", urn()))));
        assertThat(client.transaction(bundle).status()).isEqualTo(200);
        assertThat(client.found("Patient", Written.SYSTEM, "whole-1")).isOne();
        assertThat(client.found("Observation", Written.SYSTEM, "whole-3")).isOne();

        Reply page = client.read("Patient?identifier=" + Written.SYSTEM + "%7Cwhole-1");
        String id = page.body()
                .replaceAll("(?s).*\"resource\":\\{\"resourceType\":\"Patient\",\"id\":\"([^\"]+)\".*", "$1");
        Reply everything = client.read("Patient/" + id + "/$everything");
        assertThat(TrialHospital.count(everything.body(), "\"fullUrl\"")).isEqualTo(3);
        assertThat(everything.body())
                .contains("mesure whole-2", "mesure whole-3", "\"reference\":\"Patient/" + id + "\"");

        // The index of names is built when it is first asked for.
        Waiting.until(
                60,
                "the index of names is there",
                () -> client.read("Patient?family=Essai%20whole-1&birthdate=1970-01-01")
                        .body()
                        .contains("\"id\":\"" + id + "\""));
    }

    @Test
    void aTransactionWithOneBadEntryLeavesNothing() {
        String bundle = Load.bundle(java.util.List.of(
                new Written.Part("Patient", "bad-1", Load.patient("bad-1")),
                new Written.Part("Observation", "bad-2", "{\"resourceType\":\"Observation\",\"status\":\"strange\"}")));
        Reply refused = client.transaction(bundle);
        assertThat(refused.status()).isIn(400, 422);
        assertThat(refused.body()).contains("OperationOutcome");
        assertThat(client.found("Patient", Written.SYSTEM, "bad-1")).isZero();
    }

    @Test
    void theCopiesAreRereadAndEqual(TrialHospital hospital) {
        Said verified = Settling.verified(hospital, 60);
        assertThat(verified.isWell()).as(verified.toString()).isTrue();
        assertThat(verified.out()).contains("\"clean\":true");
    }

    @Test
    void aTokenOfNobodyIsRefused(TrialHospital hospital) {
        try (FhirClient stranger = new FhirClient(hospital.door(), "tri_bench_nobody")) {
            assertThat(stranger.read("Patient?identifier=x%7Cy").status()).isEqualTo(401);
        }
    }

    @Test
    void whatIsStoppedGoesOnWhereItStopped(TrialHospital hospital) {
        Reply created = client.create("Patient", Load.patient("stay-1"));
        long size = size(hospital);
        assertThat(hospital.down().isWell()).isTrue();
        for (String word : TrialHospital.PROCESSES) {
            assertThat(hospital.home().resolve("run/" + word + ".process")).doesNotExist();
        }
        hospital.up();
        assertThat(size(hospital)).isGreaterThanOrEqualTo(size);
        Waiting.until(
                60,
                "it is read again",
                () -> client.read("Patient/" + created.id()).status() == 200);
        assertThat(client.read("Patient/" + created.id()).untimed()).isEqualTo(created.untimed());
        assertThat(client.create("Patient", Load.patient("stay-2")).status()).isEqualTo(201);
    }

    private static long size(TrialHospital hospital) {
        Said status = hospital.run("status", "--json");
        return Long.parseLong(
                status.out().replaceAll("(?s).*?\"size\":(\\d+).*", "$1").strip());
    }

    private static String urn() {
        return "urn:uuid:00000000-0000-4000-8000-000000000000";
    }
}
