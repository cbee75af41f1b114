package trimaran.operations;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.TreeSet;

/** Where a host is: a name and its address are one place. An interface, so that an examination can be tried without a network. */
@FunctionalInterface
interface Hosts {

    /** @return the addresses of a host, by name or address; none if nobody here knows it */
    Set<String> addresses(String host);

    /** As this machine resolves names. */
    static Set<String> resolved(String host) {
        Set<String> addresses = new TreeSet<>();
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                addresses.add(address.getHostAddress());
            }
        } catch (UnknownHostException unknown) {
            // The examination says of whom nothing is known.
        }
        return addresses;
    }
}
