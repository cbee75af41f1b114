package trimaran.drills;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.line.tls.TlsIdentity;
import trimaran.record.Header;
import trimaran.record.Registry;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/** Data is cut off and thought dead; officers put another in its place while the first runs on with entries nobody else was told of. */
final class PromotionDrill {

    /** While data hears stations and reaches nobody. */
    private static final int TAIL_MIN = 3;

    private static final long TAIL_SECONDS_MAX = 60;

    /** For the old one to try everybody it knows, again and again. */
    private static final long RETURNED_MILLIS = 8_000;

    private static final List<Party> OTHERS = List.of(Party.ACCESS, Party.APPLICATION, Party.WITNESS);

    /** Words of the breach that is expected where the defence is missing. */
    static final String FIRST_HEARD = " parties still speak with the first data";

    private PromotionDrill() {}

    static List<Drill> all() {
        return List.of(Drill.withstood(
                "promotion-race",
                "43",
                "the switch at data, which lets stations in and data out to nobody, then nothing at all; two officers have another data made"
                        + " while the first runs on; then the cables are in again",
                "one epoch goes on; the first is heard by nobody; what it took and could tell nobody is in the record all the same",
                PromotionDrill::raced));
    }

    /** The cables of data's machine: one in, one out to each other party. */
    private static final class Machine implements AutoCloseable {
        private final Wire in;
        private final List<Wire> out = new ArrayList<>();
        private String configuration;

        Machine(TrialHospital hospital, String found, int inside) throws IOException {
            in = new Wire(hospital.port(Party.DATA.word()), inside);
            configuration = AlteredTier.listening(found, inside);
            for (Party other : OTHERS) {
                Wire wire = new Wire(hospital.port(other.word()));
                out.add(wire);
                configuration = Pattern.compile("(?m)^" + other.word() + " = .*$")
                        .matcher(configuration)
                        .replaceFirst(other.word() + " = 127.0.0.1:" + wire.port());
            }
        }

        long bytesOut() {
            return out.stream().mapToLong(Wire::bytes).sum();
        }

        @Override
        public void close() {
            in.close();
            out.forEach(Wire::close);
        }
    }

    private static void raced(Scene scene) throws IOException {
        TrialHospital hospital = scene.hospital();
        Settling.await(hospital, KillDrill.SETTLE_SECONDS_MAX);
        List<String> command = Twin.command(scene, Party.DATA);
        scene.end(Party.DATA);
        Path old = scene.scratch().resolve("data");
        Folders.copy(scene.folder(Party.DATA), old);
        Registry before = Membership.of(hospital.home());
        int inside = TrialHospital.freePort();
        Path conf = old.resolve("party.conf");
        try (Machine machine = new Machine(hospital, Files.readString(conf), inside)) {
            Files.writeString(conf, machine.configuration);
            try (Twin first = Twin.begun(scene, command, old)) {
                Settling.await(hospital, KillDrill.SETTLE_SECONDS_MAX);
                race(scene, machine, first, before, inside);
            }
        }
    }

    private static void race(Scene scene, Machine machine, Twin first, Registry before, int inside) {
        TlsIdentity operator = PartyLine.console(scene.hospital().home());
        long size = PeerDrills.shown(scene, Party.ACCESS, 0).size();
        scene.strike();
        machine.out.forEach(Wire::cut);
        List<SealedEntry> tail = new ArrayList<>();
        Waiting.until(TAIL_SECONDS_MAX, "data has placed what it could tell nobody", () -> {
            tail.clear();
            tail.addAll(told(operator, before, inside, size));
            return tail.size() >= TAIL_MIN
                    && PeerDrills.shown(scene, Party.ACCESS, size + tail.size() - TAIL_MIN)
                            .isEmpty();
        });
        // Closed, not cut: the address goes to the one that is made now.
        machine.in.close();
        scene.awaitCare("without data");
        scene.rebuild(Party.DATA);
        scene.evidence(
                first.isAlive(),
                "the first data runs on beside the second, with " + tail.size() + " entries at its end");
        long passed = machine.bytesOut();
        machine.out.forEach(Wire::heal);
        Waiting.pause(RETURNED_MILLIS);
        scene.awaitCare("with the first data at large");
        scene.evidence(
                first.isAlive() && machine.bytesOut() > passed,
                "its cables are in again, and it tried: " + (machine.bytesOut() - passed) + " bytes");
        Settling.await(scene.hospital(), KillDrill.SETTLE_SECONDS_MAX);
        judge(scene, before, told(operator, before, inside, size));
    }

    /** What the first data says it has placed. */
    private static List<SealedEntry> told(TlsIdentity operator, Registry registry, int port, long from) {
        if (PartyLine.open(operator, registry, Party.DATA, port) instanceof Outcome.Done<PartyLine>(PartyLine line)) {
            try (line) {
                return PeerDrills.entries(line, from, Integer.MAX_VALUE);
            }
        }
        return List.of();
    }

    private static void judge(Scene scene, Registry before, List<SealedEntry> tail) {
        Registry after = Membership.of(scene.hospital().home());
        scene.require(after.epoch() == before.epoch() + 1, Breach.Kind.FORGED, "the epoch is " + after.epoch());
        for (Party party : Party.values()) {
            scene.require(
                    epoch(scene, party) == after.epoch(),
                    Breach.Kind.UNDEFENDED,
                    party.word() + " is in epoch " + epoch(scene, party) + " and not in " + after.epoch());
        }
        int open = 0;
        TlsIdentity old = PartyLine.of(Party.DATA, scene.scratch().resolve("data"));
        for (Party other : OTHERS) {
            if (PartyLine.open(old, after, other, scene.hospital().port(other.word()))
                    instanceof Outcome.Done<PartyLine>(PartyLine line)) {
                open++;
                line.close();
            }
        }
        scene.require(open == 0, Breach.Kind.UNDEFENDED, open + FIRST_HEARD);
        Set<Digest> placed = new HashSet<>();
        PeerDrills.shown(scene, Party.ACCESS, 0).forEach(entry -> digest(entry).ifPresent(placed::add));
        long lost = tail.stream()
                .flatMap(entry -> digest(entry).stream())
                .filter(one -> !placed.contains(one))
                .count();
        scene.evidence(tail.size() >= TAIL_MIN, tail.size() + " entries stood at the end of the first data alone");
        scene.require(lost == 0, Breach.Kind.LOST, lost + " entries the first data took are not in the record");
    }

    private static long epoch(Scene scene, Party party) {
        try (PartyLine line = PeerDrills.operator(scene, party)) {
            return line.ask(new Request.Hello(
                                    Membership.of(scene.hospital().home()).origin(), 1))
                            instanceof Outcome.Done<Response>(Response.Welcome welcome)
                    ? welcome.epoch()
                    : -1;
        }
    }

    private static Optional<Digest> digest(SealedEntry entry) {
        return PeerDrills.header(entry).map(Header::digest);
    }
}
