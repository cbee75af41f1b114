package trimaran.exposure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.ResourceId;
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
class ReckoningTest {

    private static final Window WINDOW = new Window(at(600), at(660));
    private static final Digest STATION = digest("station");
    private static final Digest OTHER_STATION = digest("other station");
    private static final Digest ENTRY = digest("entry");

    private final PublicKey nurse = key();
    private final PublicKey connector = key();
    private final PublicKey laboratory = key();

    private final Map<String, CellId> cells = new TreeMap<>();
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

    @Test
    void applicationReadWhatALedgerSaysItWasShownOrReleased() {
        Reckoning reckoning = reckoning(new Fallen.Tier(Party.APPLICATION));
        Digest application = digest("application");
        reckoning.line(Party.DATA, line(610, LedgerLine.Act.SHOWN_TO_APPLICATION, "author", application, "anne"));
        reckoning.line(Party.ACCESS, line(620, LedgerLine.Act.RELEASED, "", application, "bilal-stay"));
        reckoning.line(Party.DATA, line(590, LedgerLine.Act.SHOWN_TO_APPLICATION, "author", application, "chloe"));
        reckoning.line(Party.DATA, line(610, LedgerLine.Act.RELEASED, "author", OTHER_STATION, "denis"));
        reckoning.line(Party.DATA, line(500, LedgerLine.Act.RELEASED, "", application, "denis"));
        Exposure exposure = reckoning.exposure();

        assertThat(names(exposure, Certainty.CERTAIN)).containsExactly("anne", "bilal");
        assertThat(names(exposure, Certainty.POSSIBLE)).containsExactly("chloe");
        assertThat(exposure.excluded()).isEqualTo(1);
        assertThat(exposure.count(Way.SHOWN)).isEqualTo(2);
        assertThat(exposure.count(Way.OPENED)).isEqualTo(1);
        assertThat(one(exposure, "bilal").certain()).isEqualTo(Map.of(CellKind.STAY, 1));
    }

    @Test
    void accessDataAndWitnessAreHandedNothing() {
        for (Party party : List.of(Party.ACCESS, Party.DATA, Party.WITNESS)) {
            Reckoning reckoning = reckoning(new Fallen.Tier(party));
            Digest application = digest("application");
            reckoning.line(Party.DATA, line(610, LedgerLine.Act.SHOWN_TO_APPLICATION, "author", application, "anne"));
            reckoning.line(Party.DATA, line(610, LedgerLine.Act.RELEASED, "author", STATION, "anne"));
            assertThat(reckoning.exposure().patients()).as(party.word()).isEmpty();
            assertThat(reckoning.exposure().excluded()).isEqualTo(4);
        }
    }

    @Test
    void aStationReadsWithTwoPairsAndNotWithOne() {
        session("here", nurse, STATION, 590, 700);
        Reckoning reckoning = reckoning(new Fallen.Station("accueil"));
        both(reckoning, line(610, LedgerLine.Act.RELEASED, "here", STATION, "anne", "anne-stay"));
        reckoning.line(Party.DATA, line(610, LedgerLine.Act.RELEASED, "here", STATION, "bilal"));
        both(reckoning, line(610, LedgerLine.Act.RELEASED, "author", OTHER_STATION, "chloe"));
        Exposure exposure = reckoning.exposure();

        assertThat(names(exposure, Certainty.CERTAIN)).containsExactly("anne");
        assertThat(one(exposure, "anne").certain()).isEqualTo(Map.of(CellKind.IDENTITY, 1, CellKind.STAY, 1));
        assertThat(names(exposure, Certainty.POSSIBLE)).containsExactly("bilal");
        assertThat(exposure.excluded()).isEqualTo(2);
    }

    @Test
    void twoSessionsOfOneStationPutTheirPairsTogether() {
        session("one", nurse, STATION, 590, 700);
        session("two", nurse, STATION, 590, 700);
        Reckoning reckoning = reckoning(new Fallen.Station("accueil"));
        reckoning.line(Party.DATA, line(610, LedgerLine.Act.RELEASED, "one", STATION, "anne"));
        reckoning.line(Party.ACCESS, line(611, LedgerLine.Act.BROKE_GLASS, "two", STATION, "anne"));
        assertThat(names(reckoning.exposure(), Certainty.CERTAIN)).containsExactly("anne");
        assertThat(reckoning.exposure().count(Way.BROKE_GLASS)).isEqualTo(1);
    }

