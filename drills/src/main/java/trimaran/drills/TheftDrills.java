package trimaran.drills;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.line.message.Request;
import trimaran.trial.Commands.Said;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/** Disk, keys and memory of a party are stolen, and a thief tries everything; the exposure report is held against what it read. */
final class TheftDrills {

    /** Admitted while the thief is there: application is shown who they are. */
    private static final int ADMITTED = 3;

    /** Written after the theft: no report of its time may name them. */
    private static final int LATER = 2;

    /** A little more than the clocks of two tiers may lie apart: what was before is outside the window. */
    static final long CLOCKS_APART_MILLIS = 11_000;

    // Words of breaches that are expected where a defence is missing.
    static final String READ_OUT = " is read out of ";
    static final String ON_DISK = " on the disk";
    static final String IS_READ = " is read";
    static final String NOT_REPORTED = " and is not reported";

    private TheftDrills() {}

    static List<Drill> all() {
        return List.of(
                Drill.withstood(
                        "steal-access",
                        "8",
                        "disk, keys and memory of access",
                        "nothing readable, an empty exposure report",
                        scene -> stolen(scene, Party.ACCESS)),
                Drill.withstood(
                        "steal-data",
                        "9",
                        "disk, keys and memory of data",
                        "nothing readable, an empty exposure report",
                        scene -> stolen(scene, Party.DATA)),
                Drill.withstood(
                        "steal-application",
                        "10, 46",
                        "disk, keys and memory of application",
                        "readable is what it was shown, and the exposure report names just that",
                        scene -> stolen(scene, Party.APPLICATION)),
                Drill.withstood(
                        "steal-relay",
                        "–",
                        "configuration and memory of the relay, through which everything goes",
                        "nothing readable",
                        TheftDrills::stolenRelay),
                Drill.withstood(
                        "steal-station-disk",
                        "17",
                        "the disk of a station that was pulled out of the wall: outbox, copies, keys; not its secret, on another volume",
                        "nothing readable",
                        TheftDrills::stolenStationDisk),
                Drill.harmful(
                        "steal-two-tiers",
                        "38",
                        "disk and keys of access and data: one hypervisor, or one administrator, of both",
                        "everything is readable: out of scope, and the reason for separate machines and people",
                        new Harm(Breach.Kind.READABLE, IS_READ),
                        TheftDrills::stolenTwo),
                Drill.harmful(
                        "root-on-one-host",
                        "38",
                        "root on the one host all three tiers run on: disk and keys of all of them, while they serve",
                        "everything is readable: three tiers on one host with root are one tier, and out of scope",
                        new Harm(Breach.Kind.READABLE, IS_READ),
                        TheftDrills::stolenHost));
    }

    private static void stolen(Scene scene, Party party) throws IOException {
        Instant from = Instant.now();
        List<Cohort.Patient> admitted = new ArrayList<>();
        List<Path> heaps = new ArrayList<>();
        Ear ear = new Ear();
        // Whoever holds the process need not look for what it let go: the altered program keeps all it is asked.
        try (AlteredTier altered = AlteredTier.of(scene, party, ear)) {
            scene.awaitCare("beside an altered " + party.word());
            if (party == Party.APPLICATION) {
                // Until it is heard of again, admissions go on without it, and it is shown nothing.
                Waiting.until(KillDrill.STANDSTILL_SECONDS_MAX, "application is shown an admission", () -> {
                    String reason = reason(scene.cohort().admit()).text();
                    return ear.heard.stream()
                            .anyMatch(message ->
                                    new String(message.unsafeArray(), StandardCharsets.UTF_8).contains(reason));
                });
            }
            for (int i = 0; i < ADMITTED; i++) {
                admitted.add(scene.cohort().admit());
                // At once: what application was shown is garbage in its memory until the next collection.
                heaps.add(heap(scene, party.word()));
            }
            scene.evidence(altered.broken().isEmpty(), "the altered program heard " + ear.heard.size() + " requests");
        }
        Path loot = scene.stolen(scene.folder(party), "loot");
        Instant to = Instant.now();
        try (Thief thief = thief(scene)) {
            thief.takeTier(party, loot);
            heaps.forEach(heap -> thief.takeHeap(party.word(), heap));
            ear.heard.forEach(thief::heard);
            scene.evidence(
                    thief.pairs() > 0, "the thief opened " + thief.pairs() + " pairs of shares with stolen keys");
            controlled(scene);
            Set<Canary> read = thief.reads();
            scene.say("  the thief reads " + read.size() + " canaries and has " + thief.keys() + " cell keys");
            if (party == Party.APPLICATION) {
                CertainCells.require(scene, from, to, read, admitted);
            } else {
                read.forEach(canary -> scene.breach(Breach.Kind.READABLE, canary.text() + READ_OUT + party));
            }
            judge(scene, party, from, to, read, admitted);
        }
    }

    /** Keeps whatever is asked, of whomever. Filled on the impostor's thread, read once that has ended. */
    private static final class Ear implements Impostor.Lies {
        private final Queue<Bytes> heard = new ConcurrentLinkedQueue<>();

