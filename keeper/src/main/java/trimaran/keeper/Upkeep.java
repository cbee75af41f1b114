package trimaran.keeper;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Loop;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.line.message.LedgerLine;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.record.Held;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;
import trimaran.record.StatementJudgement;

/** What a keeper does unasked: copies its ledger, spreads what it holds, beats when data does not, reports. */
final class Upkeep {

    /** A ledger line is with the other tiers within a second. */
    static final long LEDGER_MILLIS = 500;

    /** The held set is told to followers and offered to data this often. */
    static final long HELD_MILLIS = 1000;

    /** A larger quorum note is on disk this soon, so that the heart beats on after all tiers went down and data stayed away. */
    static final long NOTE_MILLIS = 1000;

    private final KeeperSetting setting;
    private final Copy copy;
    private final Membership membership;
    private final Cosigner cosigner;
    private final HeldSet held;
    private final ReleaseLedger ledger;
    private final Peers peers;
    private final Feed feed;
    private final Map<Party, Long> copiedLines = new EnumMap<>(Party.class);
    private final Map<Party, Boolean> copying = new EnumMap<>(Party.class);
    private List<Loop.Timer> timers = List.of();
    private boolean running;
    private final ShareRecovery recovery;
    private final EscrowSweep escrow;
    private final Erasure erasure;
    private long knownEpoch;

    Upkeep(
            KeeperSetting setting,
            Copy copy,
            Membership membership,
            Cosigner cosigner,
            HeldSet held,
            ReleaseLedger ledger,
            Peers peers,
            Feed feed) {
        this.setting = setting;
        this.copy = copy;
        this.membership = membership;
        this.cosigner = cosigner;
        this.held = held;
        this.ledger = ledger;
        this.peers = peers;
        this.feed = feed;
        this.recovery = new ShareRecovery(setting, copy, peers);
        this.escrow = new EscrowSweep(setting, copy, cosigner, peers, recovery);
        this.erasure = new Erasure(setting, copy, cosigner);
        this.knownEpoch = membership.epoch();
    }

    void start() {
        running = true;
        every(LEDGER_MILLIS, this::copyLedger);
        every(HELD_MILLIS, this::offerHeld);
        every(HELD_MILLIS, this::followMembership);
        every(ShareRecovery.LOOK_MILLIS, recovery::look);
        every(EscrowSweep.SWEEP_MILLIS, escrow::look);
        every(Erasure.LOOK_MILLIS, erasure::look);
        every(NOTE_MILLIS, cosigner::keepNote);
    }

    void stop() {
        running = false;
        timers.forEach(Loop.Timer::cancel);
        cosigner.keepNote();
    }

    private void every(long millis, Runnable work) {
        if (running) {
            Loop.Timer timer = setting.loop().after(millis, () -> {
                work.run();
                every(millis, work);
            });
            List<Loop.Timer> more = new ArrayList<>(timers);
            if (more.size() > 8) {
                more.removeFirst();
            }
            more.add(timer);
            timers = List.copyOf(more);
        }
    }

    void lineUp(Party party) {
        copiedLines.remove(party);
        copying.remove(party);
        escrow.lineUp(party);
        peers.ask(party, new Request.Highest(), outcome -> {
            if (outcome instanceof Outcome.Done<Response>(Response.Note(Bytes note)) && !note.isEmpty()) {
                if (cosigner.learn(note)) {
                    held.settle();
                    feed.beat();
                }
            }
        });
    }

    /** Another keeper needs no envelope of an entry before this position. */
    Outcome<Response> confirmed(Party keeper, long size) {
        escrow.confirmed(keeper, size);
        return Outcome.done(new Response.Done());
    }

    private void copyLedger() {
        for (Party party : Party.TIERS) {
            if (party == setting.party() || !peers.isUp(party) || copying.getOrDefault(party, false)) {
                continue;
            }
            long from = copiedLines.getOrDefault(party, 0L);
            List<LedgerLine> lines = ledger.from(from);
            if (lines.isEmpty()) {
                continue;
            }
            copying.put(party, true);
            peers.ask(party, new Request.CopyLedger(setting.party(), lines), outcome -> {
                copying.put(party, false);
                if (outcome.isDone()) {
                    copiedLines.put(party, lines.getLast().number() + 1);
                }
            });
        }
    }

    /** Tells a fresh held entry to the two other tiers. */
    void spread(SealedEntry entry, Held statement) {
        feed.heldMore(statement.entry());
        for (Party party : Party.TIERS) {
            if (party != setting.party()) {
                offer(party, entry, statement);
            }
        }
    }

    /** Asks another tier to hold this, too, and notes its word, so that whoever places it can name two. */
    private void offer(Party party, SealedEntry entry, Held statement) {
        peers.ask(party, new Request.HoldCopy(entry, statement), outcome -> {
            if (outcome instanceof Outcome.Done<Response>(Response.HeldAnswer(Held other))) {
                held.note(other);
            }
        });
    }

