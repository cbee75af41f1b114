package trimaran.simulator;

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
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> crash(Party.values()[random.nextInt(4)], 1 + random.nextInt(5));
            case 3 -> crash(Party.DATA, 5 + random.nextInt(10));
            case 4 -> {
                // The power goes everywhere.
                for (Party party : Party.values()) {
                    crash(party, 1 + random.nextInt(3));
                }
            }
            case 5, 6 -> partition();
            case 7 -> hospital.wallOffset(Party.values()[random.nextInt(4)], random.nextInt(-9_000, 9_000));
            case 8 -> hospital.network().weather(random.nextBoolean() ? Weather.FAIR : mild());
            case 9 -> hospital.tier(Party.TIERS.get(random.nextInt(3))).disk().failNextWrite(random.nextBoolean());
            default -> crashStation();
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
        List<PeerId> all = java.util.stream.Stream.concat(
                        java.util.Arrays.stream(Party.values()).map(Founded::line),
                        hospital.stations().stream().map(Station::self))
                .toList();
        Set<PeerId> left = all.stream().filter(peer -> random.nextInt(3) == 0).collect(Collectors.toSet());
        Set<PeerId> right = all.stream().filter(peer -> !left.contains(peer)).collect(Collectors.toSet());
        hospital.network().partition(left, right);
        hospital.loops()
                .after(
                        (1 + random.nextInt(8)) * SECOND_NANOS,
                        () -> hospital.network().heal());
    }

    private void crashStation() {
        Station station =
                hospital.stations().get(random.nextInt(hospital.stations().size()));
        station.crash();
        hospital.loops().after((1 + random.nextInt(3)) * SECOND_NANOS, station::start);
    }
}