    /** A session that was taken from another station speaks from here: the line names who was answered. */
    @Test
    void whatAForeignSessionWasGivenAtTheStationCounts() {
        Reckoning reckoning = reckoning(new Fallen.Station("accueil"));
        both(reckoning, line(610, LedgerLine.Act.RELEASED, "author", STATION, "denis"));
        assertThat(names(reckoning.exposure(), Certainty.CERTAIN)).containsExactly("denis");
    }

    @Test
    void whatASessionThatStillLivedWasGivenBeforeIsPossible() {
        session("living", nurse, STATION, 100, 605);
        session("over", nurse, STATION, 100, 590);
        Digest closed = session("closed", nurse, STATION, 100, 700);
        statement(200, new Statement.SessionClosing(closed));
        Reckoning reckoning = reckoning(new Fallen.Station("accueil"));
        both(reckoning, line(150, LedgerLine.Act.RELEASED, "living", STATION, "anne"));
        both(reckoning, line(150, LedgerLine.Act.RELEASED, "over", STATION, "bilal"));
        both(reckoning, line(150, LedgerLine.Act.RELEASED, "closed", STATION, "chloe"));
        assertThat(names(reckoning.exposure(), Certainty.POSSIBLE)).containsExactly("anne");
        assertThat(reckoning.exposure().patients()).hasSize(1);
    }

    /** Whoever opens a cell draws its key: no ledger has a line of it. */
    @Test
    void whatAStationDrewKeysForAndWroteCounts() {
        Digest here = session("here", nurse, STATION, 590, 700);
        opens(610, here, "emil", CellKind.IDENTITY, "emil");
        writes(611, here, "anne-stay");
        opens(670, here, "fanny", CellKind.IDENTITY, "fanny");
        Exposure exposure = reckoning(new Fallen.Station("accueil")).exposure();
        assertThat(names(exposure, Certainty.CERTAIN)).containsExactly("anne", "emil");
        assertThat(exposure.count(Way.DREW)).isEqualTo(1);
        assertThat(exposure.excluded()).isEqualTo(4);
    }

    @Test
    void aConnectorKeepsOnItsDiskWhatItWrote() {
        Digest told = session("told", connector, STATION, 20, 100);
        Digest typed = session("typed", nurse, STATION, 20, 100);
        writes(50, told, "anne");
        writes(50, typed, "bilal");
        Exposure exposure = reckoning(new Fallen.Station("accueil")).exposure();
        assertThat(names(exposure, Certainty.POSSIBLE)).containsExactly("anne");
        assertThat(exposure.count(Certainty.CERTAIN)).isZero();
    }

    @Test
    void aConnectedSystemKeepsWhatItWasGiven() {
        session("pulled", laboratory, STATION, 100, 200);
        session("pulls", laboratory, OTHER_STATION, 590, 700);
        Reckoning reckoning = reckoning(new Fallen.Badge(laboratory.id()));
        both(reckoning, line(150, LedgerLine.Act.RELEASED, "pulled", STATION, "anne"));
        both(reckoning, line(610, LedgerLine.Act.RELEASED, "pulls", OTHER_STATION, "bilal"));
        both(reckoning, line(610, LedgerLine.Act.RELEASED, "author", OTHER_STATION, "chloe"));
        Exposure exposure = reckoning.exposure();
        assertThat(names(exposure, Certainty.CERTAIN)).containsExactly("bilal");
        assertThat(names(exposure, Certainty.POSSIBLE)).containsExactly("anne");
    }

    /** Messages that changed nothing leave a release and no entry; ward copies stay on the disk of the station that made them. */
    @Test
    void whatLiesOnAStationsDiskIsPossibleHoweverOld() {
        session("told", connector, STATION, 20, 100);
        session("copies", nurse, STATION, 20, 100);
        Reckoning reckoning = reckoning(new Fallen.Station("accueil"));
        both(reckoning, line(50, LedgerLine.Act.RELEASED, "told", STATION, "anne"));
        both(reckoning, line(50, LedgerLine.Act.EXPORTED, "copies", OTHER_STATION, "bilal"));
        both(reckoning, line(50, LedgerLine.Act.RELEASED, "copies", STATION, "chloe"));
        assertThat(names(reckoning.exposure(), Certainty.POSSIBLE)).containsExactly("anne", "bilal");
        assertThat(reckoning.exposure().patients()).hasSize(2);
    }

