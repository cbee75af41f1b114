package trimaran.operations;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.WallTime;
import trimaran.line.Address;
import trimaran.process.FileDisk;
import trimaran.process.SystemEntropy;
import trimaran.record.JdkKeys;
import trimaran.record.PartyKeys;
import trimaran.record.PublicKey;
import trimaran.record.Registry;
import trimaran.record.Signer;
import trimaran.record.Statement;
import trimaran.record.Suite;

/** A home as a founding from cards leaves it, with officers whose keys are here and no process anywhere. */
record FoundedOffice(Home home, List<Signer> officers) {

    /** Nobody listens there. */
    private static final int FIRST_PORT = 9;

    static FoundedOffice in(Path folder) throws RefusedException {
        List<Signer> officers =
                Stream.of("un", "deux", "trois").map(one -> badge()).toList();
        FoundedOffice office = new FoundedOffice(new Home(folder), officers);
        Map<Party, PartyKeys> cards = new EnumMap<>(Party.class);
        for (Party party : Party.values()) {
            Bytes any = Bytes.ofText(digest(party.word()).hex().substring(0, 32));
            PublicKey key = new PublicKey(Suite.ML_DSA_44, any);
            cards.put(party, new PartyKeys(party, any, any, key, digest(party.word()), any, 1));
        }
        Map<Role, Address> addresses = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            addresses.put(role, new Address("127.0.0.1", FIRST_PORT));
        }
        Voice nobody = new Voice(new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()), false);
        new Founder((role, arguments) -> List.of(), new SystemEntropy(), now(), nobody)
                .foundFromCards(office.home, "Hôpital d'essai", cards, card("accueil", "bench"), officers, addresses);
        FileDisk.in(office.home.card())
                .replace(
                        String.valueOf(office.home.stationCard().getFileName()),
                        card("accueil", "bench").encode());
        return office;
    }

    static WallTime now() {
        return new WallTime(System.currentTimeMillis());
    }

    static Signer badge() {
        return JdkKeys.generate(Suite.P256, new SecureRandom()).signer();
    }

    static Digest digest(String text) {
        return Digest.sha256(Bytes.ofText(text));
    }

    /** Of a station by its name: the same name, the same line key. */
    static StationCard card(String station, String... clients) {
        Map<String, PublicKey> badges = new java.util.TreeMap<>();
        for (String client : clients) {
            badges.put(client, badge().publicKey());
        }
        return new StationCard(digest("line of " + station), badge().publicKey(), badges);
    }

    Registry registry() throws RefusedException {
        return new Registry(
                (Statement.Founding) Console.founding(home.founding()).statement());
    }

    /** Arguments of a command for this home. */
    String[] command(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--home", home.folder().toString()));
        return all.toArray(String[]::new);
    }
}
