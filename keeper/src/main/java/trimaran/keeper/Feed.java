package trimaran.keeper;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.ledger.Frontier;
import trimaran.line.Calls;
import trimaran.line.message.MessageLimits;
import trimaran.line.message.Push;
import trimaran.line.message.PushCodec;
import trimaran.line.message.Response;
import trimaran.record.CellHead;
import trimaran.record.CellPart;
import trimaran.record.Header;
import trimaran.record.Place;
import trimaran.record.PlacedPart;
import trimaran.record.Verdict;

/**
 * The head feed: tells each follower, in order, every entry a quorum checkpoint covers, then the checkpoint itself, then each
 * heartbeat. A follower that does not keep up is sent no more until its line has drained; nothing is skipped.
 */
public final class Feed {

    /** Bytes that may wait for one follower before it is sent no more. */
    static final int WAITING_BYTES_MAX = 2 << 20;

    /** Entries kept ready in memory, so that following costs no reads. */
    static final int RECENT_MAX = 4096;

    /** Epoch 1 is the founding's; the first that a statement began is the next. */
    private static final long FIRST_CHANGE = 2;

    private final Copy copy;
    private final Cosigner cosigner;
    private final Membership membership;
    private final Announcements announcements;
    private final Map<Calls, Follower> followers = new LinkedHashMap<>();
    private final Map<Long, Push.MovedEntry> recent = new LinkedHashMap<>();

    /** What followers were told this tier holds. */
    private final Set<Digest> held = new LinkedHashSet<>();

    Feed(Copy copy, Cosigner cosigner, Membership membership, Announcements announcements) {
        this.announcements = announcements;
        this.copy = copy;
        this.cosigner = cosigner;
        this.membership = membership;
    }

    private static final class Follower {
        private long next;
        private boolean toldHeld;

        Follower(long next) {
            this.next = next;
        }
    }

    int followers() {
        return followers.size();
    }

    /**
     * Begins the feed on a channel; what a quorum covered since {@code from} follows at once. Whoever signs checkpoints now is
     * told first, or a reader that was away while data was replaced could check none of them; then what is cut on sight.
     */
    Response follow(Calls calls, long from) {
        membership.statements(FIRST_CHANGE).forEach(statement -> announce(calls, statement));
        announcements.told(cosigner.learntSize()).forEach(statement -> announce(calls, statement));
        long size = Math.min(Math.max(0, from), told());
        followers.put(calls, new Follower(size));
        return new Response.Following(
                size, Frontier.of(copy, size).ranges(), cosigner.note().orElse(Bytes.EMPTY));
    }

    /**
     * How far followers may be told: a tier that was away may know a checkpoint of entries it does not hold yet. One whose copy is not what
     * the quorum signed tells nothing until its tail is gone, or it would be taken for a liar.
     */
    private long told() {
        return cosigner.isOther() ? 0 : Math.min(cosigner.noteSize(), copy.size());
    }

    void gone(Calls calls) {
        followers.remove(calls);
    }

    /** Remembers a group just made durable, so that followers are fed from memory. */
    public void remember(CopyGroup group) {
        for (CopyGroup.Added added : group.added()) {
            recent.put(
                    added.place().index(),
                    told(added.content().header(), added.content().headerBytes(), added.placeBytes(), added.heads()));
        }
        while (recent.size() > RECENT_MAX) {
            recent.remove(recent.keySet().iterator().next());
        }
    }

    /** The log entry at an index, if it came lately: an entry bundle is written many times while it fills. */
    public Optional<Digest> leaf(long index) {
        return Optional.ofNullable(recent.get(index)).map(Push.MovedEntry::leaf);
    }

    /** Tells everybody what the latest quorum note covers. */
    public void beat() {
        for (Map.Entry<Calls, Follower> one : List.copyOf(followers.entrySet())) {
            feed(one.getKey(), one.getValue());
        }
    }

    /** Something more is held. */
    void heldMore(Digest entry) {
        if (held.add(entry)) {
            tellHeld(List.of(entry), List.of());
        }
    }

    /** All that is held now; followers are told what changed. */
    void held(List<Digest> digests) {
        Set<Digest> now = new HashSet<>(digests);
        List<Digest> gone = held.stream().filter(entry -> !now.contains(entry)).toList();
        List<Digest> more =
                digests.stream().filter(entry -> !held.contains(entry)).toList();
        gone.forEach(held::remove);
        held.addAll(more);
        tellHeld(more, gone);
    }

