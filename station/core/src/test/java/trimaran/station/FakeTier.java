package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.kernel.SecretBytes;
import trimaran.ledger.Frontier;
import trimaran.ledger.InclusionProof;
import trimaran.line.Answer;
import trimaran.line.CallHandler;
import trimaran.line.Calls;
import trimaran.line.CloseReason;
import trimaran.line.message.Draft;
import trimaran.line.message.Push;
import trimaran.line.message.PushCodec;
import trimaran.line.message.Receipt;
import trimaran.line.message.Request;
import trimaran.line.message.RequestCodec;
import trimaran.line.message.Response;
import trimaran.line.message.ResponseCodec;
import trimaran.line.message.SealedEntry;
import trimaran.record.Annex;
import trimaran.record.AuthorPart;
import trimaran.record.CellKind;
import trimaran.record.Escrow;
import trimaran.record.Header;
import trimaran.record.Held;
import trimaran.record.Signature;
import trimaran.record.SignedRefusal;
import trimaran.shares.KeyDerivation;

/** One tier, honest unless a test says otherwise: {@link #lie} rewrites what it answers. */
final class FakeTier implements CallHandler {

    final Party party;
    final FakeHospital hospital;
    final Map<Calls, Long> followers = new LinkedHashMap<>();
    final Map<Digest, Bytes> staged = new HashMap<>();
    /** The most that came inside one message. */
    int inlineMax;

    final Map<Digest, ByteArrayOutputStream> shown = new HashMap<>();
    final Map<Digest, FakeRecord.Content> held = new LinkedHashMap<>();
    final Map<Digest, Held> statements = new HashMap<>();
    final Map<String, Integer> asked = new HashMap<>();
    UnaryOperator<Response> lie = UnaryOperator.identity();
    /** How many held entries one answer of this fake carries. */
    static final int HELD_IN_A_FRAME = 2;
    /** What application says; null for yes. */
    @Nullable
    Code denial;
    /** Whether application was told that what it approves is something else. */
    boolean blind;
    /** What application was to read for the drafts it was shown. */
    final List<CellId> read = new ArrayList<>();
    /** What data always says of entries. */
    @Nullable
    Code refuseAlways;
    /** What it says instead of holding. */
    @Nullable
    Code holdRefusal;
    /** Holds what it is asked to, and its answer is lost. */
    boolean holdsWithoutAWord;
    /** Its followers hear nothing for a while. */
    boolean silentFeed;
    /** What data says once instead of placing. */
    @Nullable
    Code refuseOnce;
    /** It neither places nor holds what brings content: sessions and statements only. */
    boolean deafToContent;
    /** Questions it answers with "not now". */
    @Nullable
    Class<? extends Request> silentTo;
    /** Under this code. */
    Code silentWith = Code.UNAVAILABLE;
    /** Or as if it had done what it did not. */
    Optional<Response> silentSaying = Optional.empty();

    FakeTier(Party party, FakeHospital hospital) {
        this.party = party;
        this.hospital = hospital;
    }

    int asked(Class<?> request) {
        return asked.getOrDefault(request.getSimpleName(), 0);
    }

    @Override
    public void opened(Calls calls) {}

    @Override
    public void notice(Calls calls, Bytes payload) {}

    @Override
    public void closed(Calls calls, CloseReason reason) {
        followers.remove(calls);
    }

    @Override
    public void request(Calls calls, Bytes payload, Answer answer) {
        try {
            Request request = RequestCodec.decode(payload);
            if (request instanceof Request.AsSession as) {
                byte[] message = RequestCodec.macBytes(party, as.session(), as.nonce(), as.expiry(), as.request());
                SecretBytes key = hospital.macKey(party, as.session());
                if (!KeyDerivation.authenticate(key, message).equals(as.mac())) {
                    answer.refuse(Code.SESSION_UNKNOWN, "join again");
                    return;
                }
                request = RequestCodec.decode(as.request());
            }
            asked.merge(request.getClass().getSimpleName(), 1, Integer::sum);
            Outcome<Response> outcome = handle(calls, request);
            answer.give(outcome.map(response -> ResponseCodec.encode(lie.apply(response))));
            if (request instanceof Request.Follow) {
                calls.notice(PushCodec.encode(new Push.HeldSet(true, List.copyOf(held.keySet()), List.of())));
                feed();
            }
        } catch (MalformedException malformed) {
            answer.refuse(Code.MALFORMED, "not a request");
        }
    }

