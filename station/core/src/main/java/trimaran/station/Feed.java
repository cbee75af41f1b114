package trimaran.station;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.ledger.Frontier;
import trimaran.ledger.Merkle;
import trimaran.ledger.TreeHead;
import trimaran.line.message.Push;
import trimaran.line.message.Response;
import trimaran.record.Place;
import trimaran.record.PlacedPart;
import trimaran.record.Quorum;

/**
 * One tier's head feed. Entries it tells of wait until a checkpoint under quorum covers them and the tree they make has
 * its root; only then they are handed on. A feed that does not fit is given up and says why.
 */
final class Feed {

    /** Entries the tier told of, now covered by a quorum. */
    record Covered(long from, List<Push.MovedEntry> entries, Frontier frontier) {}

    private final Party tier;
    private final NoteChecks notes;
    private final ArrayDeque<Push.MovedEntry> waiting = new ArrayDeque<>();
    private Frontier frontier;
    private final Set<Digest> held = new HashSet<>();
    private long freshSeconds;

    /** @throws MalformedException if the tier's frontier is none */
    Feed(Party tier, NoteChecks notes, Response.Following begin) throws MalformedException {
        this.tier = tier;
        this.notes = notes;
        this.frontier = Frontier.ofRanges(begin.size(), begin.frontier());
    }

    Party tier() {
        return tier;
    }

    Frontier frontier() {
        return frontier;
    }

    /** The newest quorum time this tier showed, in seconds since 1970. */
    long freshSeconds() {
        return freshSeconds;
    }

    Set<Digest> held() {
        return held;
    }

    /**
     * Takes in how the tier's held set changed; empty if it claims to hold more than any tier can.
     *
     * @return what may have come or gone with it
     */
    Optional<Set<Digest>> heldSet(Push.HeldSet change) {
        Set<Digest> touched = new HashSet<>(change.more());
        touched.addAll(change.gone());
        if (change.afresh()) {
            touched.addAll(held);
            held.clear();
        }
        change.gone().forEach(held::remove);
        held.addAll(change.more());
        return held.size() > StationLimits.HELD_MAX ? Optional.empty() : Optional.of(touched);
    }

    /** Empty if all is well, else why the feed cannot be believed. */
    Optional<Code> moved(Push.Moved moved) {
        long next = frontier.size() + waiting.size();
        if (moved.from() > next || waiting.size() + moved.entries().size() > StationLimits.UNCOVERED_MAX) {
            return Optional.of(Code.BAD_PROOF);
        }
        // A tier may begin again a little earlier; what is known already is not taken twice.
        long skip = next - moved.from();
        List<Push.MovedEntry> entries = moved.entries();
        for (long i = skip; i < entries.size(); i++) {
            waiting.add(entries.get((int) i));
        }
        return Optional.empty();
    }

    /** What a beat gave: newly covered entries (maybe none), or why the feed cannot be believed. */
    sealed interface Beaten {
        record Good(Covered covered, TreeHead head, long freshSeconds) implements Beaten {}

        /** The note is of a tree this feed has not told all of yet. */
        record Ahead() implements Beaten {}

        record Bad(Code code, long size) implements Beaten {}
    }

    Beaten beat(Bytes note) {
        Quorum.Standing standing;
        try {
            standing = notes.check(note);
        } catch (MalformedException malformed) {
            return new Beaten.Bad(Code.BAD_SIGNATURE, frontier.size());
        }
        TreeHead head = standing.checkpoint().head();
        if (!standing.quorum()) {
            return new Beaten.Bad(Code.BAD_PROOF, head.size());
        }
        if (head.size() < frontier.size()) {
            return new Beaten.Bad(Code.EQUIVOCATION, head.size());
        }
        if (head.size() > frontier.size() + waiting.size()) {
            return new Beaten.Ahead();
        }
        long from = frontier.size();
        boolean likely = true;
        List<Push.MovedEntry> covered = new ArrayList<>();
        List<Digest> leaves = new ArrayList<>();
        for (long i = from; i < head.size(); i++) {
            Push.MovedEntry entry = waiting.remove();
            covered.add(entry);
            likely &= isLikely(entry);
            leaves.add(Merkle.leaf(Bytes.wrap(entry.leaf().unsafeArray())));
        }
        Frontier next = leaves.isEmpty() ? frontier : frontier.append(leaves).frontier();
        if (!next.root().equals(head.root())) {
            return new Beaten.Bad(Code.EQUIVOCATION, head.size());
        }
        if (!likely) {
            return new Beaten.Bad(Code.BAD_PROOF, head.size());
        }
        frontier = next;
        freshSeconds = Math.max(freshSeconds, standing.freshSeconds());
        return new Beaten.Good(new Covered(from, covered, next), head, standing.freshSeconds());
    }

    /** Whether the heads told fit the place, which the root proves: as many as it has parts, each one part further. */
    private static boolean isLikely(Push.MovedEntry entry) {
        try {
            List<PlacedPart> parts = Place.decode(entry.place()).parts();
            boolean likely = entry.heads().size() == parts.size();
            for (int i = 0; likely && i < parts.size(); i++) {
                likely = entry.heads().get(i).parts() == parts.get(i).sequence() + 1;
            }
            return likely;
        } catch (MalformedException malformed) {
            return false;
        }
    }
}
