package trimaran.drills;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.trial.Commands.Said;
import trimaran.trial.TrialHospital;

/** A party whose clock lies, by the program of the Debian package {@code faketime}; without it they are skipped and say so. */
final class ClockDrills {

    private static final long DAY_MILLIS = 86_400_000;

    private static final long UNASKED_SECONDS = 10;

    private ClockDrills() {}

    static List<Drill> all() {
        List<Drill> drills = new ArrayList<>();
        for (Party party : Party.TIERS) {
            for (boolean ahead : new boolean[] {false, true}) {
                drills.add(Drill.withstood(
                        "clock-" + (ahead ? "ahead-" : "back-") + party.word(),
                        "25",
                        "the clock of " + party.word() + ", " + (ahead ? "ten years ahead" : "three days back"),
                        "the ward goes on",
                        scene -> shifted(scene, party, ahead)));
            }
        }
        return drills;
    }

    private static void shifted(Scene scene, Party party, boolean ahead) {
        if (!isInstalled()) {
            scene.skip("the program faketime is not installed (Debian package faketime)");
            return;
        }
        TrialHospital hospital = scene.hospital();
        hospital.kill(party.word());
        String shift = ahead ? "+3650d" : "-3d";
        Said started = hospital.runUnder(List.of("faketime", "-f", shift), "start", party.word());
        try {
            OptionalLong clock = clock(scene, party);
            long apart = clock.isPresent() ? Math.abs(clock.getAsLong() - System.currentTimeMillis()) : 0;
            scene.evidence(
                    apart > 2 * DAY_MILLIS || !started.isWell(),
                    "the clock of " + party.word() + " is " + apart / DAY_MILLIS + " days off, or it refuses to start");
            scene.strike();
            scene.isNoticedWithin(UNASKED_SECONDS);
            scene.awaitCare("beside a " + party.word() + " of another time");
            scene.stopMeasuring();
            named(scene, party);
        } finally {
            if (hospital.isAlive(party.word())) {
                hospital.kill(party.word());
            }
            hospital.start(party.word());
        }
    }

    /** No hull depends on another's clock, so the wards notice nothing; whoever looks after the hospital is told by name. */
    private static void named(Scene scene, Party party) {
        Said doctor = scene.hospital().run("doctor");
        boolean told = doctor.out().lines().anyMatch(line -> line.contains("clock") && line.contains(party.word()));
        if (scene.hospital().isAlive(party.word())) {
            scene.require(
                    told, Breach.Kind.UNDEFENDED, "doctor does not name the clock of " + party.word() + ": " + doctor);
            if (told) {
                scene.alarmed("doctor names " + party.word() + "'s clock");
            }
        } else {
            scene.requireNoticed(party.word() + " does not start under a clock that is off");
        }
    }

    private static OptionalLong clock(Scene scene, Party party) {
        Outcome<PartyLine> opened = PartyLine.open(
                PartyLine.console(scene.hospital().home()),
                Membership.of(scene.hospital().home()),
                party,
                scene.hospital().port(party.word()));
        if (!(opened instanceof Outcome.Done<PartyLine>(PartyLine line))) {
            return OptionalLong.empty();
        }
        try (line) {
            return line.ask(new Request.Status()) instanceof Outcome.Done<Response>(Response.Report report)
                    ? OptionalLong.of(report.time().millis())
                    : OptionalLong.empty();
        }
    }

    static boolean isInstalled() {
        try {
            Process process = new ProcessBuilder("faketime", "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
