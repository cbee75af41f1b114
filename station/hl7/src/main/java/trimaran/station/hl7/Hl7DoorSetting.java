package trimaran.station.hl7;

import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Where the door stands.
 *
 * @param host the address to listen at; MLLP has no protection of its own, so it is this machine's or a protected net's
 * @param port the port to listen at; 0 for any free one
 * @param monotonicNanos the clock of timeouts; its zero means nothing
 * @param events hears what an operator should know, never what a message says; called from any thread
 */
public record Hl7DoorSetting(
        String host, int port, Hl7Limits limits, LongSupplier monotonicNanos, Consumer<Hl7Event> events) {

    public Hl7DoorSetting {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("not a port: " + port);
        }
    }
}
