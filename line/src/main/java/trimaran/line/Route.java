package trimaran.line;

/** A way to a party. Whatever the way, TLS runs from end to end and the pin decides whether it led to the right one. */
public sealed interface Route {

    record Direct(Address address) implements Route {}

    /**
     * By way of a relay.
     *
     * @param destination the name the relay's own table knows the party by, for instance {@code data}
     */
    record Through(Address relay, String destination) implements Route {
        public Through {
            if (!RelayPreamble.isDestination(destination)) {
                throw new IllegalArgumentException("not a relay destination: " + destination);
            }
        }
    }
}
