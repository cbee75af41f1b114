package trimaran.drills;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.line.message.Request;
import trimaran.line.tls.TlsIdentity;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/** Attacks on the lines: cables between parties pulled out in every way, and everything outside the hospital gone. */
final class NetworkDrills {

    private static final long CUT_MILLIS = 4_000;

    /** Out and in again faster than anybody can settle. */
    private static final int FLAPS = 6;

    private static final long FLAP_MILLIS = 400;

    private static final long INNER_SECONDS_MAX = 500;

    /** Words of the breach that is expected where the defence is missing. */
    static final String TAKEN_FOR = "a machine with another key was taken for access and asked ";

    private NetworkDrills() {}

    static List<Drill> all() {
        return List.of(
                Drill.withstood(
                        "partition",
                        "42",
                        "the switch between the parties: every pair apart, then each party alone, then two and two in all three ways, then flapping",
                        "no fork, nothing acknowledged is lost",
                        NetworkDrills::partitioned),
                Drill.withstood(
                        "rogue-address",
                        "41",
                        "whoever sets addresses: relay and station are led to another machine where access should be",
                        "the station does not take it for access, and goes on with the others",
                        NetworkDrills::misled),
                Drill.withstood(
                        "without-outside",
                        "–",
                        "Internet, names, time and directory, all gone while a tier is dead",
                        "no difference: nothing outside is used",
                        NetworkDrills::withoutOutside));
    }

    /** The cables from each party to each other one. */
    private static final class Cables implements AutoCloseable {
        private final Map<String, Wire> wires = new HashMap<>();

        Cables(TrialHospital hospital) throws IOException {
            for (Party from : Party.values()) {
                for (Party to : Party.values()) {
                    if (from != to) {
                        wires.put(from + " " + to, new Wire(hospital.port(to.word())));
                    }
                }
            }
        }

        Wire wire(Party from, Party to) {
            return Objects.requireNonNull(wires.get(from + " " + to));
        }

        /** Nobody of the one side reaches anybody of the other. */
        void cut(List<Party> one, List<Party> other) {
            each(one, other).forEach(Wire::cut);
        }

        void heal() {
            wires.values().forEach(Wire::heal);
        }

        List<Wire> each(List<Party> one, List<Party> other) {
            List<Wire> between = new ArrayList<>();
            for (Party here : one) {
                for (Party there : other) {
                    between.add(wire(here, there));
                    between.add(wire(there, here));
                }
            }
            return between;
        }

        @Override
        public void close() {
            wires.values().forEach(Wire::close);
        }
    }

    private static void partitioned(Scene scene) throws IOException {
        TrialHospital hospital = scene.hospital();
        Map<Path, String> configurations = new HashMap<>();
        try (Cables cables = new Cables(hospital)) {
            for (Party party : Party.values()) {
                Path file = scene.folder(party).resolve("party.conf");
                String text = Files.readString(file);
                configurations.put(file, text);
                Files.writeString(file, rewired(text, party, cables));
                again(hospital, party);
            }
            Settling.await(hospital, KillDrill.SETTLE_SECONDS_MAX);
            scene.strike();
            List<Party> all = List.of(Party.values());
            for (int i = 0; i < all.size(); i++) {
                for (int k = i + 1; k < all.size(); k++) {
                    apart(scene, cables, List.of(all.get(i)), List.of(all.get(k)));
                }
            }
            for (Party alone : all) {
                apart(
                        scene,
                        cables,
                        List.of(alone),
                        all.stream().filter(one -> one != alone).toList());
            }
            for (Party beside : Party.values()) {
                if (beside != Party.DATA) {
                    List<Party> two = List.of(Party.DATA, beside);
                    apart(
                            scene,
                            cables,
                            two,
                            all.stream().filter(one -> !two.contains(one)).toList());
                }
            }
            for (int i = 0; i < FLAPS; i++) {
                cables.cut(List.of(Party.DATA), List.of(Party.ACCESS, Party.APPLICATION, Party.WITNESS));
                Waiting.pause(FLAP_MILLIS);
                cables.heal();
                Waiting.pause(FLAP_MILLIS);
            }
            scene.awaitCare("after all cables are in again");
            scene.stopMeasuring();
            Settling.await(hospital, KillDrill.SETTLE_SECONDS_MAX);
        } finally {
            for (Map.Entry<Path, String> one : configurations.entrySet()) {
                Files.writeString(one.getKey(), one.getValue());
            }
            for (Party party : Party.values()) {
                again(hospital, party);
            }
        }
    }

    private static void apart(Scene scene, Cables cables, List<Party> one, List<Party> other) {
        List<Wire> between = cables.each(one, other);
        long passed = between.stream().mapToLong(Wire::bytes).sum();
        int before = between.stream().mapToInt(Wire::broken).sum();
        cables.cut(one, other);
        long still = between.stream().mapToLong(Wire::bytes).sum();
        Waiting.pause(CUT_MILLIS);
        int broken = between.stream().mapToInt(Wire::broken).sum() - before;
        scene.evidence(
                passed > 0
                        && broken > 0
                        && between.stream().mapToLong(Wire::bytes).sum() == still,
                one + " apart from " + other + ": " + broken + " connections broken or tried in vain");
        cables.heal();
        scene.awaitCare("after " + one + " and " + other + " are together again");
    }

