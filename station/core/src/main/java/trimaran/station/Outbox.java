package trimaran.station;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * <p>What left is cleared out of the file together with its leaving, where what stays is little to write anew: the key of its draft
 * lies on the same disk.
 *
 * <p>A journal may end in a torn record, which nobody was told of. Whatever else in it cannot be read is damage: it is said, set
 * aside, and what follows it goes on its way.
 */
final class Outbox {

    static final String FILE = "outbox";

    /** What of the journal could not be read, each stretch in a file of its own. */
    static final String DAMAGED = "outbox-damaged-";

    /** What was refused and nobody saw before there was too much of it, each in a file of its own. */
    static final String REFUSED = "outbox-refused-";

    /** How long a leaving may wait for company: losing it costs one needless submission. */
    private static final long LEAVE_MILLIS = 250;

    private final StationSetting setting;
    private final Map<Digest, StoredEntry> entries = new LinkedHashMap<>();
    private final Map<Digest, Refused> refused = new LinkedHashMap<>();
    private final RefusedContents contents = new RefusedContents();
    private final List<Bytes> queued = new ArrayList<>();
    private final List<Runnable> written = new ArrayList<>();
    private boolean flushing;
    private boolean leaving;
    /** Entries that left lie in the file still. */
    private boolean stale;

    private long liveBytes;
    private long refusedBytes;
    private boolean sweepDue;
    /** Nobody knows what is there of a write that failed: the next one writes everything. */
    private boolean unsure;

    private long journalBytes;

    /**
     * An entry that was promised and cannot be placed.
     *
     * @param at when that was known
     * @param badge of its author; zero where this station does not know, as of what an older version kept
     */
    record Refused(StoredEntry entry, WallTime at, Code code, Digest badge) {

