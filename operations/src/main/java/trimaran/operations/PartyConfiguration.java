package trimaran.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.line.Address;

/**
 * Writes {@code party.conf}, which each main reads: one {@code key = value} a line. Tiers and witness: {@code listen} and
 * the address of each party. Relay: {@code listen} and {@code destination.<tier>}. Station: {@code name}, {@code listen} for
 * browsers and clients, where each tier is, and {@code relay}.
 */
final class PartyConfiguration {

    static final String FILE = "party.conf";

    /** Said of a station whose patients are invented. */
    private static final String DEMO = "demo = yes";

    private PartyConfiguration() {}

    /** @param addresses every program's, the station's included */
    static String text(Role role, Map<Role, Address> addresses) {
        StringBuilder text = new StringBuilder();
        if (role == Role.STATION) {
            line(text, "name", Home.STATION);
        }
        line(text, "listen", address(addresses, role));
        for (Role other : new Role[] {Role.ACCESS, Role.APPLICATION, Role.DATA}) {
            line(text, role == Role.RELAY ? "destination." + other.word() : other.word(), address(addresses, other));
        }
        if (role == Role.STATION) {
            line(text, "relay", address(addresses, Role.RELAY));
        } else if (role != Role.RELAY) {
            line(text, Role.WITNESS.word(), address(addresses, Role.WITNESS));
        }
        return text.toString();
    }

    /** Replaces the file whole, so that a party never reads half of one. */
    static void write(Path folder, Role role, Map<Role, Address> addresses) throws IOException {
        Path file = folder.resolve(FILE);
        boolean demo = Files.exists(file) && Files.readAllLines(file).contains(DEMO);
        Path fresh = folder.resolve(FILE + ".new");
        Files.writeString(fresh, text(role, addresses) + (demo ? DEMO + "\n" : ""));
        Files.move(fresh, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The patients of this station are invented: it takes no real national identifier. */
    static void markDemo(Path folder) throws IOException {
        Files.writeString(folder.resolve(FILE), DEMO + "\n", StandardOpenOption.APPEND);
    }

    /** Where the party of this folder listens. */
    static Address listening(Path folder) throws RefusedException {
        try {
            for (String line : Files.readAllLines(folder.resolve(FILE))) {
                if (line.startsWith("listen = ")
                        && Address.parse(line.substring("listen = ".length()).strip())
                                instanceof Outcome.Done<Address>(Address address)) {
                    return address;
                }
            }
        } catch (IOException absent) {
            // Told below: a file that is not there says no address either.
        }
        throw new RefusedException(Code.HOME_DAMAGED, folder.resolve(FILE) + " does not say where to listen");
    }

    private static void line(StringBuilder text, String key, Object value) {
        text.append(key).append(" = ").append(value).append('\n');
    }

    private static Address address(Map<Role, Address> addresses, Role role) {
        Address address = addresses.get(role);
        if (address == null) {
            throw new IllegalArgumentException("no address of " + role.word());
        }
        return address;
    }
}
