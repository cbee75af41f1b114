package trimaran.operations;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import trimaran.kernel.Code;
import trimaran.kernel.Party;
import trimaran.line.Address;
import trimaran.process.HomeLock;

/** Asks every party how it is. */
@Command(
        name = "status",
        description = "Say which parties are up, how far their copies reach, and what they lack.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private HomeOption home = new HomeOption();

    @Option(names = "--json", description = "for programs")
    private boolean json;

    StatusCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws RefusedException {
        Home hospital = home.home().founded();
        List<PartyStatus> parties = new ArrayList<>();
        try (Console console = Console.open(hospital)) {
            parties.addAll(ask(console));
            if (hasLearnt(hospital, console, List.copyOf(parties))) {
                // Those that were given new keys are strangers until they are asked by them.
                parties.clear();
                parties.addAll(ask(console));
            }
        }
        long largest = parties.stream().mapToLong(PartyStatus::size).max().orElse(0);
        Map<Role, Address> addresses = Ports.read(hospital.addresses());
        boolean relay = isUp(hospital, Role.RELAY, addresses);
        StationStatus station = StationStatus.ask(hospital.of(Role.STATION), isUp(hospital, Role.STATION, addresses));
        Optional<Address> hl7 = hl7(hospital);
        if (json) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("parties", parties.stream().map(one -> one.json(largest)).toList());
            map.put("relay", Map.of("up", relay));
            map.put("station", station.json());
            hl7.ifPresent(address ->
                    map.put("hl7", Map.of("address", address.toString(), "listens", Ports.isListening(address))));
            shell.voice().print(Json.text(map));
        } else {
            parties.forEach(one -> shell.voice().print(one.line(largest)));
            shell.voice().print(String.format("%-12s %s", "relay", relay ? "up" : "down"));
            shell.voice().print(String.format("%-12s %s", Role.STATION.word(), station.text()));
            hl7.ifPresent(address -> shell.voice()
                    .print(String.format(
                            "%-12s %s  mllp://%s", "hl7", Ports.isListening(address) ? "up" : "down", address)));
        }
        boolean well = relay && station.isUp() && parties.stream().allMatch(PartyStatus::isUp);
        return well ? 0 : Code.UNAVAILABLE.exitCode();
    }

    private static List<PartyStatus> ask(Console console) {
        return Stream.of(Party.values())
                .map(party -> PartyStatus.ask(console, party))
                .toList();
    }

    /** Not while a rebuild is under way here: that one knows what it begins. */
    private boolean hasLearnt(Home hospital, Console console, List<PartyStatus> parties) {
        boolean later = parties.stream()
                .anyMatch(one ->
                        one.counter("epoch").orElse(0) > console.registry().epoch());
        if (!later) {
            return false;
        }
        try (HomeLock _ = new UnderWay(hospital).turn()) {
            return MissedEpochs.of(
                            hospital,
                            console,
                            tier -> parties.get(tier.ordinal()),
                            new BegunRebuild(hospital)::isOwn,
                            shell.voice())
                    .learn(MissedEpochs.SETTLED)
                    .any();
        } catch (RefusedException contradicted) {
            // How everybody is counts the more.
            shell.voice().say(contradicted.refusal().sentence());
            return false;
        } catch (UncheckedIOException readOnly) {
            shell.voice().say("new keys of a party are not taken in: " + readOnly.getMessage());
            return false;
        }
    }

    /** The HL7 door of a station on this machine, if it has one. */
    private static Optional<Address> hl7(Home hospital) throws RefusedException {
        return Files.exists(hospital.of(Role.STATION).resolve(PartyConfiguration.FILE))
                ? PartyConfiguration.hl7(hospital.of(Role.STATION))
                : Optional.empty();
    }

    /** One on this machine is a process of ours; one elsewhere is up if somebody listens there. */
    private static boolean isUp(Home hospital, Role role, Map<Role, Address> addresses) {
        Address address = addresses.get(role);
        if (address == null || Files.exists(hospital.of(role))) {
            return PartyProcess.running(role, hospital).isPresent();
        }
        return Ports.isListening(address);
    }
}
