package trimaran.operations;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.line.Address;

/** Where the parties of a home listen: chosen once on this machine, remembered in {@code card/parties}. */
final class Ports {

    private static final String HOST = "127.0.0.1";

    /** Below the range from which systems lend ports to outgoing connections, so that no other program is lent ours. */
    private static final int FIRST = 15_000;

    private static final int LAST = 30_000;

    /** Ports tried before giving up: on a machine where so many are taken something else is wrong. */
    private static final int TRIES_MAX = 500;

    /** A machine that is up answers in a round trip. */
    private static final int CONNECT_MILLIS = 3_000;

    private Ports() {}

    /**
     * A free port for every program but the station, whose port people choose: neither that nor the one behind it, where it listens for
     * HL7.
     */
    static Map<Role, Address> choose(int station) throws RefusedException {
        Map<Role, Address> chosen = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            if (role != Role.STATION) {
                chosen.put(role, free(chosen, station));
            }
        }
        return chosen;
    }

    private static Address free(Map<Role, Address> taken, int station) throws RefusedException {
        for (int i = 0; i < TRIES_MAX; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            Address address = new Address(HOST, port);
            if (port != station && port != station + 1 && !taken.containsValue(address) && isFree(address)) {
                return address;
            }
        }
        throw new RefusedException(Code.PORT_BUSY, "no free port between " + FIRST + " and " + LAST);
    }

    /** For HL7 v2 senders: beside the station's port if that is free, which people remember, else any free one. */
    static Address hl7(int station) throws RefusedException {
        Address beside = station(station + 1);
        return station < 0xffff && isFree(beside) ? beside : free(Map.of(), station);
    }

    static boolean isFree(Address address) {
        try (ServerSocket probe = new ServerSocket()) {
            // As the parties listen: a port that only cools down after its last connection is free.
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(address.host(), address.port()));
            return true;
        } catch (IOException busy) {
            return false;
        }
    }

    /** Whether anybody listens there, on whichever machine. */
    static boolean isListening(Address address) {
        try (Socket probe = new Socket()) {
            probe.connect(new InetSocketAddress(address.host(), address.port()), CONNECT_MILLIS);
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }

    static Address station(int port) {
        return new Address(HOST, port);
    }

    /** @throws RefusedException {@code PORT_BUSY} naming who wanted the port */
    static void requireFree(String who, Address address) throws RefusedException {
        if (!isFree(address)) {
            throw new RefusedException(
                    Code.PORT_BUSY, "port " + address.port() + ", which " + who + " needs, is busy on this machine");
        }
    }

    static void write(Path file, Map<Role, Address> addresses) throws IOException {
        StringBuilder text = new StringBuilder();
        addresses.forEach((role, address) ->
                text.append(role.word()).append(" = ").append(address).append('\n'));
        Files.writeString(file, text);
    }

    static Map<Role, Address> read(Path file) throws RefusedException {
        Map<Role, Address> addresses = new EnumMap<>(Role.class);
        try {
            for (String line : Files.readAllLines(file)) {
                String[] pair = line.split(" = ", 2);
                Role role = Role.ofWord(pair[0]).orElseThrow(() -> damaged(file));
                if (pair.length < 2 || !(Address.parse(pair[1]) instanceof Outcome.Done<Address>(Address address))) {
                    throw damaged(file);
                }
                addresses.put(role, address);
            }
        } catch (IOException unreadable) {
            throw damaged(file);
        }
        for (Role role : Role.values()) {
            if (role != Role.STATION && !addresses.containsKey(role)) {
                throw damaged(file);
            }
        }
        return addresses;
    }

    private static RefusedException damaged(Path file) {
        return new RefusedException(
                Code.HOME_DAMAGED,
                "the parties' addresses in " + file + " cannot be read; write a line for each as in the parties' own "
                        + PartyConfiguration.FILE + ", like data = 10.0.3.4:7001, or " + Home.FROM_COPY);
    }
}
