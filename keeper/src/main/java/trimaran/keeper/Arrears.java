package trimaran.keeper;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import trimaran.kernel.Code;
import trimaran.kernel.Loop;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.ledger.Checkpoint;
import trimaran.ledger.ConsistencyProof;
import trimaran.ledger.Note;
import trimaran.ledger.TreeHead;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;

/**
 * What a quorum signed and this tier does not have yet. Normally data sends it; is data silent or gone, this tier fetches it
 * from the other one, or the cells opened meanwhile would have one holder of shares too few. Nothing is taken in that the
 * quorum's root does not cover, so the other tier need not be believed.
 */
final class Arrears {

    /** How often this is looked at; data gets as long to send it first. */
    static final long LOOK_MILLIS = 1000;

    private final Copy copy;
    private final Cosigner cosigner;
    private final Peers peers;
    private final Replica replica;
    private final KeeperSetting setting;
    private final ForkSearch fork;
    private Optional<Loop.Timer> timer = Optional.empty();
    private boolean running;
    private boolean busy;
    private long lastSize = -1;
    private int turn;

    Arrears(KeeperSetting setting, Copy copy, Cosigner cosigner, Peers peers, Replica replica, ForkSearch fork) {
        this.fork = fork;
        this.setting = setting;
        this.copy = copy;
        this.cosigner = cosigner;
        this.peers = peers;
        this.replica = replica;
    }

    /** Who closes this keeper and begins another once a tail has to go. */
    void beginAnew(Runnable who) {
        fork.beginAnew(who);
    }

    void start() {
        running = true;
        arm();
    }

    void stop() {
        running = false;
        timer.ifPresent(Loop.Timer::cancel);
    }

    private void arm() {
        if (running) {
            timer = Optional.of(setting.loop().after(LOOK_MILLIS, () -> {
                look();
                arm();
            }));
        }
    }

    private void look() {
        boolean stuck = copy.size() == lastSize || cosigner.tails().isWary();
        lastSize = copy.size();
        if (cosigner.isOther()) {
            fork.search();
        } else if (stuck) {
            hasten();
        }
    }

    /** Does not wait for data to send it: where nobody sends, since this tier is data, or comes back. */
    void hasten() {
        if (busy || copy.size() >= cosigner.noteSize()) {
            return;
        }
        List<Party> others = Party.TIERS.stream()
                .filter(party -> party != setting.party() && peers.isUp(party))
                .toList();
        if (!others.isEmpty()) {
            fetch(others.get(turn++ % others.size()));
        }
    }

    private void fetch(Party from) {
        Optional<TreeHead> signed = signed();
        long size = copy.size();
        if (signed.isEmpty() || signed.get().size() <= size) {
            return;
        }
        List<SealedEntry> backed = peers.restoring().entries(size, signed.get().size());
        if (!backed.isEmpty()) {
            prove(from, size, backed, signed.get(), true);
            return;
        }
        busy = true;
        Request request = new Request.FetchEntries(size, peers.restoring().bytesAsked(size));
        peers.ask(from, request, outcome -> {
            busy = false;
            if (outcome instanceof Outcome.Done<Response>(Response.Entries entries)
                    && entries.from() == size
                    && !entries.entries().isEmpty()) {
                long end =
                        Math.min(signed.get().size(), size + entries.entries().size());
                prove(from, size, entries.entries().subList(0, (int) (end - size)), signed.get(), false);
            }
        });
    }

    /** A page that ends before the checkpoint comes with the proof that the checkpoint's tree begins with it. */
    private void prove(Party from, long size, List<SealedEntry> page, TreeHead signed, boolean backed) {
        long end = size + page.size();
        if (end == signed.size()) {
            take(from, size, page, signed::equals, backed);
            return;
        }
        busy = true;
        peers.ask(from, new Request.ProveConsistency(end, signed.size()), outcome -> {
            busy = false;
            if (outcome instanceof Outcome.Done<Response>(Response.Proof proof)) {
                ConsistencyProof path = new ConsistencyProof(end, signed.size(), proof.hashes());
                take(from, size, page, head -> path.proves(head, signed), backed);
            }
        });
    }

    private void take(Party from, long size, List<SealedEntry> page, Predicate<TreeHead> stands, boolean backed) {
        busy = true;
        replica.takeIn(from, size, page, Optional.of(stands), outcome -> {
            busy = false;
            if (outcome.isDone()) {
                if (backed) {
                    peers.restoring().backed(page);
                }
                fetch(from);
            } else if (backed) {
                // Whatever is wrong with it: the others have the same, and are asked for it.
                peers.restoring().refused(size, page.size());
                fetch(from);
            } else if (outcome instanceof Outcome.Refused<Response>(Refusal why) && why.code() == Code.BAD_PROOF) {
                // The giver lies, or this copy has a tail no quorum signed.
                cosigner.disputed(size + page.size());
                fork.search();
            }
        });
    }

    private Optional<TreeHead> signed() {
        return cosigner.note().map(note -> {
            try {
                return Checkpoint.parse(Note.parse(note).text()).head();
            } catch (MalformedException broken) {
                throw new UnreadableCopyException("the note this tier keeps cannot be read", broken);
            }
        });
    }
}
