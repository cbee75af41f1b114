package trimaran.keeper;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.ledger.ConsistencyProof;
import trimaran.ledger.InclusionProof;
import trimaran.line.Answer;
import trimaran.line.CallHandler;
import trimaran.line.Calls;
import trimaran.line.ChannelHandler;
import trimaran.line.CloseReason;
import trimaran.line.Network;
import trimaran.line.PeerId;
import trimaran.line.Route;
import trimaran.line.message.Request;
import trimaran.line.message.RequestCodec;
import trimaran.line.message.Response;
import trimaran.line.message.ResponseCodec;
import trimaran.record.Session;

/**
 * One tier as a keeper: takes requests from stations, from the other parties and from the operator's console, and answers each
 * for itself. Single-threaded on its loop.
 */
public final class Keeper implements CallHandler {

    /** The protocol this keeper speaks; it also understands the one before, once there is one. */
    public static final int PROTOCOL = 1;

    private final KeeperSetting setting;
    private final Copy copy;
    private final Membership membership;
    private final Sessions sessions;
    private final HeldSet held;
    private final Intake intake;
    private final ReleaseLedger ledger;
    private final Releases releases;
    private final Cosigner cosigner;
    private final Feed feed;
    private final Peers peers;
    private final Replica replica;
    private final Readings readings;
    private final Upkeep upkeep;
    private final Arrears arrears;
    private final Heart heart;
    private final Drafts drafts = new Drafts();
    private Role role = Role.none();

    public Keeper(KeeperSetting setting, Network network, Map<Party, Route> routes) {
        this.setting = setting;
        this.copy = new Copy(setting);
        if (copy.size() == 0) {
            CopyGroup first = copy.begin();
            first.add(FoundingEntry.content(setting.founding()), FoundingEntry.place(setting.founding()));
            copy.commit(first);
        }
        this.membership = new Membership(setting, copy.registry());
        this.sessions = new Sessions(setting, copy.registry());
        this.cosigner = new Cosigner(setting, copy, membership);
        this.held = new HeldSet(setting, copy, cosigner);
        held.settle();
        this.intake = new Intake(copy.blobs());
        this.ledger = new ReleaseLedger(setting.store());
        this.releases =
                new Releases(setting, copy, held, ledger, new WardBudget(setting.store(), copy.registry()), drafts);
        this.feed = new Feed(copy, cosigner, membership);
        this.peers = new Peers(setting, membership, network, routes, this::up);
        this.replica = new Replica(setting, copy, intake, new Fetcher(peers, copy.blobs()), cosigner, held, feed);
        this.readings = new Readings(setting, copy, membership);
        this.upkeep = new Upkeep(setting, copy, membership, cosigner, held, ledger, peers, feed);
        this.arrears = new Arrears(setting, copy, cosigner, peers, replica);
        this.heart = new Heart(this);
    }

    /** Gives this keeper what it does beyond keeping, before it starts. */
    public void role(Role more) {
        role = more;
    }

    public void start() {
        peers.start();
        upkeep.start();
        arrears.start();
        heart.start();
    }

    public void stop() {
        peers.stop();
        upkeep.stop();
        arrears.stop();
        heart.stop();
    }

