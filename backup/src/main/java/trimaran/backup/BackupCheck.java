package trimaran.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.Refusal;
import trimaran.ledger.Frontier;
import trimaran.ledger.Merkle;
import trimaran.ledger.NoteVerifiers;
import trimaran.line.message.LedgerLine;
import trimaran.record.CellPart;
import trimaran.record.EntryKind;
import trimaran.record.Header;
import trimaran.record.NewCell;
import trimaran.record.Place;
import trimaran.record.Quorum;
import trimaran.record.RecordLimits;
import trimaran.record.Verdict;
import trimaran.shares.CellCommitments;
import trimaran.shares.SharePair;

/**
 * Checks a backup alone and offline: each file against the manifest, then, whatever the manifest says, each entry against the
 * tree, each blob and annex against what its author signed, the tree against the checkpoint, the checkpoint's signatures against the
 * keys the record itself gives the parties, the ledgers along their chains, that there is a pair of shares of every cell, and each
 * against the commitments of the entry that opened its cell, unless it was refreshed since.
 *
 * <p>What it cannot find out is whether the record went on otherwise since: that the other tiers show at a restore.
 */
public final class BackupCheck {

    /** Faults that are told one by one. */
    public static final int FAULTS_MAX = 20;

    private final BackupFolder record;
    private final Optional<BackupFolder> shares;
    private final List<String> faults = new ArrayList<>();
    private final Map<CellId, Opened> cells = new HashMap<>();
    private final List<Taken> taken = new ArrayList<>();
    private Optional<Registrar> registrar = Optional.empty();
    private Frontier frontier = Frontier.EMPTY;
    private long blobs;
    private long pairs;
    private long lines;
    private long faultCount;

    /** @param generation of shares in which the cell was opened */
    private record Opened(NewCell cell, long generation) {}

    /** Something that is not in the backup, and may be missing only if an erasure in the record says so. */
    private record Taken(String what, List<CellPart> parts, List<Long> sequences, boolean all) {}

    private BackupCheck(BackupFolder record, Optional<BackupFolder> shares) {
        this.record = record;
        this.shares = shares;
    }

    /**
     * What was found.
     *
     * @param faults empty for a good backup; at most {@link #FAULTS_MAX} of them
     */
    public record Found(
            long entries, long blobs, long cells, long pairs, long lines, List<String> faults, long faultCount) {
        public Found {
            faults = List.copyOf(faults);
        }

        public boolean isGood() {
            return faultCount == 0;
        }
    }

    public static Found run(BackupFolder record, Optional<BackupFolder> shares) throws IOException {
        BackupCheck check = new BackupCheck(record, shares);
        check.run();
        return new Found(
                check.frontier.size(),
                check.blobs,
                check.cells.size(),
                check.pairs,
                check.lines,
                check.faults,
                check.faultCount);
    }

    private void fault(String words) {
        faultCount++;
        if (faults.size() < FAULTS_MAX) {
            faults.add(words);
        }
    }

    private void run() throws IOException {
        record.fault().ifPresent(this::fault);
        if (shares.isPresent()) {
            shares.get().fault().ifPresent(words -> fault("shares: " + words));
            belongs(shares.get().manifest()).ifPresent(this::fault);
        }
        if (faultCount > 0) {
            // What stands in such files is not worth being read.
            return;
        }
        try {
            entries();
            checkpoint();
            erasures();
            for (Party tier : Party.TIERS) {
                ledger(tier);
            }
            if (shares.isPresent()) {
                shares(shares.get());
            }
        } catch (MalformedException torn) {
            fault(String.valueOf(torn.getMessage()));
        }
    }

    /** Why shares are not those of this backup; empty if they are. */
    public static Optional<String> strange(Manifest record, Manifest shares) {
        boolean same = shares.name().equals(record.name())
                && shares.origin().equals(record.origin())
                && shares.tier() == record.tier();
        return same
                ? Optional.empty()
                : Optional.of("the shares are of another backup (" + shares.label() + ") than the record ("
                        + record.label() + ")");
    }

