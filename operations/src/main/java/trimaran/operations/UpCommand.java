package trimaran.operations;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import trimaran.hospital.Setting;
import trimaran.kernel.Code;
import trimaran.line.Address;
import trimaran.process.HomeLock;
import trimaran.process.Signals;

/** Founds a hospital if there is none, starts its processes, fills it, and stays until Ctrl-C or {@code down}. */
@Command(
        name = "up",
        description = "Start a hospital on this machine; found it first if there is none.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

    private static final int PORT_DEFAULT = 8080;

    /** The station's stop and the parties' together, twice over. */
    private static final long STOP_MILLIS = 40_000;

    /** The parties first: they wait for each other, and a station that finds nobody waits longer each time. */
    private static final List<Role> PARTIES =
            List.of(Role.WITNESS, Role.DATA, Role.ACCESS, Role.APPLICATION, Role.RELAY);

    private final Shell shell;
    private volatile @Nullable Filling filling;

    @Mixin
    private HomeOption home = new HomeOption();

    @Option(names = "--port", paramLabel = "P", description = "where browsers and clients come (default: 8080)")
    private int port;

    @Option(names = "--empty", description = "found it without invented patients, staff and the badges of demo people")
    private boolean empty;

    @Option(
            names = "--beds",
            paramLabel = "N",
            description = "beds of the invented hospital it is filled with, from 20 to 1500 (default: 700)")
    private int beds;

    UpCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws RefusedException, IOException {
        if (port < 0 || port > 0xffff) {
            throw new RefusedException(Code.USAGE, "a port is a number from 1 to 65535");
        }
        Home hospital = home.home();
        Voice voice = shell.voice();
        boolean fresh = hospital.state() == Home.State.ABSENT;
        requireBeds(fresh);
        if (fresh) {
            Ports.requireFree("the station", Ports.station(port == 0 ? PORT_DEFAULT : port));
            voice.say("founding a hospital in " + hospital.folder());
            new Founder(shell.programs(), shell.entropy(), shell.now(), voice)
                    .found(hospital, "Hôpital de démonstration", port == 0 ? PORT_DEFAULT : port, plan());
            voice.say("the demo badges in officers/, badges/ and ward-badges/ open with the PIN " + Badges.DEMO_PIN);
        }
        try (HomeLock _ = RefusedException.orStop(HomeLock.take(hospital.run()))) {
            serve(hospital, voice);
        }
        return 0;
    }

    private void requireBeds(boolean fresh) throws RefusedException {
        if (beds == 0) {
            return;
        }
        if (!fresh || empty) {
            throw new RefusedException(
                    Code.USAGE, "--beds is for a hospital that is being founded, and not for an empty one");
        }
        if (beds < Setting.BEDS_MIN || beds > Setting.BEDS_MAX) {
            throw new RefusedException(Code.USAGE, "--beds takes " + Setting.BEDS_MIN + " to " + Setting.BEDS_MAX);
        }
    }

    private Optional<DemoPlan> plan() {
        return empty
                ? Optional.empty()
                : Optional.of(DemoPlan.of(beds == 0 ? Setting.BEDS_DEFAULT : beds, shell.now()));
    }

    private void serve(Home hospital, Voice voice) throws RefusedException, IOException {
        Map<Role, Address> addresses = configure(hospital);
        requireFree(hospital, addresses);
        Watch watch = new Watch(hospital, shell.programs(), voice);
        new Running(hospital).remember(Running.UP, ProcessHandle.current());
        Signals.onStop(STOP_MILLIS, () -> {
            Optional.ofNullable(filling).ifPresent(Filling::stop);
            watch.stop();
        });
        boolean served = false;
        try {
            if (Enroller.isDone(hospital)) {
                watch.start(List.of(Role.values()));
            } else {
                watch.start(PARTIES);
                Enroller.enrol(hospital);
                watch.start(List.of(Role.STATION));
            }
            Address station = addresses.getOrDefault(Role.STATION, Ports.station(PORT_DEFAULT));
            Optional<Address> hl7 = PartyConfiguration.hl7(hospital.of(Role.STATION));
            hl7.ifPresent(address -> voice.print("HL7 v2 at mllp://" + address));
            voice.print("READY http://localhost:" + station.port());
            served = true;
            fill(hospital);
            watch.watch();
        } finally {
            if (!served) {
                watch.stop();
            }
            new Running(hospital).forget(Running.UP);
        }
    }

    private void fill(Home hospital) throws RefusedException {
        Optional<DemoPlan> plan = DemoPlan.unfinished(hospital);
        if (plan.isPresent()) {
            filling = Filling.begin(hospital, shell, plan.get());
        }
    }

    /** The station listens where this command says, else where it did before. */
    private Map<Role, Address> configure(Home hospital) throws RefusedException, IOException {
        Map<Role, Address> addresses = new EnumMap<>(Ports.read(hospital.addresses()));
        Address before = PartyConfiguration.listening(hospital.of(Role.STATION));
        addresses.put(Role.STATION, port == 0 ? before : Ports.station(port));
        if (port != 0 && port != before.port()) {
            PartyConfiguration.write(hospital.of(Role.STATION), Role.STATION, addresses);
        }
        moveHl7(hospital, port == 0 ? before.port() : port);
        return addresses;
    }

    /** A port somebody else has taken meanwhile, or the station takes itself, is given up for another. */
    private static void moveHl7(Home hospital, int station) throws RefusedException, IOException {
        Optional<Address> hl7 = PartyConfiguration.hl7(hospital.of(Role.STATION));
        boolean mine = PartyProcess.running(Role.STATION, hospital).isPresent();
        if (hl7.isPresent() && !mine && (hl7.get().port() == station || !Ports.isFree(hl7.get()))) {
            PartyConfiguration.openHl7(hospital.of(Role.STATION), Ports.hl7(station));
        }
    }

    private static void requireFree(Home hospital, Map<Role, Address> addresses) throws RefusedException {
        for (Map.Entry<Role, Address> one : addresses.entrySet()) {
            if (PartyProcess.running(one.getKey(), hospital).isEmpty()) {
                Ports.requireFree(one.getKey().word(), one.getValue());
            }
        }
    }
}
