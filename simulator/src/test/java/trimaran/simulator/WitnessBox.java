package trimaran.simulator;

import java.util.Optional;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.ledger.TreeHead;
import trimaran.line.CallHandler;
import trimaran.line.Calls;
import trimaran.line.Network;
import trimaran.line.simulated.VirtualLoop;
import trimaran.witness.Witness;

/** The witness's process, its disk, its clock. */
final class WitnessBox {

    private final Hospital hospital;
    private final SimulatedDisk disk = new SimulatedDisk();
    private long wallOffsetMillis;
    private Optional<Witness> running = Optional.empty();
    private Optional<VirtualLoop> loop = Optional.empty();
    private Optional<TreeHead> planted = Optional.empty();

    WitnessBox(Hospital hospital) {
        this.hospital = hospital;
    }

    boolean isUp() {
        return running.isPresent();
    }

    Optional<Witness> witness() {
        return running;
    }

    /** The head it holds to, as long as it lives. */
    Optional<TreeHead> head() {
        return planted.or(() -> running.map(Witness::head));
    }

    void wallOffset(long millis) {
        wallOffsetMillis = millis;
        loop.ifPresent(present -> present.wallOffset(millis));
    }

    void start() {
        VirtualLoop fresh = hospital.loops().loop("witness", wallOffsetMillis);
        try {
            Witness witness = new Witness(
                    fresh,
                    hospital.plants().disk(disk),
                    hospital.founded().witness(),
                    hospital.founded().statement(),
                    hospital.suites().notes().type(),
                    hospital.noteVerifiers(),
                    hospital.suites().verifier());
            Network network = hospital.network().join(fresh, Founded.line(Party.WITNESS), witness::maySpeak);
            witness.over(network);
            CallHandler handler = hospital.plants().handler(this, witness);
            if (!network.listen(Tier.address(Party.WITNESS), channel -> Calls.over(fresh, handler))
                    .isDone()) {
                throw new IllegalStateException("the simulated port is taken");
            }
            running = Optional.of(witness);
            loop = Optional.of(fresh);
        } catch (MalformedException broken) {
            throw new IllegalStateException("the witness cannot read its own disk", broken);
        }
    }

    void crash() {
        if (running.isPresent()) {
            running = Optional.empty();
            hospital.network().crash(Founded.line(Party.WITNESS));
            disk.crash();
        }
    }

    /** For a planted witness that signs without its rules: what it signed counts as signed. */
    void signs(TreeHead head) {
        boolean larger = planted.map(known -> known.size() < head.size()).orElse(true);
        planted = larger ? Optional.of(head) : planted;
    }

    /** The last head on disk, for whoever looks from outside. */
    Optional<TreeHead> signed() {
        return disk.read("head").map(bytes -> {
            try {
                return TreeHead.read(new Reader(bytes));
            } catch (MalformedException broken) {
                throw new IllegalStateException("the witness's head cannot be read", broken);
            }
        });
    }
}
