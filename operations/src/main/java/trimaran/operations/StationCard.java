package trimaran.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Entropy;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.Writer;
import trimaran.process.FileDisk;
import trimaran.record.PublicKey;

/**
 * What a station's machine brings to the founding, or to officers later: the key it speaks TLS with, the badge it opens its own
 * session with, and those of the clients of its FHIR door. Public; officers compare it before they sign, as they do the parties' cards.
 *
 * <p>Layout: version 1 (u8), digest of the line key, badge, list of (text client, badge). Version 2 has the hospital's digest before
 * all that: of a station whose machine knew it when it made its keys. Nobody signs it, so it guards against slips alone.
 *
 * @param hospital whose station it is; empty if that was founded later
 * @param clients badges by the client's name
 */
record StationCard(Optional<Digest> hospital, Digest line, PublicKey badge, Map<String, PublicKey> clients) {

    static final String FILE = "enrolment.card";

    /** Clients one card may bring; more are enrolled at a desk. */
    static final int CLIENTS_MAX = 64;

    /** How a client may be called: a folder's name. */
    private static final String CLIENT = "[a-z][a-z0-9-]{0,31}";

    private static final int CLIENT_BYTES_MAX = 32;
    private static final int VERSION = 1;
    private static final int VERSION_WITH_HOSPITAL = 2;
    private static final int BYTES_MAX = 64 << 10;

    StationCard {
        clients = Map.copyOf(clients);
    }

    /** Of a station whose hospital is still to be founded. */
    StationCard(Digest line, PublicKey badge, Map<String, PublicKey> clients) {
        this(Optional.empty(), line, badge, clients);
    }

    static boolean isClient(String name) {
        return name.matches(CLIENT);
    }

    /** Makes the badges of a station whose keys are made, and writes the card into its folder. */
    static StationCard make(Path folder, List<String> clients, Entropy entropy) throws IOException, RefusedException {
        return make(Optional.empty(), folder, clients, entropy);
    }

    /** The same of a station of this hospital. */
    static StationCard make(Optional<Digest> hospital, Path folder, List<String> clients, Entropy entropy)
            throws IOException, RefusedException {
        Path secret = folder.resolve(Badges.MACHINE_SECRET);
        PublicKey badge = Badges.createService(folder.resolve("badge.key"), secret, entropy)
                .publicKey();
        Map<String, PublicKey> badges = new TreeMap<>();
        for (String client : clients) {
            Path own = Home.ownFolder(folder.resolve(Home.CLIENTS).resolve(client));
            badges.put(
                    client,
                    Badges.createService(own.resolve("badge.key"), secret, entropy)
                            .publicKey());
        }
        StationCard card = new StationCard(hospital, Cards.station(folder.resolve(Cards.FILE)), badge, badges);
        FileDisk.in(folder).replace(FILE, card.encode());
        return card;
    }

    /** The names of its clients, in order. */
    List<String> sortedClients() {
        return clients.keySet().stream().sorted().toList();
    }

    Bytes encode() {
        Writer writer = new Writer().u8(hospital.isPresent() ? VERSION_WITH_HOSPITAL : VERSION);
        hospital.ifPresent(writer::digest);
        writer.digest(line);
        badge.write(writer);
        return writer.list(new TreeMap<>(clients).entrySet().stream().toList(), (w, client) -> {
                    w.text(client.getKey());
                    client.getValue().write(w);
                })
                .toBytes();
    }

    /** @throws RefusedException if it says that it is of another hospital */
    void requireOf(Digest origin, Path file) throws RefusedException {
        if (hospital.isPresent() && !hospital.get().equals(origin)) {
            throw new RefusedException(
                    Code.WRONG_ORIGIN,
                    "the station's card " + file + " is of another hospital (" + hospital.get() + ", this one is "
                            + origin + "); bring the card that was made with this one's founding");
        }
    }

    static StationCard read(Path file) throws RefusedException {
        try (var in = Files.newInputStream(file)) {
            return Reader.whole(Bytes.wrap(in.readNBytes(BYTES_MAX)), StationCard::read);
        } catch (IOException | MalformedException damaged) {
            throw new RefusedException(
                    Code.KEY_FILE,
                    "the station's card " + file + " is missing or damaged; carry " + FILE
                            + " of that station's folder here again");
        }
    }

    private static StationCard read(Reader reader) throws MalformedException {
        int version = reader.u8();
        if (version != VERSION && version != VERSION_WITH_HOSPITAL) {
            throw new MalformedException("not a station's card of this version");
        }
        Optional<Digest> hospital = version == VERSION_WITH_HOSPITAL ? Optional.of(reader.digest()) : Optional.empty();
        Digest line = reader.digest();
        PublicKey badge = PublicKey.read(reader);
        Map<String, PublicKey> clients = new TreeMap<>();
        for (Client client : reader.list(CLIENTS_MAX, Client::read)) {
            clients.put(client.name(), client.badge());
        }
        return new StationCard(hospital, line, badge, clients);
    }

    private record Client(String name, PublicKey badge) {
        static Client read(Reader reader) throws MalformedException {
            String name = reader.text(CLIENT_BYTES_MAX);
            if (!isClient(name)) {
                throw new MalformedException("not a client's name");
            }
            return new Client(name, PublicKey.read(reader));
        }
    }
}
