package trimaran.drills;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import trimaran.kernel.Party;
import trimaran.trial.Commands.Said;

/**
 * The attack this house was built for, from the first theft to a whole hospital: somebody sits in application, takes what it is
 * shown, encrypts it and restarts its machine while the wards work; an officer cuts it off, the report says whose data were in
 * foreign hands, and two officers have it made anew from the two others.
 */
final class Ransomware {

    /** Admitted while the thief is there: application is shown who they are. */
    private static final int ADMITTED = 3;

    /** For somebody to notice files that changed, before the machine is restarted. */
    private static final long UNASKED_SECONDS = 5;

    private static final long SILENT_SECONDS_MAX = 30;

    private long struckNanos = System.nanoTime();

    private Ransomware() {}

    /** @param watching is given the ward once it works, to show how it fares */
    static Drill drill(Ticker watching) {
        return Drill.withstood(
                "attack",
                "3, 10, 46",
                "application: its memory, then its disk, while the hospital works",
                "the wards go on; application is cut off, whose data it was shown is said, it is rebuilt and lacks nothing",
                scene -> {
                    watching.watch(scene.probe());
                    try {
                        new Ransomware().carryOut(scene);
                    } finally {
                        watching.rest();
                    }
                });
    }

    private void carryOut(Scene scene) throws IOException, GeneralSecurityException {
        Instant from = Instant.now();
        List<Cohort.Patient> admitted = new ArrayList<>();
        Set<Canary> read = stolen(scene, admitted);
        Load work = Load.begin(scene.client(), "attack-" + Long.toString(System.nanoTime(), 36), 1);
        try {
            scene.strike();
            struckNanos = System.nanoTime();
            encrypted(scene);
            cut(scene);
            report(scene, from);
            rebuilt(scene);
        } finally {
            work.close();
        }
        Settling.await(scene.hospital(), KillDrill.SETTLE_SECONDS_MAX);
        List<Breach> breaches = new Reckoning(scene.client()).breaches(work.written());
        breaches.forEach(breach -> scene.breach(breach.kind(), breach.what()));
        said(
                scene,
                work.written().size() + " writes of other wards meanwhile, " + breaches.size()
                        + " of them not as promised");
        TheftDrills.judge(scene, Party.APPLICATION, from, Instant.now(), read, admitted);
    }

    /** What is taken before anybody hears of it. */
    private Set<Canary> stolen(Scene scene, List<Cohort.Patient> admitted) throws IOException {
        List<Path> heaps = new ArrayList<>();
        for (int i = 0; i < ADMITTED; i++) {
            admitted.add(scene.cohort().admit());
            heaps.add(TheftDrills.heap(scene, Party.APPLICATION.word()));
        }
        Path loot = scene.stolen(scene.folder(Party.APPLICATION), "loot");
        try (Thief thief = TheftDrills.thief(scene)) {
            thief.takeTier(Party.APPLICATION, loot);
            heaps.forEach(heap -> thief.takeHeap(Party.APPLICATION.word(), heap));
            Set<Canary> read = thief.reads();
            scene.evidence(
                    thief.pairs() > 0 && !read.isEmpty(),
                    "the thief has the disk, the keys and the memory of application and reads " + read.size()
                            + " texts of patients it was shown");
            return read;
        }
    }

    private void encrypted(Scene scene) throws IOException, GeneralSecurityException {
        Party party = Party.APPLICATION;
        List<Path> files = Folders.files(scene.folder(party));
        long bytes = 0;
        for (Path file : files) {
            bytes += DiskDrills.encrypt(file, scene.random(), Integer.MAX_VALUE, 1);
        }
        scene.evidence(
                files.size() > 3 && bytes > 0,
                files.size() + " files of application encrypted in place, " + bytes + " bytes");
        said(scene, "application is encrypted; its process goes on with what it has in memory");
        scene.isNoticedWithin(UNASKED_SECONDS);
        scene.expectSaidByNow(party);
        scene.end(party);
        Said started = scene.hospital().run("start", party.word());
        scene.evidence(
                !started.isWell(),
                "application cannot start from what is left: " + started.err().strip());
        scene.require(
                scene.isNoticedWithin(SILENT_SECONDS_MAX),
                Breach.Kind.UNDEFENDED,
                "nobody noticed that application is gone");
        scene.requireSaid(party, "is encrypted and down");
        said(scene, "noticed; the wards read and write on");
        scene.awaitCare("without application");
    }

    private void cut(Scene scene) {
        Said cut = scene.hospital()
                .run(
                        "cut",
                        Party.APPLICATION.word(),
                        "--officer",
                        "direction",
                        "--why",
                        "ransomware",
                        "--language",
                        "en");
        scene.require(cut.isWell(), Breach.Kind.UNDEFENDED, "application is not cut off: " + cut);
        said(scene, "an officer has cut application off: its stolen keys open no line any more");
    }

    /** Before anything is rebuilt, from those that did not fall. */
    private void report(Scene scene, Instant from) {
        Said said = scene.hospital()
                .run("exposure", "--party", Party.APPLICATION.word(), "--from", from.toString(), "--language", "en");
        scene.require(said.isWell(), Breach.Kind.UNREPORTED, "no exposure report while application is down: " + said);
        said(scene, "whose data were in foreign hands, by the ledgers of the two others:");
        said.out().lines().filter(line -> !line.isBlank()).forEach(line -> scene.say("             | " + line));
    }

    private void rebuilt(Scene scene) {
        said(scene, "two officers have application rebuilt from access and data");
        scene.rebuild(Party.APPLICATION);
        said(scene, "application is whole again, under new keys");
    }

    private void said(Scene scene, String sentence) {
        double seconds = (System.nanoTime() - struckNanos) / 1e9;
        scene.say(String.format(Locale.ROOT, "  +%6.1f s  %s", seconds, sentence));
    }
}