    @Test
    void aConnectorThatIsNoneAnyMoreKeptWhatItTook() {
        Digest told = session("told", connector, STATION, 20, 100);
        writes(50, told, "anne");
        statement(500, grant(connector, Statement.BadgeKind.SERVICE, "service"));
        Exposure exposure = reckoning(new Fallen.Station("accueil")).exposure();
        assertThat(names(exposure, Certainty.POSSIBLE)).containsExactly("anne");
    }

    @Test
    void aStationThatWasEnrolledAnewIsTheSameUnderBothKeys() {
        Digest newer = digest("station, newer key");
        statement(300, new Statement.StationEnrolment("accueil", newer, CellId.NONE, at(300)));
        session("before", nurse, STATION, 590, 700);
        session("since", nurse, newer, 590, 700);
        Reckoning reckoning = reckoning(new Fallen.Station("accueil"));
        both(reckoning, line(610, LedgerLine.Act.RELEASED, "before", STATION, "anne"));
        both(reckoning, line(610, LedgerLine.Act.RELEASED, "since", newer, "bilal"));
        assertThat(names(reckoning.exposure(), Certainty.CERTAIN)).containsExactly("anne", "bilal");
        assertThat(reckoning.knowsFallen()).isTrue();
        assertThat(reckoning(new Fallen.Station("nowhere")).knowsFallen()).isFalse();
    }

    @Test
    void aSecondOpeningOfACellMovesNobody() {
        Digest here = session("here", nurse, STATION, 590, 700);
        CellId anne = cell("anne-stay");
        NewCell again = new NewCell(anne, CellKind.HOUSE, anne, digest("other"), List.of(ENTRY, ENTRY, ENTRY));
        entry(700, here, EntryKind.CLINICAL, List.of(), List.of(again), Bytes.EMPTY);
        Reckoning reckoning = reckoning(new Fallen.Station("accueil"));
        both(reckoning, line(610, LedgerLine.Act.RELEASED, "here", STATION, "anne-stay"));
        assertThat(names(reckoning.exposure(), Certainty.CERTAIN)).containsExactly("anne");
    }

    /** A refused draft of somebody new: a cell that never was, and nothing the record could be behind with. */
    @Test
    void aDraftThatCameToNothingIsNoHole() {
        cells.put("never", new CellId(9, 9));
        Reckoning reckoning = reckoning(new Fallen.Tier(Party.APPLICATION));
        Digest application = digest("application");
        reckoning.line(Party.DATA, line(610, LedgerLine.Act.SHOWN_TO_APPLICATION, "author", application, "never"));
        assertThat(reckoning.exposure().unknownCells()).isZero();
        assertThat(reckoning.exposure().neverCame()).isEqualTo(1);
    }

    @Test
    void clocksLieApartAtBothEndsOfTheWindow() {
        session("here", nurse, STATION, 0, 2_000);
        Reckoning reckoning = reckoning(new Fallen.Station("accueil"));
        long apart = Window.CLOCKS_APART_MILLIS;
        both(reckoning, line(at(660).plusMillis(apart), LedgerLine.Act.RELEASED, "here", STATION, "anne"));
        both(reckoning, line(at(660).plusMillis(apart + 1), LedgerLine.Act.RELEASED, "here", STATION, "bilal"));
        both(reckoning, line(at(600), LedgerLine.Act.RELEASED, "here", STATION, "chloe"));
        both(reckoning, line(at(660), LedgerLine.Act.RELEASED, "here", STATION, "denis"));
        Exposure exposure = reckoning.exposure();
        assertThat(names(exposure, Certainty.POSSIBLE)).containsExactly("anne");
        assertThat(names(exposure, Certainty.CERTAIN)).containsExactly("chloe", "denis");
    }

