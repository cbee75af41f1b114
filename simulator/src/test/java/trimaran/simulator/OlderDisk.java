package trimaran.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import trimaran.keeper.conformance.MemoryStore;
import trimaran.kernel.Party;
import trimaran.kernel.SecretBytes;
import trimaran.shares.GenerationKey;
import trimaran.shares.SealingKeyPair;
import trimaran.shares.ShareGeneration;
import trimaran.shares.ShareKeys;

/**
 * Somebody takes snapshots of a fallen tier's machine and puts one of them back later, any of them and more than once: its disk, and half
 * the time its keys as well. What it said in between it knows nothing of, and the others do (DESIGN §2, rollback).
 */
final class OlderDisk {

    private static final int NANOS_PER_MILLISECOND = 1_000_000;

    /** One snapshot in so many operations. */
    private static final int TAKES_EACH = 12;

    /** Put back once in so many. */
    private static final int PUTS_BACK_EACH = 40;

    /** Each copy of a disk is kept for a whole run. */
    private static final int TAKEN_MAX = 12;

    private static final int OFF_MILLIS_MAX = 3_000;

    private final Hospital hospital;
    private final Party fallen;
    private final SplittableRandom random;
    private final List<Snapshot> taken = new ArrayList<>();
    private int count;

    /** What a machine had at one moment. */
    record Snapshot(MemoryStore disk, ShareKeys shares) {}

    OlderDisk(Hospital hospital, Party fallen, SplittableRandom random) {
        this.hospital = hospital;
        this.fallen = fallen;
        this.random = random;
    }

    int count() {
        return count;
    }

    /** Before each operation. */
    void next() {
        boolean takes = random.nextInt(TAKES_EACH) == 0;
        boolean puts = random.nextInt(PUTS_BACK_EACH) == 0;
        if (!hospital.isUp(fallen) || hospital.tier(fallen).seat().given().isPresent()) {
            return;
        }
        if (puts && !taken.isEmpty()) {
            putBack(taken.get(random.nextInt(taken.size())));
        } else if (takes && taken.size() < TAKEN_MAX) {
            Tier tier = hospital.tier(fallen);
            taken.add(new Snapshot(
                    tier.disk().snapshotDurable(), copyOf(tier.seat().keys().shares())));
        }
    }

    private void putBack(Snapshot snapshot) {
        count++;
        hospital.loops().note("set back");
        Tier tier = hospital.tier(fallen);
        tier.crash();
        tier.disk(snapshot.disk().snapshotDurable());
        if (random.nextBoolean()) {
            tier.shares(copyOf(snapshot.shares()));
        }
        hospital.loops().after((long) random.nextInt(OFF_MILLIS_MAX) * NANOS_PER_MILLISECOND, () -> {
            // Another may be in its place by then.
            if (hospital.tier(fallen) == tier) {
                hospital.restart(fallen);
            }
        });
    }

    /** With secrets of its own, since a tier wipes those of a generation that is over. */
    private ShareKeys copyOf(ShareKeys keys) {
        List<ShareGeneration> generations = keys.numbers().stream()
                .map(number -> keys.generation(number).orElseThrow())
                .map(one -> new ShareGeneration(
                        new GenerationKey(
                                fallen,
                                one.number(),
                                SecretBytes.taking(one.file().secret().expose().clone())),
                        one.sealing()))
                .toList();
        NavigableMap<Long, SealingKeyPair> late = new TreeMap<>();
        keys.lateNumbers()
                .forEach(number -> late.put(number, keys.sealing(number).orElseThrow()));
        return new ShareKeys(fallen, hospital.loops().entropy(), ShareKeys.NOWHERE, generations, late);
    }
}
