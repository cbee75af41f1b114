package trimaran.station;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Disk;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.line.Answer;
import trimaran.line.CallHandler;
import trimaran.line.Calls;
import trimaran.line.CloseReason;
import trimaran.line.PeerId;
import trimaran.line.Redialling;
import trimaran.line.Route;
import trimaran.line.message.BuddyCodec;
import trimaran.line.message.BuddyRequest;
import trimaran.line.message.BuddyResponse;
import trimaran.line.message.MessageLimits;
import trimaran.record.RecordLimits;
import trimaran.record.Registry;
import trimaran.record.Statement;

/**
 * Brings what waits in this station's outbox to its buddy, another ward's station, so that it outlives this machine. It compares
 * what is here with what is there and sends the difference, one thing at a time, as long as there is one: a line that broke in
 * between needs nothing else. Nobody who writes waits for it.
 */
public final class BuddySending implements CallHandler {

    private static final String LIFE = "buddy-life";
    private static final long MILLI_NANOS = 1_000_000;
    static final int VERSION = 1;

    private final Inside inside;
    private final StationSetting setting;
    private final String name;
    private final List<Route> routes;
    private final BuddyCopies copies;
    private final Digest life;
    private final Set<Digest> there = new LinkedHashSet<>();
    /** What is there and has left this outbox, as it was looked last. */
    private final SequencedSet<Digest> gone = new LinkedHashSet<>();
    /** What is offered until it is looked again. */
    private final ArrayDeque<Digest> offers = new ArrayDeque<>();
    /** Since when each entry has been here and not there; monotonic. */
    private final Map<Digest, Long> lacking = new HashMap<>();
    /** What the buddy refused, and until when it is not offered. */
    private final Map<Digest, Wait> refused = new HashMap<>();
    /** What was in the outbox in this life of the process, and is or may be at the buddy: only of these it is known that they left. */
    private final Set<Digest> mine = new HashSet<>();
    /** What was said to operators, until the buddy has everything. */
    private final Set<Code> said = new HashSet<>();

    private Digest before;
    private @Nullable Redialling redialling;
    private @Nullable Calls line;
    private boolean greeted;
    private boolean busy;
    private boolean behind;
    private long spokenNanos;
    private final BuddyRoom room;
    private Optional<Refusal> why = Optional.empty();
    private volatile BuddyState.Buddy state;

    /** @param untilNanos monotonic */
    private record Wait(long millis, long untilNanos) {}

    /**
     * @param name under which the buddy is enrolled
     * @param routes to its own door
     */
    public BuddySending(Station station, String name, List<Route> routes) {
        this.inside = station.inside();
        this.setting = inside.setting();
        this.name = name;
        this.routes = List.copyOf(routes);
        this.copies = new BuddyCopies(setting, this::call);
        this.room = new BuddyRoom(setting.loop());
        this.life = setting.entropy().nonce();
        this.before = setting.disk()
                .read(LIFE)
                .filter(bytes -> bytes.size() == Digest.SIZE)
                .map(bytes -> Digest.of(bytes.toArray()))
                .orElse(Digest.ZERO);
        this.state = new BuddyState.Buddy(name, false, 0, 0, why);
    }

    /** The outbox on this disk lost something: whoever speaks from it from now on is not the one the buddy kept for. */
    static void forgetName(Disk disk) {
        if (disk.read(LIFE).isPresent()) {
            disk.replace(LIFE, Bytes.EMPTY);
        }
    }

    /** Begins; on the loop, once. */
    public void start() {
        spokenNanos = setting.loop().monotonicNanos();
        mine.addAll(inside.outbox().digests());
        follow();
        look();
        copies.look();
    }

    /** On the loop. */
    public void stop() {
        if (redialling != null) {
            redialling.stop();
        }
    }

    /** How it stands. From any thread. */
    public BuddyState.Buddy state() {
        return state;
    }

    // ---- whom to speak with

    /** The key the registry names for the buddy, as long as that is not cut; of two of that name the one enrolled last. */
    private Optional<PeerId> peer() {
        Registry registry = inside.registry();
        return registry.stations().stream()
                .filter(station -> station.name().equals(name))
                .filter(station -> !registry.isCutByName(station.line()))
                .filter(station -> !station.line().equals(setting.line()))
                .max(Comparator.comparing(Statement.StationEnrolment::time))
                .map(station -> new PeerId(station.line()));
    }

