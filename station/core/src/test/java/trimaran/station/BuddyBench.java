package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.ResourceId;
import trimaran.kernel.SecretBytes;
import trimaran.ledger.NoteVerifiers;
import trimaran.line.Address;
import trimaran.line.Network;
import trimaran.line.PeerId;
import trimaran.line.Route;
import trimaran.line.simulated.SimulatedNetwork;
import trimaran.line.simulated.VirtualLoop;
import trimaran.record.SignedStatement;
import trimaran.record.Signer;
import trimaran.record.Statement;

/** Two stations of one hospital: {@code station} writes, {@code etage} is its buddy. */
class BuddyBench extends StationBench {

    static final PeerId WARD = SimulatedNetwork.peer("station");
    static final PeerId BUDDY = SimulatedNetwork.peer("etage");
    static final Set<PeerId> TIERS =
            Party.TIERS.stream().map(tier -> SimulatedNetwork.peer(tier.word())).collect(Collectors.toSet());

    final MemoryDisk buddyDisk = new MemoryDisk();
    final List<StationEvent> buddyEvents = new ArrayList<>();
    Address door = new Address("etage", 0);
    Station buddy;
    BuddyKeeping keeping;
    BuddySending sending;
    private int lives;

    BuddyBench() {
        Signer badge = hospital.standIns.signer("badge of the buddy");
        hospital.grant(badge, Statement.BadgeKind.STATION, List.of());
        enrol("etage", BUDDY);
        begin("station");
        sending = send("etage");
    }

    void enrol(String name, PeerId peer) {
        hospital.record(SignedStatement.signed(
                hospital.origin,
                new Statement.StationEnrolment(name, peer.keyDigest(), CellId.NONE, hospital.now()),
                officers()));
    }

    List<Signer> officers() {
        return List.of(hospital.standIns.signer("officer 1"), hospital.standIns.signer("officer 2"));
    }

    /** The buddy begins, or begins again on its disk. */
    final void begin(String ward) {
        String life = "etage " + lives++;
        VirtualLoop loop = hospital.loops.loop(life, 0);
        BuddyPins pins = new BuddyPins();
        Network network = hospital.network.join(loop, BUDDY, peer -> TIERS.contains(peer) || pins.allows(peer));
        Map<Party, List<Route>> routes = new HashMap<>();
        hospital.addresses.forEach((party, address) -> routes.put(party, List.of(new Route.Direct(address))));
        int[] number = {0};
        buddy = new Station(new StationSetting(
                loop,
                network,
                hospital.loops.entropy(),
                buddyDisk,
                loop::run,
                () -> hospital.standIns.signer(life + " session " + number[0]++),
                hospital.standIns,
                NoteVerifiers.of(hospital.standIns),
                hospital.standIns.type(),
                hospital.founding,
                BUDDY.keyDigest(),
                hospital.standIns.signer("badge of the buddy"),
                SecretBytes.taking(
                        Digest.sha256(Bytes.ofText("outbox key of the buddy")).toArray()),
                routes,
                64 << 20,
                buddyEvents::add));
        keeping = new BuddyKeeping(buddy, ward, network, pins);
        if (keeping.listen(door) instanceof Outcome.Done<Address>(Address at)) {
            door = at;
        }
        loop.run(buddy::start);
        loop.run(keeping::start);
    }

    /** The writing station's half begins, or begins again. */
    final BuddySending send(String name) {
        BuddySending half = new BuddySending(station, name, List.of(new Route.Direct(door)));
        station.setting().loop().run(half::start);
        return half;
    }

    void until(BooleanSupplier so) {
        assertThat(hospital.loops.runUntil(so, 2 * BuddyLimits.SILENT_MILLIS))
                .as(() -> "by the buddy " + keeping.state() + " " + buddyEvents + "; by the ward " + sending.state())
                .isTrue();
    }

    /** A patient is open, and then nobody is reached. */
    OwnSession alone() {
        OwnSession session = ready();
        patient = create(session, PATIENT);
        create(session, observation(patient));
        until(() -> sending.state().reached() && station.state().waiting() == 0);
        Party.TIERS.forEach(hospital::down);
        hospital.loops.runMillis(1_000);
        return session;
    }

    ResourceId patient = new ResourceId(CellId.NONE, 0);

    /** Written without anybody, and told so. */
    void write(OwnSession session, int times) {
        for (int i = 0; i < times; i++) {
            List<WriteResult> results = new ArrayList<>();
            station.write(session, creation(observation(patient)), results::add);
            until(() -> !results.isEmpty());
            assertThat(results.getFirst()).isInstanceOf(WriteResult.Waiting.class);
        }
    }

    void allAtTheBuddy(int entries) {
        until(() -> sending.state().kept() == entries && sending.state().waiting() == entries);
        until(() -> keeping.state().entries() == entries);
    }

    /** How many entries with content there are in the record. */
    long recorded() {
        return hospital.record.entries.stream()
                .filter(entry -> !entry.header().author().parts().isEmpty())
                .count();
    }

    /** How many different ones: an entry that was placed twice would be one. */
    long recordedOnce() {
        return hospital.record.entries.stream()
                .filter(entry -> !entry.header().author().parts().isEmpty())
                .map(entry -> entry.header().digest())
                .distinct()
                .count();
    }

    boolean buddyHeard(Class<? extends StationEvent> event) {
        return buddyEvents.stream().anyMatch(event::isInstance);
    }

    void crashWard() {
        hospital.network.crash(WARD);
    }

    void tiersBack() {
        Party.TIERS.forEach(hospital::up);
    }
}
