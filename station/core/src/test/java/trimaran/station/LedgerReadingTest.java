package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.line.message.LedgerLine;
import trimaran.line.message.MessageLimits;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.simulated.SimulatedNetwork;
import trimaran.record.Statement;

/** Who was handed a patient, from three ledgers of which one may be away, short or false. */
class LedgerReadingTest extends StationBench {

    private static final Digest BADGE = digest("badge of somebody elsewhere");
    private static final long HOUR = 3_600_000;

    private final OwnSession session = ready();
    private final CellId patient = create(session, PATIENT).cell();

    private static Digest digest(String word) {
        return Digest.sha256(Bytes.ofText(word));
    }

    /** A line as long ago as it says, by a session nobody here knows. */
    private Response.FoundLine line(Party ledger, long number, String request, long agoMillis) {
        return new Response.FoundLine(
                ledger,
                number,
                new RecordTime(hospital.now().millis() - agoMillis),
                LedgerLine.Act.RELEASED,
                digest("a session of long ago"),
                BADGE,
                SimulatedNetwork.peer("station").keyDigest(),
                digest(request),
                List.of(patient),
                digest(ledger.word() + number + request));
    }

    private Response.FoundLine by(Response.FoundLine line, Digest session, Digest badge) {
        return new Response.FoundLine(
                line.ledger(),
                line.number(),
                line.time(),
                line.act(),
                session,
                badge,
                line.recipient(),
                line.request(),
                line.cells(),
                line.chain());
    }

    private Outcome<LedgerView> tried() {
        return hospital.<Outcome<LedgerView>>await(this::ask);
    }

    private void ask(Consumer<Outcome<LedgerView>> then) {
        PatientFolder folder = folder(session, patient);
        station.ledgers().read(session, folder.cells(), then);
    }

    private LedgerView read() {
        return FakeHospital.done(tried());
    }

    @Test
    void oneOpeningInTwoLedgersIsOneActAndTheSameOpeningAgainIsAnother() {
        hospital.ledgers.add(line(Party.ACCESS, 4, "opening", 2 * HOUR));
        hospital.ledgers.add(line(Party.DATA, 9, "opening", 2 * HOUR - 40));
        hospital.ledgers.add(line(Party.ACCESS, 5, "opening", 2 * HOUR - 5_000));
        hospital.ledgers.add(line(Party.DATA, 10, "opening", 2 * HOUR - 5_020));
        hospital.ledgers.add(line(Party.DATA, 11, "opening", HOUR));

        LedgerView view = read();

        assertThat(view.acts())
                .extracting(act -> List.copyOf(new java.util.TreeSet<>(act.ledgers())))
                .containsExactly(
                        List.of(Party.DATA), List.of(Party.ACCESS, Party.DATA), List.of(Party.ACCESS, Party.DATA));
        assertThat(view.acts())
                .extracting(LedgerView.Act::time)
                .isSortedAccordingTo(java.util.Comparator.reverseOrder());
        assertThat(view.acts().getFirst().station()).contains("station");
        assertThat(view.acts().getFirst().badge()).map(LedgerView.Badge::id).contains(BADGE);
        assertThat(view.silent()).isEmpty();
        assertThat(view.differences().omitted()).isEmpty();
        assertThat(view.differences().contradicted()).isEmpty();
        assertThat(view.cut()).isFalse();
    }

    @Test
    void aSessionTheRegistryKnowsIsOfItsBadgeWhateverATierSays() {
        Response.FoundLine own = by(line(Party.DATA, 9, "opening", HOUR), session.id(), digest("somebody else"));
        hospital.ledgers.add(own);

        LedgerView.Act act = read().acts().getFirst();

        assertThat(act.badge().orElseThrow().id())
                .isEqualTo(hospital.nurse.publicKey().id());
        assertThat(act.badge().orElseThrow().kind()).contains(Statement.BadgeKind.PERSON);
        assertThat(act.disputed()).isFalse();
    }

