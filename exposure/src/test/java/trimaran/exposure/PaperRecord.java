package trimaran.exposure;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.WallTime;
import trimaran.line.message.LedgerLine;
import trimaran.record.AuthorPart;
import trimaran.record.CellKind;
import trimaran.record.CellPart;
import trimaran.record.Change;
import trimaran.record.EntryKind;
import trimaran.record.Header;
import trimaran.record.JdkKeys;
import trimaran.record.NewCell;
import trimaran.record.PublicKey;
import trimaran.record.Sanction;
import trimaran.record.Signature;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;
import trimaran.record.Suite;

/** A record of four patients and some ledgers, an hour of which somebody fell: 10:00 to 11:00, in minutes from 0. */
abstract class PaperRecord {

    static final Window WINDOW = new Window(at(600), at(660));
    static final Digest STATION = digest("station");
    static final Digest OTHER_STATION = digest("other station");
    static final Digest ENTRY = digest("entry");

    final PublicKey nurse = key();
    final PublicKey connector = key();
    final PublicKey laboratory = key();

    final Map<String, CellId> cells = new TreeMap<>();
    private final List<Header> record = new ArrayList<>();
    private final List<RecordTime> times = new ArrayList<>();

    /** Four patients, each an identity and a stay; written long before by somebody at another station. */
    @BeforeEach
    void found() {
        statement(1, grant(nurse, Statement.BadgeKind.PERSON, "nurse"));
        statement(1, grant(connector, Statement.BadgeKind.SERVICE, "connector"));
        statement(1, grant(laboratory, Statement.BadgeKind.SERVICE, "service"));
        statement(1, new Statement.StationEnrolment("accueil", STATION, CellId.NONE, at(1)));
        statement(1, new Statement.StationEnrolment("urgences", OTHER_STATION, CellId.NONE, at(1)));
        Digest author = session("author", nurse, OTHER_STATION, 2, 60);
        for (String name : List.of("anne", "bilal", "chloe", "denis")) {
            opens(3, author, name, CellKind.IDENTITY, name);
            opens(3, author, name + "-stay", CellKind.STAY, name);
        }
        opens(3, author, "ward", CellKind.WARD, "ward");
    }

    // ---- the record

    final Map<String, Digest> sessions = new TreeMap<>();

    Reckoning reckoning(Fallen fallen) {
        return reckoning(fallen, WINDOW);
    }

    Reckoning reckoning(Fallen fallen, Window window) {
        Reckoning reckoning = new Reckoning(fallen, window);
        try {
            for (int i = 0; i < record.size(); i++) {
                reckoning.entry(record.get(i), times.get(i));
            }
        } catch (MalformedException broken) {
            throw new IllegalStateException(broken);
        }
        return reckoning;
    }

    void statement(long minute, Statement statement) {
        Bytes signed = new SignedStatement(statement, List.of()).encode();
        entry(minute, Digest.ZERO, EntryKind.REGISTRY, List.of(), List.of(), signed);
    }

    static Statement grant(PublicKey badge, Statement.BadgeKind kind, String role) {
        return new Statement.Grant(badge, kind, List.of(role), List.of(), List.of(), at(1));
    }

    Digest session(String name, PublicKey badge, Digest station, long opened, long expiry) {
        Statement.SessionOpening opening =
                new Statement.SessionOpening(key(), badge.id(), station, at(opened), at(expiry), Digest.ZERO);
        statement(opened, opening);
        Digest id = SignedStatement.id(opening);
        sessions.put(name, id);
        return id;
    }

    void opens(long minute, Digest session, String name, CellKind kind, String subject) {
        CellId of = subject.equals(name) ? CellId.NONE : cell(subject);
        NewCell opened = NewCell.named(
                session, kind, of, digest("key of " + name), List.of(digest(name), digest(name), digest(name)));
        cells.put(name, opened.cell());
        entry(minute, session, EntryKind.CLINICAL, List.of(part(name)), List.of(opened), Bytes.EMPTY);
    }

    void writes(long minute, Digest session, String... names) {
        List<CellPart> parts = Arrays.stream(names).map(this::part).toList();
        entry(minute, session, EntryKind.CLINICAL, parts, List.of(), Bytes.EMPTY);
    }

    CellPart part(String name) {
        return new CellPart(cell(name), Digest.ZERO, 0, List.of(new Change(5, 0, false)));
    }

    void entry(
            long minute, Digest session, EntryKind kind, List<CellPart> parts, List<NewCell> opened, Bytes statement) {
        AuthorPart author = new AuthorPart(
                digest("origin"),
                digest("nonce " + record.size()),
                session,
                kind,
                new WallTime(at(minute).millis()),
                true,
                parts,
                opened,
                statement,
                Digest.ZERO,
                Digest.ZERO,
                0);
        record.add(Header.of(author, Signature.NONE, new Sanction.OwnSignatures()));
        times.add(at(minute));
    }

    // ---- the ledgers

    static void both(Reckoning reckoning, LedgerLine line) {
        reckoning.line(Party.ACCESS, line);
        reckoning.line(Party.DATA, line);
    }

    LedgerLine line(long minute, LedgerLine.Act act, String session, Digest recipient, String... names) {
        return line(at(minute), act, session, recipient, names);
    }

    LedgerLine line(RecordTime time, LedgerLine.Act act, String session, Digest recipient, String... names) {
        Digest by = session.isEmpty() ? Digest.ZERO : sessions.getOrDefault(session, digest(session));
        List<CellId> named = Arrays.stream(names).map(this::cell).toList();
        return new LedgerLine(0, time, act, by, recipient, ENTRY, Digest.ZERO, named, Digest.ZERO);
    }

    CellId cell(String name) {
        return Objects.requireNonNull(cells.get(name));
    }

    List<String> names(Exposure exposure, Certainty certainty) {
        return exposure.patients().stream()
                .filter(one -> one.certainty() == certainty)
                .map(one -> name(one.subject()))
                .sorted()
                .toList();
    }

    String name(CellId subject) {
        return cells.entrySet().stream()
                .filter(one -> one.getValue().equals(subject))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    Exposed one(Exposure exposure, String name) {
        return exposure.patients().stream()
                .filter(one -> one.subject().equals(cell(name)))
                .findFirst()
                .orElseThrow();
    }

    static RecordTime at(long minute) {
        return new RecordTime(minute * 60_000);
    }

    static Digest digest(String name) {
        return Digest.sha256(Bytes.ofText(name));
    }

    static PublicKey key() {
        return JdkKeys.generate(Suite.P256, new SecureRandom()).signer().publicKey();
    }
}
