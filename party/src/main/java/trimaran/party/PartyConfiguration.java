package trimaran.party;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.line.Address;
import trimaran.line.Route;
import trimaran.line.message.Ground;
import trimaran.line.message.Ground.Trait;
import trimaran.process.Configuration;

/**
 * The {@code party.conf} of a tier or the witness: where it listens, and where the others are.
 *
 * @param routes to the other parties
 * @param ground which host carries its machine, on which storage its disk lies, who administers it and where its backups go, as far as
 *     somebody wrote it down
 */
public record PartyConfiguration(Address listen, Map<Party, Route> routes, Map<Trait, String> ground) {

    public static final String FILE = "party.conf";

    public static Outcome<PartyConfiguration> read(Path folder, Party self) {
        return Configuration.read(folder.resolve(FILE), conf -> {
            Address listen = address(conf, "listen");
            Map<Party, Route> routes = new EnumMap<>(Party.class);
            for (Party party : Party.values()) {
                Address address = address(conf, party.word());
                if (party != self) {
                    routes.put(party, new Route.Direct(address));
                }
            }
            Map<Trait, String> ground = new EnumMap<>(Trait.class);
            for (Trait trait : Ground.WRITTEN_DOWN) {
                if (conf.has(trait.key())) {
                    ground.put(trait, conf.text(trait.key()));
                }
            }
            return new PartyConfiguration(listen, routes, ground);
        });
    }

    private static Address address(Configuration conf, String key) {
        InetSocketAddress address = conf.addresses(key).getFirst();
        return new Address(address.getHostString(), address.getPort());
    }
}
