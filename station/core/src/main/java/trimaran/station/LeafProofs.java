package trimaran.station;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.ledger.Frontier;
import trimaran.ledger.InclusionProof;
import trimaran.ledger.Merkle;
import trimaran.line.message.Request;
import trimaran.line.message.Response;

/**
 * Proofs that a leaf stands in the tree a quorum signed. The cells of one patient mostly end with one entry, so that one proof
 * serves them all; what was proven once stays so.
 */
final class LeafProofs {

    private final HeadWatch watch;
    private final Map<Wanted, List<Consumer<Outcome<Boolean>>>> underWay = new HashMap<>();

    /** Each tier proves by itself: what one could not show says nothing of another. */
    private record Wanted(Party tier, long index, Digest leaf) {}

    LeafProofs(HeadWatch watch) {
        this.watch = watch;
    }

    /** Done if the leaf stands in the tree; refused if this tier could not prove it. */
    void prove(TierLine line, long index, Digest leaf, Consumer<Outcome<Boolean>> then) {
        if (leaf.equals(watch.leaf(index))) {
            then.accept(Outcome.done(true));
            return;
        }
        Wanted wanted = new Wanted(line.tier(), index, leaf);
        List<Consumer<Outcome<Boolean>>> waiting = underWay.get(wanted);
        if (waiting != null) {
            waiting.add(then);
            return;
        }
        underWay.put(wanted, new ArrayList<>(List.of(then)));
        Frontier tree = watch.frontier();
        line.ask(new Request.ProveInclusion(index, tree.size()), Response.Proof.class, answer -> {
            Outcome<Boolean> outcome = answer.then(proof -> judged(wanted, tree, proof));
            underWay.remove(wanted).forEach(each -> each.accept(outcome));
        });
    }

    private Outcome<Boolean> judged(Wanted wanted, Frontier tree, Response.Proof proof) {
        Digest hash = Merkle.leaf(Bytes.wrap(wanted.leaf().unsafeArray()));
        boolean proven = new InclusionProof(wanted.index(), tree.size(), new ArrayList<>(proof.hashes()))
                .proves(hash, tree.root());
        if (!proven) {
            return Outcome.refused(Code.BAD_PROOF, "the last part is not in the log");
        }
        watch.proven(wanted.index(), wanted.leaf());
        return Outcome.done(true);
    }
}
