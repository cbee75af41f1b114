package trimaran.record;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.ledger.Checkpoint;
import trimaran.ledger.Note;
import trimaran.ledger.NoteVerifiers;
import trimaran.ledger.TrustPolicy;
import trimaran.ledger.VerifierKey;

/**
 * When a checkpoint of this hospital counts: signed by the log, cosigned by three of the four parties (C2SP tlog-policy).
 * Made from the registry of one epoch; a new epoch needs a new one.
 */
public final class Quorum {

    /** Signature type of the keys in the registry: ML-DSA-44 of C2SP tlog-cosignature. */
    public static final int ML_DSA_44_TYPE = 0x06;

    private final String origin;
    private final TrustPolicy policy;
    private final List<TrustPolicy> former;
    private final Map<Party, VerifierKey> cosigners;

    private Quorum(String origin, TrustPolicy policy, List<TrustPolicy> former, Map<Party, VerifierKey> cosigners) {
        this.origin = origin;
        this.policy = policy;
        this.former = former;
        this.cosigners = cosigners;
    }

    /** The log's name in every checkpoint: the first half of entry 0's hash is plenty, and is bound in every entry whole. */
    public static String originOf(Digest founding) {
        return "trimaran/" + founding.hex().substring(0, 32);
    }

    /** The name under which a party cosigns. */
    public static String cosignerName(Digest founding, Party party) {
        return originOf(founding) + "/" + party.word();
    }

    /**
     * The quorum of the registry's present epoch.
     *
     * @param type signature type of the keys, {@link #ML_DSA_44_TYPE} outside the simulator
     * @throws MalformedException if a key in the registry is none
     */
    public static Quorum of(Registry registry, int type, NoteVerifiers verifiers) throws MalformedException {
        return of(registry.origin(), registry::party, registry.formerLogs(), type, verifiers);
    }

    /**
     * The quorum of these keys, for a party that knows a membership before the log does.
     *
     * @param formerLogs log keys of data that was replaced since: a checkpoint one of them signed counts only under a quorum of
     *     today's cosigners, so that the hearts of the survivors beat on until the new data has a checkpoint of its own
     * @throws MalformedException if a key is none
     */
    public static Quorum of(
            Digest founding,
            Function<Party, PartyKeys> keys,
            Collection<Bytes> formerLogs,
            int type,
            NoteVerifiers verifiers)
            throws MalformedException {
        String origin = originOf(founding);
        Map<Party, VerifierKey> cosigners = new EnumMap<>(Party.class);
        for (Party party : Party.values()) {
            Bytes key = keys.apply(party).cosigner();
            cosigners.put(party, new VerifierKey(cosignerName(founding, party), type, key));
        }
        VerifierKey log = new VerifierKey(origin, type, keys.apply(Party.DATA).log());
        List<TrustPolicy> former = new ArrayList<>();
        for (Bytes key : formerLogs) {
            if (!key.equals(keys.apply(Party.DATA).log())) {
                former.add(TrustPolicy.ofParties(new VerifierKey(origin, type, key), cosigners, verifiers));
            }
        }
        return new Quorum(origin, TrustPolicy.ofParties(log, cosigners, verifiers), former, cosigners);
    }

    /** What the signatures on a note amount to. */
    public record Standing(Checkpoint checkpoint, Set<Party> cosigners, boolean quorum, long freshSeconds) {}

    /**
     * Checks a note whole.
     *
     * @throws MalformedException if it is no checkpoint of this log, the log did not sign it, or a signature is false
     */
    public Standing check(Bytes bytes) throws MalformedException {
        Note note = Note.parse(bytes);
        try {
            return standing(policy.evaluate(note));
        } catch (MalformedException refused) {
            for (TrustPolicy one : former) {
                Optional<Standing> standing = underFormer(one, note);
                if (standing.isPresent()) {
                    return standing.get();
                }
            }
            throw refused;
        }
    }

    private static Optional<Standing> underFormer(TrustPolicy policy, Note note) {
        try {
            return Optional.of(standing(policy.evaluate(note))).filter(Standing::quorum);
        } catch (MalformedException notThisOne) {
            return Optional.empty();
        }
    }

    private static Standing standing(TrustPolicy.Verdict verdict) {
        Set<Party> parties = EnumSet.noneOf(Party.class);
        verdict.cosigned().keySet().forEach(name -> Party.ofWord(name).ifPresent(parties::add));
        return new Standing(
                verdict.checkpoint(),
                parties,
                verdict.isQuorum(),
                verdict.freshSeconds().orElse(0));
    }

    public String origin() {
        return origin;
    }

    public VerifierKey cosigner(Party party) {
        VerifierKey key = cosigners.get(party);
        if (key == null) {
            throw new IllegalArgumentException("no such party");
        }
        return key;
    }

    /** The policy as a C2SP file, for readers outside this code. */
    public Bytes policyFile() {
        return policy.encode();
    }
}
