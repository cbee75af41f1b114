package trimaran.station;

import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Disk;
import trimaran.kernel.Outcome;

/**
 * What a buddy keeps of another station's outbox, in {@code buddy-<name>/}: a journal as an outbox is, of the station as it is now,
 * and one below {@code before/} of entries it came back without. Nothing leaves it but what that station says has left its outbox,
 * or what a quorum is proven to cover.
 *
 * <p>Trust: whoever takes it has ciphertext, sizes and times; whoever changes it can have entries not be brought, and none altered:
 * each is signed by its author.
 */
final class BuddyJournal {

    private static final String LIFE = "life";

    private final Disk disk;
    private final Outbox present;
    private final Outbox before;
    private Digest life;

    /** The disk refused a write: what is queued is written before anything else is taken. */
    private boolean refused;

    BuddyJournal(StationSetting setting, String ward) {
        disk = new DiskFolder(setting.disk(), BuddyShelf.folder(ward));
        present = new Outbox(kept(setting, disk));
        before = new Outbox(kept(setting, new DiskFolder(disk, "before")));
        life = disk.read(LIFE)
                .filter(bytes -> bytes.size() == Digest.SIZE)
                .map(bytes -> Digest.of(bytes.toArray()))
                .orElse(Digest.ZERO);
    }

    /** What is damaged here is another station's. */
    private StationSetting kept(StationSetting setting, Disk folder) {
        Consumer<StationEvent> events = setting.events();
        return setting.on(
                new ForgivingLoop(setting.loop(), () -> refused = true),
                folder,
                event -> events.accept(
                        event instanceof StationEvent.OutboxDamaged(long bytes)
                                ? new StationEvent.WardKeptDamaged(bytes)
                                : event));
    }

    /**
     * The station speaks. If it is not the one that spoke last, its outbox is another: what lies here is this station's to bring.
     *
     * @return all that is here, so that it says of what it has itself when that leaves; {@code DISK_FULL}
     */
    Outcome<List<Digest>> greeted(Digest formerly, Digest now) {
        // Whose these are is not known any more where the name is lost or damaged.
        boolean named = !life.equals(Digest.ZERO);
        boolean itself = named && (life.equals(formerly) || life.equals(now));
        Outcome<Boolean> moved = itself ? written() : lost(present.digests());
        return moved.then(done -> {
            try {
                if (!life.equals(now)) {
                    disk.replace(LIFE, Bytes.wrap(now.toArray()));
                    life = now;
                }
                return Outcome.done(List.copyOf(toBring(true)));
            } catch (UncheckedIOException full) {
                return full();
            }
        });
    }

    /** Done once it would survive a power cut; {@code BUSY} if it is full, {@code TOO_LARGE} for what it never takes. */
    Outcome<Boolean> keep(Digest digest, StoredEntry entry) {
        Outcome<Boolean> whole = refused ? written() : Outcome.done(true);
        if (!whole.isDone() || present.contains(digest)) {
            return whole;
        }
        if (entry.sizeBytes() > BuddyLimits.ENTRY_BYTES_MAX) {
            return Outcome.refused(Code.TOO_LARGE, "the buddy keeps no entry of this size");
        }
        Outcome<Boolean> room = room(entry.sizeBytes());
        if (!room.isDone()) {
            return room;
        }
        present.add(digest, entry, () -> {});
        return written();
    }

    private static <T> Outcome<T> full() {
        return Outcome.refused(Code.DISK_FULL, "the buddy's disk takes nothing");
    }

    /** Whether all that is here would survive a power cut; if not, it is written before anything else is taken. */
    private Outcome<Boolean> written() {
        try {
            before.flush();
            present.flush();
            refused = false;
            return Outcome.done(true);
        } catch (UncheckedIOException disk) {
            refused = true;
            return full();
        }
    }

    /** They left that station's outbox, and it saw them leave. */
    void left(List<Digest> entries) {
        entries.forEach(this::covered);
    }

    /** That station has them no more and did not see them leave: they are this station's to bring. */
    Outcome<Boolean> lost(Collection<Digest> entries) {
        Set<Digest> here = present.among(Set.copyOf(entries));
        for (Digest digest : entries) {
            if (here.contains(digest) && !before.contains(digest)) {
                before.add(digest, present.entry(digest).orElseThrow(), () -> {});
            }
        }
        return written().then(done -> {
            here.forEach(present::leave);
            return written();
        });
    }

    /** Whether an entry that is not here may be brought at all: asked before its first piece is taken. */
    Outcome<Boolean> room(long sizeBytes) {
        if (count() >= BuddyLimits.ENTRIES_MAX || bytes() + sizeBytes > BuddyLimits.BYTES_MAX) {
            return Outcome.refused(Code.BUSY, "the buddy keeps as much as it can");
        }
        return Outcome.done(true);
    }

    /** A quorum covers it. */
    void covered(Digest entry) {
        present.leave(entry);
        before.leave(entry);
    }

    int count() {
        return present.count() + before.count();
    }

    long bytes() {
        return present.bytes() + before.bytes();
    }

    /** What nobody else brings, oldest first. */
    Set<Digest> toBring(boolean silent) {
        Set<Digest> all = new LinkedHashSet<>(before.digests());
        if (silent) {
            all.addAll(present.digests());
        }
        return all;
    }

    Optional<StoredEntry> entry(Digest digest) {
        return before.entry(digest).or(() -> present.entry(digest));
    }

    void flush() {
        written();
    }
}