    private void tellHeld(List<Digest> more, List<Digest> gone) {
        followers.forEach((calls, follower) -> {
            if (!follower.toldHeld) {
                tellAllHeld(calls, follower);
            } else if (calls.waitingBytes() > WAITING_BYTES_MAX) {
                follower.toldHeld = false;
            } else {
                pages(false, more, gone).forEach(page -> calls.notice(PushCodec.encode(page)));
            }
        });
    }

    private void tellAllHeld(Calls calls, Follower follower) {
        if (calls.waitingBytes() <= WAITING_BYTES_MAX) {
            pages(true, List.copyOf(held), List.of()).forEach(page -> calls.notice(PushCodec.encode(page)));
            follower.toldHeld = true;
        }
    }

    /** As many messages as it takes; none if nothing changed. */
    static List<Push.HeldSet> pages(boolean afresh, List<Digest> more, List<Digest> gone) {
        List<Push.HeldSet> pages = new ArrayList<>();
        int size = Math.max(more.size(), gone.size());
        for (int from = 0; from < size || (afresh && from == 0); from += MessageLimits.ENTRIES_MAX) {
            pages.add(new Push.HeldSet(afresh && from == 0, page(more, from), page(gone, from)));
        }
        return pages;
    }

    private static List<Digest> page(List<Digest> all, int from) {
        return all.subList(Math.min(from, all.size()), Math.min(from + MessageLimits.ENTRIES_MAX, all.size()));
    }

    void announced(Bytes statement) {
        followers.keySet().forEach(calls -> announce(calls, statement));
    }

    private static void announce(Calls calls, Bytes statement) {
        calls.notice(PushCodec.encode(new Push.Announced(statement)));
    }

    void feed(Calls calls) {
        Follower follower = followers.get(calls);
        if (follower != null) {
            if (!follower.toldHeld) {
                tellAllHeld(calls, follower);
            }
            feed(calls, follower);
        }
    }

    private void feed(Calls calls, Follower follower) {
        long end = told();
        if (end < cosigner.noteSize()) {
            // Entries and checkpoint are told together, when this copy has caught up.
            return;
        }
        while (follower.next < end) {
            if (calls.waitingBytes() > WAITING_BYTES_MAX) {
                return;
            }
            List<Push.MovedEntry> page = new ArrayList<>();
            long from = follower.next;
            int bytes = 0;
            while (follower.next < end && page.size() < MessageLimits.ENTRIES_MAX) {
                Push.MovedEntry entry = moved(follower.next);
                bytes += bytes(entry);
                if (!page.isEmpty() && bytes > MessageLimits.CONTENT_BYTES_MAX) {
                    break;
                }
                page.add(entry);
                follower.next++;
            }
            calls.notice(PushCodec.encode(new Push.Moved(from, page)));
        }
        cosigner.note().ifPresent(note -> calls.notice(PushCodec.encode(new Push.Beat(note))));
    }

    /** Three digests, the lengths of place and heads, and what they are long. */
    static int bytes(Push.MovedEntry entry) {
        return 3 * Digest.SIZE
                + 2 * Integer.BYTES
                + entry.place().size()
                + entry.heads().size() * (CellId.SIZE_BYTES + Long.BYTES + Digest.SIZE);
    }

    private Push.MovedEntry moved(long index) {
        Push.MovedEntry known = recent.get(index);
        if (known != null) {
            return known;
        }
        Copy.Stored stored = copy.entry(index).orElseThrow();
        Header header = stored.header();
        Place place = stored.place();
        List<CellHead> heads = new ArrayList<>();
        if (place.verdict() != Verdict.VOID) {
            for (int i = 0; i < place.parts().size(); i++) {
                CellPart part = header.author().parts().get(i);
                PlacedPart placed = place.parts().get(i);
                heads.add(new CellHead(part.cell(), placed.sequence(), placed.previous())
                        .plus(header.digest(), part.blob()));
            }
        }
        return told(header, stored.headerBytes(), stored.placeBytes(), heads);
    }

    private static Push.MovedEntry told(Header header, Bytes headerBytes, Bytes place, List<CellHead> heads) {
        return new Push.MovedEntry(header.digest(), header.author().nonce(), Digest.sha256(headerBytes), place, heads);
    }
}
