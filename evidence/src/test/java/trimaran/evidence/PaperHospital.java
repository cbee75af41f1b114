package trimaran.evidence;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.SecretBytes;
import trimaran.kernel.WallTime;
import trimaran.ledger.Checkpoint;
import trimaran.ledger.Cosignature;
import trimaran.ledger.Frontier;
import trimaran.ledger.Merkle;
import trimaran.ledger.MlDsa44;
import trimaran.ledger.Note;
import trimaran.ledger.NoteSigner;
import trimaran.ledger.NoteSuite;
import trimaran.line.message.LedgerHead;
import trimaran.line.message.LedgerLine;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.record.Approval;
import trimaran.record.AuthorPart;
import trimaran.record.Batch;
import trimaran.record.CellPart;
import trimaran.record.Change;
import trimaran.record.EntryKind;
import trimaran.record.Header;
import trimaran.record.Held;
import trimaran.record.JdkKeys;
import trimaran.record.PartyKeys;
import trimaran.record.Place;
import trimaran.record.PlacedPart;
import trimaran.record.Policy;
import trimaran.record.Quorum;
import trimaran.record.Registry;
import trimaran.record.Sanction;
import trimaran.record.Signature;
import trimaran.record.SignedRefusal;
import trimaran.record.SignedStatement;
import trimaran.record.Signer;
import trimaran.record.Statement;
import trimaran.record.Suite;
import trimaran.record.Verdict;

/**
 * A hospital of keys in earnest and of no process: a record of a day and a half, an entry an hour, and three release ledgers with their
 * copies, which tests change to see what becomes of it.
 */
final class PaperHospital implements Lines {

    static final long HOUR = 3_600_000;
    static final RecordTime FOUNDED = new RecordTime(1_760_000_000_000L);
    /** The hour at which an entry is placed that two tiers held ten hours before. */
    static final int LATE_HOUR = 25;

    static final CellId PATIENT = new CellId(0, 7);

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Digest STATION = digest("line key of the ward station");

    final List<Signer> officers = List.of(badge(), badge(), badge());
    private final Map<Party, Signer> statements = new EnumMap<>(Party.class);
    private final Map<Party, NoteSuite.SigningKey> cosigners = new EnumMap<>(Party.class);
    private final NoteSuite.SigningKey log = noteKey("log");
    private final Signer nurse = badge();
    private final Signer session = JdkKeys.generate(Suite.ML_DSA_44, RANDOM).signer();
    private final List<SealedEntry> entries = new ArrayList<>();
    private Frontier tree = Frontier.EMPTY;
    private int nonces;

    final Registry registry;
    final Map<Party, Map<Party, List<LedgerLine>>> ledgers = new EnumMap<>(Party.class);
    final Set<Party> silent = EnumSet.noneOf(Party.class);
    /** Whose ledger nobody gives. */
    final Set<Party> forgotten = EnumSet.noneOf(Party.class);

    RecordTime now = FOUNDED.plusMillis(40 * HOUR);
    /** What the lines are asked for besides what evidence needs is a fault. */
    final List<Request> foreign = new ArrayList<>();

    PaperHospital() {
        List<PartyKeys> parties = new ArrayList<>();
        for (Party party : Party.values()) {
            parties.add(keys(party, 1));
        }
        Statement founding = new Statement.Founding(
                "Hôpital d'essai",
                FOUNDED,
                parties,
                officers.stream().map(Signer::publicKey).toList(),
                Policy.DEFAULT,
                digest("console"));
        registry = new Registry((Statement.Founding) founding);
        say(SignedStatement.signed(Digest.ZERO, founding, officers), FOUNDED);
        Statement grant = new Statement.Grant(
                nurse.publicKey(), Statement.BadgeKind.PERSON, List.of("nurse"), List.of(), List.of(), FOUNDED);
        bySome(2, grant, FOUNDED);
        bySome(2, new Statement.StationEnrolment("ward 3", STATION, new CellId(0, 3), FOUNDED), FOUNDED);
        Statement opening = new Statement.SessionOpening(
                session.publicKey(),
                nurse.publicKey().id(),
                STATION,
                FOUNDED,
                FOUNDED.plusMillis(48 * HOUR),
                Digest.ZERO);
        say(SignedStatement.signed(registry.origin(), opening, List.of(nurse)), FOUNDED);
        day(SignedStatement.id(opening));
        for (Party keeper : Party.TIERS) {
            Map<Party, List<LedgerLine>> kept = new EnumMap<>(Party.class);
            Party.TIERS.forEach(tier -> kept.put(tier, chain(tier.word(), 60)));
            ledgers.put(keeper, kept);
        }
    }

    private void day(Digest opened) {
        for (int hour = 1; hour <= 30; hour++) {
            RecordTime time = FOUNDED.plusMillis(hour * HOUR);
            if (hour == 12) {
                bySome(1, new Statement.Cut(Statement.Target.CLIENT, digest("client"), 0, time, "essai"), time);
                bySome(2, new Statement.Reopening(Statement.Target.CLIENT, digest("client"), time), time);
            }
            if (hour == 14) {
                bySome(2, new Statement.EpochChange(2, Party.ACCESS, keys(Party.ACCESS, 2), time), time);
            }
            write(opened, hour, time);
        }
    }

