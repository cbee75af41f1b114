package trimaran.line;

import trimaran.kernel.Code;
import trimaran.kernel.Outcome;

/** A host and a TCP port. Where a party is said to be, never who it is. */
public record Address(String host, int port) {

    public Address {
        if (host.isEmpty() || port < 0 || port > 0xffff) {
            throw new IllegalArgumentException("not an address: " + host + ":" + port);
        }
    }

    /** Reads {@code host:port}; an IPv6 host stands in brackets. */
    public static Outcome<Address> parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        String port = text.substring(colon + 1);
        if (host.isEmpty() || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 0xffff) {
            return Outcome.refused(Code.BAD_VALUE, "an address is written host:port");
        }
        return Outcome.done(new Address(host, Integer.parseInt(port)));
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