    @Test
    void applicationForgetsAfterALease() {
        Reckoning reckoning = reckoning(new Fallen.Tier(Party.APPLICATION));
        Digest application = digest("application");
        RecordTime last = at(600).plusMillis(-Reckoning.REMEMBERED_MILLIS - Window.CLOCKS_APART_MILLIS);
        reckoning.line(Party.DATA, line(last, LedgerLine.Act.RELEASED, "", application, "anne"));
        reckoning.line(Party.DATA, line(last.plusMillis(-1), LedgerLine.Act.RELEASED, "", application, "bilal"));
        assertThat(names(reckoning.exposure(), Certainty.POSSIBLE)).containsExactly("anne");
        assertThat(reckoning.exposure().patients()).hasSize(1);
    }

    @Test
    void aLineOfASessionNobodyKnowsMayBeAnybodys() {
        Reckoning reckoning = reckoning(new Fallen.Station("accueil"));
        both(reckoning, line(610, LedgerLine.Act.RELEASED, "nobody's", OTHER_STATION, "anne"));
        assertThat(names(reckoning.exposure(), Certainty.POSSIBLE)).containsExactly("anne");
        assertThat(reckoning.exposure().strangers()).isEqualTo(2);
    }

    @Test
    void aWardsListPlacesPatientsWithoutNamingThem() {
        Digest author = Objects.requireNonNull(sessions.get("author"));
        writes(4, author, "ward", "anne-stay");
        session("here", nurse, STATION, 590, 700);
        Reckoning reckoning = reckoning(new Fallen.Station("accueil"));
        both(reckoning, line(610, LedgerLine.Act.RELEASED, "here", STATION, "ward"));
        Exposure exposure = reckoning.exposure();
        assertThat(exposure.patients()).isEmpty();
        assertThat(exposure.wardLists()).isEqualTo(1);
        assertThat(exposure.onWardLists()).isEqualTo(1);
    }

    /** Ledgers that name what the record lacks: the answer would leave somebody out without a word. */
    @Test
    void aCellTheRecordDoesNotKnowIsCounted() {
        cells.put("later", new CellId(7, 7));
        Reckoning reckoning = reckoning(new Fallen.Tier(Party.APPLICATION));
        reckoning.line(Party.DATA, line(610, LedgerLine.Act.RELEASED, "", digest("application"), "later"));
        assertThat(reckoning.exposure().unknownCells()).isEqualTo(1);
    }

    @Test
    void aReportThatIsNotWholeSaysSoFirst() {
        Exposure none = reckoning(new Fallen.Tier(Party.DATA)).exposure();
        for (Locale locale : List.of(Locale.FRENCH, Locale.ENGLISH)) {
            List<String> lines =
                    new ExposureText(none, "data", WINDOW, List.of("nobody shows it"), ZoneOffset.UTC, locale).lines();
            assertThat(lines.get(0)).startsWith(locale.equals(Locale.FRENCH) ? "INCOMPLET :" : "INCOMPLETE:");
            assertThat(lines.get(1)).contains("nobody shows it");
        }
        List<String> whole = new ExposureText(none, "data", WINDOW, List.of(), ZoneOffset.UTC, Locale.FRENCH).lines();
        assertThat(whole.get(0)).isEqualTo("Exposition de data, du 01/01/1970 10:00:00 au 01/01/1970 11:00:00");
        assertThat(whole.get(3)).contains("4  patients exclus");
    }

    @Test
    void aRowHasAFieldForEachColumn() {
        session("here", nurse, STATION, 590, 700);
        Reckoning reckoning = reckoning(new Fallen.Station("accueil"));
        both(reckoning, line(610, LedgerLine.Act.RELEASED, "here", STATION, "anne", "anne-stay"));
        Exposure exposure = reckoning.exposure();
        String row = new ExposureText(exposure, "x", WINDOW, List.of(), ZoneOffset.UTC, Locale.FRENCH)
                .row(exposure.patients().getFirst());
        assertThat(row.split(",", -1)).hasSameSizeAs(ExposureText.HEADER.split(",", -1));
        assertThat(row)
                .isEqualTo(cell("anne").handle()
                        + "," + new ResourceId(cell("anne"), 5)
                        + ",certain,opened,1,0,1,0,0,0,0,0,1970-01-01T10:10:00Z,1970-01-01T10:10:00Z");
    }

