package trimaran.keeper;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store.Change.Put;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Writer;
import trimaran.ledger.Checkpoint;
import trimaran.ledger.Frontier;
import trimaran.ledger.Note;
import trimaran.ledger.NoteSignature;
import trimaran.ledger.NoteVerifier;
import trimaran.ledger.TreeHead;
import trimaran.record.Quorum;

/**
 * Cosigns checkpoints of trees this tier holds whole on disk, and remembers the largest note with a quorum. The root it signs is
 * the root of its own copy, so it can never sign two trees of one size; what it signed last is on disk before the signature
 * leaves (C2SP tlog-witness, persist before answer).
 */
public final class Cosigner {

    private final KeeperSetting setting;
    private final Copy copy;
    private final Membership membership;
    private final Map<Party, NoteVerifier> verifiers = new EnumMap<>(Party.class);
    private Quorum quorum;
    private long quorumEpoch;
    private long cosignedSize;
    private Optional<Bytes> note = Optional.empty();
    private long noteSize;
    private int noteCosigners;
    private TreeHead noteHead = TreeHead.EMPTY;
    private long keptSize;
    private long disputedSize;
    private long freshSeconds;

    public Cosigner(KeeperSetting setting, Copy copy, Membership membership) {
        this.setting = setting;
        this.copy = copy;
        this.membership = membership;
        this.quorum = quorumOf();
        this.cosignedSize = setting.store()
                .get(Space.STATE, Key.COSIGNED)
                .map(bytes -> Copy.own(bytes, trimaran.kernel.Reader::count))
                .orElse(0L);
        setting.store().get(Space.STATE, Key.NOTE).ifPresent(this::learn);
    }

    /** The quorum of the present membership. */
    public Quorum quorum() {
        if (quorumEpoch != membership.epoch()) {
            quorum = quorumOf();
        }
        return quorum;
    }

    /** The largest checkpoint with a quorum, as a note; empty before the first. */
    public Optional<Bytes> note() {
        return note;
    }

    public long noteSize() {
        return noteSize;
    }

    /**
     * How many entries of this very copy a quorum signed. None while this copy lags behind the note, or is another tree than the
     * quorum's: then no place in it counts yet.
     */
    long coveredSize() {
        return noteHead.size() <= copy.size()
                        && Frontier.of(copy, noteHead.size()).head().equals(noteHead)
                ? noteHead.size()
                : 0;
    }

    /** Data signed or placed something up to here that is not what this copy holds. */
    void disputed(long size) {
        disputedSize = Math.max(disputedSize, size);
    }

    /**
     * Why this copy cannot go on as it is, for the operator: nothing here takes an uncovered tail back, so a tier that a fallen
     * data fed another tree than the others is rebuilt. No acknowledged entry hangs on that tail: no quorum signed it.
     */
    List<String> faults() {
        if (noteHead.size() > 0 && noteHead.size() <= copy.size() && coveredSize() == 0) {
            return List.of("this copy is another tree than the one a quorum signed at " + noteHead.size()
                    + ": this tier has to be rebuilt");
        }
        return disputedSize > coveredSize()
                ? List.of("data's record differs from this copy at or before " + disputedSize
                        + ", and no quorum has signed it yet: data or this tier is not what it should be")
                : List.of();
    }

    /** When a quorum last signed it, in seconds since 1970. */
    public long freshSeconds() {
        return freshSeconds;
    }

    /** The checkpoint of this copy at a size it has reached. */
    public Checkpoint checkpoint(long size) {
        return new Checkpoint(quorum().origin(), head(size));
    }

    private TreeHead head(long size) {
        return size == copy.size()
                ? copy.frontier().head()
                : Frontier.of(copy, size).head();
    }

    public long nowSeconds() {
        return Math.max(0, setting.loop().wallTime().millis() / 1000);
    }