    private FakeRecord record() {
        return hospital.record;
    }

    private Outcome<Response> handle(Calls calls, Request request) throws MalformedException {
        if (silentTo != null && silentTo.isInstance(request)) {
            return silentSaying.map(Outcome::done).orElse(Outcome.refused(silentWith, "not now"));
        }
        return switch (request) {
            case Request.Hello hello ->
                done(new Response.Welcome(
                        party,
                        1,
                        hospital.covered,
                        1,
                        record().ofKind(CellKind.SEARCH).orElse(CellId.NONE),
                        record().ofKind(CellKind.LOOKUP).orElse(CellId.NONE)));
            case Request.JoinSession join -> done(new Response.Challenge(Digest.sha256(join.openingHeader())));
            case Request.ProveSession proof -> done(new Response.Joined(hospital.macKey(party, proof.session())));
            case Request.Follow follow -> {
                long from = Math.min(follow.from(), hospital.covered);
                followers.put(calls, from);
                yield done(
                        new Response.Following(from, Frontier.of(record(), from).ranges(), hospital.note));
            }
            case Request.Stage stage -> stage(stage);
            case Request.Append append -> append(append);
            case Request.Hold hold -> hold(hold);
            case Request.FileDraft file -> {
                hospital.readable = file.readable();
                RecordTime now = hospital.now();
                yield done(new Response.Filed(new Receipt(
                        party,
                        file.entry(),
                        file.draft(),
                        1,
                        now,
                        trimaran.record.BatchPath.ALONE,
                        hospital.statements(party)
                                .sign(Receipt.signedBytes(
                                        hospital.origin,
                                        Receipt.leaf(
                                                party,
                                                file.entry(),
                                                file.draft(),
                                                file.shown(),
                                                file.readable(),
                                                1,
                                                now))))));
            }
            case Request.Approve approve -> approve(approve);
            case Request.Show show -> show(show);
            case Request.ApproveShown shown -> {
                Bytes author = shown(shown.author());
                Draft draft = Draft.decode(shown(shown.draft()));
                yield approve(new Request.Approve(author, shown.signature(), draft, shown.receipt()));
            }
            case Request.Open open -> new FakeKeys(party, record()).open(open);
            case Request.OpenKeys open -> new FakeKeys(party, record()).open(open);
            case Request.FindToRoll find -> new FakeKeys(party, record()).toRoll(find);
            case Request.TellHeld told -> done(new Response.Done());
            case Request.Fetch fetch ->
                done(new Response.Parts(
                        fetch.stretches().stream().map(this::parts).toList()));
            case Request.FetchBlob fetch -> {
                Bytes blob =
                        Optional.ofNullable(record().blobs.get(fetch.digest())).orElse(Bytes.EMPTY);
                int to = (int) Math.min(blob.size(), fetch.offset() + 100_000);
                yield done(
                        new Response.Piece(Bytes.ofRange(blob.unsafeArray(), (int) fetch.offset(), to), blob.size()));
            }
            case Request.FetchEntries fetch -> {
                List<SealedEntry> entries = new ArrayList<>();
                for (long i = fetch.from(); i < Math.min(record().entries.size(), fetch.from() + 3); i++) {
                    FakeRecord.Entry entry = record().entries.get((int) i);
                    entries.add(new SealedEntry(
                            SealedEntry.Item.inline(entry.headerBytes()),
                            SealedEntry.Item.NOTHING,
                            SealedEntry.Item.NOTHING,
                            List.of(),
                            entry.placeBytes()));
                }
                yield done(new Response.Entries(
                        fetch.from(), entries, record().entries.size()));
            }
            case Request.ProveInclusion prove ->
                done(new Response.Proof(
                        InclusionProof.of(record(), prove.index(), prove.size()).path()));
            case Request.Partials partials -> new FakeKeys(party, record()).partials(partials);
            case Request.Lookup lookup -> done(hospital.lookedUp(lookup));
            case Request.Note note -> hospital.noted(party, note);
            case Request.ListSubjects list -> new FakeKeys(party, record()).subjects(list);
            case Request.ListHeld list ->
                done(new Response.HeldEntries(
                        held.entrySet().stream()
                                .filter(entry ->
                                        list.wanted().isEmpty() || list.wanted().contains(entry.getKey()))
                                .limit(HELD_IN_A_FRAME)
                                .map(entry -> entry.getValue().transit())
                                .toList(),
                        List.copyOf(statements.values())));
            default -> hospital.other(party, request);
        };
    }

