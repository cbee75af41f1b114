package trimaran.station.hl7;

import java.time.ZoneId;
import java.util.function.Consumer;
import java.util.function.Supplier;
import trimaran.kernel.WallTime;

/**
 * How messages are dealt with.
 *
 * @param zone in which senders tell times without a zone: the hospital's
 * @param demo whether the hospital is invented, which decides on national identifiers
 * @param now for the time of an acknowledgement
 */
public record ReceptionSetting(
        Hl7Limits limits, ZoneId zone, boolean demo, Supplier<WallTime> now, Consumer<Hl7Event> events) {}
