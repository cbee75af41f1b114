package trimaran.ledger;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import trimaran.kernel.Bytes;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;

/**
 * When a checkpoint counts (C2SP tlog-policy): signed by a listed log under its own origin, and cosigned by a quorum. A
 * cosigner counts once, however many signatures it has on the note.
 *
 * <p>Names in the policy are octets of the file, one character U+0000 to U+00FF each, and mean nothing outside it.
 *
 * @param quorum the name of a cosigner or group, or {@link #NONE}
 */
public record TrustPolicy(List<Log> logs, List<Cosigner> cosigners, List<Group> groups, String quorum) {

    /** The reserved name of the quorum that asks for no cosignature. */
    public static final String NONE = "none";

    /** The specification asks for at least 32 logs, 32 witnesses and 32 groups. */
    public static final int MAX_DEFINITIONS = 64;

    /** Two times 64 lines with an ML-DSA-44 key of 1.8 KB each, and comments. */
    public static final int MAX_BYTES = 512 * 1024;

    /** A log whose checkpoints count; the name of its key is its origin. */
    public record Log(NoteVerifier verifier, Optional<String> url) {}

    /** A cosigner under the name the policy gives it. */
    public record Cosigner(String name, NoteVerifier verifier, Optional<String> url) {}

    /** Cosigns when at least this many of its members do. */
    public record Group(String name, int threshold, List<String> members) {
        public Group {
            members = List.copyOf(members);
        }
    }

    public TrustPolicy {
        logs = List.copyOf(logs);
        cosigners = List.copyOf(cosigners);
        groups = List.copyOf(groups);
    }

    public static TrustPolicy parse(Bytes source, NoteVerifiers verifiers) throws MalformedException {
        return TrustPolicyFile.parse(source, verifiers);
    }

    /**
     * The hospital's policy: the log's own signature, and three of the four parties. Data signs twice, as the log and, under
     * another key, as the one cosigner it is.
     */
    public static TrustPolicy ofParties(VerifierKey log, Map<Party, VerifierKey> cosigners, NoteVerifiers verifiers)
            throws MalformedException {
        StringBuilder text = new StringBuilder("log ").append(log.text()).append('\n');
        StringBuilder members = new StringBuilder();
        for (Party party : Party.values()) {
            VerifierKey key = cosigners.get(party);
            if (key == null) {
                throw new IllegalArgumentException("no cosigner key of " + party.word());
            }
            text.append("witness ")
                    .append(party.word())
                    .append(' ')
                    .append(key.text())
                    .append('\n');
            members.append(' ').append(party.word());
        }
        text.append("group parties 3").append(members).append("\nquorum parties\n");
        return parse(Bytes.ofText(text.toString()), verifiers);
    }

    /** The policy as a file, without comments, thresholds as numbers. */
    public Bytes encode() {
        return TrustPolicyFile.encode(this);
    }

    /**
     * Checks every signature on the note that says to be by a key of this policy.
     *
     * @throws MalformedException if the text is no checkpoint, no listed log of its origin signed it, or a signature by a
     *     listed key does not verify (signed-note: the whole note is rejected then)
     */
    public Verdict evaluate(Note note) throws MalformedException {
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        boolean logged = false;
        for (Log log : logs) {
            if (log.verifier().key().name().equals(checkpoint.origin())) {
                logged |= latest(note, log.verifier()).isPresent();
            }
        }
        if (!logged) {
            throw new MalformedException("checkpoint is not signed by a log of this policy");
        }
        Map<String, Long> cosigned = new LinkedHashMap<>();
        for (Cosigner cosigner : cosigners) {
            OptionalLong latest = latest(note, cosigner.verifier());
            if (latest.isPresent()) {
                cosigned.put(cosigner.name(), latest.getAsLong());
            }
        }
        return new Verdict(checkpoint, cosigned, isQuorum(cosigned.keySet()), freshness(cosigned));
    }

    /** Whether these cosigners together are enough. Names that are not cosigners here do not count. */
    public boolean isQuorum(Set<String> names) {
        Set<String> satisfied = new HashSet<>();
        for (Cosigner cosigner : cosigners) {
            if (names.contains(cosigner.name())) {
                satisfied.add(cosigner.name());
            }
        }
        for (Group group : groups) {
            if (group.members().stream().filter(satisfied::contains).count() >= group.threshold()) {
                satisfied.add(group.name());
            }
        }
        return quorum.equals(NONE) || satisfied.contains(quorum);
    }

    /** The newest time T such that cosignatures of T or later make a quorum by themselves. */
    private OptionalLong freshness(Map<String, Long> cosigned) {
        return cosigned.values().stream()
                .sorted((one, other) -> Long.compare(other, one))
                .filter(isQuorumFrom(cosigned))
                .mapToLong(Long::longValue)
                .findFirst();
    }

    private Predicate<Long> isQuorumFrom(Map<String, Long> cosigned) {
        return time -> {
            Set<String> fresh = new HashSet<>();
            cosigned.forEach((name, at) -> {
                if (at >= time) {
                    fresh.add(name);
                }
            });
            return isQuorum(fresh);
        };
    }

    /** The latest time of this key's signatures on the note, all of which must verify; empty if there is none. */
    private static OptionalLong latest(Note note, NoteVerifier verifier) throws MalformedException {
        OptionalLong latest = OptionalLong.empty();
        for (NoteSignature line : note.by(verifier.key())) {
            if (!verifier.verifies(note.text(), line.signature())) {
                throw new MalformedException("signature by " + verifier.key() + " does not verify");
            }
            long time = verifier.timestampSeconds(line.signature());
            latest = OptionalLong.of(Math.max(latest.orElse(0), time));
        }
        return latest;
    }

    /**
     * What a policy finds on a note that its log signed.
     *
     * @param cosigned by policy name, the latest time each cosigner states, in seconds since 1970; 0 for none
     * @param isQuorum whether they are enough for the checkpoint to count
     * @param freshSeconds the newest time from which on a quorum cosigned; empty without a quorum of cosigners
     */
    public record Verdict(
            Checkpoint checkpoint, Map<String, Long> cosigned, boolean isQuorum, OptionalLong freshSeconds) {
        public Verdict {
            cosigned = Map.copyOf(cosigned);
        }
    }
}
