package trimaran.station;

import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.ledger.Frontier;
import trimaran.ledger.TreeHead;
import trimaran.line.message.Push;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.CellHead;

/**
 * What the station knows of the whole record: the largest checkpoint over all feeds, how old it is, the union of the held
 * sets, and every newly covered entry once, in order. Compares the feeds and raises the alarm where two disagree.
 */
final class HeadWatch implements TierHealth.Heads {

    /** Hears each covered entry once, in order of the log. */
    interface Listener {
        void covered(long index, Push.MovedEntry entry);

        /** Another tier tells differently of a covered entry what its leaf does not bind. */
        void toldOtherwise(long index, Push.MovedEntry entry);

        /** A head one tier tells of, in any order and repeated: the largest counts. */
        void head(CellHead head);

        void heldChanged(Set<Digest> more, Set<Digest> gone);

        void announced(Bytes statement);
    }

    private final StationSetting setting;
    private final NoteChecks notes;
    private final Listener listener;
    private final Map<Party, Feed> feeds = new EnumMap<>(Party.class);
    private final Map<Party, Bytes> early = new EnumMap<>(Party.class);
    private final Digest[] leaves = new Digest[StationLimits.LEAVES_REMEMBERED];
    private final Digest[] tellings = new Digest[StationLimits.LEAVES_REMEMBERED];
    /** How far each tier told in this life of the process, each from where {@link #begun} says. */
    private final Map<Party, Long> told = new EnumMap<>(Party.class);

