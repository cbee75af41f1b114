package trimaran.station;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.RecordTime;
import trimaran.kernel.ResourceId;
import trimaran.record.CellHead;
import trimaran.record.CellKind;
import trimaran.record.CellPart;
import trimaran.record.Change;
import trimaran.record.Header;
import trimaran.record.NewCell;
import trimaran.record.PartContent;
import trimaran.record.Place;
import trimaran.record.PlacedPart;
import trimaran.record.Verdict;
import trimaran.seal.CellKey;

/**
 * One opened cell: its key, and its parts folded into resources. Changed on the loop only; what it holds may be looked up
 * from any thread while a lease runs.
 */
final class OpenCell {

    /** What an object and its list take beside the author's bytes. */
    private static final int VERSION_OVERHEAD_BYTES = 290;

    private final NewCell opening;
    private final CellKeys keys;
    private final Map<Long, List<ResourceVersion>> resources = new ConcurrentHashMap<>();
    private final Map<Digest, List<ResourceVersion>> provisional = new LinkedHashMap<>();
    private final Leases leases = new Leases();
    private final Continuity continuity = new Continuity();
    private final Unread unread = new Unread();
    private CellHead head;
    private long lastIndex = -1;
    private volatile long partsKnown;
    private volatile boolean ready;
    private volatile boolean heldShown;
    private int resets;
    private volatile boolean forgotten;
    private String label = "";
    private long sizeBytes = 512;
    private volatile long usedNanos;

    OpenCell(NewCell opening, CellKey key) {
        this.opening = opening;
        this.keys = new CellKeys(key);
        this.head = CellHead.empty(opening.cell());
    }

    CellId id() {
        return opening.cell();
    }

    CellKind kind() {
        return opening.kind();
    }

    CellId subject() {
        return opening.subject();
    }

    NewCell opening() {
        return opening;
    }

    CellKeys keys() {
        return keys;
    }

    /** What the cell is for, as its parts say: a quarter, a ward and week; empty before the first part. */
    String label() {
        return label;
    }

    CellHead head() {
        return head;
    }

    long sizeBytes() {
        return sizeBytes;
    }

    // ---- freshness

    /** A tier says the cell has so many parts. */
    void headTold(long parts) {
        partsKnown = Math.max(partsKnown, parts);
    }

    long partsKnown() {
        return partsKnown;
    }

    /** A tier said so and could not show it: what others say counts again. */
    void disbelieve(long parts) {
        partsKnown = Math.max(head.parts(), Math.min(partsKnown, parts));
    }

    /** Whether everything any tier told of is folded. */
    boolean isCurrent() {
        return ready && head.parts() >= partsKnown;
    }

    /** Up to where of a log of this size somebody who knows this cell as it is here knows the log. */
    long knows(long size) {
        return isCurrent() ? size : Math.min(size, lastIndex + 1);
    }

    /** The parts up to the head were checked against a checkpoint. */
    void markReady() {
        ready = true;
        keys.proven();
    }

    /** Whether all that is folded was compared with a checkpoint. */
    boolean isProven() {
        return ready;
    }

    /** What comes next was not compared with a checkpoint yet: nobody reads before it is. */
    void markUnproven() {
        ready = false;
    }

    /** Whether what is held is shown here beside what is placed: until then nobody is answered past {@link HeldView}. */
    boolean isHeldShown() {
        return heldShown;
    }

    int resets() {
        return resets;
    }

    /** All that is held is shown here, unless the content was forgotten since. */
    void heldShown(int sinceResets) {
        heldShown = sinceResets == resets;
    }

    /** Forgets all content, because the tier that gave it could not prove it; the key stays. */
    void reset() {
        keys.reset();
        readAgain();
    }

    /** Forgets all content, because more of it can be read now; which keys were asked for in vain stays known. */
    void readAgain() {
        ready = false;
        heldShown = false;
        resets++;
        resources.clear();
        provisional.clear();
        continuity.clear();
        keys.unplaced();
        unread.clear();
        head = CellHead.empty(id());
        lastIndex = -1;
        sizeBytes = 512;
    }