    static Digest digest(String text) {
        return Digest.sha256(Bytes.ofText(text));
    }

    private static Signer badge() {
        return JdkKeys.generate(Suite.P256, RANDOM).signer();
    }

    private static NoteSuite.SigningKey noteKey(String name) {
        return MlDsa44.SUITE.signingKey(SecretBytes.taking(digest(name).toArray()), RANDOM::nextBytes);
    }

    private PartyKeys keys(Party party, long epoch) {
        NoteSuite.SigningKey cosigner = noteKey(party + " " + epoch);
        Signer speaks = JdkKeys.generate(Suite.ML_DSA_44, RANDOM).signer();
        cosigners.put(party, cosigner);
        statements.put(party, speaks);
        return new PartyKeys(
                party,
                cosigner.publicKey(),
                party == Party.DATA ? log.publicKey() : Bytes.EMPTY,
                speaks.publicKey(),
                digest("line of " + party),
                Bytes.EMPTY,
                1);
    }

    private Signer statements(Party party) {
        return Objects.requireNonNull(statements.get(party));
    }

    private void bySome(int count, Statement statement, RecordTime time) {
        say(SignedStatement.signed(registry.origin(), statement, officers.subList(0, count)), time);
    }

    private void say(SignedStatement statement, RecordTime time) {
        registry.apply(statement.statement(), time);
        AuthorPart author = author(Digest.ZERO, EntryKind.REGISTRY, List.of(), statement.encode(), time);
        place(Header.of(author, Signature.NONE, new Sanction.OwnSignatures()), time, Verdict.VALID, List.of());
    }

    private AuthorPart author(Digest by, EntryKind kind, List<CellPart> parts, Bytes statement, RecordTime time) {
        return author(registry.origin(), by, kind, parts, statement, time);
    }

    private AuthorPart author(
            Digest origin, Digest by, EntryKind kind, List<CellPart> parts, Bytes statement, RecordTime time) {
        return new AuthorPart(
                // Entry 0 makes the origin and does not name it.
                entries.isEmpty() ? Digest.ZERO : origin,
                digest("nonce " + nonces++),
                by,
                kind,
                new WallTime(time.millis()),
                true,
                parts,
                List.of(),
                statement,
                Digest.ZERO,
                Digest.ZERO,
                0);
    }

    /** Every hour on another ground: approved alone, in a batch, unanswered, overruled, held, void. */
    private void write(Digest by, int hour, RecordTime time) {
        CellPart part = new CellPart(PATIENT, digest("blob " + hour), 4, List.of(new Change(hour, 0, false)));
        boolean empty = hour % 7 == 6;
        // What is void may be anything: another hospital's, and with words of hulls about something else.
        Digest origin = empty ? digest("another hospital") : registry.origin();
        AuthorPart author = author(origin, by, EntryKind.CLINICAL, List.of(part), Bytes.EMPTY, time);
        Digest entry = AuthorPart.digest(author.encode());
        Signature signature = empty ? Signature.NONE : session.sign(AuthorPart.signedBytes(entry));
        Header header = Header.of(author, signature, sanction(entry, hour, time));
        List<Held> held = List.of();
        if (hour % 7 == 4) {
            // One waited ten hours for its place.
            RecordTime at = hour == LATE_HOUR ? time.plusMillis(-10 * HOUR) : time;
            held = List.of(held(Party.APPLICATION, entry, at), held(Party.DATA, entry, at));
        } else if (empty) {
            Digest another = digest("another entry");
            held = List.of(held(Party.APPLICATION, another, time), held(Party.DATA, another, time));
        }
        place(header, time, empty ? Verdict.VOID : Verdict.VALID, held);
    }

    private Sanction sanction(Digest entry, int hour, RecordTime time) {
        Signer application = statements(Party.APPLICATION);
        return switch (hour % 7) {
            case 0 -> new Sanction.Unanswered(2000);
            case 1 -> {
                byte[] message = SignedRefusal.signedBytes(registry.origin(), entry, Code.RULE, time);
                yield new Sanction.Overruled(new SignedRefusal(entry, Code.RULE, time, application.sign(message)));
            }
            default -> {
                Digest leaf = Approval.leaf(entry, List.of(), 1, time.plusMillis(30_000));
                Batch batch = new Batch(List.of(digest("another"), leaf, digest("third")));
                Signature signature = application.sign(Approval.signedBytes(registry.origin(), batch.root()));
                yield new Sanction.Approved(
                        new Approval(entry, List.of(), 1, time.plusMillis(30_000), batch.path(1), signature));
            }
        };
    }

    private Held held(Party tier, Digest entry, RecordTime time) {
        byte[] message = Held.signedBytes(registry.origin(), tier, 1, entry, time);
        return new Held(tier, 1, entry, time, statements(tier).sign(message));
    }

