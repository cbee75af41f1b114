package trimaran.keeper;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.line.Answer;
import trimaran.line.CallHandler;
import trimaran.line.Calls;
import trimaran.line.ChannelHandler;
import trimaran.line.CloseReason;
import trimaran.line.Network;
import trimaran.line.PeerId;
import trimaran.line.Route;
import trimaran.line.message.RefreshStep;
import trimaran.line.message.Request;
import trimaran.line.message.RequestCodec;
import trimaran.line.message.Response;
import trimaran.line.message.ResponseCodec;
import trimaran.line.message.SealedEntry;
import trimaran.record.PartyKeys;
import trimaran.record.Registry;
import trimaran.record.Session;
import trimaran.shares.SharePair;

/** One tier as a keeper: answers stations, the other parties and the operator's console, each for itself. On its loop alone. */
public final class Keeper implements CallHandler {

    /** The protocol this keeper speaks; it also understands the one before, once there is one. */
    public static final int PROTOCOL = 1;

    private final KeeperSetting setting;
    private final Copy copy;
    private final Membership membership;
    private final Sessions sessions;
    private final HeldSet held;
    private final Intake intake;
    private final Ledgers ledgers;
    private final LedgerShowing showing;
    private final Releases releases;
    private final Cosigner cosigner;
    private final Feed feed;
    private final Peers peers;
    private final Replica replica;
    private final Readings readings;
    private final HeldExchange exchange;
    private final Announcements announcements;
    private final Upkeep upkeep;
    private final Arrears arrears;
    private final Heart heart;
    private final Alarms alarms;
    private final Drafts drafts = new Drafts();
    private Role role = Role.none();

    public Keeper(KeeperSetting setting, Network network, Map<Party, Route> routes) {
        this.setting = setting;
        Tail.takeBack(setting);
        this.copy = new Copy(setting);
        copy.found(setting.founding());
        this.announcements = new Announcements(setting, copy);
        this.membership = new Membership(setting, copy.registry());
        this.sessions = new Sessions(setting, copy.registry(), copy::root);
        this.cosigner = new Cosigner(setting, copy, membership);
        this.held = new HeldSet(setting, copy, cosigner);
        held.settle();
        this.intake = new Intake(copy);
        this.ledgers = new Ledgers(setting, membership::isRebuilt, membership::line, sessions::badge);
        this.showing = new LedgerShowing(setting, copy, ledgers);
        this.releases = new Releases(
                setting, copy, held, ledgers, new WardBudget(setting.store(), copy.registry()), drafts, sessions::over);
        this.feed = new Feed(copy, cosigner, membership, announcements);
        this.peers = new Peers(setting, membership, network, routes, this::up, this::down);
        Fetcher fetcher = new Fetcher(peers, copy.staging(), setting.loop());
        this.replica = new Replica(setting, copy, intake, fetcher, cosigner, held, feed);
        this.readings = new Readings(setting, copy, membership);
        this.exchange = new HeldExchange(setting, held, peers, feed, intake, fetcher);
        Shutting shut = new Shutting(announcements, sessions);
        this.upkeep = new Upkeep(setting, copy, membership, cosigner, held, ledgers, peers, feed, exchange, shut);
        this.heart = new Heart(this);
        this.alarms = new Alarms(setting, copy, cosigner, held);
        upkeep.agreement().tell(alarms::parted);
        ledgers.copies().tell(alarms::setAside);
        ForkSearch fork = new ForkSearch(setting, copy, cosigner, peers, intake, fetcher, alarms);
        this.arrears = new Arrears(setting, copy, cosigner, peers, replica, fork);
        copy.whenCommitted(group -> {
            held.committed(group);
            alarms.committed(group);
            upkeep.committed();
        });
    }

    /** Gives this keeper what it does beyond keeping, before it starts. */
    public void role(Role more) {
        role = more;
    }

    /** Has somebody told what operators have to know, on the loop, before this keeper starts. */
    public void tell(Consumer<KeeperEvent> operators) {
        alarms.tell(operators);
    }

    /** Has somebody close this keeper and begin another on the same store, where its tail has to go ({@link Tail}). */
    public void beginAnew(Runnable anew) {
        arrears.beginAnew(anew);
    }

    /** How this tier is, in numbers. */
    public Response.Report report() {
        return alarms.onto(upkeep.report(), role.faults());
    }

    public void start() {
        peers.start();
        upkeep.start();
        arrears.start();
        heart.start();
        alarms.start();
    }

    public void stop() {
        peers.stop();
        upkeep.stop();
        arrears.stop();
        heart.stop();
        alarms.stop();
    }

    /** Takes a membership statement in by these officers, before the log has it and this keeper starts. True if it was news. */
    public Outcome<Boolean> changeEpoch(Bytes statement, Registry officers) {
        return membership.given(statement, officers);
    }

