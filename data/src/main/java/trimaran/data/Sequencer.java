package trimaran.data;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import trimaran.keeper.CopyGroup;
import trimaran.keeper.EntryContent;
import trimaran.keeper.HeldEntry;
import trimaran.keeper.Keeper;
import trimaran.keeper.Role;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Reader;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.line.Answer;
import trimaran.line.PeerId;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.line.message.SealedEntry.Item;
import trimaran.record.Annex;
import trimaran.record.AuthorPart;
import trimaran.record.EntryKind;
import trimaran.record.Header;
import trimaran.record.Held;
import trimaran.record.Judgement;
import trimaran.record.Place;
import trimaran.record.RecordLimits;
import trimaran.record.Sanction;
import trimaran.record.Signature;
import trimaran.record.Suite;
import trimaran.record.Verdict;

/**
 * Gives entries their place, in order of arrival, one group a turn of the loop and one synced write a group. Refuses what would
 * be void; places the union of what the tiers hold. Nothing is placed before this tier has caught up with the others: a party
 * that starts signs nothing that does not extend what they have.
 */
public final class Sequencer implements Role {

    /** Entries waiting to be placed; beyond it stations are told to come back. */
    public static final int PENDING_MAX = 2048;

    /** Entries placed in one group: more would make one synced write, and everybody behind it, wait. */
    static final int GROUP_MAX = 64;

    /** Inline bytes placed in one group, for the same reason. */
    static final int GROUP_BYTES_MAX = 4 << 20;

    /**
     * Longest an entry waits for others whose drafts were filed a moment ago: together they cost one round of signatures. It
     * waits for nobody if nobody is on the way.
     */
    static final long GATHER_MILLIS = 10;

    /** How often it looks meanwhile. */
    private static final long GATHER_LOOK_MILLIS = 1;

    /** How often the held set is looked through. */
    static final long HELD_MILLIS = 500;

    private final Keeper keeper;
    private final Rounds rounds;
    private final CatchUp catchUp;
    private final PlacingClock clock;
    private final Deque<Pending> pending = new ArrayDeque<>();
    private boolean turnDue;
    private boolean served;

    /** What the tiers hold, as far as it is still to be tried this time round. */
    private final Deque<Digest> union = new ArrayDeque<>();

    private record Pending(SealedEntry entry, Answer answer) {}

    public Sequencer(Keeper keeper) {
        this.keeper = keeper;
        this.rounds = new Rounds(keeper);
        this.clock = new PlacingClock(keeper);
        this.catchUp = new CatchUp(keeper, () -> clock.start(this::serve));
    }

    public void start() {
        catchUp.start();
    }

    /** Whether this tier has caught up and places, by a clock that others share. */
    public boolean isServing() {
        return served && clock.isRight();
    }

    @Override
    public List<String> faults() {
        if (served && !clock.isRight()) {
            return List.of(
                    "data's clock is ahead of two others', and nobody takes what it places: it places nothing until it is set");
        }
        return catchUp.faults();
    }

    private void serve() {
        served = true;
        rounds.start();
        look();
    }

    @Override
    public boolean takes(PeerId from, Request request, Answer answer) {
        if (!(request instanceof Request.Append append)) {
            return false;
        }
        if (!isServing()) {
            answer.refuse(
                    Code.UNAVAILABLE,
                    served
                            ? "data's clock is ahead of two others', and nobody takes what it places; set it"
                            : "data is catching up with the other tiers");
        } else if (pending.size() >= PENDING_MAX) {
            answer.refuse(Code.BUSY, "too many entries are waiting for their place; try again");
        } else {
            arrived(append.entry());
            keeper.copy().awaits(append.entry());
            pending.add(new Pending(append.entry(), answer));
            turnSoon();
        }
        return true;
    }

    private void arrived(SealedEntry entry) {
        entry.header().inline().ifPresent(bytes -> {
            try {
                keeper.arrived(AuthorPart.digest(new Reader(bytes).bytes(RecordLimits.HEADER_BYTES_MAX)));
            } catch (MalformedException malformed) {
                // It is refused with its reason when its turn comes.
            }
        });
    }

    private void turnSoon() {
        if (!turnDue) {
            turnDue = true;
            long latest = keeper.setting().loop().monotonicNanos() + GATHER_MILLIS * 1_000_000;
            keeper.setting().loop().run(() -> gather(latest));
        }
    }

    private void gather(long latestNanos) {
        boolean full = pending.size() >= GROUP_MAX;
        boolean late = keeper.setting().loop().monotonicNanos() - latestNanos >= 0;
        if (full || late || keeper.expected() == 0) {
            turn();
        } else {
            keeper.setting().loop().after(GATHER_LOOK_MILLIS, () -> gather(latestNanos));
        }
    }

    private void turn() {
        turnDue = false;
        CopyGroup group = keeper.copy().begin();
        Set<Digest> tokens = new HashSet<>();
        List<Runnable> answers = new ArrayList<>();
        int bytes = 0;
        while (!pending.isEmpty() && group.count() < GROUP_MAX && bytes < GROUP_BYTES_MAX) {
            Pending next = pending.removeFirst();
            bytes += next.entry().inlineSize();
            switch (place(group, next.entry(), List.of(), tokens)) {
                case Outcome.Refused<Bytes>(Refusal refusal) ->
                    answers.add(() -> next.answer().refuse(refusal));
                case Outcome.Done<Bytes>(Bytes place) ->
                    answers.add(() -> Keeper.give(next.answer(), Outcome.done(new Response.Placed(place))));
            }
        }
        finish(group);
        answers.forEach(Runnable::run);
        if (!pending.isEmpty()) {
            turnSoon();
        }
    }