    /** For whom it is open. */
    Leases leases() {
        return leases;
    }

    void used(long nowNanos) {
        usedNanos = nowNanos;
    }

    long usedNanos() {
        return usedNanos;
    }

    // ---- content

    /** All versions of a resource, oldest first; empty if the cell does not hold it. */
    List<ResourceVersion> versions(long local) {
        return resources.getOrDefault(local, List.of());
    }

    Optional<ResourceVersion> latest(long local) {
        List<ResourceVersion> versions = versions(local);
        return versions.isEmpty() ? Optional.empty() : Optional.of(versions.getLast());
    }

    Iterable<List<ResourceVersion>> all() {
        return resources.values();
    }

    Continuity continuity() {
        return continuity;
    }

    /**
     * Takes in the next part of the cell. Every rule a keeper placed it by is checked again: the part follows the last one, its
     * versions follow what it replaces, its items are the ones its header names.
     */
    Outcome<Boolean> fold(Header header, Place place, int partIndex, PartContent content) {
        List<CellPart> parts = header.author().parts();
        if (place.verdict() == Verdict.VOID
                || partIndex >= parts.size()
                || partIndex >= place.parts().size()) {
            return bad("a void entry or a part that does not exist");
        }
        CellPart part = parts.get(partIndex);
        PlacedPart placed = place.parts().get(partIndex);
        boolean follows = part.cell().equals(id())
                && placed.sequence() == head.parts()
                && placed.previous().equals(head.chain())
                && place.index() > lastIndex;
        if (!follows) {
            return bad("a part that does not follow the one before");
        }
        List<Change> changes = part.changes();
        if (content.items().size() != changes.size() || placed.versions().size() != changes.size()) {
            return bad("a part with other content than its header names");
        }
        boolean conflict = false;
        for (int i = 0; i < changes.size(); i++) {
            Change change = changes.get(i);
            PartContent.Item item = content.items().get(i);
            ResourceVersion last = lastRecorded(change.local());
            long present = last == null ? 0 : last.version();
            conflict |= present != change.replaces();
            boolean good = item.local() == change.local()
                    && item.json().isEmpty() == change.removes()
                    && placed.versions().get(i) == present + 1;
            if (!good) {
                return bad("a part with other content or versions than its header and place name");
            }
        }
        if (conflict && place.verdict() == Verdict.VALID) {
            return bad("a part that replaces what is not there");
        }
        forgetProvisional(header.digest());
        apply(header, place, content, placed);
        head = head.plus(header.digest(), part.blob());
        headTold(head.parts());
        keys.placed(header.author().newCells(), place.index(), header.author().session());
        if (ready) {
            keys.proven();
        }
        lastIndex = place.index();
        label = content.label();
        return Outcome.done(true);
    }

    Unread unread() {
        return unread;
    }

    private void apply(Header header, Place place, PartContent content, PlacedPart placed) {
        ResourceVersion.Standing standing = ResourceVersion.Standing.of(place.verdict());
        continuity.add(header, content);
        for (int i = 0; i < content.items().size(); i++) {
            PartContent.Item item = content.items().get(i);
            ResourceVersion before = lastRecorded(item.local());
            boolean effect = hasEffect(header, item);
            insertRecorded(new ResourceVersion(
                    new ResourceId(id(), item.local()),
                    effect || before == null ? item.type() : before.type(),
                    placed.versions().get(i),
                    place.effectiveTime(),
                    effect ? item.json() : before == null ? Bytes.EMPTY : before.json(),
                    standing,
                    header.sanction().isContinuity(),
                    header.digest(),
                    header.author().session(),
                    ResourceVersion.isLate(header.author().authored(), place.effectiveTime())));
        }
    }

