package trimaran.keeper;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.keeper.spi.Store.Change.Put;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
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
 * the root of its own copy; what it signed last is on disk before the signature leaves (C2SP tlog-witness, persist before answer). A copy
 * whose tail was taken back is another tree there: up to the largest size this tier signed of the old one it signs nothing any
 * more, so that it never signs two trees of one size.
 */
public final class Cosigner {

    private final KeeperSetting setting;
    private final Copy copy;
    private final Membership membership;
    private final Map<Party, NoteVerifier> verifiers = new EnumMap<>(Party.class);
    private Quorum quorum;
    private long quorumEpoch;
    /** The last note that stood: every other party repeats it, and each report asks for it again. */
    private Optional<Checked> checked = Optional.empty();

    private Optional<Bytes> note = Optional.empty();
    private long noteSize;
    private int noteCosigners;
    private TreeHead noteHead = TreeHead.EMPTY;
    private Optional<Bytes> offered = Optional.empty();
    private long offeredSize;
    private long keptSize;
    private long keptCovered;
    private long disputedSize;
    private final long forsworn;
    private final TailCount tails;
    private long freshSeconds;

    private record Checked(Quorum under, Bytes note, Quorum.Standing standing) {}

    public Cosigner(KeeperSetting setting, Copy copy, Membership membership) {
        this.setting = setting;
        this.copy = copy;
        this.membership = membership;
        this.quorum = quorumOf();
        this.keptCovered = count(Key.COVERED);
        this.forsworn = count(Key.FORSWORN);
        this.tails = new TailCount(
                setting, () -> Digest.sha256(membership.keys(Party.DATA).log()));
        setting.store().get(Space.STATE, Key.NOTE).ifPresent(this::learn);
        setting.store().get(Space.STATE, Key.OFFERED).ifPresent(this::offered);
    }

    private long count(Bytes key) {
        return setting.store()
                .get(Space.STATE, key)
                .map(bytes -> Copy.own(bytes, Reader::count))
                .orElse(0L);
    }

    /** The quorum of the present membership. */
    public Quorum quorum() {
        if (quorumEpoch != membership.epoch()) {
            quorum = quorumOf();
        }
        return quorum;
    }

    /** The membership under whose keys this tier speaks, which the log may not know yet. */
    long epoch() {
        return membership.epoch();
    }

    /** How often data of this epoch fed this tier what no quorum signed. */
    TailCount tails() {
        return tails;
    }

    /** The largest checkpoint with a quorum, as a note; empty before the first. */
    public Optional<Bytes> note() {
        return note;
    }

    /**
     * What this tier shows whoever asks how far the record was signed: its largest note with a quorum, or after a start under new keys
     * the one it kept, which has none any more and still says who signed ({@link #surviving}); empty if it has neither.
     */
    Bytes highest() {
        return note.or(() -> setting.store().get(Space.STATE, Key.NOTE)).orElse(Bytes.EMPTY);
    }

    public long noteSize() {
        return noteSize;
    }

    /**
     * How many entries of this very copy a quorum signed. None while this copy lags behind the note, or is another tree than the
     * quorum's: then no place in it counts yet.
     */
    public long coveredSize() {
        return noteHead.size() <= copy.size()
                        && Frontier.of(copy, noteHead.size()).head().equals(noteHead)
                ? noteHead.size()
                : 0;
    }

    /** Whether a quorum signed another tree than this copy, at a size this copy has. */
    boolean isOther() {
        return noteHead.size() > 0 && noteHead.size() <= copy.size() && coveredSize() == 0;
    }

    /** How many entries of this copy a quorum is known to have signed, also while a larger note is of another tree. */
    long sharedSize() {
        return Math.max(1, Math.max(keptCovered, coveredSize()));
    }

    /**
     * Up to where of this copy everybody learns from the log what has its place there, since a quorum signed it: all of a copy that lags
     * behind what a quorum signed, even if a tail of it has to go, which has what counts on sight announced again.
     */
    long learntSize() {
        return noteSize > copy.size() ? copy.size() : sharedSize();
    }

    /** What the largest note with a quorum says the tree is; the empty tree before the first. */
    TreeHead noteHead() {
        return noteHead;
    }

    /** Data signed or placed something up to here that is not what this copy holds. */
    void disputed(long size) {
        disputedSize = Math.max(disputedSize, size);
    }

