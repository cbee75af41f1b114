package trimaran.station.main;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.line.Address;
import trimaran.line.Route;
import trimaran.process.Configuration;
import trimaran.station.WardCopySetting;

/**
 * The {@code party.conf} of a station.
 *
 * @param name the station's name in the registry
 * @param listen where browsers and clients come in
 * @param routes to each tier: the direct line first, then the relays
 * @param hl7 where HL7 v2 senders come in; empty for no such door
 * @param zone in which HL7 v2 senders tell times without a zone
 * @param badges folder of the badges people log in with at a browser: the home's own unless it is named
 * @param officers folder of the badges of officers who may cut at a browser here: the home's own unless it is named; without any
 *     nobody cuts here
 * @param calls file of whom the card of a cut says to call, a line each: the home's {@code cuts/calls.txt} unless it is named
 * @param checks whether prescriptions are compared with allergies and with one another, unless {@code checks no} says otherwise
 * @param copies of which wards sealed copies are kept, and for which badge: {@code copy.badge} is the file of its public half,
 *     {@code copy.wards} their codes or names with commas between, or {@code all}; empty for none
 * @param wardBadges where a ward badge is when it is brought to this station, as {@code copy.reader} names it; in an invented hospital
 *     the home's own folder unless it does, else nowhere
 * @param buddies which station keeps what waits here, and whose this one keeps
 * @param demo whether the patients are invented: then no real national identifier is taken, else no test one
 */
record StationConfiguration(
        String name,
        Address listen,
        Map<Party, List<Route>> routes,
        Optional<Address> hl7,
        ZoneId zone,
        Path badges,
        Path officers,
        Path calls,
        boolean checks,
        Optional<Copies> copies,
        Optional<Path> wardBadges,
        BuddyConfiguration buddies,
        boolean demo) {

    /**
     * What is said of sealed copies.
     *
     * @param badge file of the badge's public half
     * @param wards none for every ward
     */
    record Copies(Path badge, List<String> wards) {
        Copies {
            wards = List.copyOf(wards);
        }
    }

    static final String FILE = "party.conf";

    /** From a station's folder, in a home laid out as {@code up} and {@code join} do. */
    private static final String BADGES = "../../badges";

    private static final String OFFICERS = "../../officers";

    private static final String WARD_BADGES = "../../ward-badges";

    private static final String CALLS = "../../cuts/calls.txt";

    private static final String ZONE = "Europe/Paris";

    static Outcome<StationConfiguration> read(Path folder) {
        return Configuration.read(folder.resolve(FILE), conf -> of(folder, conf))
                .then(read -> read);
    }

    private static Outcome<StationConfiguration> of(Path folder, Configuration conf) {
        String name = conf.text("name");
        Address listen = address(conf.addresses("listen").getFirst());
        List<InetSocketAddress> relays = conf.has("relay") ? conf.addresses("relay") : List.of();
        Map<Party, List<Route>> routes = new EnumMap<>(Party.class);
        for (Party tier : Party.TIERS) {
            List<Route> ways = new ArrayList<>();
            for (InetSocketAddress direct : conf.addresses(tier.word())) {
                ways.add(new Route.Direct(address(direct)));
            }
            for (InetSocketAddress relay : relays) {
                ways.add(new Route.Through(address(relay), tier.word()));
            }
            routes.put(tier, List.copyOf(ways));
        }
        boolean demo = conf.has("demo") && conf.text("demo").equals("yes");
        boolean checks = !conf.has("checks") || !conf.text("checks").equals("no");
        Optional<Address> hl7 =
                conf.has("hl7") ? Optional.of(address(conf.addresses("hl7").getFirst())) : Optional.empty();
        Path badges = path(folder, conf, "badges", BADGES);
        Path officers = path(folder, conf, "officers", OFFICERS);
        Path calls = path(folder, conf, "calls", CALLS);
        Optional<Path> wardBadges = demo || conf.has("copy.reader")
                ? Optional.of(path(folder, conf, "copy.reader", WARD_BADGES))
                : Optional.empty();
        Optional<Copies> copies = copies(conf);
        if (copies.filter(one -> one.wards().isEmpty()).isPresent()
                && !conf.text("copy.wards").equals("all")) {
            return Outcome.refused(Code.USAGE, "copy.wards names no ward; for every ward write all");
        }
        if (copies.filter(one -> one.wards().size() > WardCopySetting.WARDS_MAX).isPresent()) {
            return Outcome.refused(
                    Code.USAGE, "copy.wards names more than " + WardCopySetting.WARDS_MAX + " wards for one station");
        }
        return zone(conf)
                .then(zone -> BuddyConfiguration.of(conf, StationConfiguration::address)
                        .map(buddies -> new StationConfiguration(
                                name,
                                listen,
                                routes,
                                hl7,
                                zone,
                                badges,
                                officers,
                                calls,
                                checks,
                                copies,
                                wardBadges,
                                buddies,
                                demo)));
    }

    private static Path path(Path folder, Configuration conf, String key, String otherwise) {
        return conf.has(key)
                ? conf.path(key)
                : folder.toAbsolutePath().resolve(otherwise).normalize();
    }

    private static Optional<Copies> copies(Configuration conf) {
        if (!conf.has("copy.badge") && !conf.has("copy.wards")) {
            return Optional.empty();
        }
        String wards = conf.text("copy.wards");
        return Optional.of(new Copies(
                conf.path("copy.badge"),
                wards.equals("all")
                        ? List.of()
                        : Stream.of(wards.split(","))
                                .map(String::strip)
                                .filter(name -> !name.isEmpty())
                                .toList()));
    }

    private static Outcome<ZoneId> zone(Configuration conf) {
        String name = conf.has("zone") ? conf.text("zone") : ZONE;
        try {
            return Outcome.done(ZoneId.of(name));
        } catch (DateTimeException unknown) {
            return Outcome.refused(Code.USAGE, "there is no time zone " + name);
        }
    }

    private static Address address(InetSocketAddress address) {
        return new Address(address.getHostString(), address.getPort());
    }
}
