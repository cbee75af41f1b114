package trimaran.data;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import trimaran.keeper.Keeper;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.ledger.Checkpoint;
import trimaran.ledger.ConsistencyProof;
import trimaran.ledger.Note;
import trimaran.ledger.NoteSignature;
import trimaran.line.message.MessageLimits;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.record.Quorum;

/**
 * Brings a checkpoint to a quorum: sends the two other tiers what they lack with the checkpoint over it, gathers their
 * cosignatures, and publishes. One round at a time while both tiers keep up, so that all sign the same size and what came
 * meanwhile shares the next one's signatures. Three tiers are a quorum; the witness signs last, over at least two of them,
 * when one is late, and otherwise a few times a second.
 */
final class Rounds {

    /** After a refusal or silence the next attempt waits. */
    static final long RETRY_MILLIS = 300;

    /** A round without a quorum after this goes on without who is late, and with the witness. */
    static final long ROUND_MILLIS = 100;

    /** How often the witness is asked while the three tiers suffice. */
    static final long WITNESS_MILLIS = 500;

    /** Checkpoints on their way to a quorum at once; older ones are overtaken. */
    static final int NOTES_MAX = 16;

    private final Keeper keeper;
    private final Map<Party, Long> reached = new EnumMap<>(Party.class);
    private final Set<Party> busy = EnumSet.noneOf(Party.class);
    private final Map<Party, Long> askedNanos = new EnumMap<>(Party.class);
    private final Set<Party> pausing = EnumSet.noneOf(Party.class);
    private final TreeMap<Long, Note> notes = new TreeMap<>();
    private final Map<Long, Set<Party>> signers = new TreeMap<>();
    private long witnessed;
    private long witnessAskedNanos;
    private long published;
    private int publishedSigners;

    /** The size of the round under way, or of the last one. */
    private long target;

    /** Whether the round under way has somebody to wait for too long. */
    private boolean late;

    Rounds(Keeper keeper) {
        this.keeper = keeper;
    }

    void start() {
        published = keeper.cosigner().noteSize();
        witnessAskedNanos = keeper.setting().loop().monotonicNanos();
        begin();
    }

    /** This copy grew: a round begins, or follows the one under way. */
    void grown() {
        if (target <= published || (late && (isFree(Party.ACCESS) || isFree(Party.APPLICATION)))) {
            begin();
        }
    }

    private void begin() {
        long size = keeper.copy().size();
        target = size;
        late = isLate(Party.ACCESS) || isLate(Party.APPLICATION);
        if (size > published) {
            note(size);
        }
        replicate(Party.ACCESS);
        replicate(Party.APPLICATION);
        witness();
        if (!late && size > published) {
            keeper.setting().loop().after(ROUND_MILLIS, () -> overdue(size));
        }
    }

    private boolean isFree(Party party) {
        return keeper.peers().isUp(party) && !busy.contains(party) && !pausing.contains(party);
    }

    private boolean isLate(Party party) {
        long since = keeper.setting().loop().monotonicNanos() - askedNanos.getOrDefault(party, 0L);
        boolean slow = busy.contains(party) && since > ROUND_MILLIS * 1_000_000;
        return slow || pausing.contains(party) || !keeper.peers().isUp(party);
    }

    private void overdue(long size) {
        if (target == size && published < size) {
            late = true;
            witness();
            if (keeper.copy().size() > size) {
                begin();
            }
        }
    }

    /** A tier whose reach is not known is asked to cosign what there is; one that lacks something says how far it is. */
    private void replicate(Party party) {
        long size = target;
        long from = reached.getOrDefault(party, size);
        boolean settled = published >= size || signed(size, party);
        boolean nothingNew = reached.containsKey(party) && from >= size && settled;
        if (nothingNew || pausing.contains(party) || !busy.add(party)) {
            return;
        }
        askedNanos.put(party, keeper.setting().loop().monotonicNanos());
        List<SealedEntry> entries = new ArrayList<>();
        long end = pack(from, size, entries);
        Bytes note = end == size ? note(size).encode() : Bytes.EMPTY;
        keeper.peers().ask(party, new Request.Replicate(from, entries, note), 60_000, outcome -> {
            busy.remove(party);
            answered(party, end, outcome);
            if (late && keeper.copy().size() > target) {
                begin();
            }
        });
    }

    private boolean signed(long size, Party party) {
        return signers.getOrDefault(size, Set.of()).contains(party);
    }

    /** As many entries as fit a message. Returns the position after the last. */
    private long pack(long from, long size, List<SealedEntry> entries) {
        long end = from;
        int bytes = 0;
        while (end < size && entries.size() < MessageLimits.ENTRIES_MAX) {
            // A round is a few entries: read one by one they cost less than a scan does to begin.
            SealedEntry entry = keeper.transit(keeper.copy().entry(end).orElseThrow());
            int weight = entry.inlineSize() + 256;
            if (!entries.isEmpty() && bytes + weight > MessageLimits.CONTENT_BYTES_MAX) {
                break;
            }
            bytes += weight;
            entries.add(entry);
            end++;
        }
        return end;
    }

