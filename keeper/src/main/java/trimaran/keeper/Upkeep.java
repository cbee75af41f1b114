package trimaran.keeper;

import java.util.ArrayList;
import java.util.List;
import trimaran.kernel.Bytes;
import trimaran.kernel.Loop;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.line.message.Request;
import trimaran.line.message.Response;

/** What a keeper does unasked: copies its ledger, spreads what it holds, beats when data does not, reports. */
final class Upkeep {

    /** A ledger line is with the other tiers within a second. */
    static final long LEDGER_MILLIS = 500;

    /** The held set is told to followers and offered to data this often. */
    static final long HELD_MILLIS = 1000;

    /** A larger quorum note is on disk this soon, so that the heart beats on after all tiers went down and data stayed away. */
    static final long NOTE_MILLIS = 1000;

    /** Whoever may speak no more is told no later than this, and hung up on then; a cut takes hold within a second. */
    static final long LINES_FALL_MILLIS = 100;

    private final KeeperSetting setting;
    private final Copy copy;
    private final Membership membership;
    private final Cosigner cosigner;
    private final HeldSet held;
    private final Ledgers ledgers;
    private final Peers peers;
    private final Feed feed;
    private final LedgerSpread ledgerSpread;
    private final LedgerAgreement agreement;
    private final HeldExchange exchange;
    private final Announcements announcements;
    private final Shutting shutting;
    private long exclusions;
    private boolean running;
    private final EnvelopeSearch envelopes;
    private final ShareRecovery recovery;
    private final EscrowSweep escrow;
    private final Erasure erasure;
    private final ShareRefresh refresh;
    private final RollCount rolls;
    private long knownEpoch;

    Upkeep(
            KeeperSetting setting,
            Copy copy,
            Membership membership,
            Cosigner cosigner,
            HeldSet held,
            Ledgers ledgers,
            Peers peers,
            Feed feed,
            HeldExchange exchange,
            Shutting shutting) {
        this.shutting = shutting;
        this.setting = setting;
        this.copy = copy;
        this.membership = membership;
        this.cosigner = cosigner;
        this.held = held;
        this.ledgers = ledgers;
        this.peers = peers;
        this.feed = feed;
        this.ledgerSpread = new LedgerSpread(setting, ledgers.own(), peers);
        this.agreement = new LedgerAgreement(setting.party(), ledgers.copies(), peers);
        this.exchange = exchange;
        this.announcements = shutting.announcements();
        Fetcher fetcher = new Fetcher(peers, copy.staging(), setting.loop());
        this.envelopes = new EnvelopeSearch(setting, copy, peers, fetcher);
        RefreshHearing hearing = new RefreshHearing(setting, copy, membership, peers);
        this.recovery = new ShareRecovery(setting, copy, peers, envelopes, hearing);
        this.escrow = new EscrowSweep(setting, copy, cosigner, peers, recovery);
        this.erasure = new Erasure(setting, copy, cosigner);
        this.refresh = new ShareRefresh(setting, copy, membership, cosigner, peers, recovery, held, hearing);
        this.rolls = new RollCount(setting, copy, ledgers);
        this.knownEpoch = membership.epoch();
    }

    void start() {
        running = true;
        every(LEDGER_MILLIS, ledgerSpread::look);
        every(LedgerAgreement.LOOK_MILLIS, agreement::look);
        every(HELD_MILLIS, exchange::offerAll);
        every(HELD_MILLIS, this::followMembership);
        every(HELD_MILLIS, this::passOnPlaced);
        every(ShareRecovery.LOOK_MILLIS, recovery::look);
        every(EscrowSweep.SWEEP_MILLIS, escrow::look);
        every(Erasure.LOOK_MILLIS, erasure::look);
        every(ShareRefresh.LOOK_MILLIS, refresh::look);
        every(RollCount.LOOK_MILLIS, rolls::look);
        every(NOTE_MILLIS, cosigner::keepNote);
        every(Staging.SWEEP_MILLIS, copy.staging()::sweep);
    }

    void stop() {
        running = false;
        cosigner.keepNote();
    }

    private void every(long millis, Runnable work) {
        if (running) {
            Loop.Timer _ = setting.loop().after(millis, () -> {
                // Whoever comes after this keeper on the same store works on it alone.
                if (running) {
                    work.run();
                    every(millis, work);
                }
            });
        }
    }

