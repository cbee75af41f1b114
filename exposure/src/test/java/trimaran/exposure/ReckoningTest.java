package trimaran.exposure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.ResourceId;
import trimaran.line.message.LedgerLine;
import trimaran.record.CellKind;
import trimaran.record.EntryKind;
import trimaran.record.NewCell;
import trimaran.record.PartyKeys;
import trimaran.record.Policy;
import trimaran.record.Statement;

/** What the fold makes of one fall after the other. */
class ReckoningTest extends PaperRecord {

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
        cells.put("neither", new CellId(9, 10));
        reckoning.line(Party.DATA, line(610, LedgerLine.Act.NAMED_TO_APPLICATION, "author", application, "neither"));
        assertThat(reckoning.exposure().unknownCells()).isZero();
        assertThat(reckoning.exposure().neverCame()).isEqualTo(2);
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
            Remark lack = Remark.of("ledger.nobody", Party.DATA);
            List<String> lines = new ExposureText(none, "data", WINDOW, List.of(lack), ZoneOffset.UTC, locale).lines();
            assertThat(lines.get(0)).startsWith(locale.equals(Locale.FRENCH) ? "INCOMPLET :" : "INCOMPLETE:");
            assertThat(lines.get(1)).contains(lack.say(locale, ZoneOffset.UTC)).doesNotContain("{");
        }
        List<String> whole = new ExposureText(none, "data", WINDOW, List.of(), ZoneOffset.UTC, Locale.FRENCH).lines();
        assertThat(whole.get(0)).isEqualTo("Exposition de data, du 01/01/1970 10:00:00 au 01/01/1970 11:00:00");
        assertThat(whole.get(3)).contains("4  patients exclus");
    }

    /** An officer who has ledgers read is nobody's session, and opens nothing. */
    @Test
    void readingTheLedgersExposesNobody() {
        for (Fallen fallen : List.of(
                new Fallen.Tier(Party.APPLICATION), new Fallen.Station("accueil"), new Fallen.Badge(nurse.id()))) {
            Reckoning reckoning = reckoning(fallen);
            both(reckoning, line(610, LedgerLine.Act.LEDGERS_READ, "officer", STATION));
            assertThat(reckoning.exposure().strangers()).isZero();
            assertThat(reckoning.exposure().patients()).isEmpty();
        }
    }

    @Test
    void aWindowBeforeTheFirstEntryIsNoAnswer() {
        List<PartyKeys> parties = Arrays.stream(Party.values())
                .map(party -> new PartyKeys(
                        party,
                        Bytes.ofText("note"),
                        party == Party.DATA ? Bytes.ofText("log") : Bytes.EMPTY,
                        key(),
                        digest(party.word()),
                        Bytes.ofText("sealing"),
                        0))
                .toList();
        statement(
                1,
                new Statement.Founding(
                        "Hôpital d'essai",
                        at(1),
                        parties,
                        List.of(key(), key(), key()),
                        Policy.DEFAULT,
                        digest("console")));
        Reckoning reckoning = reckoning(new Fallen.Tier(Party.DATA), new Window(at(0), at(0)));
        assertThat(reckoning.lacks(reckoning.exposure(), "data"))
                .extracting(Remark::key)
                .containsExactly("beforeAll");
        assertThat(reckoning(new Fallen.Station("nowhere")).lacks(reckoning.exposure(), "nowhere"))
                .extracting(Remark::key)
                .containsExactly("unknownFallen");
    }

    @Test
    void ledgersFullOfWhatTheRecordDoesNotKnowAreSaidToBe() {
        Reckoning reckoning = reckoning(new Fallen.Tier(Party.APPLICATION));
        LedgerLine line = line(610, LedgerLine.Act.RELEASED, "", digest("application"));
        for (int from = 0; from < Reckoning.UNKNOWN_CELLS_MAX; from += 1000) {
            List<CellId> cells = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                cells.add(new CellId(99, from + i));
            }
            reckoning.line(Party.DATA, of(line, cells));
        }
        assertThat(reckoning.lacks(reckoning.exposure(), "application"))
                .extracting(Remark::key)
                .containsExactly("unknownCells");
        reckoning.line(Party.DATA, of(line, List.of(new CellId(98, 1))));
        assertThat(reckoning.lacks(reckoning.exposure(), "application"))
                .extracting(Remark::key)
                .containsExactly("flooded");
        assertThat(reckoning.exposure().unknownCells()).isEqualTo(Reckoning.UNKNOWN_CELLS_MAX);
    }

    private static LedgerLine of(LedgerLine line, List<CellId> cells) {
        return new LedgerLine(
                0,
                line.time(),
                line.act(),
                line.session(),
                line.recipient(),
                line.request(),
                line.draft(),
                cells,
                Digest.ZERO);
    }

    /** Both languages say the same, and whatever the code says. */
    @Test
    void everySentenceIsThereInBothLanguages() throws IOException {
        Set<String> french = ResourceBundle.getBundle("trimaran.exposure.exposure", Locale.FRENCH)
                .keySet();
        assertThat(ResourceBundle.getBundle("trimaran.exposure.exposure", Locale.ENGLISH)
                        .keySet())
                .isEqualTo(french);
        Matcher said = Pattern.compile("Remark\\.of\\(\\s*\"([^\"]+)\"")
                .matcher(Files.readString(Path.of("src/main/java/trimaran/exposure/ExposureSource.java"))
                        + Files.readString(Path.of("src/main/java/trimaran/exposure/LedgerWalk.java"))
                        + Files.readString(Path.of("src/main/java/trimaran/exposure/Reckoning.java")));
        List<String> keys =
                said.results().map(one -> Objects.requireNonNull(one.group(1))).toList();
        assertThat(keys).hasSizeGreaterThan(15);
        assertThat(french).containsAll(keys);
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
                        + ",certain,opened,1,0,1,0,0,0,0,0,1970-01-01T10:10:00Z,1970-01-01T10:10:00Z,2");
    }

    @Test
    void aWindowEndsAfterItBegins() {
        assertThatThrownBy(() -> new Window(at(2), at(1))).isInstanceOf(IllegalArgumentException.class);
    }
}
