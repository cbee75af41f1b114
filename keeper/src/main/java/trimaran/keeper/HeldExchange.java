package trimaran.keeper;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.line.message.MessageLimits;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.record.Held;

/** Tells the two other tiers and all followers what this one holds, until everybody who places or reads it knows. */
final class HeldExchange {

    /** Offers one tier has not answered yet. */
    static final int OFFERS_MAX = 64;

    /** Entries of a tail that was taken back that are said to be held in one turn. */
    static final int SAID_STEP = 32;

    private final KeeperSetting setting;
    private final HeldSet held;
    private final Peers peers;
    private final Feed feed;
    private final Intake intake;
    private final Fetcher fetcher;
    private final Set<Fetching> fetching = new HashSet<>();
    private final Set<Party> offering = EnumSet.noneOf(Party.class);
    private final Deque<Digest> unsaid = new ArrayDeque<>();

    /** An entry whose pieces one tier is giving: one that is slow keeps no other from giving the same. */
    private record Fetching(Party from, Digest entry) {}

    HeldExchange(KeeperSetting setting, HeldSet held, Peers peers, Feed feed, Intake intake, Fetcher fetcher) {
        this.setting = setting;
        this.held = held;
        this.peers = peers;
        this.feed = feed;
        this.intake = intake;
        this.fetcher = fetcher;
    }

    /** Tells a fresh held entry to the two other tiers. */
    private void spread(SealedEntry entry, Held statement) {
        feed.heldMore(statement.entry());
        for (Party party : Party.TIERS) {
            if (party != setting.party()) {
                offer(party, entry, statement, () -> {});
            }
        }
    }

    /** Whoever begins to follow is told what is held before the first beat: what it shows from then on is all there is. */
    void tellHeld() {
        feed.held(held.digests());
    }

    /** Asks another tier to hold this, too, and notes its word, so that whoever places it can name two. */
    private void offer(Party party, SealedEntry entry, Held word, Runnable answered) {
        peers.ask(party, new Request.HoldCopy(entry, word), outcome -> {
            switch (outcome) {
                case Outcome.Done<Response>(Response.HeldAnswer(Held other)) -> held.note(other);
                case Outcome.Done<Response> kept -> {
                    // It has its place, or is kept there on the word of two.
                }
                case Outcome.Refused<Response>(Refusal reason) -> held.refused(word.entry(), party, reason);
            }
            answered.run();
        });
    }

    void offerAll() {
        if (unsaid.isEmpty()) {
            held.index().marks().forEach((entry, mark) -> {
                if (mark.words() == 0) {
                    unsaid.add(entry);
                }
            });
            saySome();
        }
        tellHeld();
        if (held.size() > 0) {
            Party.TIERS.stream().filter(party -> party != setting.party()).forEach(this::offerAll);
        }
    }

    /** After a long tail there is much to say, and each is a signature and a sync: whoever asks meanwhile gets its turn. */
    private void saySome() {
        for (int i = 0; i < SAID_STEP && !unsaid.isEmpty(); i++) {
            held.of(unsaid.removeFirst())
                    .filter(one -> one.statements().isEmpty())
                    .ifPresent(this::sayHeld);
        }
        if (!unsaid.isEmpty()) {
            setting.loop().run(this::saySome);
        }
    }

    /**
     * What came back from a tail that was taken back: this tier says that it holds it, as if its author had asked, or lets go what
     * can count for nothing. Nobody was ever promised anything about it.
     */
    private void sayHeld(HeldEntry one) {
        Outcome<Response> said = hold(new Request.Hold(one.entry()));
        if (!said.isDone() && held.lost(one).isPresent()) {
            held.drop(one.header().digest());
        }
    }

    /** Offers everything once, a few at a time: an hour's held entries at once would fill the line and both ends' memory. */
    private void offerAll(Party party) {
        if (peers.isUp(party) && offering.add(party)) {
            new Pass(party, new ArrayDeque<>(held.digests())).next();
        }
    }

    private final class Pass {
        private final Party party;
        private final Deque<Digest> left;
        private int asked;
        private boolean going;

        Pass(Party party, Deque<Digest> left) {
            this.party = party;
            this.left = left;
        }