    /** The membership followed here, which the log may not know yet. */
    public long epoch() {
        return membership.epoch();
    }

    /** Fetches what a quorum signed and this copy lacks, at once instead of at the next look. */
    public void fetchSigned() {
        arrears.hasten();
    }

    /** What a listener hands each new channel. */
    public ChannelHandler accept() {
        return Calls.over(setting.loop(), this);
    }

    public KeeperSetting setting() {
        return setting;
    }

    public Copy copy() {
        return copy;
    }

    public Cosigner cosigner() {
        return cosigner;
    }

    Ledgers ledgers() {
        return ledgers;
    }

    Upkeep upkeep() {
        return upkeep;
    }

    public Feed feed() {
        return feed;
    }

    public Peers peers() {
        return peers;
    }

    public Replica replica() {
        return replica;
    }

    /** Completes an entry in transit, or says what is wrong with it. */
    public Outcome<EntryContent> complete(SealedEntry entry) {
        return intake.complete(entry);
    }

    /** Why an entry's envelopes are too old for it to get a place at this time, if they are. */
    public Optional<Refusal> stale(EntryContent content, RecordTime time) {
        return new LateKeys(copy.registry()).stale(content, time);
    }

    /** A placed entry packed for another tier. */
    public SealedEntry transit(Copy.Stored stored) {
        return readings.whole(stored);
    }

    /** Entries held here, with the statements known. */
    public List<HeldEntry> heldEntries() {
        return held.digests().stream().flatMap(entry -> held.of(entry).stream()).toList();
    }

    /** What is held, for data to place. */
    public HeldUnion union() {
        return new HeldUnion(held, copy);
    }

    /** This tier's own pair of a cell's shares. */
    public Optional<SharePair> pair(CellId cell) {
        return copy.shares().pair(cell);
    }

    /** This tier's own pair of a cell's shares in a generation, for its own use under a filed draft. */
    public Optional<SharePair> pair(long generation, CellId cell) {
        return copy.shares().pair(generation, cell);
    }

    /** A sealed blob of this copy. */
    public Optional<Bytes> blob(Digest digest) {
        return copy.blobs().whole(digest);
    }

    /** Under which keys a party speaks now. */
    public PartyKeys speaker(Party party) {
        return membership.keys(party);
    }

    /** Cuts and reopenings that act here on sight and wait for their place, for data to place. */
    public List<Bytes> announced() {
        return announcements.pending();
    }

    /** Membership statements this tier follows already and the log does not know yet, oldest first. */
    public List<Bytes> membershipAhead() {
        return membership.ahead();
    }

    /** How many entries are likely to come in a moment, since their drafts have just been filed here. */
    public int expected() {
        return drafts.expected(setting.now());
    }

    /** An entry is not expected any more: it has come. */
    public void arrived(Digest entry) {
        drafts.arrived(entry);
    }

    /** Whether a unique token of an entry leads to a resource that has its place; of two that are held both stand. */
    public boolean tokenTaken(Digest token) {
        return !releases.placedHits(token).isEmpty();
    }

    /** Takes a note with a quorum in and tells followers. */
    public void published(Bytes note) {
        if (cosigner.learn(note)) {
            held.settle();
            heart.heard();
            feed.beat();
            if (cosigner.tails().isWary()) {
                arrears.hasten();
            }
        }
    }

    @Override
    public void opened(Calls calls) {
        // Who it is was proven by TLS and allowed by the registry; it speaks first.
    }

    @Override
    public void notice(Calls calls, Bytes payload) {
        calls.close(CloseReason.MALFORMED);
    }

    @Override
    public void closed(Calls calls, CloseReason reason) {
        feed.gone(calls);
    }

    @Override
    public void request(Calls calls, Bytes payload, Answer answer) {
        Request request;
        try {
            request = RequestCodec.decode(payload);
        } catch (MalformedException malformed) {
            answer.refuse(Code.MALFORMED, "this request cannot be read: " + malformed.getMessage());
            return;
        }
        if (!role.takes(calls.peer(), request, answer)) {
            dispatch(calls, request, answer);
        }
    }

