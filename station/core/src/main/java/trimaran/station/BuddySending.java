package trimaran.station;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private final Station.Inside inside;
    private final StationSetting setting;
    private final String name;
    private final List<Route> routes;
    private final BuddyCopies copies;
    private final Digest life;
    private final Set<Digest> there = new LinkedHashSet<>();
    /** What was here when it was looked last: what goes at once need not travel. */
    private Set<Digest> lastSeen = Set.of();
    /** Since when each entry has been here and not there; monotonic. */
    private final Map<Digest, Long> lacking = new HashMap<>();
    /** What the buddy refused, until when it is not offered; monotonic. */
    private final Map<Digest, Long> refused = new HashMap<>();
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
    /** Nothing is offered to a full buddy before; monotonic. */
    private long roomNanos;

    private long roomMillis = BuddyLimits.AGAIN_MILLIS;
    private Optional<Refusal> why = Optional.empty();
    private volatile BuddyState.Buddy state;

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
        long now = setting.loop().monotonicNanos();
        roomNanos = now;
        spokenNanos = now;
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
        long now = setting.loop().monotonicNanos();
        lacking.keySet().retainAll(here);
        here.stream().filter(entry -> !there.contains(entry)).forEach(entry -> lacking.putIfAbsent(entry, now));
        lacking.keySet().removeAll(there);
        refused.keySet().retainAll(here);
        refuseTooLarge();
        long late = lacking.values().stream()
                .filter(since -> now - since > BuddyLimits.BEHIND_MILLIS * MILLI_NANOS)
                .count();
        if (late > 0 != behind) {
            behind = late > 0;
            setting.events().accept(new StationEvent.BuddyBehind((int) late));
        }
        int kept = (int) here.stream().filter(there::contains).count();
        if (greeted && kept == here.size()) {
            said.clear();
        }
        state = new BuddyState.Buddy(name, greeted, here.size(), kept, why);
        step();
        lastSeen = here;
        setting.loop().after(BuddyLimits.LOOK_MILLIS, this::look);
    }

    /** What the buddy never takes does not travel first. */
    private void refuseTooLarge() {
        boolean some = inside.outbox().entries().stream().anyMatch(BuddySending::isTooLarge);
        if (some && why.isEmpty()) {
            refuses(Refusal.of(Code.TOO_LARGE, "the buddy keeps no entry of this size"));
        }
    }

    private static boolean isTooLarge(StoredEntry entry) {
        return entry.sizeBytes() > BuddyLimits.ENTRY_BYTES_MAX;
    }

    private boolean isOffered(Digest entry, long now) {
        return !there.contains(entry)
                && refused.getOrDefault(entry, now) - now <= 0
                && inside.outbox().entry(entry).filter(one -> !isTooLarge(one)).isPresent();
    }

    private void step() {
        if (!greeted || busy) {
            return;
        }
        List<Digest> gone =
                there.stream().filter(entry -> !inside.outbox().contains(entry)).toList();
        long now = setting.loop().monotonicNanos();
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
        Optional<Digest> next = roomNanos - now > 0
                ? Optional.empty()
                : lastSeen.stream().filter(entry -> isOffered(entry, now)).findFirst();
        if (next.isPresent()) {
            keep(next.get(), inside.outbox().entry(next.get()).orElseThrow().encode());
        } else if (now - spokenNanos > BuddyLimits.ALIVE_MILLIS * MILLI_NANOS) {
            busy = true;
            call(new BuddyRequest.Alive(inside.outbox().count()), outcome -> busy = false);
        }
    }

    private void leave(List<Digest> gone, boolean left) {
        busy = true;
        call(left ? new BuddyRequest.Leave(gone) : new BuddyRequest.Lost(gone), outcome -> {
            busy = false;
            if (outcome.isDone()) {
                gone.forEach(there::remove);
                gone.forEach(mine::remove);
                if (left) {
                    hasRoom();
                }
                step();
            }
        });
    }

    private void keep(Digest entry, Bytes whole) {
        busy = true;
        mine.add(entry);
        Digest digest = Digest.sha256(whole);
        pieces(whole, 0, (offset, piece) -> new BuddyRequest.Keep(digest, whole.size(), offset, piece), outcome -> {
            busy = false;
            switch (outcome) {
                case Outcome.Done<BuddyResponse> done -> {
                    there.add(entry);
                    why = Optional.empty();
                    hasRoom();
                    step();
                }
                case Outcome.Refused<BuddyResponse>(Refusal refusal) -> {
                    refuses(refusal);
                    long now = setting.loop().monotonicNanos();
                    refused.put(entry, now + BuddyLimits.AGAIN_MILLIS * MILLI_NANOS);
                    if (refusal.code() == Code.BUSY) {
                        roomNanos = now + roomMillis * MILLI_NANOS;
                        roomMillis = Math.min(2 * roomMillis, BuddyLimits.FULL_MILLIS_MAX);
                    }
                }
            }
        });
    }

    private void hasRoom() {
        roomNanos = setting.loop().monotonicNanos();
        roomMillis = BuddyLimits.AGAIN_MILLIS;
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
