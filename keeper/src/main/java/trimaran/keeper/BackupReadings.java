package trimaran.keeper;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.SecretBytes;
import trimaran.ledger.Node;
import trimaran.line.message.LedgerLine;
import trimaran.record.CellPart;
import trimaran.record.Verdict;
import trimaran.shares.GenerationKey;

/**
 * What a backup of this tier takes: all a quorum's checkpoint covers here, the ledgers, and this tier's shares of it. It reads the
 * store alone, so that another thread than the keeper's may use it while the keeper goes on: what is covered changes by erasure
 * only. Envelopes with shares for other keepers are left out; whoever lacks his pair gets it from the tiers that live.
 */
public final class BackupReadings {

    private final Party party;
    private final Store store;
    private final Blobs blobs;
    private final Digest origin;
    private final long size;
    private final Bytes note;
    private final List<Bytes> epochs;
    private final GenerationKey fileKey;

    private BackupReadings(KeeperSetting setting, Copy copy, long size, Bytes note) {
        this.party = setting.party();
        this.store = setting.store();
        this.blobs = new Blobs(store);
        this.origin = copy.registry().origin();
        this.size = size;
        this.note = note;
        this.epochs = epochs(store);
        this.fileKey = setting.keys()
                .shares()
                .generation(copy.shares().refreshed())
                .orElseThrow()
                .file();
    }

    private static List<Bytes> epochs(Store store) {
        List<Bytes> statements = new ArrayList<>();
        store.scan(Space.STATE, Key.epochStatement(0), Key.epochStatement(Long.MAX_VALUE), (key, value) -> {
            statements.add(value);
            return true;
        });
        return statements;
    }

    /**
     * As of the latest checkpoint; refused while this tier does not hold all of that, and while its shares are refreshed: they would be of
     * two generations, one of which is about to be noise. On the keeper's loop.
     */
    public static Outcome<BackupReadings> of(Keeper keeper) {
        Cosigner cosigner = keeper.cosigner();
        long size = cosigner.coveredSize();
        if (cosigner.note().isEmpty()
                || size != cosigner.noteSize()
                || keeper.copy().lacks()
                || keeper.copy().shares().lackingCount() > 0) {
            return Outcome.refused(
                    Code.UNAVAILABLE,
                    "this tier does not hold all of the latest checkpoint and its shares, so a backup of it would not be whole");
        }
        Shares shares = keeper.copy().shares();
        if (shares.isRefreshing() || !shares.prepared().isEmpty()) {
            return Outcome.refused(
                    Code.UNAVAILABLE,
                    "the shares of this tier are being refreshed, and a backup of now would be of no use after; make it once status says no more of it");
        }
        return Outcome.done(new BackupReadings(
                keeper.setting(), keeper.copy(), size, cosigner.note().get()));
    }

    /**
     * An entry as it goes into a backup.
     *
     * @param annex empty for none, or if it was erased
     * @param blobs of an entry that counts, one for each part
     * @param leafHash as it stands in the tree
     */
    public record Whole(Bytes header, Bytes place, Bytes annex, List<Digest> blobs, Digest leafHash) {
        public Whole {
            blobs = List.copyOf(blobs);
        }
    }

    public Party party() {
        return party;
    }

    public Digest origin() {
        return origin;
    }

    /** Entries the checkpoint covers. */
    public long size() {
        return size;
    }

    /** The checkpoint, with its signatures. */
    public Bytes note() {
        return note;
    }

    /** Membership statements handed in here, oldest first. */
    public List<Bytes> epochs() {
        return epochs;
    }

    /** The key under which {@link #pairs} lie. */
    public GenerationKey fileKey() {
        return fileKey;
    }

    /**
     * Whether the shares were refreshed since: their file key is gone, and of {@link #pairs} some may have been missing. A key that was
     * destroyed is all zero.
     */
    public boolean isRefreshedSince() {
        return fileKey.secret().equals(SecretBytes.taking(new byte[GenerationKey.KEY_BYTES]));
    }

    public Whole entry(long index) {
        Copy.Stored stored = store.get(Space.ENTRIES, Key.number(index))
                .map(bytes -> Copy.stored(index, bytes))
                .orElseThrow();
        boolean counts = stored.place().verdict() != Verdict.VOID;
        List<Digest> digests = counts
                ? stored.header().author().parts().stream().map(CellPart::blob).toList()
                : List.of();
        Bytes annex = store.get(Space.ANNEXES, Key.number(index)).orElse(Bytes.EMPTY);
        Digest leafHash = Digest.of(
                store.get(Space.TREE, new Node(0, index).key()).orElseThrow().unsafeArray());
        return new Whole(stored.headerBytes(), stored.placeBytes(), annex, digests, leafHash);
    }

    /** The size of a blob kept here; empty if it was erased. */
    public Optional<Long> blobBytes(Digest digest) {
        return blobs.has(digest) ? Optional.of(blobs.total(digest).orElseThrow()) : Optional.empty();
    }

    /** Visits the pieces of a blob in their order, until the visitor returns false. */
    public void pieces(Digest digest, Predicate<Bytes> visitor) {
        blobs.reread(digest, 0, piece -> visitor.test(piece.content()));
    }

    /** Visits the lines of this tier's own ledger, or of its copy of another's, from number 0 on. */
    public void lines(Party ledger, Predicate<LedgerLine> visitor) {
        boolean own = ledger == party;
        Bytes from = own ? Key.number(0) : Key.ledgerCopy(ledger, 0);
        Bytes to = own ? Key.number(Long.MAX_VALUE) : Key.ledgerCopy(ledger, Long.MAX_VALUE);
        store.scan(
                own ? Space.LEDGER : Space.LEDGER_COPIES,
                from,
                to,
                (key, value) -> visitor.test(Copy.own(value, LedgerLine::read)));
    }

    /** Visits this tier's sealed pairs of the cells the checkpoint covers, in the order of the cells. */
    public void pairs(BiPredicate<CellId, Bytes> visitor) {
        Bytes all = Key.number(fileKey.generation());
        store.scan(Space.SHARES, all, Key.after(all), (key, value) -> {
            CellId cell = Key.cellAt(key, 8);
            boolean covered = store.get(Space.CELLS, Key.cellItem(cell, Key.CellItem.OPENING, 0))
                    .map(CopyRows::openingOf)
                    .filter(opening -> opening.index() < size)
                    .isPresent();
            return !covered || visitor.test(cell, value);
        });
    }
}
