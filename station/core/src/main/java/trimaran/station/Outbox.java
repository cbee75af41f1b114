package trimaran.station;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.WallTime;
import trimaran.kernel.Writer;

/**
 * What was written here and is not yet covered by a quorum: a journal on disk. An entry is in it before anybody hears of
 * it and leaves only when a quorum checkpoint covers it. Records: {@code u32 length ‖ u8 kind ‖ content ‖ 8 bytes of its
 * SHA-256}; kind 1 is an entry, kind 2 the digest of one that left, kind 3 says why one can never be placed: it was promised to
 * its author, and stays until a person has seen that. What is added in one turn of the loop is one synced write.
 *
 * <p>A journal may end in a torn record, which nobody was told of. Whatever else in it cannot be read is damage: it is said, set
 * aside, and what follows it goes on its way.
 */
final class Outbox {

    static final String FILE = "outbox";

    /** What of the journal could not be read, each stretch in a file of its own. */
    static final String DAMAGED = "outbox-damaged-";

    private static final int KIND_ENTRY = 1;
    private static final int KIND_LEFT = 2;
    private static final int KIND_REFUSED = 3;
    private static final int REFUSED_BYTES = Digest.SIZE + 8 + 2;
    private static final int CHECK_BYTES = 8;
    private static final int FRAME_BYTES = 4 + CHECK_BYTES;
    /** How long a leaving may wait for company: losing it costs one needless submission. */
    private static final long LEAVE_MILLIS = 250;

    private final StationSetting setting;
    private final Map<Digest, StoredEntry> entries = new LinkedHashMap<>();
    private final Map<Digest, Refused> refused = new LinkedHashMap<>();
    private final List<Bytes> queued = new ArrayList<>();
    private final List<Runnable> written = new ArrayList<>();
    private boolean flushing;
    private boolean leaving;
    private long liveBytes;
    private long journalBytes;

    /**
     * An entry that was promised and cannot be placed.
     *
     * @param at when that was known
     */
    record Refused(StoredEntry entry, WallTime at, Code code) {

        Bytes encode(Digest digest) {
            Writer writer = new Writer(REFUSED_BYTES).digest(digest).i64(at.millis());
            code.write(writer);
            return writer.toBytes();
        }
    }

    Outbox(StationSetting setting) {
        this.setting = setting;
        setting.disk().read(FILE).ifPresent(this::load);
    }

    /** Entries waiting, oldest first. */
    List<StoredEntry> entries() {
        return List.copyOf(entries.values());
    }

    int count() {
        return entries.size();
    }

    /** Those that were promised and refused, which no person has put away, oldest first. */
    Map<Digest, Refused> refused() {
        return Collections.unmodifiableMap(refused);
    }

    boolean contains(Digest entry) {
        return entries.containsKey(entry);
    }

    /** Those of some entries that are here. */
    Set<Digest> among(Set<Digest> some) {
        return some.stream().filter(entries::containsKey).collect(Collectors.toSet());
    }

    boolean isFull() {
        return entries.size() + refused.size() >= StationLimits.OUTBOX_ENTRIES_MAX
                || liveBytes >= StationLimits.OUTBOX_BYTES_MAX;
    }

    /** Takes an entry in; {@code then} runs on the loop once it would survive a power cut. */
    void add(Digest digest, StoredEntry entry, Runnable then) {
        entries.put(digest, entry);
        liveBytes += entry.sizeBytes();
        soon(record(KIND_ENTRY, entry.encode()), then);
    }

    /** A quorum covers it: should a crash bring it back, it has its place already. */
    void leave(Digest digest) {
        StoredEntry left = entries.remove(digest);
        if (left == null) {
            return;
        }
        liveBytes -= left.sizeBytes();
        queued.add(record(KIND_LEFT, Bytes.wrap(digest.unsafeArray())));
        if (!leaving) {
            leaving = true;
            setting.loop().after(LEAVE_MILLIS, () -> {
                leaving = false;
                flush();
            });
        }
    }

    /** It was refused for good; {@code then} runs once no crash can bring it back, so that a no stays a no. */
    void drop(Digest digest, Runnable then) {
        StoredEntry dropped = entries.remove(digest);
        if (dropped == null) {
            then.run();
            return;
        }
        liveBytes -= dropped.sizeBytes();
        soon(record(KIND_LEFT, Bytes.wrap(digest.unsafeArray())), then);
    }