    private static Outcome<Response> done(Response response) {
        return Outcome.done(response);
    }

    private Outcome<Response> stage(Request.Stage stage) {
        Bytes before = staged.getOrDefault(stage.whole(), Bytes.EMPTY);
        Bytes kept = Bytes.ofRange(before.unsafeArray(), 0, (int) stage.offset());
        staged.put(
                stage.whole(),
                new trimaran.kernel.Writer(kept.size() + stage.piece().size())
                        .raw(kept.unsafeArray())
                        .raw(stage.piece().unsafeArray())
                        .toBytes());
        return done(new Response.Done());
    }

    private Bytes bytes(SealedEntry.Item item) {
        return item.inline().orElse(staged.getOrDefault(item.digest(), Bytes.EMPTY));
    }

    private FakeRecord.Content content(SealedEntry entry) throws MalformedException {
        Bytes headerBytes = bytes(entry.header());
        Bytes annex = bytes(entry.annex());
        Bytes escrow = bytes(entry.escrow());
        Header header = Reader.whole(headerBytes, Header::read);
        List<Bytes> blobs = entry.blobs().stream().map(this::bytes).toList();
        for (int i = 0; i < blobs.size(); i++) {
            if (!Digest.sha256(blobs.get(i))
                    .equals(header.author().parts().get(i).blob())) {
                throw new MalformedException("a blob was not staged");
            }
        }
        return new FakeRecord.Content(
                header,
                headerBytes,
                annex.isEmpty() ? Annex.EMPTY : Annex.decode(annex),
                escrow.isEmpty() ? Escrow.NONE : Escrow.decode(escrow),
                blobs);
    }

    private Outcome<Response> append(Request.Append append) throws MalformedException {
        inlineMax = Math.max(inlineMax, append.entry().inlineSize());
        if (refuseOnce != null) {
            Code code = refuseOnce;
            refuseOnce = null;
            return Outcome.refused(code, "refused once");
        }
        FakeRecord.Content content = content(append.entry());
        if ((deafToContent && content.bringsParts()) || refuseAlways != null) {
            return Outcome.refused(refuseAlways == null ? Code.UNAVAILABLE : refuseAlways, "refused always");
        }
        List<Held> statementsOfTwo = hospital.statementsOn(content.header().digest());
        return record().place(content, hospital.now(), statementsOfTwo).map(entry -> {
            hospital.placedSoon();
            return new Response.Placed(entry.placeBytes());
        });
    }