    private Optional<String> belongs(Manifest other) {
        return strange(record.manifest(), other);
    }

    private void entries() throws IOException, MalformedException {
        Bytes leaves = Bytes.wrap(Files.readAllBytes(record.file(RecordWriter.LEAVES)));
        try (RecordReader reader = new RecordReader(record)) {
            for (Optional<RecordReader.Backed> one = reader.read(); one.isPresent(); one = reader.read()) {
                entry(reader, one.get(), leaves);
            }
        }
        if (leaves.size() != frontier.size() * Digest.SIZE) {
            fault("the file leaves tells of " + leaves.size() / Digest.SIZE + " entries, there are " + frontier.size());
        }
    }

    private void entry(RecordReader reader, RecordReader.Backed one, Bytes leaves)
            throws IOException, MalformedException {
        String name = "entry " + one.index() + " in the file " + one.file();
        Header header;
        Place place;
        try {
            header = Reader.whole(one.header(), Header::read);
            place = Place.decode(one.place());
        } catch (MalformedException torn) {
            throw new MalformedException(name + " cannot be read");
        }
        Digest leaf = leaf(header, one);
        int at = (int) one.index() * Digest.SIZE;
        boolean told = at + Digest.SIZE <= leaves.size()
                && Bytes.ofRange(leaves.unsafeArray(), at, at + Digest.SIZE).equals(Bytes.of(leaf.unsafeArray()));
        if (!told || place.index() != one.index()) {
            fault(name + " is not the one that stands in the tree");
        }
        frontier = frontier.append(leaf);
        if (place.verdict() == Verdict.VOID) {
            return;
        }
        content(reader, one, header, place, name);
        long generation = registrar.map(Registrar::generation).orElse(0L);
        for (NewCell cell : header.author().newCells()) {
            cells.putIfAbsent(cell.cell(), new Opened(cell, generation));
        }
        if (registrar.isEmpty()) {
            registrar = Optional.of(Registrar.founded(header));
        } else if (header.author().kind() == EntryKind.REGISTRY) {
            registrar.get().apply(header, place, one.index()).ifPresent(this::fault);
        }
    }

    static Digest leaf(Header header, RecordReader.Backed one) {
        Digest leaf = Place.leaf(header.author().nonce(), one.header(), one.place());
        return Merkle.leaf(Bytes.of(leaf.unsafeArray()));
    }

    private void content(RecordReader reader, RecordReader.Backed one, Header header, Place place, String name)
            throws IOException, MalformedException {
        List<CellPart> parts = header.author().parts();
        if (one.blobs().size() != parts.size()) {
            fault(name + " has another number of blobs than its author signed");
            return;
        }
        List<Long> sequences =
                place.parts().stream().map(part -> part.sequence()).toList();
        for (int i = 0; i < parts.size(); i++) {
            RecordReader.Blob blob = one.blobs().get(i);
            if (!blob.isHere()) {
                taken.add(
                        new Taken("blob " + i + " of " + name, List.of(parts.get(i)), List.of(sequences.get(i)), true));
            } else if (!reader.digest(blob).equals(parts.get(i).blob())) {
                fault("blob " + i + " of " + name + " is not the one its author signed");
            } else {
                blobs++;
            }
        }
        if (one.annex().isEmpty() && !header.author().annex().equals(Digest.ZERO)) {
            taken.add(new Taken("the annex of " + name, parts, sequences, false));
        } else if (!one.annex().isEmpty()
                && !Digest.sha256(one.annex()).equals(header.author().annex())) {
            fault("the annex of " + name + " is not the one its author signed");
        }
    }

    /** What is missing is missing by law, or it is a fault. */
    private void erasures() {
        for (Taken one : taken) {
            boolean erased = false;
            for (int i = 0; i < one.parts().size(); i++) {
                erased |= registrar.orElseThrow().erased(one.parts().get(i).cell())
                        > one.sequences().get(i);
            }
            if (!erased) {
                fault(one.what() + " is missing, and no erasure in the record speaks of it");
            }
        }
    }

