package trimaran.simulator;

import java.util.Optional;
import trimaran.keeper.Keeper;
import trimaran.keeper.conformance.MemoryStore;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Disk;
import trimaran.kernel.Party;
import trimaran.line.CallHandler;
import trimaran.line.simulated.VirtualLoop;
import trimaran.record.Sanction;
import trimaran.record.Verifier;

/**
 * Where a run may put something false between a real party and its world: a lie of one tier, or a planted bug of all of them.
 * Everything here does nothing; the parties themselves know no such thing.
 */
class Plants {

    /** What a run has beside it, so that a bug shows that is a defence left out. */
    Fault beside() {
        return Fault.NONE;
    }

    /** An empty disk for this tier, before its first start. */
    MemoryStore disk(Party party) {
        return new MemoryStore();
    }

    /** The witness's disk as it sees it. */
    Disk disk(Disk disk) {
        return disk;
    }

    /** A ground for an entry that its author did not ask for. */
    Optional<Sanction> ground(Entry entry) {
        return Optional.empty();
    }

    /** The disk as this tier sees it. */
    Store store(Tier tier, MemoryStore disk) {
        return disk;
    }

    Verifier verifier(Verifier verifier) {
        return verifier;
    }

    /** How a data that lies feeds the others, if it does. */
    Optional<FedAlone> feeding() {
        return Optional.empty();
    }

    /** Whether a station puts a key together of the first shares that come, whatever the cell's commitment says. */
    boolean takesAnyShare() {
        return false;
    }

    /** Whether a station takes a cell for whole where the tier it asked first says that it ends. */
    boolean believesOneTier() {
        return false;
    }

    /** What answers the calls that reach this tier. */
    CallHandler handler(Tier tier, Keeper keeper) {
        return keeper;
    }

    /** What answers the calls that reach the witness. */
    CallHandler handler(WitnessBox witness, CallHandler real) {
        return real;
    }

    /** The hospital has just started. */
    void founded(Hospital hospital) {
        // Nothing is planted.
    }

    /** A tier has just started. */
    void started(Tier tier, Keeper keeper, VirtualLoop loop) {
        // Nothing is planted.
    }
}