    /**
     * Why this copy cannot go on as it is, or cannot sign yet, for the operator. No acknowledged entry hangs on a tail that is
     * another tree than the quorum's: no quorum signed it.
     */
    List<String> faults() {
        if (isOther()) {
            return List.of("this copy is another tree than the one a quorum signed at " + noteHead.size()
                    + ": it takes back what no quorum signed, once another tier shows where the two part");
        }
        List<String> faults = new ArrayList<>();
        if (setting.party() != Party.DATA && tails.isWary()) {
            faults.add("data gave this tier other entries than the rest " + TailCount.TAILS_MAX
                    + " times: it takes only what a quorum signed, for a day or until data is rebuilt");
        }
        if (forsworn >= Math.max(1, noteSize)) {
            faults.add("data had this tier sign another tree, which no quorum signed, up to " + forsworn
                    + ": this tier signs again beyond that size, or under new keys once it is rebuilt");
        } else if (disputedSize > coveredSize()) {
            faults.add("data's record differs from this copy at or before " + disputedSize
                    + ", and no quorum has signed it yet: data or this tier is not what it should be");
        }
        return faults;
    }

    /**
     * A checkpoint data's log signed and this tier cosigned. Data may have gathered a quorum for it, told nobody but a station, and
     * fallen: then the tiers have to find that quorum among themselves.
     */
    void offered(Bytes signedByLog) {
        offered(signedByLog, sizeOf(signedByLog));
    }

    /** The size of the tree a note is about that lies on this tier's disk. */
    static long sizeOf(Bytes own) {
        try {
            return Checkpoint.parse(Note.parse(own).text()).size();
        } catch (MalformedException malformed) {
            throw new UnreadableCopyException("the checkpoint this tier keeps cannot be read", malformed);
        }
    }

    void offered(Bytes signedByLog, long size) {
        if (size > offeredSize) {
            offered = Optional.of(signedByLog);
            offeredSize = size;
        }
    }

    /** The largest such checkpoint, if no quorum's note as large is known here. */
    Optional<Bytes> unheard() {
        return offeredSize > noteSize ? offered : Optional.empty();
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
        if (checkpoint.size() <= forsworn) {
            return Outcome.refused(Code.STALE, "this tier may have cosigned another tree of this size");
        }
        if (checkpoint.size() < copy.cosignedSize() && checkpoint.size() < noteSize) {
            return Outcome.refused(Code.STALE, "this tier has cosigned a larger tree");
        }
        copy.cosigned(checkpoint.size());
        return Outcome.done(setting.keys().cosigner().sign(checkpoint, nowSeconds()));
    }

    /** What a note from elsewhere is worth; refused if the log did not sign it or a signature is false. */
    public Outcome<Quorum.Standing> standing(Bytes bytes) {
        Quorum present = quorum();
        if (checked.isPresent()
                && checked.get().under() == present
                && checked.get().note().equals(bytes)) {
            return Outcome.done(checked.get().standing());
        }
        try {
            Quorum.Standing standing = present.check(bytes);
            checked = Optional.of(new Checked(present, bytes, standing));
            return Outcome.done(standing);
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
        List<Store.Change> batch = new ArrayList<>();
        if (noteSize > keptSize) {
            note.ifPresent(bytes -> batch.add(new Put(Space.STATE, Key.NOTE, bytes)));
            keptSize = noteSize;
        }
        long covered = coveredSize();
        if (covered > keptCovered) {
            // From here a fork is looked for, should there ever be one.
            batch.add(new Put(Space.STATE, Key.COVERED, Key.number(covered)));
            keptCovered = covered;
        }
        if (!batch.isEmpty()) {
            setting.store().write(batch);
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

    /**
     * The tree two signed under the keys of today, the witness and a tier or the two tiers beside data; empty if they did not. Under keys of
     * a data that was replaced since, it has no quorum any more, and may have had one (DESIGN §10: the branch two survivors signed stands).
     * The witness signs over two tiers, and like a tier alone it makes nobody wait.
     */
    public Optional<TreeHead> surviving(Bytes encoded) {
        // Keys may have changed since somebody asked last.
        String origin = quorum().origin();
        try {
            Note note = Note.parse(encoded);
            Checkpoint checkpoint = Checkpoint.parse(note.text());
            boolean two = isSigned(note, Party.WITNESS)
                    ? Party.TIERS.stream().anyMatch(tier -> isSigned(note, tier))
                    : isSigned(note, Party.ACCESS) && isSigned(note, Party.APPLICATION);
            return two && checkpoint.origin().equals(origin) ? Optional.of(checkpoint.head()) : Optional.empty();
        } catch (MalformedException malformed) {
            return Optional.empty();
        }
    }

    private boolean isSigned(Note note, Party party) {
        NoteVerifier verifier = verifier(party);
        return note.signatures().stream()
                .filter(one -> one.name().equals(verifier.key().name())
                        && one.keyId() == verifier.key().id())
                .anyMatch(one -> verifier.verifies(note.text(), one.signature()));
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