    private void follow() {
        Optional<PeerId> wanted = peer();
        boolean same = Optional.ofNullable(redialling).map(Redialling::peer).equals(wanted);
        if (!same) {
            if (redialling != null) {
                redialling.stop();
            }
            redialling = wanted.map(peer ->
                            new Redialling(setting.network(), setting.loop(), setting.entropy(), peer, routes, this))
                    .orElse(null);
            if (redialling != null) {
                redialling.start();
            }
        }
        setting.loop().after(BuddyLimits.PEERS_MILLIS, this::follow);
    }

    @Override
    public void opened(Calls calls) {
        line = calls;
        greeted = false;
        calls.call(
                BuddyCodec.encode(new BuddyRequest.Greet(inside.registry().origin(), VERSION, before, life)),
                BuddyLimits.CALL_MILLIS,
                outcome -> {
                    switch (outcome.then(BuddySending::decoded)) {
                        case Outcome.Done<BuddyResponse>(BuddyResponse.Kept kept) -> greeted(kept);
                        case Outcome.Done<BuddyResponse> other -> calls.close(CloseReason.MALFORMED);
                        case Outcome.Refused<BuddyResponse>(Refusal refusal) -> {
                            refuses(refusal);
                            calls.close();
                        }
                    }
                });
    }

    private void greeted(BuddyResponse.Kept kept) {
        greeted = true;
        busy = false;
        there.clear();
        there.addAll(kept.entries());
        gone.clear();
        offers.clear();
        refused.clear();
        mine.removeIf(entry -> !there.contains(entry) && !inside.outbox().contains(entry));
        if (!before.equals(life)) {
            // Once it knows the new name, and not before: else what it keeps would be taken for another disk's.
            setting.disk().replace(LIFE, Bytes.wrap(life.toArray()));
            before = life;
        }
        why = Optional.empty();
        setting.events().accept(new StationEvent.BuddyReached(there.size()));
        step();
    }

    @Override
    public void request(Calls calls, Bytes payload, Answer answer) {
        answer.refuse(Code.NOT_SUPPORTED, "this end of the line asks");
    }

    @Override
    public void notice(Calls calls, Bytes payload) {
        calls.close(CloseReason.MALFORMED);
    }

    @Override
    public void closed(Calls calls, CloseReason reason) {
        if (!calls.equals(line)) {
            return;
        }
        busy = false;
        there.clear();
        if (greeted) {
            greeted = false;
            setting.events().accept(new StationEvent.BuddySilent(reason));
        }
    }

    private void refuses(Refusal refusal) {
        if (refusal.code() != Code.UNAVAILABLE && said.add(refusal.code())) {
            setting.events().accept(new StationEvent.BuddyRefuses(refusal.code()));
        }
        why = Optional.of(refusal);
    }

    // ---- what to bring

    private void look() {
        Set<Digest> here = inside.outbox().digests();
        // Whom nobody was told of may still be refused, and whoever takes a buddy could place it all the same.
        here.removeIf(entry -> inside.courier()
                .underWay(entry)
                .filter(one -> !one.isBeyondRecall())
                .isPresent());
        long now = setting.loop().monotonicNanos();
        lacking.keySet().retainAll(here);
        lacking.keySet().removeAll(there);
        refused.keySet().retainAll(here);
        gone.clear();
        there.stream().filter(entry -> !inside.outbox().contains(entry)).forEach(gone::add);
        offers.clear();
        int kept = 0;
        for (Digest entry : here) {
            if (there.contains(entry)) {
                kept++;
            } else if (lacking.putIfAbsent(entry, now) != null) {
                // What goes at once need not travel.
                offers.add(entry);
            }
        }
        long late = lacking.values().stream()
                .filter(since -> now - since > BuddyLimits.BEHIND_MILLIS * MILLI_NANOS)
                .count();
        if (late > 0 != behind) {
            behind = late > 0;
            setting.events().accept(new StationEvent.BuddyBehind((int) late));
        }
        if (greeted && kept == here.size()) {
            said.clear();
            why = Optional.empty();
        }
        state = new BuddyState.Buddy(name, greeted, here.size(), kept, why);
        step();
        setting.loop().after(BuddyLimits.LOOK_MILLIS, this::look);
    }

