package trimaran.station.main;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.line.Address;
import trimaran.line.LineLimits;
import trimaran.process.Configuration;

/**
 * What a station's {@code party.conf} says of buddies.
 *
 * @param away {@code buddy}, the name under which the station is enrolled that keeps what waits here, and {@code buddy.address}, its
 *     door or several ways to it; empty for none
 * @param ward {@code buddy.for}, the name of the station this one is the buddy of, and {@code buddy.listen}, the door at which that one
 *     comes in; empty for none, and then there is no door
 */
record BuddyConfiguration(Optional<Away> away, Optional<Ward> ward) {

    record Away(String name, List<Address> addresses) {
        Away {
            addresses = List.copyOf(addresses);
        }
    }

    record Ward(String name, Address listen) {}

    /** It names a folder, too. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    static Outcome<BuddyConfiguration> of(Configuration conf, Function<InetSocketAddress, Address> address) {
        Optional<Away> away = Optional.empty();
        if (conf.has("buddy") || conf.has("buddy.address")) {
            List<Address> addresses =
                    conf.addresses("buddy.address").stream().map(address).toList();
            if (addresses.size() > LineLimits.ROUTES_MAX) {
                return Outcome.refused(Code.USAGE, "buddy.address names more than " + LineLimits.ROUTES_MAX + " ways");
            }
            away = Optional.of(new Away(conf.text("buddy"), addresses));
        }
        Optional<Ward> ward = Optional.empty();
        if (conf.has("buddy.for") || conf.has("buddy.listen")) {
            String name = conf.text("buddy.for");
            if (!NAME.matcher(name).matches()) {
                return Outcome.refused(Code.USAGE, "buddy.for must be letters, digits, - and _");
            }
            ward = Optional.of(
                    new Ward(name, address.apply(conf.addresses("buddy.listen").getFirst())));
        }
        return Outcome.done(new BuddyConfiguration(away, ward));
    }
}