    /** Whoever begins to follow is told what is held before the first beat: what it shows from then on is all there is. */
    void tellHeld() {
        feed.held(held.digests());
    }

    private void offerHeld() {
        feed.held(held.digests());
        for (HeldSet.One one : held.all()) {
            Optional<Held> own = one.by(setting.party());
            for (Party party : Party.TIERS) {
                // Data places the union, so it is told again until it did; the others are told until they said they
                // hold it.
                boolean wanted = party == Party.DATA || one.by(party).isEmpty();
                if (own.isPresent() && party != setting.party() && wanted && peers.isUp(party)) {
                    offer(party, one.entry(), own.get());
                }
            }
        }
    }

    /** Another tier's held entry: this tier holds it too, if it can, and notes the other's word. */
    Outcome<Response> holdCopy(Request.HoldCopy copied, Intake intake) {
        if (held.covered(copied.held().entry())) {
            held.settle();
            return Outcome.done(new Response.Done());
        }
        Outcome<EntryContent> content = intake.complete(copied.entry());
        if (content instanceof Outcome.Refused<EntryContent>(Refusal refusal)) {
            return Outcome.refused(refusal);
        }
        EntryContent entry = ((Outcome.Done<EntryContent>) content).value();
        Outcome<Held> own = held.hold(entry, copied.entry());
        held.note(copied.held());
        return own.map(Response.HeldAnswer::new);
    }

    /** As many as a frame takes of those wanted, or of all if none is named. */
    Response heldEntries(List<Digest> wanted) {
        Set<Digest> named = new HashSet<>(wanted);
        List<SealedEntry> entries = new ArrayList<>();
        List<Held> statements = new ArrayList<>();
        int bytes = 0;
        for (HeldSet.One one : held.all()) {
            if (!named.isEmpty() && !named.contains(one.header().digest())) {
                continue;
            }
            bytes += one.entry().inlineSize() + 4096;
            if (bytes > trimaran.line.message.MessageLimits.CONTENT_BYTES_MAX && !entries.isEmpty()) {
                break;
            }
            entries.add(one.entry());
            statements.addAll(one.statements());
        }
        return new Response.HeldEntries(entries, statements);
    }

    /** Takes a membership statement in, and has the lines follow it at once. */
    Outcome<Response> changeEpoch(Bytes bytes) {
        return membership.accept(bytes).map(news -> {
            if (news) {
                feed.announced(bytes);
            }
            followMembership();
            return new Response.Done();
        });
    }

    private void followMembership() {
        if (knownEpoch != membership.epoch()) {
            knownEpoch = membership.epoch();
            peers.recheck();
        }
    }

    /** A cut on sight: applied here at once if an officer signed it, and passed on. */
    Outcome<Response> announce(Bytes bytes) {
        try {
            SignedStatement signed = SignedStatement.decode(bytes);
            boolean closing =
                    signed.statement() instanceof Statement.Cut || signed.statement() instanceof Statement.Reopening;
            Optional<Refusal> refusal =
                    StatementJudgement.judge(signed, copy.registry(), setting.now(), setting.verifier());
            if (closing && copy.registry().said(signed.id())) {
                return Outcome.done(new Response.Done());
            }
            if (!closing || refusal.isPresent()) {
                return Outcome.refused(
                        refusal.orElse(Refusal.of(Code.NOT_ALLOWED, "only cuts and reopenings are announced")));
            }
            copy.registry().announce(signed.statement());
            peers.recheck();
            feed.announced(bytes);
            return Outcome.done(new Response.Done());
        } catch (MalformedException malformed) {
            return Outcome.refused(Code.MALFORMED, "this statement cannot be read");
        }
    }

    Response.Report report() {
        long cosigners = 0;
        if (cosigner.note().isPresent()
                && cosigner.standing(cosigner.note().get())
                        instanceof Outcome.Done<trimaran.record.Quorum.Standing>(var standing)) {
            for (Party party : standing.cosigners()) {
                cosigners |= 1L << party.ordinal();
            }
        }
        List<Response.Counter> counters = List.of(
                new Response.Counter("party", setting.party().ordinal()),
                new Response.Counter("epoch", membership.epoch()),
                new Response.Counter("size", copy.size()),
                new Response.Counter("checkpoint.size", cosigner.noteSize()),
                new Response.Counter("checkpoint.time", cosigner.freshSeconds()),
                new Response.Counter("cosigners", cosigners),
                new Response.Counter("held", held.size()),
                new Response.Counter("ledger.lines", ledger.lines()),
                new Response.Counter("shares.refused", copy.shares().refusedPairs()),
                new Response.Counter("followers", feed.followers()),
                new Response.Counter("disk.bytes", setting.store().sizeOnDisk()));
        return new Response.Report(setting.loop().wallTime(), counters, cosigner.faults());
    }
}
