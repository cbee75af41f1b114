package trimaran.station.main;

import java.util.Optional;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.line.Address;
import trimaran.line.Route;
import trimaran.line.tls.TlsIdentity;
import trimaran.line.tls.TlsNetwork;
import trimaran.process.ThreadLoop;
import trimaran.station.BuddyKeeping;
import trimaran.station.BuddyPins;
import trimaran.station.BuddySending;
import trimaran.station.BuddyState;
import trimaran.station.Station;

/** What a station does for its buddy and has its buddy do, as its configuration says; of one that says nothing, nothing. */
final class Buddies {

    private final ThreadLoop loop;
    private final Optional<BuddySending> sending;
    private final Optional<BuddyKeeping> keeping;
    private final Optional<TlsNetwork> door;

    private Buddies(
            ThreadLoop loop,
            Optional<BuddySending> sending,
            Optional<BuddyKeeping> keeping,
            Optional<TlsNetwork> door) {
        this.loop = loop;
        this.sending = sending;
        this.keeping = keeping;
        this.door = door;
    }

    /** {@code PORT_BUSY} if another has its door. */
    static Outcome<Buddies> begin(BuddyConfiguration conf, Station station, ThreadLoop loop, TlsIdentity line) {
        Optional<BuddySending> sending = conf.away()
                .map(away -> new BuddySending(
                        station,
                        away.name(),
                        away.addresses().stream().<Route>map(Route.Direct::new).toList()));
        if (conf.ward().isEmpty()) {
            sending.ifPresent(one -> loop.run(one::start));
            return Outcome.done(new Buddies(loop, sending, Optional.empty(), Optional.empty()));
        }
        BuddyConfiguration.Ward ward = conf.ward().get();
        BuddyPins pins = new BuddyPins();
        // Apart from the lines to the tiers: whoever comes in here is another station, and nobody else comes in.
        TlsNetwork door = new TlsNetwork(loop, line, pins);
        BuddyKeeping keeping = new BuddyKeeping(station, ward.name(), door, pins);
        if (keeping.listen(ward.listen()) instanceof Outcome.Refused<Address>(Refusal refusal)) {
            door.close();
            return Outcome.refused(refusal);
        }
        sending.ifPresent(one -> loop.run(one::start));
        loop.run(keeping::start);
        return Outcome.done(new Buddies(loop, sending, Optional.of(keeping), Optional.of(door)));
    }

    /** How they stand. From any thread. */
    BuddyState state() {
        return new BuddyState(sending.map(BuddySending::state), keeping.map(BuddyKeeping::state));
    }

    void stop() {
        sending.ifPresent(one -> loop.run(one::stop));
        keeping.ifPresent(one -> loop.run(one::stop));
        door.ifPresent(TlsNetwork::close);
    }
}
