package trimaran.drills;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import trimaran.kernel.Party;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/** The one cable of a tier's machine pulled out: it runs on, reaches nobody, and nobody reaches it. */
final class CutOffDrills {

    private static final long OUT_MILLIS = 8_000;

    private CutOffDrills() {}

    static List<Drill> all() {
        List<Drill> drills = new ArrayList<>();
        for (Party party : Party.TIERS) {
            String word = party.word();
            drills.add(Drill.withstood(
                    "cut-off-" + word,
                    "42",
                    "the cable of the machine of " + word + ", which runs on and reaches nobody",
                    "the ward goes on, and its station says so within five seconds; nothing acknowledged is lost",
                    scene -> cutOff(scene, party)));
        }
        return drills;
    }

    /** All that comes to a tier and goes from it. */
    private static final class Cable implements AutoCloseable {
        private final Wire in;
        private final List<Wire> all = new ArrayList<>();

        Cable(int door) throws IOException {
            in = new Wire(door);
            all.add(in);
        }

        Wire out(int to) throws IOException {
            Wire wire = new Wire(to);
            all.add(wire);
            return wire;
        }

        long bytes() {
            return all.stream().mapToLong(Wire::bytes).sum();
        }

        int broken() {
            return all.stream().mapToInt(Wire::broken).sum();
        }

        @Override
        public void close() {
            all.forEach(Wire::close);
        }
    }

    private static void cutOff(Scene scene, Party party) throws IOException {
        TrialHospital hospital = scene.hospital();
        Map<Path, String> found = new LinkedHashMap<>();
        try (Cable cable = new Cable(hospital.port(party.word()))) {
            try {
                for (Party one : Party.values()) {
                    Path file = scene.folder(one).resolve("party.conf");
                    found.put(file, Files.readString(file));
                    Files.writeString(
                            file,
                            one == party
                                    ? outwards(scene, found.get(file), party, cable)
                                    : inwards(scene, found.get(file), party, cable));
                }
                for (String folder : List.of("relay", "stations/" + TrialHospital.STATION)) {
                    Path file = hospital.home().resolve(folder).resolve("party.conf");
                    found.put(file, Files.readString(file));
                    Files.writeString(file, inwards(scene, found.get(file), party, cable));
                }
                again(scene);
                pulled(scene, party, cable);
            } finally {
                for (Map.Entry<Path, String> one : found.entrySet()) {
                    Files.writeString(one.getKey(), one.getValue());
                }
                again(scene);
            }
        }
    }

    private static void pulled(Scene scene, Party party, Cable cable) {
        long passed = cable.bytes();
        int broken = cable.broken();
        scene.expectSaid(party);
        scene.strike();
        cable.all.forEach(Wire::cut);
        long pulled = cable.bytes();
        scene.requireSaid(party, "is cut off");
        Waiting.pause(OUT_MILLIS);
        scene.awaitCare("without " + party.word());
        scene.evidence(
                passed > 0
                        && cable.in.bytes() > 0
                        && cable.broken() > broken
                        && cable.bytes() == pulled
                        && scene.hospital().isAlive(party.word()),
                party.word() + " ran on behind its cable: " + (cable.broken() - broken)
                        + " connections broken or tried in vain, " + (cable.bytes() - pulled) + " bytes passed");
        // The watch has a line of its own to the tier, which is up: who has to say it is the page, above.
        scene.isNoticedWithin(1);
        scene.stopMeasuring();
        cable.all.forEach(Wire::heal);
        scene.awaitCare("after the cable is in again");
        Settling.await(scene.hospital(), KillDrill.SETTLE_SECONDS_MAX);
    }

    /** Whoever goes to the tier goes over the cable. */
    private static String inwards(Scene scene, String configuration, Party party, Cable cable) {
        return configuration.replace(
                "127.0.0.1:" + scene.hospital().port(party.word()), "127.0.0.1:" + cable.in.port());
    }

    private static String outwards(Scene scene, String configuration, Party party, Cable cable) throws IOException {
        String text = configuration;
        for (Party other : Party.values()) {
            if (other != party) {
                int port = cable.out(scene.hospital().port(other.word())).port();
                text = Pattern.compile("(?m)^" + other.word() + " = .*$")
                        .matcher(text)
                        .replaceFirst(other.word() + " = 127.0.0.1:" + port);
            }
        }
        return text;
    }

    private static void again(Scene scene) {
        TrialHospital hospital = scene.hospital();
        for (Party party : Party.values()) {
            scene.end(party);
            hospital.start(party.word());
        }
        hospital.kill("relay");
        hospital.start("relay");
        Settling.await(hospital, KillDrill.SETTLE_SECONDS_MAX);
        scene.forgetAtTheStation();
    }
}
