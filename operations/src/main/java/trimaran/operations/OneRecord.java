package trimaran.operations;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.ledger.ConsistencyProof;
import trimaran.ledger.NoteVerifiers;
import trimaran.ledger.TreeHead;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.Quorum;
import trimaran.record.Registry;

/**
 * Looks whether those who are left hold one record, before a party is made anew from them: from two that do not, a copy would be
 * made of neither, and which of them is wrong nobody could say afterwards (DESIGN §10). What no quorum signed yet may differ: a new data takes
 * in the one and the other.
 */
final class OneRecord {

    /** Asks a party over the operator's line. */
    @FunctionalInterface
    interface Asking {
        Outcome<Response> ask(Party party, Request request);
    }

    /** The size and root a party's latest checkpoint has, if a quorum signed it. */
    @FunctionalInterface
    interface Heads {
        Optional<TreeHead> of(Party party);
    }

    private final Heads heads;
    private final Asking asking;

    OneRecord(Heads heads, Asking asking) {
        this.heads = heads;
        this.asking = asking;
    }

    static OneRecord of(Console console) {
        Asking asking = (party, request) -> console.ask(party, request, Console.SHORT_MILLIS);
        return new OneRecord(party -> signed(console.registry(), asking, party), asking);
    }

    /** Empty if the party has no checkpoint yet, or none a quorum signed: nobody vouches for that. */
    static Optional<TreeHead> signed(Registry registry, Asking asking, Party party) {
        Outcome<Response> highest = asking.ask(party, new Request.Highest());
        if (!(highest instanceof Outcome.Done<Response>(Response.Note(Bytes note))) || note.isEmpty()) {
            return Optional.empty();
        }
        try {
            Quorum quorum = Quorum.of(registry, Quorum.ML_DSA_44_TYPE, NoteVerifiers.ML_DSA_44);
            Quorum.Standing standing = quorum.check(note);
            return standing.quorum() ? Optional.of(standing.checkpoint().head()) : Optional.empty();
        } catch (MalformedException unsigned) {
            return Optional.empty();
        }
    }

    /** Refuses if two that are left contradict one another in what a quorum signed. */
    void require(Party fallen) throws RefusedException {
        Map<Party, TreeHead> signed = new EnumMap<>(Party.class);
        for (Party party : Party.values()) {
            if (party != fallen) {
                heads.of(party).ifPresent(head -> signed.put(party, head));
            }
        }
        Optional<Map.Entry<Party, TreeHead>> furthest = signed.entrySet().stream()
                .max(Comparator.comparingLong(one -> one.getValue().size()));
        if (furthest.isEmpty()) {
            return;
        }
        List<Party> tiers = Party.TIERS.stream().filter(tier -> tier != fallen).toList();
        requireOneTree(tiers, furthest.get().getValue().size());
        for (Map.Entry<Party, TreeHead> one : signed.entrySet()) {
            requireOneChain(one, furthest.get(), tiers);
        }
    }

    /** The way from the first entry to the root names all others: copies in which it is the same are the same. */
    private void requireOneTree(List<Party> tiers, long size) throws RefusedException {
        Map<Party, List<Digest>> paths = new EnumMap<>(Party.class);
        for (Party tier : tiers) {
            // Who does not reach so far lacks entries, which is told elsewhere.
            if (asking.ask(tier, new Request.ProveInclusion(0, size))
                    instanceof Outcome.Done<Response>(Response.Proof(List<Digest> path))) {
                paths.put(tier, path);
            }
        }
        List<Party> shown = new ArrayList<>(paths.keySet());
        if (paths.values().stream().distinct().count() > 1) {
            throw new RefusedException(
                    Code.EQUIVOCATION,
                    words(shown) + " hold different records of the first " + size
                            + " entries, and nothing proves which is the true one: nothing was changed. Have both disks looked at"
                            + " (verify), rebuild the one that is wrong while all others are there, then try again");
        }
    }

    /** What one signed is the beginning of what the other signed, as a tier that has both proves. */
    private void requireOneChain(Map.Entry<Party, TreeHead> one, Map.Entry<Party, TreeHead> furthest, List<Party> tiers)
            throws RefusedException {
        TreeHead head = one.getValue();
        TreeHead far = furthest.getValue();
        boolean disproved = head.size() == far.size() && !head.equals(far);
        if (head.size() < far.size()) {
            List<Boolean> proofs = new ArrayList<>();
            for (Party tier : tiers) {
                if (asking.ask(tier, new Request.ProveConsistency(head.size(), far.size()))
                        instanceof Outcome.Done<Response>(Response.Proof(List<Digest> path))) {
                    proofs.add(new ConsistencyProof(head.size(), far.size(), path).proves(head, far));
                }
            }
            disproved = !proofs.isEmpty() && !proofs.contains(true);
        }
        if (disproved) {
            throw new RefusedException(
                    Code.EQUIVOCATION,
                    words(List.of(one.getKey(), furthest.getKey())) + " show checkpoints of " + head.size() + " and "
                            + far.size()
                            + " entries that do not go together, each under a quorum's signatures: more than one party signed"
                            + " two records, and nothing is made from them. Nothing was changed; keep all disks as they are");
        }
    }

    private static String words(List<Party> parties) {
        return String.join(" and ", parties.stream().map(Party::word).toList());
    }
}