    private final long start;
    private final Map<Long, Digest> proven = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Digest> eldest) {
            return size() > StationLimits.LEAVES_PROVEN;
        }
    };
    private Frontier frontier;
    private final Set<Digest> held = new HashSet<>();
    private volatile long freshSeconds;

    HeadWatch(StationSetting setting, NoteChecks notes, Frontier start, Listener listener) {
        this.setting = setting;
        this.notes = notes;
        this.frontier = start;
        this.start = start.size();
        this.listener = listener;
    }

    /** The log as far as a quorum covers it and this station took it in. */
    Frontier frontier() {
        return frontier;
    }

    @Override
    public long size() {
        return frontier.size();
    }

    /** How old the newest quorum time is; {@link Long#MAX_VALUE} before the first. MAY be asked from any thread. */
    long ageMillis() {
        long seconds = freshSeconds;
        // Cosignatures carry whole seconds, so the one that counts may be up to 999 ms younger than it says.
        return seconds == 0
                ? Long.MAX_VALUE
                : Math.max(0, setting.loop().wallTime().millis() - seconds * 1000 - 999);
    }

    /** The newest quorum time told in this life of the process; 0 before the first. */
    long newestMillis() {
        return freshSeconds * 1000;
    }

    boolean isFresh() {
        return ageMillis() < StationLimits.FRESH_MILLIS;
    }

    /** Tiers whose feed is followed now. */
    Set<Party> followed() {
        return Set.copyOf(feeds.keySet());
    }

    /** Whether a tier has told of all that a quorum covers: what it lacks, it does not merely lack yet. */
    @Override
    public boolean isLevel(Party tier) {
        return isLevel(tier, frontier.size());
    }

    /** The same of what a quorum covered at some moment. */
    boolean isLevel(Party tier, long size) {
        Feed feed = feeds.get(tier);
        return feed != null && feed.frontier().size() >= size;
    }

    /** Entries some tier holds that have no place, as far as all feeds tell. */
    Set<Digest> held() {
        return Collections.unmodifiableSet(held);
    }

    boolean holds(Party tier, Digest entry) {
        Feed feed = feeds.get(tier);
        return feed != null && feed.held().contains(entry);
    }

    /** The log entry at an index, if the feed told of it lately or it was proven; null otherwise. */
    @org.jspecify.annotations.Nullable
    Digest leaf(long index) {
        Digest seen = told(index);
        return seen != null ? seen : proven.get(index);
    }

    private @org.jspecify.annotations.Nullable Digest told(long index) {
        boolean remembered = index < frontier.size() && index >= frontier.size() - leaves.length && index >= 0;
        return remembered ? leaves[(int) (index % leaves.length)] : null;
    }

    /** An inclusion proof showed the log entry at an index; it stays so, since the log only grows. */
    void proven(long index, Digest leaf) {
        proven.put(index, leaf);
    }

    // ---- following

    void follow(TierLine line) {
        line.ask(new Request.Follow(begun(line.tier())), Response.Following.class, outcome -> {
            switch (outcome) {
                case trimaran.kernel.Outcome.Refused<Response.Following>(var refusal) -> later(line);
                case trimaran.kernel.Outcome.Done<Response.Following>(Response.Following begin) -> begin(line, begin);
            }
        });
    }

    /**
     * Where a tier's feed begins: behind what it told already, or two others did. What only one told is told again, or a tier
     * that lies while it is alone would never be contradicted.
     */
    private long begun(Party tier) {
        long own = told.getOrDefault(tier, 0L);
        long twice = told.values().stream()
                .sorted(Comparator.reverseOrder())
                .skip(1)
                .findFirst()
                .orElse(0L);
        return Math.min(frontier.size(), Math.max(start, Math.max(own, twice)));
    }

    private void begin(TierLine line, Response.Following begin) {
        try {
            Feed feed = new Feed(line.tier(), notes, begin);
            boolean fits = feed.frontier().size() < frontier.size()
                    || (feed.frontier().size() == frontier.size()
                            && feed.frontier().root().equals(frontier.root()));
            if (!fits) {
                setting.events().accept(new StationEvent.FeedDropped(line.tier(), Code.EQUIVOCATION, begin.size()));
                later(line);
                return;
            }
            feeds.put(line.tier(), feed);
            if (!begin.note().isEmpty()) {
                beat(line, feed, begin.note());
            }
        } catch (MalformedException malformed) {
            setting.events().accept(new StationEvent.FeedDropped(line.tier(), Code.MALFORMED, begin.size()));
            later(line);
        }
    }

    private void later(TierLine line) {
        setting.loop().after(StationLimits.RETRY_MAX_MILLIS, () -> {
            if (line.isUp() && !feeds.containsKey(line.tier())) {
                follow(line);
            }
        });
    }

    void down(TierLine line) {
        early.remove(line.tier());
        forget(feeds.remove(line.tier()));
    }

    private void forget(@Nullable Feed feed) {
        if (feed != null) {
            unite(feed.held());
        }
    }

    void pushed(TierLine line, Push push) {
        if (push instanceof Push.Announced(Bytes statement)) {
            listener.announced(statement);
            return;
        }
        Feed feed = feeds.get(line.tier());
        if (feed == null) {
            return;
        }
        switch (push) {
            case Push.Moved moved -> {
                feed.moved(moved).ifPresent(code -> drop(line, code, moved.from()));
                Bytes note = early.remove(line.tier());
                if (note != null && feeds.containsKey(line.tier())) {
                    beat(line, feed, note);
                }
            }
            case Push.Beat(Bytes note) -> beat(line, feed, note);
            case Push.HeldSet change ->
                feed.heldSet(change)
                        .ifPresentOrElse(
                                this::unite,
                                () -> drop(line, Code.BAD_VALUE, feed.frontier().size()));
            case Push.Announced announced -> listener.announced(announced.statement());
        }
    }

    private void beat(TierLine line, Feed feed, Bytes note) {
        switch (feed.beat(note)) {
            case Feed.Beaten.Ahead() -> early.put(line.tier(), note);
            case Feed.Beaten.Bad(Code code, long size) -> drop(line, code, size);
            case Feed.Beaten.Good(Feed.Covered covered, TreeHead head, long seconds) -> {
                if (differs(line, head)) {
                    return;
                }
                freshSeconds = Math.max(freshSeconds, seconds);
                takeIn(line, covered);
            }
        }
    }

    /** Two trees of one size with two roots, both under quorum: nothing this feed says is taken. */
    private boolean differs(TierLine line, TreeHead head) {
        boolean differs = head.size() == frontier.size() && !head.root().equals(frontier.root());
        if (differs) {
            setting.events().accept(new StationEvent.RootsDiffer(line.tier(), head.size()));
            drop(line, Code.EQUIVOCATION, head.size());
        }
        return differs;
    }

    private void takeIn(TierLine line, Feed.Covered covered) {
        long index = covered.from();
        Frontier before = frontier;
        if (covered.frontier().size() > before.size()) {
            frontier = covered.frontier();
        }
        for (Push.MovedEntry entry : covered.entries()) {
            int slot = (int) (index % leaves.length);
            Digest telling = telling(entry);
            if (index >= before.size()) {
                leaves[slot] = entry.leaf();
                tellings[slot] = telling;
                listener.covered(index, entry);
            } else if (told(index) != null && !telling.equals(tellings[slot])) {
                setting.events().accept(new StationEvent.TiersDiffer(line.tier(), index));
                listener.toldOtherwise(index, entry);
            }
            entry.heads().forEach(listener::head);
            index++;
        }
        told.merge(line.tier(), index, Math::max);
    }

    /** What a tier says of an entry beside what makes its leaf, which the root already binds. */
    private static Digest telling(Push.MovedEntry entry) {
        trimaran.kernel.Writer writer = new trimaran.kernel.Writer(256);
        writer.digest(entry.entry());
        entry.heads().forEach(head -> head.write(writer));
        return Digest.sha256(writer.toArray());
    }

    private void drop(TierLine line, Code code, long size) {
        setting.events().accept(new StationEvent.FeedDropped(line.tier(), code, size));
        early.remove(line.tier());
        forget(feeds.remove(line.tier()));
        later(line);
    }

    /** Brings the union up to date where a tier's set changed. */
    private void unite(Set<Digest> touched) {
        Set<Digest> more = new HashSet<>();
        Set<Digest> gone = new HashSet<>();
        for (Digest entry : touched) {
            boolean isHeld =
                    feeds.values().stream().anyMatch(feed -> feed.held().contains(entry));
            if (isHeld && held.add(entry)) {
                more.add(entry);
            } else if (!isHeld && held.remove(entry)) {
                gone.add(entry);
            }
        }
        if (!more.isEmpty() || !gone.isEmpty()) {
            listener.heldChanged(more, gone);
        }
    }
}