    /** This tier's cosignature line on a checkpoint, if this copy has exactly that tree. */
    public Outcome<NoteSignature> cosign(Checkpoint checkpoint) {
        if (checkpoint.size() > copy.size()) {
            return Outcome.refused(Code.NOT_HELD, "this tier does not hold all of this checkpoint yet");
        }
        if (copy.lacks()) {
            return Outcome.refused(Code.NOT_HELD, "this tier lacks blobs of which no erasure in the record speaks");
        }
        if (!checkpoint.origin().equals(quorum().origin())
                || !head(checkpoint.size()).equals(checkpoint.head())) {
            disputed(checkpoint.size());
            return Outcome.refused(Code.EQUIVOCATION, "this checkpoint is of another tree than this tier holds");
        }
        if (checkpoint.size() < cosignedSize && checkpoint.size() < noteSize) {
            return Outcome.refused(Code.STALE, "this tier has cosigned a larger tree");
        }
        if (checkpoint.size() > cosignedSize) {
            cosignedSize = checkpoint.size();
            setting.store().write(List.of(new Put(Space.STATE, Key.COSIGNED, Key.number(cosignedSize))));
        }
        return Outcome.done(setting.keys().cosigner().sign(checkpoint, nowSeconds()));
    }

    /** What a note from elsewhere is worth; refused if the log did not sign it or a signature is false. */
    public Outcome<Quorum.Standing> standing(Bytes bytes) {
        try {
            return Outcome.done(quorum().check(bytes));
        } catch (MalformedException malformed) {
            return Outcome.refused(Code.BAD_SIGNATURE, "this checkpoint does not stand: " + malformed.getMessage());
        }
    }

    /** Takes a quorum note in if it is larger, fresher or signed by more than the one known. Returns whether it was. */
    public boolean learn(Bytes bytes) {
        return switch (standing(bytes)) {
            case Outcome.Refused<Quorum.Standing> refused -> false;
            case Outcome.Done<Quorum.Standing>(Quorum.Standing standing) -> learn(bytes, standing);
        };
    }

    boolean learn(Bytes bytes, Quorum.Standing standing) {
        boolean larger = standing.checkpoint().size() > noteSize || note.isEmpty();
        boolean same = standing.checkpoint().size() == noteSize;
        boolean fresher = same && standing.freshSeconds() > freshSeconds;
        boolean fuller = same
                && standing.freshSeconds() == freshSeconds
                && standing.cosigners().size() > noteCosigners;
        if (!standing.quorum() || !(larger || fresher || fuller)) {
            return false;
        }
        note = Optional.of(bytes);
        noteSize = standing.checkpoint().size();
        noteHead = standing.checkpoint().head();
        freshSeconds = standing.freshSeconds();
        noteCosigners = standing.cosigners().size();
        return true;
    }

    /** Writes a larger note down, without haste: the others know it, too. */
    void keepNote() {
        if (noteSize > keptSize) {
            note.ifPresent(bytes -> setting.store().write(List.of(new Put(Space.STATE, Key.NOTE, bytes))));
            keptSize = noteSize;
        }
    }

    /** Signature lines as they travel: the note's text is known to both. */
    public static Bytes lines(List<NoteSignature> signatures) {
        Writer writer = new Writer(4096);
        signatures.forEach(one -> writer.raw(Bytes.ofText(one.line() + "\n").unsafeArray()));
        return writer.toBytes();
    }

    /**
     * The note with this party's cosignature, which must verify; empty if the lines hold none or a false one. Anything else in
     * them is left out, so that nobody can spoil a note with another's name.
     */
    public Optional<Note> with(Note note, Party party, Bytes lines) {
        quorum();
        NoteVerifier verifier = verifier(party);
        try {
            for (NoteSignature one : Note.parseLines(lines)) {
                boolean own = one.name().equals(verifier.key().name())
                        && one.keyId() == verifier.key().id();
                if (own && verifier.verifies(note.text(), one.signature())) {
                    return Optional.of(note.with(one));
                }
            }
        } catch (MalformedException malformed) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private NoteVerifier verifier(Party party) {
        return verifiers.computeIfAbsent(party, missing -> {
            try {
                return setting.noteVerifiers().cosigner(quorum.cosigner(missing));
            } catch (MalformedException malformed) {
                throw new IllegalArgumentException("the registry names a key that is none", malformed);
            }
        });
    }

    public Digest root() {
        return copy.frontier().root();
    }

    private Quorum quorumOf() {
        try {
            quorumEpoch = membership.epoch();
            verifiers.clear();
            return Quorum.of(
                    copy.registry().origin(),
                    membership::keys,
                    membership.formerLogs(),
                    setting.noteKeyType(),
                    setting.noteVerifiers());
        } catch (MalformedException malformed) {
            throw new IllegalArgumentException("the registry names a key that is none", malformed);
        }
    }
}