        Bytes encode(Digest digest) {
            Writer writer =
                    new Writer(OutboxJournal.REFUSED_BYTES).digest(digest).i64(at.millis());
            code.write(writer);
            return writer.digest(badge).toBytes();
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

    /** What was in them, as far as this process wrote them. */
    RefusedContents contents() {
        return contents;
    }

    /** Their names, oldest first. */
    Set<Digest> digests() {
        return new LinkedHashSet<>(entries.keySet());
    }

    Optional<StoredEntry> entry(Digest digest) {
        return Optional.ofNullable(entries.get(digest));
    }

    long bytes() {
        return liveBytes;
    }

    boolean contains(Digest entry) {
        return entries.containsKey(entry);
    }

    /** Those of some entries that are here. */
    Set<Digest> among(Set<Digest> some) {
        return some.stream().filter(entries::containsKey).collect(Collectors.toSet());
    }

    boolean isFull() {
        return entries.size() >= StationLimits.OUTBOX_ENTRIES_MAX || liveBytes >= StationLimits.OUTBOX_BYTES_MAX;
    }

    /** Takes an entry in; {@code then} runs on the loop once it would survive a power cut. */
    void add(Digest digest, StoredEntry entry, Runnable then) {
        entries.put(digest, entry);
        liveBytes += entry.sizeBytes();
        soon(OutboxJournal.record(OutboxJournal.KIND_ENTRY, entry.encode()), then);
    }

    /** A quorum covers it: should a crash bring it back, it has its place already. */
    void leave(Digest digest) {
        StoredEntry left = entries.remove(digest);
        if (left == null) {
            return;
        }
        liveBytes -= left.sizeBytes();
        queued.add(OutboxJournal.record(OutboxJournal.KIND_LEFT, Bytes.wrap(digest.unsafeArray())));
        clearSoon();
    }

    /** Something left. It is cleared out by itself: whoever waits for a write would wait for two syncs more. */
    private void clearSoon() {
        stale = true;
        if (!leaving) {
            leaving = true;
            setting.loop().after(LEAVE_MILLIS, this::clear);
        }
    }

    private void clear() {
        leaving = false;
        if (stale && liveBytes + refusedBytes <= StationLimits.OUTBOX_CLEARED_BYTES) {
            try {
                sweep();
                told();
                return;
            } catch (UncheckedIOException full) {
                // The old journal is there, and to add that something left takes less room.
            }
        }
        flush();
    }

    /** It was refused for good; {@code then} runs once no crash can bring it back, so that a no stays a no. */
    void drop(Digest digest, Runnable then) {
        StoredEntry dropped = entries.remove(digest);
        if (dropped == null) {
            then.run();
            return;
        }
        liveBytes -= dropped.sizeBytes();
        clearSoon();
        soon(OutboxJournal.record(OutboxJournal.KIND_LEFT, Bytes.wrap(digest.unsafeArray())), then);
    }

    /** It was promised and can never be placed: kept for a person to see; {@code then} runs once that would survive a power cut. */
    void refuse(Digest digest, Code code, Digest badge, Runnable then) {
        StoredEntry entry = entries.remove(digest);
        if (entry == null) {
            then.run();
            return;
        }
        liveBytes -= entry.sizeBytes();
        Refused why = new Refused(entry.withoutDraft(), setting.loop().wallTime(), code, badge);
        keep(digest, why);
        sweepDue = true;
        soon(OutboxJournal.record(OutboxJournal.KIND_REFUSED, why.encode(digest)), then);
        while (refused.size() > StationLimits.REFUSED_ENTRIES_MAX || refusedBytes > StationLimits.REFUSED_BYTES_MAX) {
            setAsideEldest();
        }
    }

    private void keep(Digest digest, Refused why) {
        refused.put(digest, why);
        refusedBytes += why.entry().sizeBytes();
    }

    /** Nobody looks: no new writing is kept from its place for that, and nothing is thrown away. */
    private void setAsideEldest() {
        Map.Entry<Digest, Refused> first = refused.entrySet().iterator().next();
        Digest eldest = first.getKey();
        setting.disk()
                .replace(
                        REFUSED + eldest.hex().substring(0, 16),
                        first.getValue().entry().encode());
        setting.events().accept(new StationEvent.RefusedSetAside(eldest));
        putAway(eldest, there -> {});
    }

    /** A person has seen that it was refused, and what was in it; {@code then} is told whether it was there. */
    void putAway(Digest digest, Consumer<Boolean> then) {
        Refused seen = refused.remove(digest);
        if (seen == null) {
            then.accept(false);
            return;
        }
        contents.forget(digest);
        refusedBytes -= seen.entry().sizeBytes();
        sweepDue = true;
        soon(OutboxJournal.record(OutboxJournal.KIND_LEFT, Bytes.wrap(digest.unsafeArray())), () -> then.accept(true));
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
        boolean small = journalBytes <= StationLimits.OUTBOX_SWEEP_BYTES;
        // What was refused leaves its draft, and what was seen leaves, as soon as that costs little.
        boolean anew = unsure || (small ? sweepDue : journalBytes > 2 * (liveBytes + refusedBytes));
        unsure = true;
        if (anew) {
            sweep();
        } else {
            Bytes batch = OutboxJournal.joined(queued);
            setting.disk().append(FILE, batch);
            journalBytes += batch.size();
        }
        told();
    }

    /** All that was queued would survive a power cut. */
    private void told() {
        unsure = false;
        queued.clear();
        List<Runnable> told = List.copyOf(written);
        written.clear();
        told.forEach(Runnable::run);
    }

    private void sweep() {
        List<Bytes> records = new ArrayList<>();
        for (StoredEntry entry : entries.values()) {
            records.add(OutboxJournal.record(OutboxJournal.KIND_ENTRY, entry.encode()));
        }
        refused.forEach((digest, why) -> {
            records.add(
                    OutboxJournal.record(OutboxJournal.KIND_ENTRY, why.entry().encode()));
            records.add(OutboxJournal.record(OutboxJournal.KIND_REFUSED, why.encode(digest)));
        });
        Bytes journal = OutboxJournal.joined(records);
        setting.disk().replace(FILE, journal);
        journalBytes = journal.size();
        sweepDue = false;
        stale = false;
    }

    private void load(Bytes journal) {
        byte[] all = journal.unsafeArray();
        int at = 0;
        long damaged = 0;
        boolean torn = false;
        while (at < all.length && !torn) {
            int end = OutboxJournal.recordEnd(all, at);
            if (end > 0 && take(all, at + 4, end - OutboxJournal.CHECK_BYTES)) {
                at = end;
                continue;
            }
            int next = OutboxJournal.nextRecord(all, at);
            torn = next < 0 && OutboxJournal.claimedEnd(all, at) < 0 && !OutboxJournal.isWholeButForItsLength(all, at);
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
            // First: once it is swept, the next start sees nothing wrong, and what is lost would be taken for what
            // left.
            BuddySending.forgetName(setting.disk());
        }
        if (torn || damaged > 0) {
            sweep();
        }
        if (stale) {
            clearSoon();
        }
    }

    /** What cannot be read is kept beside the journal: it was confirmed to somebody, and a person may still make sense of it. */
    private void setAside(Bytes damaged) {
        setting.disk().replace(DAMAGED + Digest.sha256(damaged).hex().substring(0, 16), damaged);
    }

    private boolean take(byte[] all, int from, int to) {
        try {
            Bytes content = Bytes.ofRange(all, from + 1, to);
            switch (all[from]) {
                case OutboxJournal.KIND_ENTRY -> {
                    StoredEntry entry = StoredEntry.decode(content);
                    if (entries.put(entry.digest(), entry) == null) {
                        liveBytes += entry.sizeBytes();
                    }
                }
                case OutboxJournal.KIND_LEFT -> {
                    Digest digest = Reader.whole(content, Reader::digest);
                    StoredEntry left = entries.remove(digest);
                    Refused seen = refused.remove(digest);
                    liveBytes -= left == null ? 0 : left.sizeBytes();
                    stale = true;
                    refusedBytes -= seen == null ? 0 : seen.entry().sizeBytes();
                }
                case OutboxJournal.KIND_REFUSED -> {
                    return Reader.whole(content, this::refused);
                }
                default -> {
                    return false;
                }
            }
            return true;
        } catch (MalformedException torn) {
            return false;
        }
    }

    /** False where the entry it speaks of cannot be read: then it is damage as that is. */
    private boolean refused(Reader reader) throws MalformedException {
        Digest digest = reader.digest();
        WallTime at = new WallTime(reader.i64());
        Code code = Code.read(reader);
        Digest badge = reader.remaining() == 0 ? Digest.ZERO : reader.digest();
        StoredEntry entry = entries.remove(digest);
        if (entry != null) {
            liveBytes -= entry.sizeBytes();
            keep(digest, new Refused(entry.withoutDraft(), at, code, badge));
        }
        return entry != null;
    }
}