    private void checkpoint() throws IOException, MalformedException {
        if (registrar.isEmpty()) {
            fault("there is no entry in it");
            return;
        }
        Registrar parties = registrar.get();
        if (!parties.origin().equals(record.manifest().origin())) {
            fault("entry 0 is of another hospital than the manifest says");
        }
        Bytes statements = Bytes.wrap(Files.readAllBytes(record.file(RecordWriter.EPOCHS)));
        List<Bytes> epochs = Reader.whole(
                statements, reader -> reader.list(1 << 16, each -> each.bytes(RecordLimits.STATEMENT_BYTES_MAX)));
        for (Bytes statement : epochs) {
            parties.follow(statement).ifPresent(this::fault);
        }
        try {
            Quorum.Standing standing = parties.quorum(NoteVerifiers.ML_DSA_44)
                    .check(record.manifest().note());
            if (!standing.quorum()) {
                fault("no quorum signed its checkpoint");
            } else if (!standing.checkpoint().head().equals(frontier.head())) {
                fault("its entries are not the tree its checkpoint signs: "
                        + (frontier.size() == standing.checkpoint().size()
                                ? "some were altered"
                                : frontier.size() + " entries instead of "
                                        + standing.checkpoint().size()));
            }
        } catch (MalformedException unsigned) {
            fault("its checkpoint does not stand: " + unsigned.getMessage());
        }
    }

    private void ledger(Party tier) throws IOException, MalformedException {
        String name = RecordWriter.LEDGER + tier.word();
        if (record.manifest().file(name).isEmpty()) {
            return;
        }
        try (LedgerFile file = new LedgerFile(record.file(name))) {
            Digest chain = Digest.ZERO;
            long number = 0;
            for (Optional<LedgerLine> line = file.read(); line.isPresent(); line = file.read()) {
                if (line.get().number() != number || !line.get().previous().equals(chain)) {
                    fault("line " + number + " in the file " + name + " does not follow the one before it");
                    return;
                }
                chain = line.get().chain();
                number++;
                lines++;
            }
        }
    }

    private void shares(BackupFolder folder) throws IOException, MalformedException {
        long found = 0;
        try (SharesReader reader = SharesReader.open(folder)) {
            CellId before = CellId.NONE;
            for (long row = 0; row < reader.rows(); row++) {
                CellId cell = reader.cell(row);
                Opened opened = cells.get(cell);
                if (row > 0 && cell.compareTo(before) <= 0) {
                    fault("shares: row " + row + " is not in the order of the cells");
                }
                before = cell;
                found += opened == null ? 0 : 1;
                if (opened == null) {
                    fault("shares: row " + row + " is of a cell no entry of the record opened");
                } else if (fits(reader.pair(row), opened, reader.generation())
                        instanceof Outcome.Refused<SharePair>(Refusal why)) {
                    fault("shares: row " + row + " is not the pair its cell was opened with: " + why.sentence());
                } else {
                    pairs++;
                }
            }
        }
        if (found < cells.size()) {
            fault("shares: " + (cells.size() - found) + " cells of the record have no pair");
        }
    }

    /**
     * By the commitments of the entry that opened the cell. What was refreshed since is no entry's: of such a pair it shows that it
     * opens and no more, and a restore takes none of them.
     */
    private static Outcome<SharePair> fits(Outcome<SharePair> pair, Opened opened, long generation) {
        if (generation > opened.generation()) {
            return pair;
        }
        NewCell opening = opened.cell();
        List<Digest> shares = opening.shareCommitments();
        CellCommitments commitments = new CellCommitments(
                opening.cell(), opening.keyCommitment(), shares.get(0), shares.get(1), shares.get(2));
        return pair.then(commitments::check);
    }
}