    /** It was promised and can never be placed: kept for a person to see; {@code then} runs once that would survive a power cut. */
    void refuse(Digest digest, Code code, Runnable then) {
        StoredEntry entry = entries.remove(digest);
        if (entry == null) {
            then.run();
            return;
        }
        Refused why = new Refused(entry, setting.loop().wallTime(), code);
        refused.put(digest, why);
        soon(record(KIND_REFUSED, why.encode(digest)), then);
    }

    /** A person has seen that it was refused, and what was in it; {@code then} is told whether it was there. */
    void putAway(Digest digest, Consumer<Boolean> then) {
        Refused seen = refused.remove(digest);
        if (seen == null) {
            then.accept(false);
            return;
        }
        liveBytes -= seen.entry().sizeBytes();
        soon(record(KIND_LEFT, Bytes.wrap(digest.unsafeArray())), () -> then.accept(true));
    }

    /** Whoever else writes in this turn of the loop shares the sync. */
    private void soon(Bytes record, Runnable then) {
        queued.add(record);
        written.add(then);
        if (!flushing) {
            flushing = true;
            setting.loop().run(this::flush);
        }
    }

    /** Writes what is queued; on return it would survive a power cut. */
    void flush() {
        flushing = false;
        if (queued.isEmpty()) {
            return;
        }
        if (journalBytes > StationLimits.OUTBOX_SWEEP_BYTES && journalBytes > 2 * liveBytes) {
            sweep();
        } else {
            Bytes batch = joined(queued);
            setting.disk().append(FILE, batch);
            journalBytes += batch.size();
        }
        queued.clear();
        List<Runnable> told = List.copyOf(written);
        written.clear();
        told.forEach(Runnable::run);
    }

    private void sweep() {
        List<Bytes> records = new ArrayList<>();
        for (StoredEntry entry : entries.values()) {
            records.add(record(KIND_ENTRY, entry.encode()));
        }
        refused.forEach((digest, why) -> {
            records.add(record(KIND_ENTRY, why.entry().encode()));
            records.add(record(KIND_REFUSED, why.encode(digest)));
        });
        Bytes journal = joined(records);
        setting.disk().replace(FILE, journal);
        journalBytes = journal.size();
    }

    private void load(Bytes journal) {
        byte[] all = journal.unsafeArray();
        int at = 0;
        long damaged = 0;
        boolean torn = false;
        while (at < all.length && !torn) {
            int end = recordEnd(all, at);
            if (end > 0 && take(all, at + 4, end - CHECK_BYTES)) {
                at = end;
                continue;
            }
            int next = nextRecord(all, at);
            torn = next < 0 && claimedEnd(all, at) < 0 && !isWholeButForItsLength(all, at);
            if (!torn) {
                int to = next < 0 ? all.length : next;
                setAside(Bytes.ofRange(all, at, to));
                damaged += to - at;
                at = to;
            }
        }
        journalBytes = at;
        if (torn) {
            // A cut in the middle of a write: nobody was told that these records are here.
            setting.events().accept(new StationEvent.OutboxTorn(all.length - at));
        }
        if (damaged > 0) {
            setting.events().accept(new StationEvent.OutboxDamaged(damaged));
        }
        if (torn || damaged > 0) {
            sweep();
        }
    }

    /** What cannot be read is kept beside the journal: it was confirmed to somebody, and a person may still make sense of it. */
    private void setAside(Bytes damaged) {
        setting.disk().replace(DAMAGED + Digest.sha256(damaged).hex().substring(0, 16), damaged);
    }

    /**
     * Where the next record begins whose check holds, or -1 if none follows: then what stands here is the tail of a write that was
     * cut off, unless the record is all there and only its check is wrong.
     */
    private static int nextRecord(byte[] all, int from) {
        int claimed = claimedEnd(all, from);
        if (claimed > 0 && claimed < all.length && recordEnd(all, claimed) > 0) {
            return claimed;
        }
        for (int at = from + 1; at <= all.length - FRAME_BYTES; at++) {
            if (beginsRecord(all, at) && recordEnd(all, at) > 0) {
                return at;
            }
        }
        return -1;
    }