    private static void misled(Scene scene) throws IOException {
        TrialHospital hospital = scene.hospital();
        Map<Path, String> configurations = new HashMap<>();
        for (String folder : List.of("relay", "stations/" + TrialHospital.STATION)) {
            Path file = hospital.home().resolve(folder).resolve("party.conf");
            configurations.put(file, Files.readString(file));
        }
        Questions heard = new Questions();
        int inside = TrialHospital.freePort();
        // A machine with a key of its own, which would hand on to access whatever it is asked: it is to be told by its
        // key alone.
        try (Impostor stranger = new Impostor(
                        PartyLine.identity(TlsIdentity.generate()),
                        PartyLine.of(Party.ACCESS, scene.folder(Party.ACCESS)).peerId(),
                        AlteredTier.callers(hospital.home(), Party.ACCESS),
                        inside,
                        caller -> hospital.port(Party.ACCESS.word()),
                        heard);
                Wire rogue = new Wire(inside)) {
            for (Map.Entry<Path, String> one : configurations.entrySet()) {
                Files.writeString(
                        one.getKey(),
                        one.getValue()
                                .replace(
                                        "127.0.0.1:" + hospital.port(Party.ACCESS.word()),
                                        "127.0.0.1:" + rogue.port()));
            }
            relayAgain(hospital);
            scene.forgetAtTheStation();
            scene.evidence(
                    rogue.bytes() > 0 && stranger.broken().isEmpty(),
                    "the station came to the rogue machine, " + rogue.bytes() + " bytes" + stranger.broken());
            scene.reread();
            scene.require(heard.count.get() == 0, Breach.Kind.UNDEFENDED, TAKEN_FOR + heard.count.get() + " questions");
        } finally {
            for (Map.Entry<Path, String> one : configurations.entrySet()) {
                Files.writeString(one.getKey(), one.getValue());
            }
            relayAgain(hospital);
        }
        scene.forgetAtTheStation();
    }

    /** Counts what it is asked. MAY be read from any thread. */
    private static final class Questions implements Impostor.Lies {
        private final AtomicInteger count = new AtomicInteger();

        @Override
        public void asked(Digest caller, Request request, Bytes encoded) {
            count.incrementAndGet();
        }
    }

    private static void relayAgain(TrialHospital hospital) {
        hospital.kill("relay");
        hospital.start("relay");
    }

    private static String rewired(String text, Party from, Cables cables) {
        String rewired = text;
        for (Party to : Party.values()) {
            if (to != from) {
                rewired = Pattern.compile("(?m)^" + to.word() + " = .*$")
                        .matcher(rewired)
                        .replaceFirst(to.word() + " = 127.0.0.1:"
                                + cables.wire(from, to).port());
            }
        }
        return rewired;
    }

    private static void again(TrialHospital hospital, Party party) {
        hospital.kill(party.word());
        hospital.start(party.word());
    }

    /** The same drill as a program of its own, where there is no network but the machine itself. */
    private static void withoutOutside(Scene scene) throws Exception {
        List<String> alone = List.of("unshare", "-rn", "sh", "-c");
        if (run(scene, List.of("unshare", "-rn", "true"), 20) != 0) {
            scene.skip("this machine does not let a program be without network (unshare -rn)");
            return;
        }
        List<String> reach = new ArrayList<>(alone);
        reach.add("ip link set lo up; ! getent hosts example.org && test -z \"$(ip route)\"");
        scene.evidence(run(scene, reach, 60) == 0, "no route and no names where the hospital runs");
        Path json = scene.scratch().resolve("inner.json");
        List<String> names = List.of("kill-access", "kill-application", "kill-data");
        List<String> inner = new ArrayList<>(alone);
        inner.add("ip link set lo up; exec \"$0\" \"$@\"");
        inner.addAll(List.of(
                scene.hospital().house().java().resolve("bin/java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-D" + trimaran.trial.House.PROPERTY + "="
                        + scene.hospital().house().folder(),
                "-cp",
                Objects.requireNonNull(System.getProperty("java.class.path")),
                DrillMain.class.getName()));
        inner.addAll(names);
        inner.addAll(List.of("--folder", scene.scratch().resolve("alone").toString(), "--json", json.toString()));
        int status = run(scene, inner, INNER_SECONDS_MAX);
        String said = Files.exists(json) ? Files.readString(json) : "";
        scene.evidence(
                TrialHospital.count(said, "\"evidence\":\\[\"") == names.size(), names + " were carried out there");
        scene.require(status == 0, Breach.Kind.UNDEFENDED, "it makes a difference: " + said);
    }

    private static int run(Scene scene, List<String> command, long secondsMax) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(scene.scratch().resolve("inner.out").toFile())
                .start();
        try {
            if (!process.waitFor(secondsMax, TimeUnit.SECONDS)) {
                process.destroy();
                return -1;
            }
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            process.destroy();
            return -1;
        }
    }
}
