package trimaran.station.web;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import trimaran.kernel.Digest;
import trimaran.kernel.Entropy;
import trimaran.kernel.WallTime;
import trimaran.station.BuddyState;
import trimaran.station.WardCopyState;

/**
 * Where a web door stands.
 *
 * @param hospital what the founding calls it
 * @param station this station's name in the registry
 * @param zone of the hospital: times are shown in it
 * @param demo whether the patients are invented: then pages say so, and badges are offered by name
 * @param checks whether prescriptions are compared with allergies and with one another; off beside an existing system that does
 * @param copies how the sealed copies of this station's wards stand
 * @param buddies how this station stands with its buddy, and with the station it is the buddy of
 * @param clients connected systems of this station by name: their badges
 * @param calls whom the card of a cut says to call, a line each; without any there is room to write
 * @param now the clock people see
 * @param nanos the clock of timeouts; its zero means nothing
 * @param entropy for cookies nobody can guess
 * @param events hears what an operator should know; called from any thread
 */
public record WebSetting(
        String hospital,
        String station,
        ZoneId zone,
        boolean demo,
        boolean checks,
        Supplier<WardCopyState> copies,
        Supplier<BuddyState> buddies,
        Supplier<Map<String, Digest>> clients,
        Supplier<List<String>> calls,
        Supplier<WallTime> now,
        LongSupplier nanos,
        Entropy entropy,
        Consumer<WebEvent> events) {}
