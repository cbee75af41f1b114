package trimaran.operations;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import trimaran.kernel.Code;
import trimaran.kernel.Party;
import trimaran.line.Address;

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
            for (Party party : Party.values()) {
                parties.add(PartyStatus.ask(console, party));
            }
        }
        long largest = parties.stream().mapToLong(PartyStatus::size).max().orElse(0);
        Map<Role, Address> addresses = Ports.read(hospital.addresses());
        boolean relay = isUp(hospital, Role.RELAY, addresses);
        boolean station = isUp(hospital, Role.STATION, addresses);
        if (json) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("parties", parties.stream().map(one -> one.json(largest)).toList());
            map.put("relay", Map.of("up", relay));
            map.put("station", Map.of("up", station));
            shell.voice().print(Json.text(map));
        } else {
            parties.forEach(one -> shell.voice().print(one.line(largest)));
            shell.voice().print(String.format("%-12s %s", "relay", relay ? "up" : "down"));
            shell.voice().print(String.format("%-12s %s", Role.STATION.word(), station ? "up" : "down"));
        }
        boolean well = relay && station && parties.stream().allMatch(PartyStatus::isUp);
        return well ? 0 : Code.UNAVAILABLE.exitCode();
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