    /** Whether a record may begin here, told from its first bytes, so that not each position costs a hash of all that follows. */
    private static boolean beginsRecord(byte[] all, int at) {
        if (claimedEnd(all, at) < 0) {
            return false;
        }
        ByteBuffer record = ByteBuffer.wrap(all, at, all.length - at);
        int size = record.getInt();
        return switch (record.get()) {
            case KIND_LEFT -> size == Digest.SIZE + 1;
            case KIND_REFUSED -> size == REFUSED_BYTES + 1;
            case KIND_ENTRY -> size > StoredEntry.SIZE_MIN && StoredEntry.mayBegin(record);
            default -> false;
        };
    }

    /** Where the record at this position says that it ends, or -1 if that is beyond the journal. */
    private static int claimedEnd(byte[] all, int at) {
        if (all.length - at < FRAME_BYTES + 1) {
            return -1;
        }
        long size = Integer.toUnsignedLong(ByteBuffer.wrap(all, at, 4).getInt());
        return size < 1 || size > all.length - at - FRAME_BYTES ? -1 : at + FRAME_BYTES + (int) size;
    }

    /** Where the record at this position ends, or -1 if it is torn or damaged. */
    private static int recordEnd(byte[] all, int at) {
        int end = claimedEnd(all, at);
        if (end < 0) {
            return -1;
        }
        byte[] check = check(all, at + 4, end - CHECK_BYTES - at - 4);
        for (int i = 0; i < CHECK_BYTES; i++) {
            if (check[i] != all[end - CHECK_BYTES + i]) {
                return -1;
            }
        }
        return end;
    }

    /** Whether the last record is all there and one bit of its length turned: the check does not cover the length. */
    private static boolean isWholeButForItsLength(byte[] all, int at) {
        int left = all.length - at - FRAME_BYTES;
        if (left < 1) {
            return false;
        }
        byte[] record = java.util.Arrays.copyOfRange(all, at, all.length);
        int claimed = ByteBuffer.wrap(record).getInt();
        for (int bit = 0; bit < Integer.SIZE; bit++) {
            ByteBuffer.wrap(record).putInt(claimed ^ 1 << bit);
            if (recordEnd(record, 0) > 0) {
                return true;
            }
        }
        return false;
    }

    private boolean take(byte[] all, int from, int to) {
        try {
            Bytes content = Bytes.ofRange(all, from + 1, to);
            switch (all[from]) {
                case KIND_ENTRY -> {
                    StoredEntry entry = StoredEntry.decode(content);
                    if (entries.put(entry.digest(), entry) == null) {
                        liveBytes += entry.sizeBytes();
                    }
                }
                case KIND_LEFT -> {
                    Digest digest = Reader.whole(content, Reader::digest);
                    StoredEntry left = entries.remove(digest);
                    Refused seen = refused.remove(digest);
                    liveBytes -= left == null ? 0 : left.sizeBytes();
                    liveBytes -= seen == null ? 0 : seen.entry().sizeBytes();
                }
                case KIND_REFUSED -> Reader.whole(content, this::refused);
                default -> {
                    return false;
                }
            }
            return true;
        } catch (MalformedException torn) {
            return false;
        }
    }

    private boolean refused(Reader reader) throws MalformedException {
        Digest digest = reader.digest();
        WallTime at = new WallTime(reader.i64());
        Code code = Code.read(reader);
        StoredEntry entry = entries.remove(digest);
        if (entry != null) {
            refused.put(digest, new Refused(entry, at, code));
        }
        return entry != null;
    }

    private static Bytes record(int kind, Bytes content) {
        int size = content.size() + 1;
        byte[] record = new byte[size + FRAME_BYTES];
        ByteBuffer.wrap(record).putInt(size).put((byte) kind).put(content.unsafeArray());
        System.arraycopy(check(record, 4, size), 0, record, size + 4, CHECK_BYTES);
        return Bytes.wrap(record);
    }

    private static byte[] check(byte[] body, int from, int size) {
        var hash = Digest.hash();
        hash.update(body, from, size);
        return java.util.Arrays.copyOf(hash.digest(), CHECK_BYTES);
    }

    private static Bytes joined(List<Bytes> records) {
        if (records.size() == 1) {
            return records.getFirst();
        }
        int size = records.stream().mapToInt(Bytes::size).sum();
        Writer writer = new Writer(size);
        records.forEach(record -> writer.raw(record.unsafeArray()));
        return writer.toBytes();
    }
}