    /**
     * Takes a membership statement in, before the log has it.
     *
     * @return true if it was news
     */
    public Outcome<Boolean> changeEpoch(Bytes statement) {
        return membership.accept(statement);
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
    public Outcome<EntryContent> complete(trimaran.line.message.SealedEntry entry) {
        return intake.complete(entry);
    }

    /** A placed entry packed for another tier. */
    public trimaran.line.message.SealedEntry transit(Copy.Stored stored) {
        return readings.whole(stored);
    }

    /** Entries held and not placed, with the statements known, for data to place. */
    public List<HeldEntry> heldEntries() {
        return held.all().stream()
                .map(one -> new HeldEntry(one.entry(), HeldSet.acknowledgement(one)))
                .toList();
    }

    /** A held entry and the two statements that acknowledge it, or none. */
    public record HeldEntry(trimaran.line.message.SealedEntry entry, List<trimaran.record.Held> acknowledgement) {}

    /** This tier's own pair of a cell's shares, for its own use under a filed draft. */
    public Optional<trimaran.shares.SharePair> pair(CellId cell) {
        return copy.shares().pair(cell);
    }

    /** A sealed blob of this copy. */
    public Optional<Bytes> blob(Digest digest) {
        return copy.blobs().whole(digest);
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

    /** Drops a held entry nobody was promised anything about. */
    public void dropHeld(Digest entry) {
        held.drop(entry);
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
            case Request.Hello hello -> give(answer, hello(hello));
            case Request.JoinSession join -> give(answer, sessions.challenge(peer, join));
            case Request.ProveSession proof -> give(answer, sessions.prove(proof));
            case Request.AsSession inner -> asSession(peer, inner, answer);
            case Request.Stage stage -> give(answer, copy.blobs().stage(stage));
            case Request.Hold hold -> hold(hold, answer);
            case Request.Follow follow -> {
                give(answer, Outcome.done(feed.follow(calls, follow.from())));
                upkeep.tellHeld();
                feed.feed(calls);
            }
            case Request.Fetch fetch -> give(answer, Outcome.done(readings.parts(fetch)));
            case Request.FetchBlob fetch -> give(answer, readings.piece(fetch));
            case Request.FetchEntries fetch ->
                give(answer, Outcome.done(readings.entries(fetch, party.isPresent() || console)));
            case Request.ProveInclusion prove -> give(answer, inclusion(prove));
            case Request.ProveConsistency prove -> give(answer, consistency(prove));
            case Request.Highest highest ->
                give(answer, Outcome.done(new Response.Note(cosigner.note().orElse(Bytes.EMPTY))));
            case Request.Status status -> give(answer, Outcome.done(upkeep.report()));
            case Request.ListHeld(List<Digest> wanted) -> give(answer, Outcome.done(upkeep.heldEntries(wanted)));
            default -> privileged(party, console, request, answer);
        }
    }

    /** What only parties or the console may ask. */
    private void privileged(Optional<Party> party, boolean console, Request request, Answer answer) {
        switch (request) {
            case Request.VerifyCopy verify
            when console -> new CopyCheck(setting, copy, ledger, report -> give(answer, Outcome.done(report))).start();
            case Request.Replicate replicate
            when party.equals(Optional.of(Party.DATA)) ->
                replica.replicate(Party.DATA, replicate, outcome -> give(answer, outcome));
            case Request.Cosign cosign when party.isPresent() -> give(answer, replica.cosignAnew(cosign.note()));
            case Request.Publish publish
            when party.isPresent() -> {
                published(publish.note());
                give(answer, Outcome.done(new Response.Done()));
            }
            case Request.HoldCopy copied when party.isPresent() -> give(answer, upkeep.holdCopy(copied, intake));
            case Request.CopyLedger lines
            when party.equals(Optional.of(lines.ledger())) ->
                give(
                        answer,
                        ledger.takeCopy(lines.ledger(), lines.lines())
                                ? Outcome.done(new Response.Done())
                                : Outcome.refused(
                                        Code.EQUIVOCATION, "these lines contradict the copy of this ledger kept here"));
            case Request.FetchLedger fetch
            when party.equals(Optional.of(fetch.ledger())) ->
                give(answer, Outcome.done(new Response.LedgerLines(ledger.copyFrom(fetch.ledger(), fetch.from()))));
            case Request.OpenForDraft open
            when party.equals(Optional.of(Party.APPLICATION)) ->
                give(answer, releases.releaseToApplication(open.entry(), open.cells()));
            case Request.FetchShares fetch
            when party.isPresent() -> give(answer, readings.sharesFor(party.get(), fetch.after()));
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
                    Digest digest = Digest.sha256(as.request());
                    releases.serve(session, peer, digest, inner, outcome -> give(answer, outcome));
                } catch (MalformedException malformed) {
                    answer.refuse(Code.MALFORMED, "this request cannot be read: " + malformed.getMessage());
                }
            }
        }
    }

    private void hold(Request.Hold hold, Answer answer) {
        Outcome<trimaran.record.Held> outcome =
                intake.complete(hold.entry()).then(content -> held.hold(content, hold.entry()));
        give(answer, outcome.map(Response.HeldAnswer::new));
        if (outcome instanceof Outcome.Done<trimaran.record.Held>(trimaran.record.Held statement)) {
            upkeep.spread(hold.entry(), statement);
        }
    }

    private Outcome<Response> hello(Request.Hello hello) {
        if (!hello.origin().equals(copy.registry().origin())) {
            return Outcome.refused(Code.WRONG_ORIGIN, "this is another hospital's tier");
        }
        if (hello.version() != PROTOCOL) {
            return Outcome.refused(Code.NOT_SUPPORTED, "this tier speaks protocol " + PROTOCOL);
        }
        CellId search = copy.searchCell();
        return Outcome.done(new Response.Welcome(
                setting.party(), membership.epoch(), copy.size(), PROTOCOL, search, copy.lookupCell()));
    }

    private Outcome<Response> inclusion(Request.ProveInclusion prove) {
        if (prove.size() > copy.size() || prove.index() >= prove.size()) {
            return Outcome.refused(Code.UNKNOWN_ENTRY, "this tier's tree is smaller than that");
        }
        return Outcome.done(new Response.Proof(
                InclusionProof.of(copy, prove.index(), prove.size()).path()));
    }

    private Outcome<Response> consistency(Request.ProveConsistency prove) {
        if (prove.newSize() > copy.size() || prove.oldSize() > prove.newSize()) {
            return Outcome.refused(Code.UNKNOWN_ENTRY, "this tier's tree is smaller than that");
        }
        return Outcome.done(new Response.Proof(
                ConsistencyProof.of(copy, prove.oldSize(), prove.newSize()).path()));
    }

    private void up(Party party) {
        upkeep.lineUp(party);
    }

    /** Answers with a response. */
    public static void give(Answer answer, Outcome<Response> outcome) {
        answer.give(outcome.map(ResponseCodec::encode));
    }

    /** Whether a peer may connect at all: the registry says. */
    public boolean maySpeak(PeerId peer) {
        return membership.maySpeak(peer.keyDigest());
    }
}