    private Outcome<Response> hold(Request.Hold hold) throws MalformedException {
        FakeRecord.Content content = content(hold.entry());
        if ((deafToContent && content.bringsParts()) || holdRefusal != null) {
            return Outcome.refused(holdRefusal == null ? Code.UNAVAILABLE : holdRefusal, "not held");
        }
        Digest digest = content.header().digest();
        if (record().placedBefore(hospital.covered, digest)) {
            return Outcome.refused(Code.DUPLICATE, "this entry has its place already");
        }
        Optional<Refusal> no = new FakeKeys(party, record())
                .notHeld(content, held.values())
                .or(() -> record().notHeld(content.header(), held.values(), hospital.now()));
        if (no.isPresent()) {
            return Outcome.refused(no.get());
        }
        RecordTime now = hospital.now();
        Signature signature = hospital.statements(party).sign(Held.signedBytes(hospital.origin, party, 1, digest, now));
        Held statement = new Held(party, 1, digest, now, signature);
        held.put(digest, content);
        statements.put(digest, statement);
        record().takeShares(content);
        hospital.heldChanged();
        return holdsWithoutAWord
                ? Outcome.refused(Code.UNAVAILABLE, "the answer is lost")
                : done(new Response.HeldAnswer(statement));
    }

    private Outcome<Response> show(Request.Show show) {
        ByteArrayOutputStream bytes = shown.computeIfAbsent(show.whole(), none -> new ByteArrayOutputStream());
        assertThat((long) bytes.size()).isEqualTo(show.offset());
        bytes.writeBytes(show.piece().toArray());
        return done(new Response.Done());
    }

    private Bytes shown(Digest whole) {
        byte[] bytes = shown.getOrDefault(whole, new ByteArrayOutputStream()).toByteArray();
        assertThat(Digest.sha256(bytes)).isEqualTo(whole);
        return Bytes.wrap(bytes);
    }

    private Outcome<Response> approve(Request.Approve approve) {
        Digest entry = AuthorPart.digest(approve.authorBytes());
        RecordTime now = hospital.now();
        read.addAll(approve.draft().reads());
        if (denial != null) {
            Signature signature =
                    hospital.statements(party).sign(SignedRefusal.signedBytes(hospital.origin, entry, denial, now));
            return done(new Response.Denied(
                    new SignedRefusal(entry, denial, now, signature), denial, "not allowed by a rule", ""));
        }
        return done(new Response.Approved(
                FakeApproval.of(approve, hospital.origin, now.plusMillis(30_000), hospital.statements(party), blind)));
    }

    private Response.CellParts parts(Request.Stretch stretch) {
        List<Response.SealedPart> parts = new ArrayList<>();
        List<long[]> all = record().parts.getOrDefault(stretch.cell(), List.of());
        for (int i = (int) stretch.from(); i < all.size() && parts.size() < 2; i++) {
            FakeRecord.Entry entry = record().entries.get((int) all.get(i)[0]);
            int part = (int) all.get(i)[1];
            Digest digest = entry.header().author().parts().get(part).blob();
            Bytes blob = Optional.ofNullable(record().blobs.get(digest)).orElseThrow();
            parts.add(new Response.SealedPart(
                    SealedEntry.Item.inline(entry.headerBytes()),
                    entry.placeBytes(),
                    part,
                    blob.size() > 65536 ? SealedEntry.Item.staged(digest) : SealedEntry.Item.inline(blob)));
        }
        return new Response.CellParts(parts, record().head(stretch.cell()), stretch.from() + parts.size() < all.size());
    }

    /** Tells followers what the quorum note covers, then the note. */
    void feed() {
        if (silentFeed) {
            return;
        }
        for (Map.Entry<Calls, Long> follower : followers.entrySet()) {
            long from = follower.getValue();
            List<Push.MovedEntry> entries = new ArrayList<>();
            for (long i = from; i < hospital.covered; i++) {
                entries.add(hospital.told(party, record().entries.get((int) i)));
            }
            if (!entries.isEmpty()) {
                follower.getKey().notice(PushCodec.encode(new Push.Moved(from, entries)));
                follower.setValue(hospital.covered);
            }
            if (!hospital.note.isEmpty()) {
                follower.getKey().notice(PushCodec.encode(new Push.Beat(hospital.noteOf(party))));
            }
        }
    }

    void push(Push push) {
        followers.keySet().forEach(calls -> calls.notice(PushCodec.encode(push)));
    }
}
