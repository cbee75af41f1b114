package trimaran.data;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import trimaran.keeper.Cosigner;
import trimaran.keeper.Keeper;
import trimaran.kernel.Bytes;
import trimaran.kernel.MalformedException;
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
 * cosignatures, lets the witness sign last over at least two tiers, and publishes. One message to each at a time; what came
 * meanwhile goes with the next.
 */
final class Rounds {

    /** After a refusal or silence the next attempt waits. */
    static final long RETRY_MILLIS = 300;

    /** Checkpoints on their way to a quorum at once; older ones are overtaken. */
    static final int NOTES_MAX = 16;

    private final Keeper keeper;
    private final Map<Party, Long> reached = new EnumMap<>(Party.class);
    private final Map<Party, Boolean> busy = new EnumMap<>(Party.class);
    private final TreeMap<Long, Note> notes = new TreeMap<>();
    private final Map<Long, Set<Party>> signers = new TreeMap<>();
    private long witnessed;
    private boolean witnessBusy;
    private long published;

    Rounds(Keeper keeper) {
        this.keeper = keeper;
    }

    void start() {
        published = keeper.cosigner().noteSize();
        grown();
    }

    /** This copy grew: whoever is free is sent the news. */
    void grown() {
        replicate(Party.ACCESS);
        replicate(Party.APPLICATION);
    }

    private void replicate(Party party) {
        long size = keeper.copy().size();
        // Of a tier that was away it is not known how far it is: an empty message makes it say so.
        boolean known = reached.containsKey(party);
        long from = reached.getOrDefault(party, size);
        boolean nothingNew = known && from >= size && published >= size;
        if (busy.getOrDefault(party, false) || nothingNew) {
            return;
        }
        busy.put(party, true);
        List<SealedEntry> entries = new ArrayList<>();
        long end = pack(from, size, entries);
        Bytes note = end == size ? note(size).encode() : Bytes.EMPTY;
        keeper.peers().ask(party, new Request.Replicate(from, entries, note), 60_000, outcome -> {
            busy.put(party, false);
            answered(party, end, outcome);
        });
    }

    /** As many entries as fit a message. Returns the position after the last. */
    private long pack(long from, long size, List<SealedEntry> entries) {
        long[] end = {from};
        int[] bytes = {0};
        if (from < size) {
            keeper.copy().entries(from, stored -> {
                SealedEntry entry = keeper.transit(stored);
                int weight = entry.inlineSize() + 256;
                if (!entries.isEmpty() && bytes[0] + weight > MessageLimits.CONTENT_BYTES_MAX) {
                    return false;
                }
                bytes[0] += weight;
                entries.add(entry);
                end[0] = stored.index() + 1;
                return end[0] < size && entries.size() < MessageLimits.ENTRIES_MAX;
            });
        }
        return end[0];
    }

    private void answered(Party party, long end, Outcome<Response> outcome) {
        switch (outcome) {
            case Outcome.Done<Response>(Response.Cosigned(Bytes lines)) -> {
                reached.put(party, end);
                sign(end, party, lines);
                replicate(party);
            }
            case Outcome.Done<Response>(Response.Behind(long size)) -> {
                reached.put(party, size);
                replicate(party);
            }
            case Outcome.Done<Response>(Response.Done done) -> {
                reached.put(party, end);
                replicate(party);
            }
            default -> {
                // Away, restarting, or disagreeing: ask again how far it is.
                reached.remove(party);
                keeper.setting().loop().after(RETRY_MILLIS, () -> replicate(party));
            }
        }
    }

    /** The checkpoint of this size as the log and as data's cosigner signs it, made once. */
    private Note note(long size) {
        Note known = notes.get(size);
        if (known != null) {
            return known;
        }
        Checkpoint checkpoint = keeper.cosigner().checkpoint();
        long now = keeper.cosigner().nowSeconds();
        NoteSignature log = keeper.setting().keys().log().orElseThrow().sign(checkpoint, now);
        Note note = new Note(checkpoint.text(), List.of(log));
        if (keeper.cosigner().cosign(checkpoint) instanceof Outcome.Done<NoteSignature>(NoteSignature own)) {
            note = note.with(own);
            signers.put(size, java.util.EnumSet.of(Party.DATA));
        }
        notes.put(size, note);
        while (notes.size() > NOTES_MAX) {
            signers.remove(notes.firstKey());
            notes.pollFirstEntry();
        }
        return note;
    }

    private void sign(long size, Party party, Bytes lines) {
        Note note = notes.get(size);
        Set<Party> who = signers.get(size);
        if (note == null || who == null || lines.isEmpty()) {
            return;
        }
        try {
            notes.put(size, Cosigner.with(note, lines));
            who.add(party);
        } catch (MalformedException malformed) {
            return;
        }
        if (who.size() >= 3) {
            publish(size);
        }
        witness();
    }

    /** The witness signs last: the largest checkpoint that two tiers hold. */
    private void witness() {
        Optional<Long> best = notes.descendingKeySet().stream()
                .filter(size ->
                        size > published && signers.getOrDefault(size, Set.of()).size() >= 2)
                .findFirst();
        if (witnessBusy || best.isEmpty() || !keeper.peers().isUp(Party.WITNESS)) {
            return;
        }
        long size = best.get();
        Note note = notes.get(size);
        if (note == null || signers.getOrDefault(size, Set.of()).contains(Party.WITNESS)) {
            return;
        }
        witnessBusy = true;
        long old = Math.min(witnessed, size);
        List<trimaran.kernel.Digest> proof = old == 0 || old == size
                ? List.of()
                : ConsistencyProof.of(keeper.copy(), old, size).path();
        Request request = new Request.AddCheckpoint(old, proof, note.encode());
        keeper.peers().ask(Party.WITNESS, request, outcome -> {
            witnessBusy = false;
            switch (outcome) {
                case Outcome.Done<Response>(Response.Cosigned(Bytes lines)) -> {
                    witnessed = size;
                    sign(size, Party.WITNESS, lines);
                }
                case Outcome.Done<Response>(Response.Behind(long known)) -> {
                    witnessed = known;
                    witness();
                }
                default -> keeper.setting().loop().after(RETRY_MILLIS, this::witness);
            }
        });
    }

    private void publish(long size) {
        Note gathered = notes.get(size);
        if (gathered == null || size <= published) {
            return;
        }
        Bytes note = gathered.encode();
        if (!(keeper.cosigner().standing(note) instanceof Outcome.Done<Quorum.Standing>(var standing))
                || !standing.quorum()) {
            return;
        }
        published = size;
        keeper.published(note);
        for (Party party : new Party[] {Party.ACCESS, Party.APPLICATION}) {
            keeper.peers().ask(party, new Request.Publish(note), answer -> {});
        }
        notes.headMap(size, false).keySet().forEach(signers::remove);
        notes.headMap(size, false).clear();
    }
}