    @Test
    void whoseSessionItWasTakesTwoTiersWordOnceTheRegistryForgot() {
        Response.FoundLine line = line(Party.DATA, 9, "opening", HOUR);
        hospital.ledgers.of(Party.DATA).add(line);
        hospital.ledgers.of(Party.ACCESS).add(by(line, line.session(), Digest.ZERO));
        assertThat(read().acts().getFirst().badge()).as("one word").isEqualTo(Optional.empty());
        hospital.ledgers.of(Party.APPLICATION).add(line);
        assertThat(read().acts().getFirst().badge()).as("two words").isPresent();
        hospital.ledgers.of(Party.ACCESS).set(0, by(line, line.session(), digest("somebody else")));
        LedgerView view = read();
        LedgerView.Act act = view.acts().getFirst();
        assertThat(act.badge()).as("two names").isEqualTo(Optional.empty());
        assertThat(act.disputed()).isTrue();
        assertThat(view.differences().twoBadges()).isEqualTo(1);
    }

    @Test
    void whatApplicationWasHandedIsNobodysSession() {
        hospital.ledgers.add(by(line(Party.DATA, 9, "entry", HOUR), Digest.ZERO, Digest.ZERO));

        assertThat(read().acts().getFirst().isToApplication()).isTrue();
    }

    @Test
    void aTierThatIsAwayIsAnsweredForByTheOthersAndSaidToBeAway() {
        hospital.ledgers.add(line(Party.DATA, 9, "opening", HOUR));
        hospital.down(Party.DATA);
        hospital.loops.runMillis(5_000);

        LedgerView view = read();

        assertThat(view.acts()).hasSize(1);
        assertThat(view.silent()).containsExactly(Party.DATA);
        assertThat(view.answered()).isEqualTo(2);
        assertThat(view.differences().omitted()).isEmpty();
    }

    @Test
    void aTierThatRefusesIsSilentAndThreeThatRefuseAreARefusal() {
        hospital.ledgers.add(line(Party.DATA, 9, "opening", HOUR));
        hospital.tier(Party.ACCESS).silentTo = Request.FindLines.class;
        assertThat(read().silent()).containsExactly(Party.ACCESS);
        hospital.tier(Party.DATA).silentTo = Request.FindLines.class;
        hospital.tier(Party.APPLICATION).silentTo = Request.FindLines.class;
        assertThat(code(tried())).isEqualTo(Code.UNAVAILABLE);
    }

    @Test
    void aLineATierHidesIsShownByTheOthersAndTheTierIsNamed() {
        hospital.ledgers.add(line(Party.DATA, 8, "another", 2 * HOUR));
        hospital.ledgers.add(line(Party.DATA, 9, "opening", HOUR));
        hospital.ledgers.of(Party.DATA).removeIf(line -> line.number() == 9);

        LedgerView view = read();

        assertThat(view.acts()).hasSize(2);
        assertThat(view.differences().omitted()).containsOnlyKeys(Party.DATA).containsValue(1);
        assertThat(view.differences().contradicted()).isEmpty();
    }

    @Test
    void aLineThatIsOnItsWayToTheOtherTiersIsNotHeldAgainstThem() {
        hospital.ledgers.of(Party.DATA).add(line(Party.DATA, 9, "opening", StationLimits.LEDGER_COPY_MILLIS / 2));
        assertThat(read().differences()).isEqualTo(LedgerView.Differences.NONE);
        hospital.loops.runMillis(StationLimits.LEDGER_COPY_MILLIS);
        LedgerView view = read();
        assertThat(view.differences().omitted())
                .as("or did it make the line up?")
                .isEmpty();
        assertThat(view.differences().alone()).containsOnlyKeys(Party.DATA).containsValue(1);
        assertThat(view.acts().getFirst().alone()).contains(Party.DATA);
    }

    @Test
    void twoLinesUnderOneNumberAreBothShownAndMarked() {
        hospital.ledgers.add(line(Party.DATA, 9, "opening", HOUR));
        hospital.ledgers.add(line(Party.ACCESS, 3, "opening", HOUR));
        Response.FoundLine other = line(Party.DATA, 9, "another", HOUR);
        hospital.ledgers.of(Party.ACCESS).removeIf(line -> line.ledger() == Party.DATA);
        hospital.ledgers.of(Party.ACCESS).add(other);

        LedgerView view = read();

        assertThat(view.differences().contradicted()).containsExactly(Party.DATA);
        assertThat(view.acts()).hasSize(3);
        assertThat(view.acts().stream().filter(LedgerView.Act::disputed)).hasSize(2);
    }

