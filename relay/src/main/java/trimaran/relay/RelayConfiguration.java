package trimaran.relay;

import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.line.Address;
import trimaran.line.RelayPreamble;

/**
 * What a relay has to be told: {@code listen=host:port} and for each tier {@code destination.<name>=host:port}. A key it
 * does not know refuses the start.
 */
public record RelayConfiguration(Address listen, Map<String, Address> destinations) {

    private static final String LISTEN = "listen";
    private static final String DESTINATION = "destination.";

    public RelayConfiguration {
        destinations = Map.copyOf(destinations);
    }

    public static Outcome<RelayConfiguration> of(Properties properties) {
        Map<String, Address> addresses = new TreeMap<>();
        for (String key : new TreeSet<>(properties.stringPropertyNames())) {
            String name = key.startsWith(DESTINATION) ? key.substring(DESTINATION.length()) : "";
            if (!key.equals(LISTEN) && !RelayPreamble.isDestination(name)) {
                return Outcome.refused(Code.USAGE, "unknown key in the relay's configuration: " + key);
            }
            switch (Address.parse(
                    Objects.requireNonNull(properties.getProperty(key)).strip())) {
                case Outcome.Done<Address>(Address address) -> addresses.put(key, address);
                case Outcome.Refused<Address>(Refusal refusal) -> {
                    return Outcome.refused(Refusal.at(Code.USAGE, key, refusal.sentence()));
                }
            }
        }
        Address listen = addresses.remove(LISTEN);
        if (listen == null || addresses.isEmpty()) {
            return Outcome.refused(Code.USAGE, "a relay needs listen=host:port and at least one destination");
        }
        Map<String, Address> destinations = new TreeMap<>();
        addresses.forEach((key, address) -> destinations.put(key.substring(DESTINATION.length()), address));
        return Outcome.done(new RelayConfiguration(listen, destinations));
    }
}
