package trimaran.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.line.Address;
import trimaran.process.Configuration;

/**
 * Writes {@code party.conf}, which each main reads: one {@code key = value} a line. Tiers and witness: {@code listen} and
 * the address of each party. Relay: {@code listen} and {@code destination.<tier>}. Station: {@code name}, {@code listen} for
 * browsers and clients, {@code hl7} for HL7 v2 senders if there is such a door, where each tier is, and {@code relay}.
 */
final class PartyConfiguration {

    static final String FILE = "party.conf";

    /** What a station is called on its pages and sheets. */
    private static final String NAME = "name";

    /** Said of a station whose patients are invented. */
    private static final String DEMO = "demo = yes";

    /** File of the public half of the badge that opens a station's ward copies, beside its configuration. */
    static final String WARD_BADGE = "ward-badge";

    /** Lines that say of which wards a station keeps sealed copies, and for which badge. */
    private static final String COPY = "copy.";

    private static final String WARDS = COPY + "wards";

    /** Where a station takes HL7 v2 messages; without this line it takes none. */
    private static final String HL7 = "hl7 = ";

    private PartyConfiguration() {}

    /** @param addresses every program's, the station's included */
    static String text(Role role, Map<Role, Address> addresses) {
        return text(role, Home.STATION, addresses);
    }

    private static String text(Role role, String station, Map<Role, Address> addresses) {
        StringBuilder text = new StringBuilder();
        if (role == Role.STATION) {
            line(text, NAME, station);
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

    /**
     * Replaces the file whole, so that a party never reads half of one. What people wrote into it stays: only the lines that say where
     * everybody is are begun anew.
     */
    static void write(Path folder, Role role, Map<Role, Address> addresses) throws IOException {
        Path file = folder.resolve(FILE);
        String places = text(role, name(file), addresses);
        Set<String> keys = places.lines().map(PartyConfiguration::key).collect(Collectors.toSet());
        StringBuilder kept = new StringBuilder();
        if (Files.exists(file)) {
            Files.readAllLines(file).stream()
                    .filter(line -> !keys.contains(key(line)))
                    .forEach(line -> kept.append(line).append('\n'));
        }
        replace(folder, places + kept);
    }

    /** What the station of this file is called: as it was, or as the one of the founding. */
    private static String name(Path file) throws IOException {
        return !Files.exists(file)
                ? Home.STATION
                : Files.readAllLines(file).stream()
                        .filter(line -> key(line).equals(NAME) && line.contains("="))
                        .map(line -> line.split("=", 2)[1].strip())
                        .findFirst()
                        .orElse(Home.STATION);
    }

    /** From its next start on the station of this folder is called so. */
    static void call(Path folder, String name) throws IOException {
        StringBuilder text = new StringBuilder();
        line(text, NAME, name);
        Files.readAllLines(folder.resolve(FILE)).stream()
                .filter(line -> !key(line).equals(NAME))
                .forEach(line -> text.append(line).append('\n'));
        replace(folder, text.toString());
    }

    private static String key(String line) {
        return line.split("=", 2)[0].strip();
    }

    private static void replace(Path folder, String text) {
        Configuration.replace(folder.resolve(FILE), text);
    }

    /** From its next start on the station of this folder takes HL7 v2 messages there. */
    static void openHl7(Path folder, Address address) throws IOException {
        StringBuilder text = new StringBuilder();
        Files.readAllLines(folder.resolve(FILE)).stream()
                .filter(line -> !line.startsWith(HL7))
                .forEach(line -> text.append(line).append('\n'));
        replace(folder, text + HL7 + address + "\n");
    }

    /** Where the station of this folder takes HL7 v2 messages; empty if it has no such door. */
    static Optional<Address> hl7(Path folder) throws RefusedException {
        return address(folder, HL7);
    }

    /**
     * This station keeps sealed copies for the badge whose public half lies beside this file. What was said of copies before is said
     * anew, once.
     *
     * @param wards codes or names with commas between, or {@code all}; empty leaves that as it is
     * @param reader where the badge is looked for when somebody brings it; empty leaves that as it is
     */
    static void keepCopies(Path folder, String wards, String reader) throws IOException {
        Map<String, String> said = new LinkedHashMap<>();
        said.put(COPY + "badge", WARD_BADGE);
        if (!wards.isEmpty()) {
            said.put(WARDS, wards);
        }
        if (!reader.isEmpty()) {
            said.put(COPY + "reader", reader);
        }
        StringBuilder text = new StringBuilder();
        Files.readAllLines(folder.resolve(FILE)).stream()
                .filter(line -> !said.containsKey(key(line)))
                .forEach(line -> text.append(line).append('\n'));
        said.forEach((key, value) -> line(text, key, value));
        replace(folder, text.toString());
    }

    /** Whether it is said of which wards the station of this folder keeps copies. */
    static boolean namesWards(Path folder) throws IOException {
        return isSaid(folder, WARDS);
    }

    /** Whether this is a station's folder: no other party has a name in its configuration. */
    static boolean isStation(Path folder) throws IOException {
        return isSaid(folder, NAME);
    }

    private static boolean isSaid(Path folder, String key) throws IOException {
        Path file = folder.resolve(FILE);
        return Files.exists(file)
                && Files.readAllLines(file).stream().anyMatch(line -> key(line).equals(key));
    }

    /** The patients of this station are invented: it takes no real national identifier. */
    static void markDemo(Path folder) throws IOException {
        Files.writeString(folder.resolve(FILE), DEMO + "\n", StandardOpenOption.APPEND);
    }

    /** Where the party of this folder listens. */
    static Address listening(Path folder) throws RefusedException {
        return address(folder, "listen = ")
                .orElseThrow(() -> new RefusedException(
                        Code.HOME_DAMAGED, folder.resolve(FILE) + " does not say where to listen"));
    }

    private static Optional<Address> address(Path folder, String key) throws RefusedException {
        try {
            for (String line : Files.readAllLines(folder.resolve(FILE))) {
                if (line.startsWith(key)
                        && Address.parse(line.substring(key.length()).strip())
                                instanceof Outcome.Done<Address>(Address address)) {
                    return Optional.of(address);
                }
            }
        } catch (IOException absent) {
            throw new RefusedException(Code.HOME_DAMAGED, folder.resolve(FILE) + " cannot be read");
        }
        return Optional.empty();
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