        @Override
        public void asked(Digest caller, Request request, Bytes encoded) {
            heard.add(encoded);
        }
    }

    private static Canary reason(Cohort.Patient admitted) {
        return admitted.resources().getLast().canary();
    }

    static boolean isAmong(Set<Canary> read, Cohort.Patient patient) {
        return patient.canaries().stream().anyMatch(read::contains);
    }

    /**
     * Everybody the thief read is in the report, and so is who was shown meanwhile; nobody who came later is, and of a tier that is
     * shown nothing, nobody.
     */
    static void judge(
            Scene scene, Party party, Instant from, Instant to, Set<Canary> read, List<Cohort.Patient> admitted)
            throws IOException {
        int before = scene.cohort().patients().size();
        Waiting.pause(CLOCKS_APART_MILLIS);
        scene.cohort().write(LATER);
        Settling.await(scene.hospital(), KillDrill.SETTLE_SECONDS_MAX);
        Waiting.pause(1_000);
        Set<String> reported = report(scene, party, from, to);
        Set<String> everReported = report(scene, party, scene.founded(), to);
        List<Cohort.Patient> patients = scene.cohort().patients();
        List<String> wrong = new ArrayList<>();
        for (Cohort.Patient patient : patients) {
            if (isAmong(read, patient) && !everReported.contains(patient.handle())) {
                wrong.add(patient.handle() + " was read" + NOT_REPORTED);
            }
        }
        for (Cohort.Patient later : patients.subList(before, patients.size())) {
            if (reported.contains(later.handle())) {
                wrong.add(later.handle() + " is reported and came later");
            }
        }
        if (party == Party.APPLICATION) {
            admitted.stream()
                    .filter(patient -> !reported.contains(patient.handle()))
                    .forEach(patient -> wrong.add(patient.handle() + " was shown" + NOT_REPORTED));
        } else if (!everReported.isEmpty()) {
            wrong.add(everReported.size() + " patients are reported of a tier that is shown nobody");
        }
        wrong.forEach(one -> scene.breach(Breach.Kind.UNREPORTED, one));
        long own = patients.stream()
                .filter(patient -> reported.contains(patient.handle()))
                .count();
        scene.say("  the report names " + reported.size() + " patients, " + own + " of the drill's own "
                + patients.size());
        scene.exposure(wrong.isEmpty());
    }

    static Set<String> report(Scene scene, Party party, Instant from, Instant to) throws IOException {
        return report(scene, List.of(party.word()), from, to);
    }

    /** Handles of the patients a report names. */
    static Set<String> report(Scene scene, List<String> party, Instant from, Instant to) throws IOException {
        return rows(scene, party, from, to).stream().map(List::getFirst).collect(Collectors.toSet());
    }

    /** What a report says of each patient, below its heading. */
    static List<List<String>> rows(Scene scene, List<String> party, Instant from, Instant to) throws IOException {
        return whole(scene, party, from, to).orElseGet(List::of);
    }

    /** The same; empty, and a breach, where there is no report that is whole. */
    static Optional<List<List<String>>> whole(Scene scene, List<String> party, Instant from, Instant to)
            throws IOException {
        Path file = scene.scratch().resolve("report-" + System.nanoTime() + ".csv");
        List<String> command = new ArrayList<>(List.of("exposure", "--party"));
        command.addAll(party);
        command.addAll(List.of("--from", from.toString(), "--to", to.toString(), "--csv", file.toString()));
        Said said = scene.hospital().run(command.toArray(String[]::new));
        scene.require(said.isWell(), Breach.Kind.UNREPORTED, "no exposure report: " + said);
        if (!said.isWell()) {
            return Optional.empty();
        }
        return Optional.of(Files.readAllLines(file).stream()
                .skip(1)
                .map(line -> Arrays.asList(line.split(",", -1)))
                .toList());
    }

    private static void stolenRelay(Scene scene) throws IOException {
        try (Thief thief = thief(scene)) {
            thief.takeFiles(scene.stolen(scene.hospital().home().resolve("relay"), "loot"));
            thief.takeHeap("relay", heap(scene, "relay"));
            controlled(scene);
            thief.reads().forEach(canary -> scene.breach(Breach.Kind.READABLE, canary.text() + " at the relay"));
        }
    }

