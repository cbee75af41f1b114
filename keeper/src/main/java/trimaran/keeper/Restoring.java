package trimaran.keeper;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.line.message.MessageLimits;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.shares.SharePair;

/**
 * What a backup gives this tier back, and what the others had to give instead. A page that is not what the quorum signed is tried
 * again by halves, until the entry is found that was altered: that one the others are asked for, and the backup goes on behind it.
 */
public final class Restoring {

    private Optional<Backup> backup = Optional.empty();
    private long othersUpTo;
    private long taken;
    private long fromBackup;
    private long bytesTaken;
    private long bytesFromBackup;
    private long refused;
    private int entriesMax = MessageLimits.ENTRIES_MAX;
    private long pairsTaken;
    private long pairsRefused;
    private final Set<CellId> refreshed = new HashSet<>();

    /** Takes from this backup first, from now on. Before the keeper starts. */
    public void from(Backup source) {
        backup = Optional.of(source);
    }

    /** Whether a copy of this size is still to get entries out of a backup: until then nobody sends it what it did not ask for. */
    boolean isUnderWay(long size) {
        return backup.isPresent() && size < backup.get().size();
    }

    /** A page out of the backup, no further than a checkpoint of this size; empty if the others have to be asked. */
    List<SealedEntry> entries(long from, long size) {
        if (backup.isEmpty()
                || from < othersUpTo
                || from >= Math.min(size, backup.get().size())) {
            return List.of();
        }
        List<SealedEntry> page = backup.get().entries(from, MessageLimits.CONTENT_BYTES_MAX);
        return page.subList(0, (int) Math.min(Math.min(page.size(), entriesMax), size - from));
    }

    /** Entries of the backup from a position on are not what the quorum signed. */
    void refused(long from, int count) {
        entriesMax = Math.max(1, count / 2);
        if (count == 1) {
            refused++;
            othersUpTo = from + 1;
        }
    }

    /** How much the others are asked for from a position on: no more than what the backup has to be helped out with. */
    int bytesAsked(long from) {
        return from < othersUpTo ? 1 : MessageLimits.CONTENT_BYTES_MAX;
    }

    Optional<Response.Piece> piece(Digest blob, long offset) {
        Optional<Response.Piece> piece = backup.flatMap(one -> one.piece(blob, offset));
        piece.ifPresent(one -> bytesFromBackup += one.piece().size());
        return piece;
    }

    Optional<Outcome<SharePair>> pair(CellId cell) {
        return backup.flatMap(one -> one.pair(cell));
    }

    /** Entries were taken in, wherever they came from. */
    void took(List<SealedEntry> entries) {
        taken += entries.size();
        bytesTaken += bytes(entries);
    }

    /** Those just taken in came out of the backup. */
    void backed(List<SealedEntry> entries) {
        entriesMax = Math.min(MessageLimits.ENTRIES_MAX, 2 * entriesMax);
        fromBackup += entries.size();
        bytesFromBackup += bytes(entries);
    }

    private static long bytes(List<SealedEntry> entries) {
        return entries.stream().mapToLong(SealedEntry::inlineSize).sum();
    }

    /** A piece was fetched, from the backup or another tier. */
    void fetched(long bytes) {
        bytesTaken += bytes;
    }

    /** The backup's pair of a cell was looked at. */
    void pair(CellId cell, boolean good) {
        refreshed.remove(cell);
        if (good) {
            pairsTaken++;
        } else {
            pairsRefused++;
        }
    }

    /** The backup has a pair of a cell whose shares were refreshed after it was made, or whose truth it cannot show. */
    void refreshedSince(CellId cell) {
        refreshed.add(cell);
    }

    /** For the report: what came in since this tier began, and of a tier that is being restored from where. */
    List<Response.Counter> counters() {
        Response.Counter all = new Response.Counter("taken.bytes", bytesTaken);
        return backup.isEmpty()
                ? List.of(all)
                : List.of(
                        all,
                        new Response.Counter("restore.entries.backup", fromBackup),
                        new Response.Counter("restore.entries.others", taken - fromBackup),
                        new Response.Counter("restore.bytes.backup", bytesFromBackup),
                        new Response.Counter("restore.bytes.others", bytesTaken - bytesFromBackup),
                        new Response.Counter("restore.entries.refused", refused),
                        new Response.Counter("restore.shares.backup", pairsTaken),
                        new Response.Counter("restore.shares.refused", pairsRefused),
                        new Response.Counter("restore.shares.refreshed", refreshed.size()));
    }
}
