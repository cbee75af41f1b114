package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import trimaran.trial.Commands.Said;
import trimaran.trial.FhirClient;
import trimaran.trial.FhirClient.Reply;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/** With any one hull gone, creating and reading go on; back again, it has everything. */
@ExtendWith(OnTrial.class)
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class HullTest {

    /** The parties notice a silent one within seconds; a first write after that may be asked to come again. */
    private static final long GO_ON_SECONDS_MAX = 120;

    @TestFactory
    Stream<DynamicTest> withAnyOneHullGoneCreatingAndReadingGoOn(TrialHospital hospital) {
        return TrialHospital.HULLS.stream()
                .map(hull -> DynamicTest.dynamicTest("without " + hull, () -> withoutOne(hospital, hull)));
    }

    private static void withoutOne(TrialHospital hospital, String hull) {
        try (FhirClient client = hospital.client()) {
            Reply before = client.create("Patient", Load.patient("before-" + hull));
            assertThat(before.status()).as(before.body()).isEqualTo(201);
            String known = "Patient/" + before.id();
            hospital.kill(hull);
            Said status = hospital.run("status", "--json");
            assertThat(status.isWell()).as(status.toString()).isFalse();
            assertThat(TrialHospital.count(status.out(), "\"up\":true")).isEqualTo(5);

            Reply measured = created(client, "Observation", Load.observation("measured-" + hull, known));
            Reply newcomer = created(client, "Patient", Load.patient("newcomer-" + hull));
            Reply both = taken(
                    client,
                    Load.bundle(List.of(
                            new Written.Part("Patient", "both-" + hull, Load.patient("both-" + hull)),
                            new Written.Part(
                                    "Observation",
                                    "both-measured-" + hull,
                                    Load.observation(
                                            "both-measured-" + hull,
                                            "urn:uuid:00000000-0000-4000-8000-000000000000")))));
            assertThat(both.isDone()).isTrue();
            assertThat(client.read(known).untimed()).isEqualTo(before.untimed());
            same(client, "Observation/" + measured.id(), measured);
            same(client, "Patient/" + newcomer.id(), newcomer);

            hospital.start(hull);
            Said verified = Settling.verified(hospital, KillDrill.SETTLE_SECONDS_MAX);
            assertThat(verified.isWell()).as(verified.toString()).isTrue();
            same(client, "Observation/" + measured.id(), measured);
            same(client, "Patient/" + newcomer.id(), newcomer);
            for (String identifier : List.of("newcomer-", "both-")) {
                assertThat(client.found("Patient", Written.SYSTEM, identifier + hull))
                        .isOne();
            }
            for (String identifier : List.of("measured-", "both-measured-")) {
                assertThat(client.found("Observation", Written.SYSTEM, identifier + hull))
                        .isOne();
            }
        }
    }

    /** Version and time follow the place, which an entry that is only held has not got yet. */
    private static void same(FhirClient client, String reference, Reply written) {
        Reply read = client.read(reference);
        assertThat(read.status()).as(read.body()).isEqualTo(200);
        assertThat(Written.plain(read.body())).isEqualTo(Written.plain(written.body()));
    }

    private static Reply created(FhirClient client, String type, String resource) {
        return goingOn(() -> client.create(type, resource));
    }

    private static Reply taken(FhirClient client, String bundle) {
        return goingOn(() -> client.transaction(bundle));
    }

    private static Reply goingOn(java.util.function.Supplier<Reply> request) {
        Reply[] last = new Reply[1];
        Waiting.until(GO_ON_SECONDS_MAX, "writing goes on", () -> {
            last[0] = request.get();
            // Only a refusal that asks to come again may be asked again: it promises that nothing was kept.
            assertThat(last[0].isDone() || last[0].status() == 503 || last[0].status() == 429)
                    .as(last[0].toString())
                    .isTrue();
            return last[0].isDone();
        });
        return last[0];
    }
}