    private void finish(CopyGroup group) {
        if (group.count() > 0) {
            // A round over it begins now or follows the one under way.
            group.cosigned();
            keeper.copy().commit(group);
            keeper.feed().remember(group);
            rounds.grown();
        }
    }

    /** The place of an entry that is placed now or was before. */
    private Outcome<Bytes> place(CopyGroup group, SealedEntry sealed, List<Held> held, Set<Digest> tokens) {
        return keeper.complete(sealed).then(content -> {
            Digest digest = content.header().digest();
            OptionalLong before = keeper.copy().position(digest);
            if (before.isPresent()) {
                return Outcome.done(
                        keeper.copy().entry(before.getAsLong()).orElseThrow().placeBytes());
            }
            Optional<Bytes> inGroup = group.added().stream()
                    .filter(added -> added.content().header().digest().equals(digest))
                    .map(CopyGroup.Added::placeBytes)
                    .findFirst();
            if (inGroup.isPresent()) {
                return Outcome.done(inGroup.get());
            }
            RecordTime time = time(group);
            Judgement judgement = group.judge(content, time, held);
            boolean promised = !held.isEmpty() && judgement.verdict() == Verdict.CONFLICT;
            if (!held.isEmpty()
                    && judgement.verdict() == Verdict.VOID
                    && keeper.union().dropUntrue(digest)) {
                return Outcome.refused(judgement.reason().orElseThrow());
            }
            // What was acknowledged and can count for nothing takes a void place, so that everybody learns of it. What
            // leans on something not placed yet stays held until that has its place.
            boolean lost = !held.isEmpty()
                    && judgement.verdict() == Verdict.VOID
                    && keeper.union().isLost(digest);
            if (judgement.verdict() != Verdict.VALID && !promised && !lost) {
                return Outcome.refused(judgement.reason().orElseThrow());
            }
            if (held.isEmpty() && group.bringsAnothers(content.header())) {
                return Outcome.refused(
                        Code.MALFORMED, "a part of this entry brings sealed bytes another entry has brought");
            }
            Optional<Refusal> stale = held.isEmpty() ? keeper.stale(content, time) : Optional.empty();
            if (stale.isPresent()) {
                return Outcome.refused(stale.get());
            }
            if (held.isEmpty() && tokenTaken(content, tokens)) {
                return Outcome.refused(Code.DUPLICATE, "a resource with this identifier exists already");
            }
            Place place = group.place(judgement, time, held);
            group.add(content, place);
            return Outcome.done(place.encode());
        });
    }

    /** Never back, also when this machine's clock went back. */
    private RecordTime time(CopyGroup group) {
        RecordTime now = keeper.setting().now();
        return group.lastTime().isAfter(now) ? group.lastTime() : now;
    }

    private boolean tokenTaken(EntryContent content, Set<Digest> tokens) {
        List<Digest> unique = content.annex().tokens().stream()
                .filter(Annex.Token::unique)
                .map(Annex.Token::value)
                .toList();
        boolean taken = unique.stream().anyMatch(token -> tokens.contains(token) || keeper.tokenTaken(token));
        if (!taken) {
            tokens.addAll(unique);
        }
        return taken;
    }

    private void look() {
        keeper.setting().loop().after(HELD_MILLIS, this::look);
        if (!clock.isRight()) {
            return;
        }
        placeStatements(keeper.membershipAhead());
        placeStatements(keeper.announced());
        if (union.isEmpty()) {
            union.addAll(keeper.union().unplaced());
            placeHeld();
        }
    }

    /**
     * Places what officers handed to the parties directly: memberships, because data had fallen, and first of all, since what tiers
     * hold meanwhile names the new epoch; and cuts and reopenings, which act before they have a place.
     */
    private void placeStatements(List<Bytes> statements) {
        for (Bytes statement : statements) {
            AuthorPart author = new AuthorPart(
                    keeper.copy().registry().origin(),
                    keeper.setting().entropy().nonce(),
                    Digest.ZERO,
                    EntryKind.REGISTRY,
                    keeper.setting().loop().wallTime(),
                    false,
                    List.of(),
                    List.of(),
                    statement,
                    Digest.ZERO,
                    Digest.ZERO,
                    0);
            Header header =
                    Header.of(author, new Signature(Suite.ML_DSA_44, Bytes.EMPTY), new Sanction.OwnSignatures());
            SealedEntry entry =
                    new SealedEntry(Item.inline(header.encode()), Item.NOTHING, Item.NOTHING, List.of(), Bytes.EMPTY);
            CopyGroup group = keeper.copy().begin();
            place(group, entry, List.of(), new HashSet<>());
            finish(group);
        }
    }

    /** Places what the tiers hold, a group a turn: statements of people and sessions first, since others lean on them. */
    private void placeHeld() {
        CopyGroup group = keeper.copy().begin();
        Set<Digest> tokens = new HashSet<>();
        int bytes = 0;
        for (int tried = 0; tried < GROUP_MAX && bytes < GROUP_BYTES_MAX && !union.isEmpty(); tried++) {
            Digest next = union.removeFirst();
            Optional<HeldEntry> one = keeper.union()
                    .of(next)
                    .filter(held -> keeper.copy().position(next).isEmpty());
            if (one.isPresent()) {
                bytes += one.get().entry().inlineSize();
                place(group, one.get().entry(), one.get().acknowledgement(), tokens);
            }
        }
        finish(group);
        if (!union.isEmpty()) {
            // More than a group is left from a time without data: nobody waits half a second for each.
            keeper.setting().loop().after(GATHER_MILLIS, this::placeHeld);
        }
    }
}
