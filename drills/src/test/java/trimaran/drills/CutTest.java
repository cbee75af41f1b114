package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import trimaran.trial.Commands.Said;
import trimaran.trial.FhirClient;
import trimaran.trial.FhirClient.Reply;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/** An officer closes something: it is closed within a second, the rest goes on, and two officers open it again. */
@Isolated("a time is held against a limit")
@ExtendWith(OnTrial.class)
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class CutTest {

    private static final Pattern AFTER = Pattern.compile("(?:access|application|data) +acts by it after (\\d+) ms");
    private static final Pattern CLOSED = Pattern.compile("knows CUT (\\w+)");
    private static final long MILLIS_MAX = 1_000;
    private static final long SECONDS_MAX = 60;

    /** The station hears of it from the tiers, and is asked while it does: a second, and one for the asking. */
    private static final long SHUT_SECONDS_MAX = 2;

    @Test
    void eachTierIsClosedWithinASecondAndCareGoesOnWithoutIt(TrialHospital hospital) {
        for (String tier : List.of("access", "application", "data")) {
            try (FhirClient client = hospital.client()) {
                Reply known = client.create("Patient", Load.patient("known-" + tier));
                assertThat(known.status()).as(known.body()).isEqualTo(201);

                Said cut = cut(hospital, tier);
                assertThat(cut.out()).contains(title(tier)).contains("essai");
                assertThat(closed(hospital)).as(tier).contains(tier);
                // A second tier is not one officer's to close.
                Said second = TwoOfficers.run(
                        hospital, List.of("cut", tier.equals("data") ? "access" : "data", "--officer", "informatique"));
                assertThat(second.isWell()).as(second.toString()).isFalse();
                assertThat(second.err().strip().lines()).hasSize(1);

                Waiting.until(
                        SECONDS_MAX,
                        "writing goes on without " + tier,
                        () -> client.create("Observation", Load.observation("cut-" + tier, "Patient/" + known.id()))
                                        .status()
                                == 201);
                assertThat(client.read("Patient/" + known.id()).status()).isEqualTo(200);
                assertThat(hospital.run("status").out()).as(tier).containsPattern(leftOut(tier));
                TwoOfficers.reopen(hospital, tier);
                Said verified = Settling.verified(hospital, KillDrill.SETTLE_SECONDS_MAX);
                assertThat(verified.isWell()).as(verified.toString()).isTrue();
                assertThat(client.found("Observation", Written.SYSTEM, "cut-" + tier))
                        .isOne();
            }
        }
    }

    @Test
    void aConnectedSystemIsShutOutAndLetInAgain(TrialHospital hospital) {
        try (FhirClient client = hospital.client()) {
            assertThat(client.create("Patient", Load.patient("client")).status())
                    .isEqualTo(201);
            cut(hospital, "client", "bench");
            Waiting.until(
                    SHUT_SECONDS_MAX,
                    "the client is shut out",
                    () -> client.create("Patient", Load.patient("shut out")).status() == 403);
        }
        TwoOfficers.reopen(hospital, "client", "bench");
        Waiting.until(SECONDS_MAX, "the client is let in", () -> {
            try (FhirClient again = hospital.client()) {
                return again.create("Patient", Load.patient("let in")).status() == 201;
            }
        });
    }

    /** What hangs takes a connection and never greets: the two others would go on with what is cut for as long as it is waited for. */
    @Test
    void aTierThatHangsHoldsNoCutUp(TrialHospital hospital) throws IOException {
        long data = hospital.pid("data");
        ProcessDrills.signal("STOP", data);
        try {
            cut(hospital, 2, "client", "bench");
        } finally {
            ProcessDrills.signal("CONT", data);
        }
        TwoOfficers.reopen(hospital, "client", "bench");
        Said verified = Settling.verified(hospital, KillDrill.SETTLE_SECONDS_MAX);
        assertThat(verified.isWell()).as(verified.toString()).isTrue();
    }

    @Test
    void aStationAndAnApplicationAreClosedWithinASecond(TrialHospital hospital) {
        assertThat(cut(hospital, "application", "movements").out()).contains("essai");
        TwoOfficers.reopen(hospital, "application", "movements");
        cut(hospital, "station", "accueil");
        try (FhirClient client = hospital.client()) {
            Waiting.until(
                    SHUT_SECONDS_MAX,
                    "the station is shut",
                    () -> !client.create("Patient", Load.patient("at a station that is cut"))
                            .isDone());
        }
        TwoOfficers.reopen(hospital, "station", "accueil");
        Waiting.until(SECONDS_MAX, "the ward writes again", () -> {
            try (FhirClient again = hospital.client()) {
                return again.create("Patient", Load.patient("station open")).status() == 201;
            }
        });
    }

    @Test
    void everythingIsClosedAndOpenedAgain(TrialHospital hospital) {
        cut(hospital, "all");
        assertThat(closed(hospital)).contains("all");
        try (FhirClient client = hospital.client()) {
            assertThat(client.create("Patient", Load.patient("while all is cut"))
                            .isDone())
                    .isFalse();
        }
        // What fell is made anew meanwhile: parties go on speaking with each other.
        hospital.kill("application");
        List<String> rebuild = new ArrayList<>(List.of("rebuild", "application"));
        rebuild.addAll(Scene.OFFICERS);
        Said rebuilt = TwoOfficers.run(hospital, rebuild);
        assertThat(rebuilt.isWell()).as(rebuilt.toString()).isTrue();
        TwoOfficers.reopen(hospital, "all");
        assertThat(closed(hospital)).doesNotContain("all");
        Waiting.until(SECONDS_MAX, "the ward writes again", () -> {
            try (FhirClient again = hospital.client()) {
                return again.create("Patient", Load.patient("after")).status() == 201;
            }
        });
    }

    @Test
    void whoMayNotIsTold(TrialHospital hospital) {
        says(
                hospital,
                "the witness serves no station and reads nothing, so there is nothing to cut; stop it",
                "cut",
                "witness",
                "--officer",
                "direction");
        says(
                hospital,
                "no client nobody came with the station's card; name one of: bench",
                "cut",
                "client",
                "nobody",
                "--officer",
                "direction");
        says(
                hospital,
                "no station nowhere is enrolled in this hospital; name one of: accueil",
                "cut",
                "station",
                "nowhere",
                "--officer",
                "direction");
        says(
                hospital,
                "there is no officer nobody in " + hospital.home().resolve("officers")
                        + " and no key file of that name here; name another officer, or the officer's key file",
                "cut",
                "data",
                "--officer",
                "nobody");
        says(
                hospital,
                "opening again needs two officers: --officer A --officer B",
                "reopen",
                "data",
                "--officer",
                "direction");
        says(
                hospital,
                "one officer cannot sign twice; name another beside direction",
                "reopen",
                "data",
                "--officer",
                "direction",
                "--officer",
                "direction");
        assertThat(closed(hospital)).isEmpty();
    }

    /** In one line: what is wrong, and what to do instead. */
    private static void says(TrialHospital hospital, String words, String... command) {
        Said said = hospital.run(command);
        assertThat(said.isWell()).as(said.toString()).isFalse();
        assertThat(said.err().strip().lines()).as(said.toString()).hasSize(1);
        assertThat(said.err()).contains(words);
        assertThat(said.out()).isEmpty();
    }

    private static Said cut(TrialHospital hospital, String... target) {
        return cut(hospital, 3, target);
    }

    private static Said cut(TrialHospital hospital, int reached, String... target) {
        List<String> command = new ArrayList<>(List.of("cut"));
        command.addAll(List.of(target));
        command.addAll(List.of("--officer", "direction", "--why", "essai"));
        Said said = TwoOfficers.run(hospital, command);
        assertThat(said.isWell()).as(said.toString()).isTrue();
        List<Long> millis = AFTER.matcher(said.err())
                .results()
                .map(one -> Long.valueOf(Objects.requireNonNull(one.group(1))))
                .toList();
        assertThat(millis).as(said.toString()).hasSize(reached).allMatch(after -> after < MILLIS_MAX);
        return said;
    }

    /** What was written meanwhile did not get there; what data would have placed, the others hold. */
    private static String leftOut(String tier) {
        return tier.equals("data") ? "access .* holds [1-9]" : tier + " .* lacks [1-9][0-9]* entries";
    }

    private static String title(String tier) {
        return "COUPÉE : la coque " + tier.replace("access", "accès").replace("data", "données");
    }

    /** What the tiers say is cut. */
    private static Set<String> closed(TrialHospital hospital) {
        return CLOSED.matcher(hospital.run("status").out())
                .results()
                .map(one -> one.group(1))
                .collect(Collectors.toSet());
    }
}