    @Test
    void noMoreLinesOfALedgerAreReadThanTheLimitWhichIsSaid() {
        for (int i = 0; i < StationLimits.LINES_READ_MAX; i++) {
            hospital.ledgers.add(line(Party.DATA, i, "request " + i, HOUR));
        }
        LedgerView all = read();
        assertThat(all.acts()).hasSize(StationLimits.LINES_READ_MAX);
        assertThat(all.cut()).isFalse();
        hospital.ledgers.add(line(Party.DATA, StationLimits.LINES_READ_MAX, "one more", HOUR));

        LedgerView cut = read();

        assertThat(cut.acts()).hasSize(StationLimits.LINES_READ_MAX);
        assertThat(cut.cut()).isTrue();
        assertThat(cut.differences().omitted()).isEmpty();
    }

    @Test
    void moreCellsThanAQuestionNamesAreAskedInTwoAndALineIsCountedOnce() {
        hospital.ledgers.add(line(Party.DATA, 9, "opening", HOUR));
        List<CellId> cells = new ArrayList<>(List.of(patient));
        for (int i = 0; i < MessageLimits.CELLS_MAX; i++) {
            cells.add(new CellId(7, i));
        }

        LedgerView view = FakeHospital.done(
                hospital.<Outcome<LedgerView>>await(then -> station.ledgers().read(session, cells, then)));

        assertThat(view.acts()).hasSize(1);
        assertThat(view.silent()).isEmpty();
        assertThat(hospital.tier(Party.ACCESS).asked(Request.FindLines.class)).isEqualTo(2);
    }

    @Test
    void linesATierMakesUpBuryNoneOfTheOthers() {
        hospital.ledgers.add(line(Party.DATA, 9, "opening", HOUR));
        for (int i = 0; i < 3 * MessageLimits.FOUND_LINES_MAX; i++) {
            hospital.ledgers.of(Party.ACCESS).add(line(Party.DATA, 1_000_000 + i, "made up " + i, HOUR));
        }

        LedgerView view = read();

        assertThat(view.acts()).hasSize(3 * MessageLimits.FOUND_LINES_MAX + 1);
        assertThat(view.differences().omitted()).as("nobody else is blamed").isEmpty();
        assertThat(view.differences().alone()).isEqualTo(Map.of(Party.ACCESS, 3 * MessageLimits.FOUND_LINES_MAX));
        assertThat(view.acts()).filteredOn(act -> act.alone().isEmpty()).hasSize(1);
    }

    @Test
    void aTierThatTellsTheSamePageForEverIsLeft() {
        hospital.ledgers.add(line(Party.DATA, 9, "opening", HOUR));
        Response.FoundLine any = line(Party.DATA, 70, "again", HOUR);
        hospital.tier(Party.ACCESS).lie = response -> response instanceof Response.FoundLines
                ? new Response.FoundLines(java.util.Collections.nCopies(50, any), true)
                : response;

        LedgerView view = read();

        assertThat(view.silent()).containsExactly(Party.ACCESS);
        assertThat(view.acts()).hasSize(1);
    }

    @Test
    void whatOneTierAloneTellsIsNotMixedIntoWhatTheOthersTellOf() {
        hospital.ledgers.add(line(Party.DATA, 9, "opening", HOUR));
        hospital.ledgers.of(Party.ACCESS).add(line(Party.ACCESS, 3, "opening", HOUR));

        LedgerView view = read();

        assertThat(view.acts())
                .extracting(LedgerView.Act::alone)
                .containsExactlyInAnyOrder(Optional.empty(), Optional.of(Party.ACCESS));
    }

