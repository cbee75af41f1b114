package trimaran.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.line.message.LedgerLine;
import trimaran.line.message.LedgerLook;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.RecordLimits;
import trimaran.record.Signature;
import trimaran.record.Signer;
import trimaran.record.Statement;

/** Ledgers are read at a station against an officer's word, which stands in the ledger before a line is shown. */
class LedgerShowingTest {

    private static final Digest STATION = Digest.sha256(Bytes.ofText("accueil"));
    private static final Digest OTHER = Digest.sha256(Bytes.ofText("urgences"));

    private final KeeperHouse house = new KeeperHouse();
    private final Keeper keeper;
    private final LedgerShowing showing;
    private final Signer officer = house.officer();

    LedgerShowingTest() {
        house.start(Party.DATA);
        keeper = house.keeper(Party.DATA);
        showing = new LedgerShowing(keeper.setting(), keeper.copy(), keeper.ledgers());
        enrol(STATION);
        enrol(OTHER);
    }

    @Test
    void theWordStandsInTheLedgerOnceBeforeAnyLineIsShown() {
        LedgerLook look = look(0, LedgerLook.LIFE_MILLIS_MAX, STATION, officer);
        Response.LedgerLines shown = shown(STATION, look);
        assertThat(shown.lines()).singleElement().satisfies(line -> {
            assertThat(line.act()).isEqualTo(LedgerLine.Act.LEDGERS_READ);
            assertThat(line.session()).isEqualTo(officer.publicKey().id());
            assertThat(line.recipient()).isEqualTo(STATION);
            assertThat(line.cells()).isEmpty();
        });
        assertThat(shown(STATION, look).lines())
                .as("one line for all its pages")
                .hasSize(1);
        assertThat(shown(STATION, look(1, LedgerLook.LIFE_MILLIS_MAX, STATION, officer))
                        .lines())
                .as("another word is another line")
                .hasSize(2);
    }

    @Test
    void aWordMayLastSoLongAndNoLonger() {
        assertThat(code(STATION, look(0, LedgerLook.LIFE_MILLIS_MAX + 1, STATION, officer)))
                .contains(Code.NOT_ALLOWED);
        assertThat(code(STATION, look(0, LedgerLook.LIFE_MILLIS_MAX, STATION, officer)))
                .isEmpty();
        long ahead = RecordLimits.SESSION_AHEAD_MILLIS_MAX;
        assertThat(code(STATION, look(ahead + 1, 1, STATION, officer))).contains(Code.NOT_ALLOWED);
        assertThat(code(STATION, look(-10, 9, STATION, officer))).as("over").contains(Code.NOT_ALLOWED);
    }

    @Test
    void aWordThatHasBegunIsOverWhenItEnds() {
        LedgerLook look = look(0, 60_000, STATION, officer);
        assertThat(code(STATION, look)).isEmpty();
        house.loops.runMillis(60_001);
        assertThat(code(STATION, look)).contains(Code.NOT_ALLOWED);
    }

    /** Who is no officer any more has nothing shown, also where it was begun before. */
    @Test
    void aRevokedOfficersWordIsOver() {
        LedgerLook look = look(0, 60_000, STATION, officer);
        assertThat(code(STATION, look)).isEmpty();
        RecordTime now = keeper.setting().now();
        Digest badge = officer.publicKey().id();
        keeper.copy()
                .registry()
                .apply(
                        new Statement.Grant(
                                KeeperHouse.signer("officer 4").publicKey(),
                                Statement.BadgeKind.OFFICER,
                                List.of(),
                                List.of(),
                                List.of(),
                                now),
                        now);
        keeper.copy().registry().apply(new Statement.Revocation(badge, now), now);
        assertThat(code(STATION, look)).contains(Code.NOT_ALLOWED);
    }