    void lineUp(Party party) {
        ledgerSpread.lineUp(party);
        escrow.lineUp(party);
        envelopes.forgive();
        announcements.told(cosigner.learntSize()).forEach(announced -> tell(party, announced));
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

    /** Whether the third tier was told the same ledgers. */
    LedgerAgreement agreement() {
        return agreement;
    }

    /** The refresh of shares, under way or over. */
    ShareRefresh refresh() {
        return refresh;
    }

    /** Takes a membership statement in, and has the lines follow it at once. */
    Outcome<Response> changeEpoch(Bytes bytes) {
        return membership.accept(bytes).map(news -> {
            followLines();
            if (news) {
                feed.announced(bytes);
            }
            followMembership();
            return new Response.Done();
        });
    }

    /** The log went on: who may speak and who may ask follow it. */
    void committed() {
        followLines();
        if (copy.registry().exclusions() != exclusions) {
            setting.loop().run(this::recheck);
        }
    }

    /** Somebody who was let in may have to go: sessions end at once, lines once whoever is cut was told why. */
    private void recheck() {
        exclusions = copy.registry().exclusions();
        shutting.recheck();
        followLines();
    }

    /** Lets in who may speak by now, and hangs up on who may not any more. */
    void followLines() {
        if (membership.publishLines()) {
            // Not now: whoever commits or announces is in the middle of something a closing channel would touch, and a
            // station
            // that is cut hears of it before its line falls, so that it forgets its keys.
            setting.loop().after(LINES_FALL_MILLIS, peers::recheck);
        }
    }

    /** A cut that has its place here and no quorum's signature: data may have told nobody else. */
    private void passOnPlaced() {
        announcements.news(cosigner.learntSize()).forEach(this::passOn);
    }

    private void passOn(Bytes announced) {
        feed.announced(announced);
        for (Party party : Party.TIERS) {
            tell(party, announced);
        }
    }

    private void followMembership() {
        if (knownEpoch != membership.epoch()) {
            knownEpoch = membership.epoch();
            peers.recheck();
        }
    }

    /** A cut on sight: it acts here once it is on disk, and is passed on over every line there is. */
    Outcome<Response> announce(Bytes bytes) {
        return announcements.accept(bytes).map(news -> {
            if (news) {
                // Whoever is shut out by it hears of it first, so that its keys go at once.
                passOn(bytes);
                recheck();
            }
            return new Response.Done();
        });
    }

    private void tell(Party party, Bytes announced) {
        if (party != setting.party() && peers.isUp(party)) {
            peers.ask(party, new Request.Announce(announced), outcome -> {});
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
        List<Response.Counter> counters = new ArrayList<>(List.of(
                new Response.Counter("party", setting.party().ordinal()),
                new Response.Counter("epoch", membership.epoch()),
                new Response.Counter("size", copy.size()),
                new Response.Counter("checkpoint.size", cosigner.noteSize()),
                new Response.Counter("checkpoint.time", cosigner.freshSeconds()),
                new Response.Counter("cosigners", cosigners),
                new Response.Counter("held", held.size()),
                new Response.Counter("voids", copy.voids()),
                new Response.Counter("announced", announcements.pending().size()),
                new Response.Counter("reopenings", copy.registry().reopeningsOnSight()),
                new Response.Counter("cut", cut()),
                new Response.Counter("ledger.lines", ledgers.own().lines()),
                new Response.Counter("ledger.back", ledgers.own().isBack() ? 1 : 0),
                new Response.Counter(
                        "ledger.contradictions", ledgers.copies().contradictions() + ledgerSpread.contradictions()),
                new Response.Counter("shares.lacking", copy.shares().lackingCount()),
                new Response.Counter("shares.hopeless", recovery.hopelessCount()),
                new Response.Counter("shares.refused", copy.shares().refusedPairs()),
                new Response.Counter("shares.generation", copy.shares().refreshed()),
                new Response.Counter("shares.named", copy.registry().generation()),
                new Response.Counter("shares.made", refresh.progress()),
                new Response.Counter(
                        "shares.late", setting.keys().shares().lateNumbers().size()),
                new Response.Counter("shares.unproven", refresh.isUnproven() ? 1 : 0),
                new Response.Counter("roll.orders", copy.registry().rolls().size()),
                new Response.Counter("roll.waiting", rolls.waiting()),
                new Response.Counter("followers", feed.followers()),
                new Response.Counter("disk.bytes", setting.store().sizeOnDisk())));
        counters.addAll(setting.ground().counters());
        counters.addAll(peers.restoring().counters());
        List<String> faults = new ArrayList<>(cosigner.faults());
        faults.addAll(refresh.faults());
        faults.addAll(ledgers.copies().alarms());
        faults.addAll(ledgerSpread.alarms());
        faults.addAll(agreement.alarms());
        return new Response.Report(setting.loop().wallTime(), counters, faults);
    }

    /** The tiers that are cut here, as a set of bits by the parties' order, and one bit more if everything is. */
    private long cut() {
        long cut = copy.registry().isAllCut() ? 1L << Party.values().length : 0;
        for (Party tier : copy.registry().cutTiersOnSight()) {
            cut |= 1L << tier.ordinal();
        }
        return cut;
    }
}