    private void answered(Party party, long end, Outcome<Response> outcome) {
        switch (outcome) {
            case Outcome.Done<Response>(Response.Cosigned(Bytes lines)) -> {
                reached.put(party, end);
                if (sign(end, party, lines)) {
                    replicate(party);
                } else {
                    pause(party, () -> replicate(party));
                }
            }
            case Outcome.Done<Response>(Response.Behind(long size))
            when size < keeper.copy().size() && size != end -> {
                reached.put(party, size);
                replicate(party);
            }
            case Outcome.Done<Response>(Response.Done done)
            when end > reached.getOrDefault(party, 0L) -> {
                reached.put(party, end);
                replicate(party);
            }
            default -> {
                // Away, restarting, or disagreeing: ask again how far it is.
                reached.remove(party);
                pause(party, () -> replicate(party));
            }
        }
    }

    /** Lets a party be for a while; what comes up meanwhile goes with the next attempt. */
    private void pause(Party party, Runnable again) {
        if (pausing.add(party)) {
            keeper.setting().loop().after(RETRY_MILLIS, () -> {
                pausing.remove(party);
                again.run();
            });
        }
    }

    /** The checkpoint of this size as the log and as data's cosigner signs it, made once. */
    private Note note(long size) {
        Note known = notes.get(size);
        if (known != null) {
            return known;
        }
        Checkpoint checkpoint = keeper.cosigner().checkpoint(size);
        long now = keeper.cosigner().nowSeconds();
        NoteSignature log = keeper.setting().keys().log().orElseThrow().sign(checkpoint, now);
        Note note = new Note(checkpoint.text(), List.of(log));
        if (keeper.cosigner().cosign(checkpoint) instanceof Outcome.Done<NoteSignature>(NoteSignature own)) {
            note = note.with(own);
            signers.put(size, EnumSet.of(Party.DATA));
        }
        notes.put(size, note);
        while (notes.size() > NOTES_MAX) {
            signers.remove(notes.firstKey());
            notes.pollFirstEntry();
        }
        return note;
    }

    /** Takes a cosignature in; false if it is none. One that comes after its note was overtaken is dropped. */
    private boolean sign(long size, Party party, Bytes lines) {
        Note note = notes.get(size);
        Set<Party> who = signers.get(size);
        if (note == null || who == null) {
            return true;
        }
        Optional<Note> more = keeper.cosigner().with(note, party, lines);
        if (more.isEmpty()) {
            return false;
        }
        notes.put(size, more.get());
        who.add(party);
        if (who.size() >= 3) {
            publish(size);
        }
        witness();
        return true;
    }

    /** The witness signs last: the largest checkpoint that two tiers hold, if it is needed or has not been asked lately. */
    private void witness() {
        long now = keeper.setting().loop().monotonicNanos();
        boolean due = now - witnessAskedNanos >= WITNESS_MILLIS * 1_000_000;
        Optional<Long> best = notes.descendingKeySet().stream()
                .filter(size -> late ? size > published : due && size >= published)
                .filter(size -> signers.getOrDefault(size, Set.of()).size() >= 2)
                .findFirst();
        if (best.isEmpty() || busy.contains(Party.WITNESS) || pausing.contains(Party.WITNESS)) {
            return;
        }
        long size = best.get();
        Note note = notes.get(size);
        if (note == null || signed(size, Party.WITNESS)) {
            return;
        }
        busy.add(Party.WITNESS);
        witnessAskedNanos = now;
        long old = Math.min(witnessed, size);
        List<Digest> proof = old == 0 || old == size
                ? List.of()
                : ConsistencyProof.of(keeper.copy(), old, size).path();
        keeper.peers().ask(Party.WITNESS, new Request.AddCheckpoint(old, proof, note.encode()), outcome -> {
            busy.remove(Party.WITNESS);
            witnessed(size, old, outcome);
        });
    }

    private void witnessed(long size, long old, Outcome<Response> outcome) {
        switch (outcome) {
            case Outcome.Done<Response>(Response.Cosigned(Bytes lines)) -> {
                witnessed = size;
                if (!sign(size, Party.WITNESS, lines)) {
                    pause(Party.WITNESS, this::witness);
                }
            }
            case Outcome.Done<Response>(Response.Behind(long known))
            when known != old && known <= size -> {
                witnessed = known;
                witness();
            }
            default -> pause(Party.WITNESS, this::witness);
        }
    }

    private void publish(long size) {
        Note gathered = notes.get(size);
        int cosigners = signers.getOrDefault(size, Set.of()).size();
        boolean news = size > published || (size == published && cosigners > publishedSigners);
        if (gathered == null || !news) {
            return;
        }
        Bytes note = gathered.encode();
        if (!(keeper.cosigner().standing(note) instanceof Outcome.Done<Quorum.Standing>(var standing))
                || !standing.quorum()) {
            return;
        }
        published = size;
        publishedSigners = cosigners;
        keeper.published(note);
        for (Party party : new Party[] {Party.ACCESS, Party.APPLICATION}) {
            keeper.peers().ask(party, new Request.Publish(note), answer -> {});
        }
        notes.headMap(size, false).keySet().forEach(signers::remove);
        notes.headMap(size, false).clear();
        if (keeper.copy().size() > target) {
            begin();
        }
    }
}
