package trimaran.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.ledger.ConsistencyProof;
import trimaran.ledger.InclusionProof;
import trimaran.ledger.TreeHead;
import trimaran.line.message.Request;
import trimaran.line.message.Response;

/** A party is not made anew from two that tell of different things. */
class OneRecordTest {

    private final Map<Party, BranchingTree> trees = new EnumMap<>(Party.class);
    private final Map<Party, TreeHead> signed = new EnumMap<>(Party.class);

    private void has(Party party, BranchingTree tree, long signedTo) {
        trees.put(party, tree);
        signed.put(party, tree.head(signedTo));
    }

    private OneRecord looked() {
        return new OneRecord(party -> Optional.ofNullable(signed.get(party)), this::ask);
    }

    private Outcome<Response> ask(Party party, Request request) {
        BranchingTree tree = trees.get(party);
        List<Digest> path = List.of();
        long reach = 0;
        if (request instanceof Request.ProveInclusion(long index, long size)) {
            reach = size;
            path = tree != null && size <= tree.size()
                    ? InclusionProof.of(tree, index, size).path()
                    : path;
        } else if (request instanceof Request.ProveConsistency(long old, long young)) {
            reach = young;
            path = tree != null && young <= tree.size()
                    ? ConsistencyProof.of(tree, old, young).path()
                    : path;
        }
        return tree == null || reach > tree.size()
                ? Outcome.refused(Code.UNKNOWN_ENTRY, "this tier's tree is smaller than that")
                : Outcome.done(new Response.Proof(path));
    }

    private void refusedFor(Party fallen, String... sentences) {
        assertThatThrownBy(() -> looked().require(fallen))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(Code.EQUIVOCATION))
                .hasMessageContainingAll(sentences);
    }

    @Test
    void copiesOfOneRecordAreGroundToMakeAThirdFrom() throws RefusedException {
        for (int size : IntStream.rangeClosed(1, 20).toArray()) {
            has(Party.ACCESS, new BranchingTree(size + 3, 99), size);
            has(Party.APPLICATION, new BranchingTree(size + 1, 99), Math.max(1, size - 2));
            signed.put(Party.WITNESS, new BranchingTree(size, 99).head(size));
            looked().require(Party.DATA);
        }
    }

    @Test
    void aHospitalWithoutACheckpointContradictsNobody() throws RefusedException {
        looked().require(Party.DATA);
    }

    @Test
    void aCopyOfAnotherRecordIsNone() {
        has(Party.ACCESS, new BranchingTree(9, 99), 9);
        has(Party.APPLICATION, new BranchingTree(9, 4), 3);
        refusedFor(
                Party.DATA,
                "access and application hold different records of the first 9 entries",
                "nothing was changed");
    }

    /** A data that placed one thing here and another there before it fell: the new one takes in both. */
    @Test
    void whatNoQuorumSignedMayDiffer() throws RefusedException {
        has(Party.ACCESS, new BranchingTree(9, 99), 6);
        has(Party.APPLICATION, new BranchingTree(9, 7), 6);
        looked().require(Party.DATA);
    }

    @Test
    void checkpointsThatDoNotGoTogetherAreNoGroundEither() {
        has(Party.ACCESS, new BranchingTree(9, 99), 9);
        has(Party.APPLICATION, new BranchingTree(9, 99), 8);
        signed.put(Party.WITNESS, new BranchingTree(7, 3).head(7));
        refusedFor(Party.DATA, "witness and access show checkpoints of 7 and 9 entries");

        signed.put(Party.WITNESS, new BranchingTree(9, 3).head(9));
        refusedFor(Party.DATA, "that do not go together", "keep all disks as they are");
    }

    @Test
    void whoLacksEntriesIsNotTakenForALiar() throws RefusedException {
        has(Party.ACCESS, new BranchingTree(9, 99), 9);
        has(Party.APPLICATION, new BranchingTree(5, 99), 5);
        looked().require(Party.DATA);
    }
}
