package trimaran.tier;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.backup.BackupFolder;
import trimaran.backup.Manifest;
import trimaran.backup.RecordReader;
import trimaran.backup.SharesReader;
import trimaran.keeper.Backup;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Reader;
import trimaran.line.message.MessageLimits;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.process.FileDisk;
import trimaran.record.CellPart;
import trimaran.record.Header;
import trimaran.record.Place;
import trimaran.record.RecordLimits;
import trimaran.record.Verdict;
import trimaran.shares.SharePair;

/**
 * The backup a tier is restored from, named in the file {@link #FILE} of its own folder: two lines, the folder of the record and the
 * one of the shares. Where it cannot be read it has nothing from there on, and the others are asked: a restore from a bad backup
 * becomes a rebuild.
 */
final class StoredBackup implements Backup {

    static final String FILE = "restore";

    private final RecordReader record;
    private final SharesReader shares;
    private final Map<Digest, RecordReader.Blob> blobs = new HashMap<>();
    private Optional<RecordReader.Backed> ahead = Optional.empty();
    private long size;

    private StoredBackup(BackupFolder record, SharesReader shares) {
        this.record = new RecordReader(record);
        this.shares = shares;
        this.size = record.manifest().entries();
    }

    /** The backup this folder's tier is to be restored from; empty if there is none, or none that can be opened. */
    static Optional<StoredBackup> of(Path folder) {
        try {
            Optional<Bytes> named = FileDisk.in(folder).read(FILE);
            if (named.isEmpty()) {
                return Optional.empty();
            }
            List<String> lines = new String(named.get().unsafeArray(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            BackupFolder record = BackupFolder.open(Path.of(lines.get(0)), Manifest.Kind.RECORD);
            BackupFolder shares = BackupFolder.open(Path.of(lines.get(1)), Manifest.Kind.SHARES);
            return Optional.of(new StoredBackup(record, SharesReader.open(shares)));
        } catch (IOException
                | UncheckedIOException
                | MalformedException
                | IllegalArgumentException
                | IndexOutOfBoundsException gone) {
            return Optional.empty();
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public List<SealedEntry> entries(long from, int bytesMax) {
        List<SealedEntry> page = new ArrayList<>();
        blobs.clear();
        try {
            for (int bytes = 0; bytes < bytesMax && page.size() < MessageLimits.ENTRIES_MAX; ) {
                Optional<RecordReader.Backed> one = at(from + page.size());
                Optional<SealedEntry> sealed = one.isEmpty() ? Optional.empty() : sealed(one.get());
                int room = bytesMax - bytes;
                if (sealed.isEmpty() || (!page.isEmpty() && sealed.get().inlineSize() > room)) {
                    break;
                }
                page.add(sealed.get());
                bytes += sealed.get().inlineSize() + 1;
            }
        } catch (IOException | MalformedException torn) {
            size = from + page.size();
        }
        return page;
    }

    /** What was read last may be asked for again. */
    private Optional<RecordReader.Backed> at(long index) throws IOException, MalformedException {
        if (ahead.isEmpty() || ahead.get().index() != index) {
            record.seek(index);
            ahead = record.read().filter(one -> one.index() == index);
        }
        return ahead;
    }

    /** Empty if something of it is not here, or not what its author signed: then the others are asked for all of it. */
    private Optional<SealedEntry> sealed(RecordReader.Backed one) throws IOException, MalformedException {
        Header header = Reader.whole(one.header(), Header::read);
        SealedEntry.Item headerItem = SealedEntry.Item.inline(one.header());
        if (Place.decode(one.place()).verdict() == Verdict.VOID) {
            return Optional.of(new SealedEntry(
                    headerItem, SealedEntry.Item.NOTHING, SealedEntry.Item.NOTHING, List.of(), one.place()));
        }
        List<CellPart> parts = header.author().parts();
        Digest annex = one.annex().isEmpty() ? Digest.ZERO : Digest.sha256(one.annex());
        boolean whole = parts.size() == one.blobs().size()
                && annex.equals(header.author().annex())
                && one.blobs().stream().allMatch(RecordReader.Blob::isHere);
        if (!whole) {
            return Optional.empty();
        }
        List<SealedEntry.Item> items = new ArrayList<>();
        int inline = 0;
        for (int i = 0; i < parts.size(); i++) {
            SealedEntry.Item item = item(parts.get(i), one.blobs().get(i), inline);
            inline += item.inlineSize();
            items.add(item);
        }
        return Optional.of(new SealedEntry(
                headerItem, SealedEntry.Item.inline(one.annex()), SealedEntry.Item.NOTHING, items, one.place()));
    }

    private SealedEntry.Item item(CellPart part, RecordReader.Blob blob, int inline)
            throws IOException, MalformedException {
        if (blob.bytes() != part.blobSize() || !record.digest(blob).equals(part.blob())) {
            return SealedEntry.Item.staged(part.blob());
        }
        if (blob.bytes() > RecordLimits.INLINE_MAX || inline + blob.bytes() > MessageLimits.CONTENT_BYTES_MAX) {
            blobs.put(part.blob(), blob);
            return SealedEntry.Item.staged(part.blob());
        }
        return SealedEntry.Item.inline(record.piece(blob, 0, RecordLimits.INLINE_MAX));
    }

    @Override
    public Optional<Response.Piece> piece(Digest digest, long offset) {
        RecordReader.Blob blob = blobs.get(digest);
        if (blob == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Response.Piece(record.piece(blob, offset, RecordLimits.CHUNK_BYTES), blob.bytes()));
        } catch (IOException | MalformedException torn) {
            blobs.remove(digest);
            return Optional.empty();
        }
    }

    @Override
    public Optional<Outcome<SharePair>> pair(CellId cell) {
        try {
            Optional<Long> row = shares.row(cell);
            return row.isPresent() ? Optional.of(shares.pair(row.get())) : Optional.empty();
        } catch (IOException | MalformedException torn) {
            return Optional.empty();
        }
    }
}