    /**
     * Whether what nobody approved is of a kind that needs no approval, as its author said (DESIGN §5 Continuity): no keeper could
     * see. What is not takes its version, since every reader counts alike, and leaves the resource as it was.
     */
    private boolean hasEffect(Header header, PartContent.Item item) {
        ResourceVersion before = lastRecorded(item.local());
        boolean sameType = before == null || List.of(Unread.TYPE, item.type()).contains(before.type());
        return !header.sanction().isContinuity() || (sameType && Sealing.CONTINUITY_TYPES.contains(item.type()));
    }

    /** Shows an entry that is only held, after everything recorded. */
    void showProvisional(Header header, int partIndex, PartContent content, RecordTime time) {
        if (shows(header.digest()) || Unread.isRecorded(this, header, partIndex)) {
            return;
        }
        List<ResourceVersion> shown = new ArrayList<>();
        for (PartContent.Item item : content.items()) {
            if (!hasEffect(header, item)) {
                continue;
            }
            ResourceVersion version = new ResourceVersion(
                    new ResourceId(id(), item.local()),
                    item.type(),
                    latest(item.local()).map(ResourceVersion::version).orElse(0L) + 1,
                    time,
                    item.json(),
                    ResourceVersion.Standing.PROVISIONAL,
                    header.sanction().isContinuity(),
                    header.digest(),
                    header.author().session(),
                    ResourceVersion.isLate(header.author().authored(), time));
            shown.add(version);
            append(version);
        }
        if (label.isEmpty()) {
            label = content.label();
        }
        continuity.judge(header, content);
        provisional.put(header.digest(), shown);
    }

    boolean shows(Digest entry) {
        return provisional.containsKey(entry) || unread.isHeld(entry);
    }

    void forgetProvisional(Digest entry) {
        List<ResourceVersion> shown = provisional.remove(entry);
        unread.forgetHeld(entry);
        if (shown == null) {
            return;
        }
        for (ResourceVersion version : shown) {
            resources.computeIfPresent(version.id().local(), (local, versions) -> {
                List<ResourceVersion> left =
                        versions.stream().filter(each -> !each.equals(version)).toList();
                return left.isEmpty() ? null : left;
            });
            sizeBytes -= version.json().size() + VERSION_OVERHEAD_BYTES;
        }
    }

    @Nullable
    ResourceVersion lastRecorded(long local) {
        List<ResourceVersion> versions = versions(local);
        for (int i = versions.size() - 1; i >= 0; i--) {
            if (versions.get(i).standing() != ResourceVersion.Standing.PROVISIONAL) {
                return versions.get(i);
            }
        }
        return null;
    }

    private void insertRecorded(ResourceVersion version) {
        if (provisional.isEmpty()) {
            append(version);
            return;
        }
        // Provisional versions stay behind what is recorded.
        List<ResourceVersion> all = new ArrayList<>(versions(version.id().local()));
        int at = all.size();
        while (at > 0 && all.get(at - 1).standing() == ResourceVersion.Standing.PROVISIONAL) {
            at--;
        }
        all.add(at, version);
        resources.put(version.id().local(), List.copyOf(all));
        sizeBytes += version.json().size() + VERSION_OVERHEAD_BYTES;
    }

    private void append(ResourceVersion version) {
        resources.merge(version.id().local(), List.of(version), (old, one) -> {
            List<ResourceVersion> all = new ArrayList<>(old);
            all.addAll(one);
            return List.copyOf(all);
        });
        sizeBytes += version.json().size() + VERSION_OVERHEAD_BYTES;
    }

    /** Forgets the key and everything opened with it. */
    void forget() {
        forgotten = true;
        ready = false;
        leases.endAll();
        resources.clear();
        provisional.clear();
        continuity.clear();
        keys.wipe();
    }

    /** Whether its key is gone: whatever is still under way for it comes too late. */
    boolean isForgotten() {
        return forgotten;
    }

    private static Outcome<Boolean> bad(String what) {
        return Outcome.refused(Code.BAD_PROOF, what);
    }
}