    @Test
    void aLineOfATimeThatHasNotComeIsMarkedAndSaidAndOneWithinWhatClocksDifferIsNot() {
        hospital.ledgers.add(line(Party.DATA, 9, "opening", -StationLimits.LEDGER_AHEAD_MILLIS_MAX / 2));
        assertThat(read().differences().ahead()).isEmpty();
        hospital.ledgers.of(Party.DATA).clear();
        hospital.ledgers
                .of(Party.DATA)
                .add(line(Party.DATA, 10, "to come", -StationLimits.LEDGER_AHEAD_MILLIS_MAX - HOUR));

        LedgerView view = read();

        assertThat(view.differences().ahead()).containsExactly(Party.DATA);
        assertThat(view.acts().getFirst().disputed()).isTrue();
    }

    @Test
    void aTierThatBuriesALedgerUnderLinesOfItsOwnIsNamed() {
        hospital.ledgers.add(line(Party.DATA, 9, "opening", HOUR));
        hospital.ledgers.of(Party.ACCESS).clear();
        for (int i = 0; i <= StationLimits.LINES_READ_MAX; i++) {
            hospital.ledgers.of(Party.ACCESS).add(line(Party.DATA, 1_000_000 + i, "made up " + i, HOUR));
        }

        LedgerView view = read();

        assertThat(view.differences().flooded()).containsExactly(Party.ACCESS);
        assertThat(view.cut()).isTrue();
    }

    @Test
    void anAnswerThatTellsOfNoCellOrOfOneNotAskedAboutOrOfTooManyLinesIsNone() {
        hospital.ledgers.add(line(Party.DATA, 9, "opening", HOUR));
        Response.FoundLine any = line(Party.DATA, 70, "again", HOUR);
        List<Response.FoundLine> many = new ArrayList<>();
        for (int i = 0; i <= MessageLimits.FOUND_LINES_MAX; i++) {
            many.add(line(Party.DATA, 500 - i, "many " + i, HOUR));
        }
        List<List<Response.FoundLine>> wrong = List.of(
                List.of(of(any)),
                List.of(of(any, new CellId(7, 7))),
                List.of(of(any, patient, new CellId(7, 7))),
                many);
        for (List<Response.FoundLine> lines : wrong) {
            hospital.tier(Party.ACCESS).lie = response ->
                    response instanceof Response.FoundLines ? new Response.FoundLines(lines, false) : response;
            LedgerView view = read();
            assertThat(view.silent()).containsExactly(Party.ACCESS);
            assertThat(view.acts()).hasSize(1);
        }
        hospital.tier(Party.ACCESS).lie = response -> response instanceof Response.FoundLines
                ? new Response.FoundLines(many.subList(1, many.size()), false)
                : response;
        assertThat(read().silent()).as("as many as were asked for").isEmpty();
    }

    private static Response.FoundLine of(Response.FoundLine line, CellId... cells) {
        return new Response.FoundLine(
                line.ledger(),
                line.number(),
                line.time(),
                line.act(),
                line.session(),
                line.badge(),
                line.recipient(),
                line.request(),
                List.of(cells),
                line.chain());
    }

    @Test
    void aTierThatBrokeOffHalfWayIsNotBelievedAloneWhoseSessionItWas() {
        Response.FoundLine named = line(Party.DATA, 1_000, "opening", HOUR);
        hospital.ledgers.of(Party.DATA).add(by(named, named.session(), Digest.ZERO));
        hospital.tier(Party.APPLICATION).silentTo = Request.FindLines.class;
        // It tells one page and then falls out of the order.
        hospital.ledgers.of(Party.ACCESS).add(named);
        for (int i = 0; i < MessageLimits.FOUND_LINES_MAX; i++) {
            hospital.ledgers.of(Party.ACCESS).add(line(Party.DATA, i, "older " + i, HOUR));
        }
        int[] pages = new int[1];
        hospital.tier(Party.ACCESS).lie = response -> response instanceof Response.FoundLines && pages[0]++ > 0
                ? new Response.FoundLines(List.of(of(named)), false)
                : response;

        LedgerView view = read();

        assertThat(view.silent()).containsExactlyInAnyOrder(Party.ACCESS, Party.APPLICATION);
        assertThat(view.acts()).hasSize(MessageLimits.FOUND_LINES_MAX);
        assertThat(view.acts()).allMatch(act -> act.badge().isEmpty());
    }
}
