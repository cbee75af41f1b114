package trimaran.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import trimaran.kernel.Party;
import trimaran.line.PeerId;
import trimaran.line.simulated.Weather;

/** What happens to the hospital: crashes and restarts, partitions, weather, clocks, writes that fail halfway. */
final class Weathering {

    private static final long SECOND_NANOS = 1_000_000_000L;

    private final Hospital hospital;
    private final SplittableRandom random;
    private final Invariants invariants;

    Weathering(Hospital hospital, SplittableRandom random, Invariants invariants) {
        this.hospital = hospital;
        this.random = random;
        this.invariants = invariants;
    }

    void next() {
        switch (random.nextInt(13)) {
            case 0, 1, 2 -> crash(Party.values()[random.nextInt(4)], 1 + random.nextInt(5));
            case 3 -> crash(Party.DATA, 5 + random.nextInt(10));
            case 4 -> {
                // The power goes everywhere.
                for (Party party : Party.values()) {
                    crash(party, 1 + random.nextInt(3));
                }
                hospital.wards().forEach(this::crash);
            }
            case 5, 6 -> partition();
            case 7 -> hospital.wallOffset(Party.values()[random.nextInt(4)], random.nextInt(-9_000, 9_000));
            case 8 -> hospital.network().weather(random.nextBoolean() ? Weather.FAIR : mild());
            case 9 -> hospital.tier(Party.TIERS.get(random.nextInt(3))).disk().failNextWrite(random.nextBoolean());
            case 10, 11 -> crashStation();
            default -> trouble(ward());
        }
    }

    /** Lines that break now and then; a hospital does not live under permanent storm. */
    private Weather mild() {
        Weather storm = random.nextInt(4) == 0 ? Weather.ROUGH : new Weather(100, 20_000, 20, 3);
        hospital.loops().after(4 * SECOND_NANOS, () -> hospital.network().weather(Weather.FAIR));
        return storm;
    }

    private void crash(Party party, int seconds) {
        if (hospital.isUp(party)) {
            hospital.crash(party);
            invariants.all();
        }
        hospital.loops().after(seconds * SECOND_NANOS, () -> hospital.restart(party));
    }

    private void partition() {
        List<PeerId> all = new ArrayList<>();
        for (Party party : Party.values()) {
            all.add(hospital.line(party));
        }
        hospital.stations().forEach(station -> all.add(station.self()));
        hospital.wards().forEach(ward -> all.add(ward.self()));
        Set<PeerId> left = all.stream().filter(peer -> random.nextInt(3) == 0).collect(Collectors.toSet());
        Set<PeerId> right = all.stream().filter(peer -> !left.contains(peer)).collect(Collectors.toSet());
        hospital.network().partition(left, right);
        hospital.loops()
                .after(
                        (1 + random.nextInt(8)) * SECOND_NANOS,
                        () -> hospital.network().heal());
    }

    private RealStation ward() {
        return hospital.wards().get(random.nextInt(hospital.wards().size()));
    }

    private <T> T pick(T[] from) {
        return from[random.nextInt(from.length)];
    }

    private void crash(RealStation ward) {
        ward.crash();
        hospital.loops().after((1 + random.nextInt(4)) * SECOND_NANOS, ward::start);
    }

    /** What a real station lives through: rarer than what befalls the others, since people notice each of it. */
    private void trouble(RealStation ward) {
        switch (random.nextInt(5)) {
            case 0, 1 -> crash(ward);
            case 2 -> ward.disk().failNextWrite(pick(SimulatedDisk.Failure.values()));
            case 3 -> ward.wallOffset(random.nextInt(-9_000, 9_000));
            default -> {
                // A file that can be had again from the tiers is damaged while the machine is off.
                ward.crash();
                ward.disk().flipBit(RealStation.REGISTRY_FILE, random);
                hospital.loops().after(SECOND_NANOS, ward::start);
            }
        }
    }

    private void crashStation() {
        Station station =
                hospital.stations().get(random.nextInt(hospital.stations().size()));
        station.crash();
        hospital.loops().after((1 + random.nextInt(3)) * SECOND_NANOS, station::start);
    }
}