    private void dispatch(Calls calls, Request request, Answer answer) {
        Digest peer = calls.peer().keyDigest();
        Optional<Party> party = membership.partyOf(peer);
        boolean console = copy.registry().isConsole(peer);
        switch (request) {
            case Request.Hello hello -> give(answer, readings.hello(hello));
            case Request.JoinSession join -> give(answer, sessions.challenge(peer, join));
            case Request.ProveSession proof -> give(answer, sessions.prove(proof));
            case Request.AsSession inner -> asSession(peer, inner, answer);
            case Request.Stage stage ->
                copy.staging().stage(stage, new StagedBy.Line(peer), outcome -> give(answer, outcome));
            case Request.Hold hold -> give(answer, exchange.hold(hold));
            case Request.TellHeld told -> give(answer, exchange.told(told.word()));
            case Request.Follow follow -> {
                give(answer, Outcome.done(feed.follow(calls, follow.from())));
                exchange.tellHeld();
                feed.feed(calls);
            }
            case Request.Fetch fetch -> give(answer, Outcome.done(readings.parts(fetch)));
            case Request.FetchBlob fetch -> give(answer, readings.piece(fetch));
            case Request.FetchEntries fetch -> give(answer, Outcome.done(readings.entries(fetch, party.isPresent())));
            case Request.ProveInclusion prove -> give(answer, readings.inclusion(prove));
            case Request.ProveConsistency prove -> give(answer, readings.consistency(prove));
            case Request.Highest highest -> give(answer, Outcome.done(new Response.Note(cosigner.highest())));
            case Request.Status status -> give(answer, Outcome.done(report()));
            case Request.ListHeld(List<Digest> wanted) -> give(answer, Outcome.done(exchange.listed(wanted)));
            default -> privileged(peer, party, console, request, answer);
        }
    }

    /** What only parties, the console or an officer may ask. */
    private void privileged(Digest peer, Optional<Party> party, boolean console, Request request, Answer answer) {
        switch (request) {
            case Request.VerifyCopy verify
            when console -> new CopyCheck(this, report -> give(answer, Outcome.done(report))).start();
            case Request.Replicate replicate
            when party.equals(Optional.of(Party.DATA)) ->
                replica.replicate(Party.DATA, replicate, outcome -> give(answer, alarms.answered(Party.DATA, outcome)));
            case Request.Cosign cosign
            when party.isPresent() -> give(answer, alarms.answered(party.get(), replica.cosignAnew(cosign.note())));
            case Request.Publish publish
            when party.isPresent() -> {
                published(publish.note());
                give(answer, Outcome.done(new Response.Done()));
            }
            case Request.HoldCopy copied
            when party.isPresent() -> exchange.holdCopy(party.get(), copied, outcome -> give(answer, outcome));
            case Request.CopyLedger copied
            when party.filter(Party::isTier).isPresent() ->
                give(answer, alarms.copied(copied.ledger(), ledgers.copies().asked(party.get(), copied)));
            case Request.FetchLedger _, Request.SignLedger _, Request.ReadLedger _ ->
                showing.serve(peer, party, console, request, outcome -> give(answer, outcome));
            case Request.OpenForDraft open
            when party.equals(Optional.of(Party.APPLICATION)) ->
                releases.releaseToApplication(open.entry(), open.cells(), outcome -> give(answer, outcome));
            case Request.FetchShares fetch
            when party.isPresent() -> give(answer, readings.sharesFor(party.get(), fetch.after()));
            case Request.Refresh(RefreshStep step) ->
                give(answer, upkeep.refresh().answer(party, console, step));
            case Request.ConfirmShares confirm
            when party.filter(Party::isTier).isPresent() -> give(answer, upkeep.confirmed(party.get(), confirm.size()));
            case Request.ChangeEpoch change
            when console || party.isPresent() -> give(answer, upkeep.changeEpoch(change.statement()));
            case Request.Announce announce -> give(answer, upkeep.announce(announce.statement()));
            default -> answer.refuse(Code.NOT_ALLOWED, "this party does not take this request from you");
        }
    }

    private void asSession(Digest peer, Request.AsSession as, Answer answer) {
        switch (sessions.authenticate(peer, as)) {
            case Outcome.Refused<Session>(Refusal refusal) -> answer.refuse(refusal);
            case Outcome.Done<Session>(Session session) -> {
                try {
                    Request inner = RequestCodec.decode(as.request());
                    releases.serve(session, peer, Digest.sha256(as.request()), inner, outcome -> give(answer, outcome));
                } catch (MalformedException malformed) {
                    answer.refuse(Code.MALFORMED, "this request cannot be read: " + malformed.getMessage());
                }
            }
        }
    }

    private void up(Party party) {
        alarms.event(new KeeperEvent.LineUp(party));
        upkeep.lineUp(party);
    }

    private void down(Party party, CloseReason reason) {
        alarms.event(new KeeperEvent.LineDown(party, reason));
    }

    /** Answers with a response. */
    public static void give(Answer answer, Outcome<Response> outcome) {
        answer.give(outcome.map(ResponseCodec::encode));
    }

    /** Whether a peer may connect at all: the registry says. MAY be asked from any thread. */
    public boolean maySpeak(PeerId peer) {
        return membership.maySpeak(peer.keyDigest());
    }
}
