package trimaran.station.fhir;

import java.time.ZoneId;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import trimaran.kernel.Entropy;

/**
 * Where a door stands.
 *
 * @param host the address to listen at
 * @param port the port to listen at; 0 for any free one
 * @param base the address clients know this door by, as {@code https://station.example/fhir}; empty to take what each
 *     request names as its host
 * @param zone of the hospital: a day asked for is a day there
 * @param monotonicNanos the clock of timeouts; its zero means nothing
 * @param entropy for what seals links from page to page
 * @param events hears what an operator should know; called from any thread
 */
public record DoorSetting(
        String host,
        int port,
        String base,
        DoorLimits limits,
        ZoneId zone,
        LongSupplier monotonicNanos,
        Entropy entropy,
        Consumer<DoorEvent> events) {

    public DoorSetting {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("not a port: " + port);
        }
        if (base.endsWith("/")) {
            throw new IllegalArgumentException("the base has no slash at its end");
        }
    }
}