    /**
     * What is in the record has left the disk; what waits lies there sealed, and its key under the station's secret, which lies on
     * another volume here as it does where a station can be carried away.
     */
    private static void stolenStationDisk(Scene scene) throws IOException {
        TrialHospital hospital = scene.hospital();
        Path station = hospital.home().resolve("stations").resolve(TrialHospital.STATION);
        controlled(scene);
        scene.awaitCare("before the plug is pulled");
        scene.stopMeasuring();
        // Of what is written only a movement lies in the outbox with a draft that says anything: why somebody was
        // admitted.
        for (int i = 0; i < ADMITTED; i++) {
            scene.cohort().admit();
        }
        Path outbox = station.resolve("outbox");
        Waiting.until(
                KillDrill.SETTLE_SECONDS_MAX,
                "nothing waits in the outbox",
                () -> outbox.toFile().length() == 0);
        hospital.kill(Party.DATA.word());
        Cohort.Patient waiting = scene.cohort().admit();
        hospital.kill(TrialHospital.STATION);
        Path secret = station.resolve("machine.secret");
        Path elsewhere = Files.move(secret, scene.scratch().resolve("another-volume"));
        try {
            Files.createSymbolicLink(secret, elsewhere);
            robbed(scene, station, elsewhere, waiting);
        } finally {
            hospital.start(Party.DATA.word());
            hospital.start(TrialHospital.STATION);
        }
        scene.awaitCare("after the station began anew, its secret on another volume");
        hospital.kill(TrialHospital.STATION);
        Files.move(elsewhere, secret, StandardCopyOption.REPLACE_EXISTING);
        hospital.start(TrialHospital.STATION);
        scene.awaitCare("after the station began anew");
    }

    private static void robbed(Scene scene, Path station, Path elsewhere, Cohort.Patient waiting) throws IOException {
        Path loot = scene.stolen(station, "loot");
        OutboxThief drafts =
                new OutboxThief(Membership.of(scene.hospital().home()).origin(), loot);
        int files = Folders.files(loot).size();
        Path kept = Files.copy(elsewhere, loot.resolve("kept-by-mistake"), StandardCopyOption.COPY_ATTRIBUTES);
        try (Thief all = thief(scene);
                Thief thief = thief(scene)) {
            all.takeFiles(loot);
            drafts.open().forEach(all::heard);
            scene.evidence(
                    files > 3 && all.reads().stream().anyMatch(waiting.canaries()::contains),
                    "the thief has " + files
                            + " files of a station that was at work; with its secret among them they would"
                            + " read why somebody came whose admission waits");
            all.reads().stream()
                    .filter(canary -> !waiting.canaries().contains(canary))
                    .forEach(canary ->
                            scene.breach(Breach.Kind.READABLE, canary.text() + " left the outbox and is there still"));
            Files.delete(kept);
            thief.takeFiles(loot);
            drafts.open().forEach(thief::heard);
            thief.reads().forEach(canary -> scene.breach(Breach.Kind.READABLE, canary.text() + ON_DISK));
        }
    }

    private static void stolenTwo(Scene scene) throws IOException {
        try (Thief thief = thief(scene)) {
            for (Party party : List.of(Party.ACCESS, Party.DATA)) {
                scene.hospital().kill(party.word());
                Path loot = scene.stolen(scene.folder(party), party.word());
                scene.hospital().start(party.word());
                thief.takeTier(party, loot);
            }
            scene.evidence(thief.pairs() > 0, "the thief opened " + thief.pairs() + " pairs of shares of two tiers");
            Set<Canary> read = thief.reads();
            scene.say("  the thief reads " + read.size() + " of "
                    + scene.cohort().canaries().size() + " canaries");
            read.forEach(canary -> scene.breach(Breach.Kind.READABLE, canary.text() + IS_READ));
        }
    }

    /** Nothing is stopped and nobody asked: root reads what lies there. No hull stands between, so all of it opens. */
    private static void stolenHost(Scene scene) throws IOException {
        try (Thief thief = thief(scene)) {
            int before = 0;
            for (Party party : Party.TIERS) {
                thief.takeTier(party, scene.stolen(scene.folder(party), party.word()));
                int opened = thief.pairs() - before;
                before = thief.pairs();
                scene.evidence(
                        opened > 0, "root opened " + opened + " pairs of shares with the keys of " + party.word());
            }
            Set<Canary> read = thief.reads();
            List<Canary> all = scene.cohort().canaries();
            scene.evidence(
                    read.containsAll(all),
                    "root reads " + read.size() + " of " + all.size() + " canaries, with " + thief.keys()
                            + " cell keys");
            read.forEach(canary -> scene.breach(Breach.Kind.READABLE, canary.text() + IS_READ));
        }
    }

    static Thief thief(Scene scene) {
        return new Thief(
                Membership.of(scene.hospital().home()).origin(), scene.cohort().canaries(), scene.scratch());
    }

    /** A search that finds nothing proves something only if it finds what is there: at the station everything is open. */
    private static void controlled(Scene scene) {
        Cohort.Patient patient = scene.cohort().patients().getLast();
        scene.client().read("Patient/" + patient.id() + "/$everything");
        try (Thief control =
                new Thief(Membership.of(scene.hospital().home()).origin(), patient.canaries(), scene.scratch())) {
            control.takeHeap(TrialHospital.STATION, heap(scene, TrialHospital.STATION));
            scene.evidence(
                    control.reads().containsAll(patient.canaries()),
                    "the same search finds a patient's canaries in the memory of the station");
        }
    }

    static Path heap(Scene scene, String word) {
        Path dump = scene.scratch().resolve(word + "-" + System.nanoTime() + ".hprof");
        HeapDump.take(scene.hospital().house(), scene.hospital().pid(word), dump);
        return dump;
    }
}
