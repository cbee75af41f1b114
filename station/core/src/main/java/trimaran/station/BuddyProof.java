package trimaran.station;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Reader;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.record.Header;
import trimaran.record.Place;
import trimaran.record.Verdict;

/**
 * Whether an entry of another station stands in the tree a quorum signed, at the place data says. Its own station hears that from
 * the feed; whoever begins to look later has to be shown.
 */
final class BuddyProof {

    /** Proven, and it counts for nothing there. */
    static final Code VOID = Code.GONE;

    private final Inside inside;
    private final LeafProofs proofs;

    BuddyProof(Inside inside) {
        this.inside = inside;
        this.proofs = new LeafProofs(inside.watch());
    }

    /** Done if it counts there; refused if no tier could show it now. */
    void prove(Digest entry, Place place, Consumer<Outcome<Boolean>> then) {
        if (place.index() >= inside.watch().size()) {
            then.accept(Outcome.refused(Code.STALE, "no quorum has signed its place yet"));
            return;
        }
        from(inside.tiers().up(), 0, entry, place.index(), then);
    }

    private void from(List<TierLine> lines, int turn, Digest entry, long index, Consumer<Outcome<Boolean>> then) {
        if (turn >= lines.size()) {
            then.accept(Outcome.refused(Code.UNAVAILABLE, "no tier shows its place"));
            return;
        }
        TierLine line = lines.get(turn);
        Consumer<Outcome<Boolean>> judged = outcome -> {
            if (outcome instanceof Outcome.Refused<Boolean>(var refusal) && refusal.code() != VOID) {
                from(lines, turn + 1, entry, index, then);
            } else {
                then.accept(outcome);
            }
        };
        // So few bytes that no tier sends more than the first.
        Request request = new Request.FetchEntries(index, 1);
        line.ask(request, Response.Entries.class, outcome -> {
            Optional<SealedEntry> got = outcome instanceof Outcome.Done<Response.Entries>(Response.Entries some)
                            && some.from() == index
                            && !some.entries().isEmpty()
                    ? Optional.of(some.entries().getFirst())
                    : Optional.empty();
            if (got.isEmpty()) {
                judged.accept(Outcome.refused(Code.UNKNOWN_ENTRY, "this tier shows no entry there"));
                return;
            }
            new BlobFetch(line)
                    .item(
                            got.get().header(),
                            header ->
                                    shown(line, entry, index, header, got.get().place(), judged));
        });
    }

    private void shown(
            TierLine line,
            Digest entry,
            long index,
            Outcome<Bytes> fetched,
            Bytes placeBytes,
            Consumer<Outcome<Boolean>> then) {
        if (!(fetched instanceof Outcome.Done<Bytes>(Bytes bytes))) {
            then.accept(Outcome.refused(Code.UNKNOWN_ENTRY, "this tier shows no header there"));
            return;
        }
        try {
            Header header = Reader.whole(bytes, Header::read);
            if (!header.digest().equals(entry)) {
                then.accept(Outcome.refused(Code.BAD_PROOF, "this tier shows another entry there"));
                return;
            }
            boolean isVoid = Place.decode(placeBytes).verdict() == Verdict.VOID;
            Digest leaf = Place.leaf(header.author().nonce(), bytes, placeBytes);
            proofs.prove(
                    line,
                    index,
                    leaf,
                    outcome -> then.accept(outcome.then(proven -> isVoid
                            ? Outcome.refused(VOID, "its place is void: it counts for nothing")
                            : Outcome.done(true))));
        } catch (MalformedException foreign) {
            then.accept(Outcome.refused(Code.BAD_PROOF, "what this tier shows cannot be read"));
        }
    }
}