    /** What the buddy never takes does not travel first. */
    private boolean isOffered(Digest entry, StoredEntry content) {
        if (content.sizeBytes() > BuddyLimits.ENTRY_BYTES_MAX) {
            refuses(Refusal.of(Code.TOO_LARGE, "the buddy keeps no entry of this size"));
            return false;
        }
        Wait wait = refused.get(entry);
        return !there.contains(entry)
                && (wait == null || wait.untilNanos() - setting.loop().monotonicNanos() <= 0)
                && room.has(content.sizeBytes());
    }

    private void step() {
        if (!greeted || busy) {
            return;
        }
        if (!gone.isEmpty()) {
            // That this station does not have an entry does not say that it left: its disk may be an older one.
            boolean left = mine.contains(gone.getFirst());
            leave(
                    gone.stream()
                            .filter(entry -> mine.contains(entry) == left)
                            .limit(MessageLimits.ENTRIES_MAX)
                            .toList(),
                    left);
            return;
        }
        for (Digest entry = offers.poll(); entry != null; entry = offers.poll()) {
            Optional<StoredEntry> content = inside.outbox().entry(entry);
            if (content.isPresent() && isOffered(entry, content.get())) {
                keep(entry, content.get());
                return;
            }
        }
        if (setting.loop().monotonicNanos() - spokenNanos > BuddyLimits.ALIVE_MILLIS * MILLI_NANOS) {
            busy = true;
            call(new BuddyRequest.Alive(inside.outbox().count()), outcome -> busy = false);
        }
    }

    private void leave(List<Digest> some, boolean left) {
        busy = true;
        call(left ? new BuddyRequest.Leave(some) : new BuddyRequest.Lost(some), outcome -> {
            busy = false;
            if (outcome.isDone()) {
                some.forEach(there::remove);
                some.forEach(gone::remove);
                some.forEach(mine::remove);
                if (left) {
                    room.more();
                }
                step();
            }
        });
    }

    /** Its draft stays here: nobody there could show it to application. */
    private void keep(Digest entry, StoredEntry content) {
        busy = true;
        mine.add(entry);
        Bytes whole = content.withoutDraft().encode();
        Digest digest = Digest.sha256(whole);
        pieces(whole, 0, (offset, piece) -> new BuddyRequest.Keep(digest, whole.size(), offset, piece), outcome -> {
            busy = false;
            switch (outcome) {
                case Outcome.Done<BuddyResponse> done -> {
                    there.add(entry);
                    refused.remove(entry);
                    why = why.filter(no -> !refused.isEmpty());
                    room.taken();
                    step();
                }
                case Outcome.Refused<BuddyResponse>(Refusal refusal) -> {
                    refuses(refusal);
                    boolean full = refusal.code() == Code.BUSY;
                    Wait before = refused.get(entry);
                    long wait = full || before == null
                            ? BuddyLimits.AGAIN_MILLIS
                            : Math.min(2 * before.millis(), BuddyLimits.FULL_MILLIS_MAX);
                    refused.put(entry, new Wait(wait, setting.loop().monotonicNanos() + wait * MILLI_NANOS));
                    if (full) {
                        room.refused(content.sizeBytes());
                    }
                }
            }
        });
    }

    /** Makes the request that carries one piece. */
    interface Carrier {
        BuddyRequest of(long offset, Bytes piece);
    }

    private void pieces(Bytes whole, int from, Carrier carrier, Consumer<Outcome<BuddyResponse>> then) {
        int to = Math.min(whole.size(), from + RecordLimits.CHUNK_BYTES);
        call(carrier.of(from, Bytes.ofRange(whole.unsafeArray(), from, to)), outcome -> {
            if (outcome.isDone() && to < whole.size()) {
                pieces(whole, to, carrier, then);
            } else {
                then.accept(outcome);
            }
        });
    }

    private void call(BuddyRequest request, Consumer<Outcome<BuddyResponse>> then) {
        if (redialling == null || !greeted) {
            setting.loop()
                    .run(() -> then.accept(Outcome.refused(Code.UNAVAILABLE, "the buddy station is not reached")));
            return;
        }
        spokenNanos = setting.loop().monotonicNanos();
        redialling.call(
                BuddyCodec.encode(request),
                BuddyLimits.CALL_MILLIS,
                outcome -> then.accept(outcome.then(BuddySending::decoded)));
    }

    private static Outcome<BuddyResponse> decoded(Bytes bytes) {
        try {
            return Outcome.done(BuddyCodec.decodeResponse(bytes));
        } catch (MalformedException foreign) {
            return Outcome.refused(Code.MALFORMED, "the buddy's answer cannot be read");
        }
    }
}