    @Test
    void aWindowEndsAfterItBegins() {
        assertThatThrownBy(() -> new Window(at(2), at(1))).isInstanceOf(IllegalArgumentException.class);
    }

    // ---- the record

    private final Map<String, Digest> sessions = new TreeMap<>();

    private Reckoning reckoning(Fallen fallen) {
        Reckoning reckoning = new Reckoning(fallen, WINDOW);
        try {
            for (int i = 0; i < record.size(); i++) {
                reckoning.entry(record.get(i), times.get(i));
            }
        } catch (MalformedException broken) {
            throw new IllegalStateException(broken);
        }
        return reckoning;
    }

    private void statement(long minute, Statement statement) {
        Bytes signed = new SignedStatement(statement, List.of()).encode();
        entry(minute, Digest.ZERO, EntryKind.REGISTRY, List.of(), List.of(), signed);
    }

    private static Statement grant(PublicKey badge, Statement.BadgeKind kind, String role) {
        return new Statement.Grant(badge, kind, List.of(role), List.of(), List.of(), at(1));
    }

    private Digest session(String name, PublicKey badge, Digest station, long opened, long expiry) {
        Statement.SessionOpening opening =
                new Statement.SessionOpening(key(), badge.id(), station, at(opened), at(expiry), Digest.ZERO);
        statement(opened, opening);
        Digest id = SignedStatement.id(opening);
        sessions.put(name, id);
        return id;
    }

    private void opens(long minute, Digest session, String name, CellKind kind, String subject) {
        CellId of = subject.equals(name) ? CellId.NONE : cell(subject);
        NewCell opened = NewCell.named(
                session, kind, of, digest("key of " + name), List.of(digest(name), digest(name), digest(name)));
        cells.put(name, opened.cell());
        entry(minute, session, EntryKind.CLINICAL, List.of(part(name)), List.of(opened), Bytes.EMPTY);
    }

    private void writes(long minute, Digest session, String... names) {
        List<CellPart> parts = Arrays.stream(names).map(this::part).toList();
        entry(minute, session, EntryKind.CLINICAL, parts, List.of(), Bytes.EMPTY);
    }

    private CellPart part(String name) {
        return new CellPart(cell(name), Digest.ZERO, 0, List.of(new Change(5, 0, false)));
    }

    private void entry(
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

    private static void both(Reckoning reckoning, LedgerLine line) {
        reckoning.line(Party.ACCESS, line);
        reckoning.line(Party.DATA, line);
    }

    private LedgerLine line(long minute, LedgerLine.Act act, String session, Digest recipient, String... names) {
        return line(at(minute), act, session, recipient, names);
    }

    private LedgerLine line(RecordTime time, LedgerLine.Act act, String session, Digest recipient, String... names) {
        Digest by = session.isEmpty() ? Digest.ZERO : sessions.getOrDefault(session, digest(session));
        List<CellId> named = Arrays.stream(names).map(this::cell).toList();
        return new LedgerLine(0, time, act, by, recipient, ENTRY, Digest.ZERO, named, Digest.ZERO);
    }

    private CellId cell(String name) {
        return Objects.requireNonNull(cells.get(name));
    }

    private List<String> names(Exposure exposure, Certainty certainty) {
        return exposure.patients().stream()
                .filter(one -> one.certainty() == certainty)
                .map(one -> name(one.subject()))
                .sorted()
                .toList();
    }

    private String name(CellId subject) {
        return cells.entrySet().stream()
                .filter(one -> one.getValue().equals(subject))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private Exposed one(Exposure exposure, String name) {
        return exposure.patients().stream()
                .filter(one -> one.subject().equals(cell(name)))
                .findFirst()
                .orElseThrow();
    }

    private static RecordTime at(long minute) {
        return new RecordTime(minute * 60_000);
    }

    private static Digest digest(String name) {
        return Digest.sha256(Bytes.ofText(name));
    }

    private static PublicKey key() {
        return JdkKeys.generate(Suite.P256, new SecureRandom()).signer().publicKey();
    }
}
