package trimaran.party;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.line.Address;
import trimaran.line.Route;
import trimaran.process.Configuration;

/**
 * The {@code party.conf} of a tier or the witness: where it listens, and where the others are.
 *
 * @param routes to the other parties
 */
public record PartyConfiguration(Address listen, Map<Party, Route> routes) {

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
            return new PartyConfiguration(listen, routes);
        });
    }

    private static Address address(Configuration conf, String key) {
        InetSocketAddress address = conf.addresses(key).getFirst();
        return new Address(address.getHostString(), address.getPort());
    }
}