    @Test
    void nobodyElsesWordIsTakenAndNoneOfAnotherStation() {
        assertThat(code(STATION, look(0, 60_000, STATION, KeeperHouse.signer("nurse"))))
                .contains(Code.NOT_ALLOWED);
        assertThat(code(OTHER, look(0, 60_000, STATION, officer))).contains(Code.NOT_ALLOWED);
        LedgerLook begun = look(0, 60_000, STATION, officer);
        assertThat(code(STATION, begun)).isEmpty();
        assertThat(code(OTHER, begun)).as("heard and said again").contains(Code.NOT_ALLOWED);
        Digest stranger = Digest.sha256(Bytes.ofText("stranger"));
        assertThat(code(stranger, look(0, 60_000, stranger, officer))).contains(Code.NOT_ALLOWED);
        LedgerLook unsigned = look(2, 60_000, STATION, officer).signed(Signature.NONE);
        assertThat(code(STATION, unsigned)).contains(Code.NOT_ALLOWED);
        assertThat(keeper.ledgers().own().lines()).isEqualTo(1);
    }

    @Test
    void withoutAWordAStationReadsNoLedger() {
        List<Outcome<Response>> answers = new ArrayList<>();
        showing.serve(STATION, Optional.empty(), false, new Request.FetchLedger(Party.DATA, 0), answers::add);
        assertThat(answers)
                .singleElement()
                .satisfies(one -> assertThat(one.isDone()).isFalse());
    }

    /** One officer who asks often keeps no other from asking, and fills no memory. */
    @Test
    void aNewWordTakesThePlaceOfTheOneBefore() {
        LedgerLook first = look(0, 60_000, STATION, officer);
        for (int i = 1; i < 40; i++) {
            assertThat(code(STATION, look(i, 60_000, STATION, officer))).isEmpty();
        }
        long lines = keeper.ledgers().own().lines();
        assertThat(code(STATION, first))
                .as("begun anew, with a line of its own")
                .isEmpty();
        assertThat(keeper.ledgers().own().lines()).isEqualTo(lines + 1);
    }

    @Test
    void theWitnessHasNoLedgerToShow() {
        List<Outcome<Response>> answers = new ArrayList<>();
        LedgerLook look = look(0, 60_000, STATION, officer);
        Request.ReadLedger read = new Request.ReadLedger(Party.WITNESS, 0, look);
        showing.serve(STATION, Optional.empty(), false, read, answers::add);
        assertThat(answers).containsExactly(Outcome.refused(Code.NOT_FOUND, "witness keeps no ledger"));
    }

    private void enrol(Digest line) {
        RecordTime now = keeper.setting().now();
        keeper.copy().registry().apply(new Statement.StationEnrolment("station " + line, line, CellId.NONE, now), now);
    }

    private LedgerLook look(long ahead, long life, Digest station, Signer signer) {
        RecordTime from = keeper.setting().now().plusMillis(ahead);
        LedgerLook look = new LedgerLook(
                station, from, from.plusMillis(life), signer.publicKey().id(), Signature.NONE);
        return look.signed(signer.sign(look.signedBytes(keeper.copy().registry().origin())));
    }

    private Response.LedgerLines shown(Digest peer, LedgerLook look) {
        assertThat(ask(peer, look)).isInstanceOf(Outcome.Done.class);
        return ask(peer, look) instanceof Outcome.Done<Response>(Response.LedgerLines lines)
                ? lines
                : new Response.LedgerLines(List.of());
    }

    private Optional<Code> code(Digest peer, LedgerLook look) {
        return ask(peer, look) instanceof Outcome.Refused<Response>(Refusal refusal)
                ? Optional.of(refusal.code())
                : Optional.empty();
    }

    private Outcome<Response> ask(Digest peer, LedgerLook look) {
        List<Outcome<Response>> answers = new ArrayList<>();
        showing.serve(peer, Optional.empty(), false, new Request.ReadLedger(Party.DATA, 0, look), answers::add);
        house.loops.runMillis(1);
        return answers.getFirst();
    }
}