        void next() {
            if (going) {
                return;
            }
            going = true;
            while (asked < OFFERS_MAX && !left.isEmpty() && peers.isUp(party)) {
                Digest next = left.removeFirst();
                HeldIndex.Mark mark = held.index().marks().get(next);
                if (mark != null && (party == Party.DATA || !mark.by(party))) {
                    held.of(next).ifPresent(this::offer);
                }
            }
            going = false;
            if (asked == 0) {
                offering.remove(party);
            }
        }

        /** Data places the union, so it is told again until it did; the others are told until they said they hold it. */
        private void offer(HeldEntry one) {
            for (Held word : words(one, party)) {
                asked++;
                HeldExchange.this.offer(party, one.entry(), word, () -> {
                    asked--;
                    next();
                });
            }
        }
    }

    /** This tier's word, and to one that does not hold the entry every word known: two let it keep what it would not hold. */
    private List<Held> words(HeldEntry one, Party to) {
        Optional<Held> own = one.by(setting.party());
        if (own.isPresent() && (one.by(to).isPresent() || one.statements().size() == 1)) {
            return List.of(own.get());
        }
        return one.statements().stream().filter(word -> word.tier() != to).toList();
    }

    /** Another tier's held entry: this tier holds it too, if it can, and notes the other's word. */
    void holdCopy(Party from, Request.HoldCopy copied, Consumer<Outcome<Response>> answer) {
        List<Digest> missing = intake.missing(copied.entry());
        Fetching one = new Fetching(from, copied.held().entry());
        if (isSettled(copied)) {
            held.settle();
            answer.accept(Outcome.done(new Response.Done()));
        } else if (missing.isEmpty()) {
            answer.accept(hold(copied));
        } else if (fetching.add(one)) {
            // Its author staged what is large where it was held, and may be gone by now.
            fetcher.fetch(from, missing, fetched -> {
                fetching.remove(one);
                answer.accept(
                        isSettled(copied) ? Outcome.done(new Response.Done()) : fetched.then(done -> hold(copied)));
            });
        } else {
            answer.accept(Outcome.refused(Code.BUSY, "this tier is fetching that entry already"));
        }
    }

    /** Whether it has its place, or one under which nothing could make it count; a header that is not here yet may be another. */
    private boolean isSettled(Request.HoldCopy copied) {
        return held.covered(copied.held().entry())
                || intake.header(copied.entry())
                        .filter(header -> held.isVoidForGood(copied.held(), header))
                        .isPresent();
    }

    /** An author's entry: this tier says that it holds it, and the others hear of it, as it is held: what came now may be another header. */
    Outcome<Response> hold(Request.Hold hold) {
        Outcome<Held> outcome = intake.complete(hold.entry()).then(content -> held.hold(content, hold.entry()));
        if (outcome instanceof Outcome.Done<Held>(Held statement)) {
            held.of(statement.entry()).ifPresent(one -> spread(one.entry(), statement));
        }
        return outcome.map(Response.HeldAnswer::new);
    }

    /**
     * An author has this tier's word and another's. The other may deny it to everybody else, and with its no and an honest one this tier
     * would let go of what was acknowledged.
     */
    Outcome<Response> told(Held word) {
        if (!held.index().marks().containsKey(word.entry())) {
            return Outcome.refused(Code.NOT_FOUND, "this entry is not held here, or has its place");
        }
        if (word.tier() != setting.party()) {
            held.note(word);
        }
        return Outcome.done(new Response.Done());
    }

    private Outcome<Response> hold(Request.HoldCopy copied) {
        return intake.complete(copied.entry())
                .then(content -> held.copied(content, copied.entry(), copied.held()))
                .map(own -> own.<Response>map(Response.HeldAnswer::new).orElseGet(Response.Done::new));
    }

    /** As many as a frame takes of those wanted, or of all if none is named. */
    Response listed(List<Digest> wanted) {
        List<SealedEntry> entries = new ArrayList<>();
        List<Held> statements = new ArrayList<>();
        int bytes = 0;
        for (Digest entry : wanted.isEmpty() ? held.index().marks().keySet() : new LinkedHashSet<>(wanted)) {
            Optional<HeldEntry> one = held.of(entry);
            bytes += one.map(found -> found.entry().inlineSize() + 4096).orElse(0);
            if (bytes > MessageLimits.CONTENT_BYTES_MAX && !entries.isEmpty()) {
                break;
            }
            one.ifPresent(found -> {
                entries.add(found.entry());
                statements.addAll(found.statements());
            });
        }
        return new Response.HeldEntries(entries, statements);
    }
}