    private void place(Header header, RecordTime time, Verdict verdict, List<Held> held) {
        List<PlacedPart> parts = verdict == Verdict.VOID
                ? List.of()
                : header.author().parts().stream()
                        .map(part -> new PlacedPart(entries.size(), Digest.ZERO, List.of(1L)))
                        .toList();
        Bytes place = new Place(entries.size(), time, verdict, parts, held).encode();
        Bytes bytes = header.encode();
        entries.add(new SealedEntry(
                SealedEntry.Item.inline(bytes), SealedEntry.Item.NOTHING, SealedEntry.Item.NOTHING, List.of(), place));
        Digest leaf = Place.leaf(header.author().nonce(), bytes, place);
        tree = tree.append(Merkle.leaf(Bytes.wrap(leaf.toArray())));
    }

    /** A line at a time, after another. */
    static LedgerLine line(long number, RecordTime time, Digest previous) {
        return new LedgerLine(
                number,
                time,
                LedgerLine.Act.RELEASED,
                digest("session"),
                STATION,
                digest("late " + number),
                Digest.ZERO,
                List.of(PATIENT),
                previous);
    }

    static List<LedgerLine> chain(String text, int count) {
        List<LedgerLine> lines = new ArrayList<>();
        Digest previous = Digest.ZERO;
        for (int i = 0; i < count; i++) {
            LedgerLine line = new LedgerLine(
                    i,
                    FOUNDED.plusMillis(i * HOUR / 2),
                    LedgerLine.Act.RELEASED,
                    digest("session"),
                    STATION,
                    digest(text + i),
                    Digest.ZERO,
                    List.of(PATIENT),
                    previous);
            lines.add(line);
            previous = line.chain();
        }
        return lines;
    }

    List<LedgerLine> ledger(Party keeper, Party tier) {
        return Objects.requireNonNull(
                Objects.requireNonNull(ledgers.get(keeper)).get(tier));
    }

    /** A checkpoint of the record as it is, cosigned by these. */
    Bytes note(Party... cosigned) {
        Checkpoint checkpoint = new Checkpoint(Quorum.originOf(registry.origin()), tree.head());
        long seconds = now.millis() / 1000;
        NoteSigner logSigner = Cosignature.signer(Quorum.originOf(registry.origin()), MlDsa44.SUITE, log);
        Note note = new Note(checkpoint.text(), List.of(logSigner.sign(checkpoint, seconds)));
        for (Party party : cosigned) {
            NoteSuite.SigningKey key = Objects.requireNonNull(cosigners.get(party));
            String name = Quorum.cosignerName(registry.origin(), party);
            note = note.with(Cosignature.signer(name, MlDsa44.SUITE, key).sign(checkpoint, seconds));
        }
        // A fallen hull still signs with the keys it had, and whoever gathers does not know better.
        String old = Quorum.cosignerName(registry.origin(), Party.ACCESS);
        note = note.with(Cosignature.signer(old, MlDsa44.SUITE, noteKey(Party.ACCESS + " 1"))
                .sign(checkpoint, seconds));
        return note.encode();
    }

    @Override
    public Outcome<Response> ask(Party party, Request request) {
        if (silent.contains(party)) {
            return Outcome.refused(Code.UNAVAILABLE, party.word() + " is not reached");
        }
        return switch (request) {
            case Request.Highest highest ->
                Outcome.done(new Response.Note(note(
                        Party.values()[(party.ordinal() + 1) % 4],
                        Party.values()[(party.ordinal() + 2) % 4],
                        Party.values()[(party.ordinal() + 3) % 4])));
            case Request.FetchEntries(long from, int most) -> {
                // A few at a time, so that there is more than one page.
                List<SealedEntry> page = entries.subList((int) from, (int) Math.min(entries.size(), from + 7));
                yield Outcome.done(new Response.Entries(from, page, entries.size()));
            }
            case Request.FetchLedger(Party tier, long from) -> {
                List<LedgerLine> all = ledger(party, tier);
                int to = (int) Math.min(all.size(), from + 5);
                yield Outcome.done(new Response.LedgerLines(all.subList((int) Math.min(from, to), to)));
            }
            case Request.SignLedger(Party tier, long count, Digest about) -> sign(party, tier, count, about);
            default -> {
                foreign.add(request);
                yield Outcome.refused(Code.NOT_SUPPORTED, "not asked here");
            }
        };
    }

    private Outcome<Response> sign(Party keeper, Party tier, long count, Digest about) {
        List<LedgerLine> all = ledger(keeper, tier);
        if (forgotten.contains(tier)) {
            return Outcome.refused(Code.NOT_SUPPORTED, "this tier does not say");
        }
        if (count > all.size()) {
            return Outcome.refused(Code.UNKNOWN_ENTRY, "it ends at line " + all.size());
        }
        Digest chain = count == 0 ? Digest.ZERO : all.get((int) count - 1).chain();
        LedgerHead head = new LedgerHead(keeper, tier, count, chain, all.size(), now, about, Signature.NONE);
        return Outcome.done(
                new Response.LedgerSigned(head.signed(statements(keeper).sign(head.signedBytes(registry.origin())))));
    }

    @Override
    public void pause() {
        // Nothing comes later here.
    }

    @Override
    public void progress(String line) {
        // Nobody waits.
    }
}
