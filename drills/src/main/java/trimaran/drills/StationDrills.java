package trimaran.drills;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import trimaran.trial.Commands.Said;
import trimaran.trial.FhirClient;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/** A station or a connected system in wrong hands, used for a while, then cut by an officer. */
final class StationDrills {

    /** Records opened before somebody notices. */
    private static final int READ = 6;

    private static final long CLOSED_SECONDS_MAX = 30;

    private static final long AGAIN_SECONDS_MAX = 120;

    /** Words of the breach that is expected where the defence is missing. */
    static final String READS_ON = "the thief reads on after the cut";

    private StationDrills() {}

    static List<Drill> all() {
        return List.of(
                Drill.withstood(
                        "steal-client",
                        "16, 19",
                        "the bearer token of a connected system, used from elsewhere until an officer cuts it",
                        "refused after the cut; the exposure report names whom it read",
                        scene -> used(scene, "client", "bench")),
                Drill.withstood(
                        "steal-station",
                        "16",
                        "a station left open: its door, its disk and its memory, until an officer cuts it",
                        "refused after the cut; the exposure report names whom the thief read and whom its memory shows",
                        scene -> used(scene, "station", TrialHospital.STATION)));
    }

    private static void used(Scene scene, String what, String name) throws IOException {
        TrialHospital hospital = scene.hospital();
        // A station that began anew has nothing open: what is opened from now on stands on the ledgers.
        Instant from = Instant.now();
        scene.forgetAtTheStation();
        scene.strike();
        Set<String> read = new TreeSet<>();
        try (FhirClient thief = hospital.client()) {
            List<Cohort.Patient> patients = scene.cohort().patients();
            for (Cohort.Patient patient : patients.subList(patients.size() - READ, patients.size())) {
                String body =
                        thief.read("Patient/" + patient.id() + "/$everything").body();
                if (patient.canaries().stream().allMatch(canary -> body.contains(canary.text()))) {
                    read.add(patient.handle());
                }
            }
            scene.evidence(read.size() == READ, "the thief reads " + read.size() + " whole records");
            if (what.equals("station")) {
                // The memory is taken of a process that stands still meanwhile.
                scene.stopMeasuring();
                read.addAll(onTheMachine(scene));
            }
            // The ward of this drill works there, too: what it is refused from here on is meant.
            scene.stopMeasuring();
            scene.probe().close();
            long cutNanos = System.nanoTime();
            Said cut = hospital.run("cut", what, name, "--officer", "direction");
            scene.require(cut.isWell(), Breach.Kind.UNDEFENDED, "it is not cut: " + cut);
            String victim = "Patient/" + patients.getFirst().id() + "/$everything";
            boolean isClosed = isClosed(thief, victim);
            scene.say("  refused " + (System.nanoTime() - cutNanos) / 1_000_000
                    + " ms after the officer's command began");
            scene.require(isClosed, Breach.Kind.READABLE, READS_ON);
        } finally {
            List<String> reopen = new ArrayList<>(List.of("reopen", what, name));
            reopen.addAll(Scene.OFFICERS);
            Said reopened = hospital.run(reopen.toArray(String[]::new));
            scene.require(reopened.isWell(), Breach.Kind.UNDEFENDED, "it is not reopened: " + reopened);
        }
        String subject =
                scene.cohort().patients().getFirst().resources().getFirst().reference();
        Waiting.until(
                AGAIN_SECONDS_MAX,
                "the ward writes again",
                () -> scene.client()
                        .create("Observation", Load.observation("reopened-" + what, subject))
                        .isDone());
        Settling.await(hospital, KillDrill.SETTLE_SECONDS_MAX);
        Waiting.pause(1_000);
        Set<String> report = TheftDrills.report(scene, List.of(what, name), from, Instant.now());
        scene.exposureNames(report.containsAll(read));
        scene.require(
                report.containsAll(read), Breach.Kind.UNREPORTED, "who was read is missing in the report: " + read);
    }

    /** Patients of whom disk or memory of the station show something: the ward works at it, too. */
    private static Set<String> onTheMachine(Scene scene) throws IOException {
        Path disk = scene.hospital().home().resolve("stations").resolve(TrialHospital.STATION);
        try (Thief thief = TheftDrills.thief(scene)) {
            thief.takeFiles(scene.stolen(disk, "loot"));
            thief.takeHeap(TrialHospital.STATION, TheftDrills.heap(scene, TrialHospital.STATION));
            Set<Canary> found = thief.reads();
            Set<String> patients = scene.cohort().patients().stream()
                    .filter(patient -> patient.canaries().stream().anyMatch(found::contains))
                    .map(Cohort.Patient::handle)
                    .collect(Collectors.toCollection(TreeSet::new));
            scene.evidence(
                    patients.size() >= READ,
                    "disk and memory of the station show something of " + patients.size() + " patients");
            return patients;
        }
    }

    private static boolean isClosed(FhirClient thief, String victim) {
        long end = System.nanoTime() + CLOSED_SECONDS_MAX * 1_000_000_000;
        while (thief.read(victim).isDone()) {
            if (System.nanoTime() > end) {
                return false;
            }
            Waiting.pause(100);
        }
        return true;
    }
}
