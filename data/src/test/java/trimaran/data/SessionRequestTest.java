package trimaran.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.keeper.KeeperLimits;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.ResourceId;
import trimaran.kernel.Writer;
import trimaran.line.PeerId;
import trimaran.line.message.LedgerHead;
import trimaran.line.message.LedgerLine;
import trimaran.line.message.MessageLimits;
import trimaran.line.message.Request;
import trimaran.line.message.RequestCodec;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.line.message.Shown;
import trimaran.line.simulated.SimulatedNetwork;
import trimaran.record.CellKind;
import trimaran.record.Policy;

/** What a session may ask of data's keeper, as long as it is one. */
class SessionRequestTest extends SessionBench {

    private static final Digest TOKEN = FoundedHouse.digest("family name and birth date");

    @Test
    void aPatientWhoseEntryIsOnlyHeldIsFound() throws GeneralSecurityException {
        SealedEntry entry = writing.create(5, "family name and birth date", false);
        assertThat(station.ask(new Request.Hold(entry)).only().isDone()).isTrue();
        assertThat(hits()).containsExactly(new ResourceId(Writing.CELL, 5));
        assertThat(data.keeper().heldEntries()).hasSize(1);
        data.append(entry);
        assertThat(hits()).containsExactly(new ResourceId(Writing.CELL, 5));
    }

    @Test
    void whatIsOnlyHeldDoesNotMakeAnIdentifierTaken() {
        SealedEntry entry = writing.create(5, "unique", true);
        assertThat(station.ask(new Request.Hold(entry)).only().isDone()).isTrue();
        assertThat(data.keeper().tokenTaken(FoundedHouse.digest("unique"))).isFalse();
        data.append(entry);
        assertThat(data.keeper().tokenTaken(FoundedHouse.digest("unique"))).isTrue();
    }

    @Test
    void aClosedSessionIsAnsweredNoMore() throws GeneralSecurityException {
        assertThat(lookup().only().isDone()).isTrue();
        data.append(writing.closing());
        assertThat(lookup().code()).isEqualTo(Code.SESSION_ENDED);
        assertThat(station.ask(new Request.JoinSession(writing.sessionId(), Bytes.EMPTY))
                        .code())
                .isEqualTo(Code.SESSION_ENDED);
    }

    @Test
    void aSessionWhoseBadgeIsCutOnSightIsAnsweredNoMoreAndCannotJoinAgain() throws GeneralSecurityException {
        assertThat(station.ask(new Request.Announce(writing.cutBadge())).only().isDone())
                .isTrue();
        assertThat(lookup().code()).isEqualTo(Code.CUT);
        assertThat(station.ask(new Request.JoinSession(writing.sessionId(), Bytes.EMPTY))
                        .code())
                .isEqualTo(Code.CUT);
    }

    @Test
    void aFiledDraftNamesOnTheLedgerWhatItShowsAndLetsApplicationReadTheRestOnly() throws GeneralSecurityException {
        Digest entry = FoundedHouse.digest("entry");
        CellId shown = new CellId(0, 500);
        CellId named = new CellId(0, 501);
        Request.FileDraft file = new Request.FileDraft(
                entry, FoundedHouse.digest("draft"), new Shown(List.of(shown), List.of(named)), List.of(Writing.CELL));
        int before = ledger().size();
        assertThat(under(file).only() instanceof Outcome.Done<Response>(Response.Filed(var receipt))
                        && receipt.line() == before + 1)
                .as("its last line")
                .isTrue();
        List<LedgerLine> lines = ledger().subList(before, ledger().size());
        assertThat(lines)
                .extracting(LedgerLine::act)
                .containsExactly(LedgerLine.Act.SHOWN_TO_APPLICATION, LedgerLine.Act.NAMED_TO_APPLICATION);
        assertThat(lines).extracting(LedgerLine::request).containsOnly(entry);
        assertThat(lines).extracting(LedgerLine::cells).containsExactly(List.of(shown), List.of(named));
        PlacingTier.Line application = data.line(SimulatedNetwork.peer(Party.APPLICATION.word()));
        assertThat(application
                        .ask(new Request.OpenForDraft(entry, List.of(shown)))
                        .code())
                .isEqualTo(Code.NOT_ALLOWED);
        assertThat(application
                        .ask(new Request.OpenForDraft(entry, List.of(Writing.CELL)))
                        .only()
                        .isDone())
                .isTrue();
        assertThat(ledger().getLast().cells()).containsExactly(Writing.CELL);
    }

    @Test
    void whatATokenLeadsToIsOnTheLedgerBeforeItIsTold() throws GeneralSecurityException {
        assertThat(lookup().only().isDone()).isTrue();
        LedgerLine line = ledger().getLast();
        assertThat(line.act()).isEqualTo(LedgerLine.Act.LOOKED_UP);
        assertThat(line.session()).isEqualTo(writing.sessionId());
        assertThat(line.recipient()).isEqualTo(Writing.STATION.keyDigest());
        assertThat(line.request()).isEqualTo(Digest.sha256(RequestCodec.encode(lookupOf())));
    }

    @Test
    void noMoreIsFoundByTokenThanAnHourAllows() throws GeneralSecurityException {
        List<Digest> tokens = new ArrayList<>();
        for (int i = 0; i < Policy.DEFAULT.lookupsPerHour(); i++) {
            tokens.add(FoundedHouse.digest("token " + i));
        }
        for (int from = 0; from < tokens.size(); from += MessageLimits.LOOKUPS_MAX) {
            List<Digest> page = tokens.subList(from, Math.min(tokens.size(), from + MessageLimits.LOOKUPS_MAX));
            assertThat(under(new Request.Lookup(page)).only().isDone()).isTrue();
        }
        int lines = ledger().size();
        assertThat(lookup().code()).isEqualTo(Code.OVER_BUDGET);
        assertThat(ledger()).as("what is refused is no line").hasSize(lines);
    }

    @Test
    void whatMakesTokensIsWithheldFromApplicationAndNoLineSaysItWasReleased() throws GeneralSecurityException {
        CellId search = Writing.cell(601, CellKind.SEARCH, CellId.NONE);
        CellId lookup = Writing.cell(602, CellKind.LOOKUP, CellId.NONE);
        data.append(writing.goodCell(search));
        data.append(writing.goodCell(lookup));
        Digest entry = FoundedHouse.digest("entry");
        List<CellId> readable = List.of(search, lookup, Writing.CELL, new CellId(0, 603));
        Request.FileDraft file =
                new Request.FileDraft(entry, FoundedHouse.digest("draft"), new Shown(List.of(), List.of()), readable);
        assertThat(under(file).only().isDone()).isTrue();
        int lines = ledger().size();
        PlacingTier.Line application = data.line(SimulatedNetwork.peer(Party.APPLICATION.word()));
        for (CellId withheld : List.of(search, lookup, new CellId(0, 603))) {
            assertThat(application
                            .ask(new Request.OpenForDraft(entry, List.of(Writing.CELL, withheld)))
                            .code())
                    .isEqualTo(Code.NOT_ALLOWED);
        }
        assertThat(ledger()).hasSize(lines);
    }

    @Test
    void whileEverythingIsClosedNoStationIsServed() {
        PlacingTier.Line access = data.line(SimulatedNetwork.peer(Party.ACCESS.word()));
        assertThat(access.ask(new Request.Announce(writing.cutEverything()))
                        .only()
                        .isDone())
                .isTrue();
        data.loops.runMillis(2000);
        assertThat(station.isOpen()).isFalse();
        assertThat(data.keeper().maySpeak(Writing.STATION)).isFalse();
        assertThat(data.keeper().maySpeak(FoundedHouse.CONSOLE))
                .as("or nobody could open again")
                .isTrue();
    }

    @Test
    void aTierThatIsClosedIsHungUpOnUntilTwoOfficersOpenIt() {
        PeerId peer = SimulatedNetwork.peer(Party.ACCESS.word());
        PlacingTier.Line access = data.line(peer);
        PlacingTier.Line console = data.line(FoundedHouse.CONSOLE);
        assertThat(console.ask(new Request.Announce(writing.cutTier(Party.ACCESS)))
                        .only()
                        .isDone())
                .isTrue();
        data.loops.runMillis(2000);
        assertThat(access.isOpen()).isFalse();
        assertThat(data.keeper().maySpeak(peer)).isFalse();
        assertThat(console.ask(new Request.Announce(writing.openTier(Party.ACCESS)))
                        .only()
                        .isDone())
                .isTrue();
        assertThat(data.keeper().maySpeak(peer)).isTrue();
    }

    @Test
    void aTierThatIsClosedItselfAnswersNoSession() throws GeneralSecurityException {
        PlacingTier.Line console = data.line(FoundedHouse.CONSOLE);
        assertThat(console.ask(new Request.Announce(writing.cutTier(Party.DATA)))
                        .only()
                        .isDone())
                .isTrue();
        assertThat(lookup().code()).isEqualTo(Code.CUT);
        assertThat(station.ask(new Request.JoinSession(writing.sessionId(), Bytes.EMPTY))
                        .code())
                .isEqualTo(Code.CUT);
    }

    @Test
    void theConsoleAndNobodyElseIsToldSignedHowFarALedgerReaches() throws GeneralSecurityException {
        assertThat(lookup().only().isDone()).isTrue();
        assertThat(lookup().only().isDone()).isTrue();
        Digest about = FoundedHouse.digest("what for");
        Request.SignLedger asked = new Request.SignLedger(Party.DATA, ledger().size() - 1, about);
        assertThat(station.ask(asked).code()).isEqualTo(Code.NOT_ALLOWED);

        PlacingTier.Line console = data.line(FoundedHouse.CONSOLE);
        LedgerHead head = ((Response.LedgerSigned) done(console.ask(asked))).head();
        assertThat(head.chain()).isEqualTo(ledger().getLast().previous());
        assertThat(head.total()).isEqualTo(ledger().size());
        assertThat(head.about()).isEqualTo(about);
        byte[] message = head.signedBytes(data.house.founding.id());
        assertThat(FoundedHouse.VERIFIER.verify(
                        FoundedHouse.signer(Party.DATA.word()).publicKey(), message, head.signature()))
                .isTrue();
        head = ((Response.LedgerSigned) done(console.ask(new Request.SignLedger(Party.ACCESS, 0, about)))).head();
        assertThat(head.chain()).isEqualTo(Digest.ZERO);
        assertThat(head.total()).isZero();
        assertThat(console.ask(new Request.SignLedger(Party.ACCESS, 1, about)).code())
                .isEqualTo(Code.UNKNOWN_ENTRY);
        assertThat(console.ask(new Request.SignLedger(Party.WITNESS, 0, about)).code())
                .isEqualTo(Code.NOT_FOUND);
    }

    @Test
    void aPatientOfOneCellTooManyForOneAnswerIsOpenedByNamingCells() throws GeneralSecurityException {
        Request.Open whole = new Request.Open(List.of(Writing.CELL), true, Request.Purpose.ADMINISTRATION);
        // The ground opened the first of them.
        data.disk().write(others(1, KeeperLimits.ANSWER_CELLS_MAX - 1));
        assertThat(under(whole).code()).isNotEqualTo(Code.TOO_LARGE);
        data.disk().write(others(KeeperLimits.ANSWER_CELLS_MAX, 1));
        assertThat(under(whole).code()).isEqualTo(Code.TOO_LARGE);
    }

    /** However many were drawn for the patient's own cell, they are no cells of the patient. */
    @Test
    void laterKeysOfAPatientsOwnCellDoNotKeepItFromOpening() throws GeneralSecurityException {
        data.disk().write(others(1, KeeperLimits.ANSWER_CELLS_MAX, CellKind.KEY));
        Request.Open whole = new Request.Open(List.of(Writing.CELL), true, Request.Purpose.ADMINISTRATION);
        assertThat(under(whole).code()).isNotEqualTo(Code.TOO_LARGE);
    }

    private static List<Store.Change> others(int from, int count) {
        return others(from, count, CellKind.HOUSE);
    }

    private static List<Store.Change> others(int from, int count, CellKind kind) {
        List<Store.Change> rows = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            Writer key = new Writer(32);
            Writing.CELL.write(key);
            new CellId(Writing.CELL.high() + i, Writing.CELL.low()).write(key);
            rows.add(new Store.Change.Put(Space.SUBJECTS, key.toBytes(), Bytes.of((byte) kind.ordinal())));
        }
        return rows;
    }

    @Test
    void whatWaitsForItsTurnIsNotReleasedToASessionCutMeanwhile() throws GeneralSecurityException {
        PlacingTier.Reply waiting = under(new Request.Open(List.of(Writing.CELL), false, Request.Purpose.BREAK_GLASS));
        assertThat(waiting.isOpen()).isTrue();
        PlacingTier.Line access = data.line(SimulatedNetwork.peer(Party.ACCESS.word()));
        assertThat(access.ask(new Request.Announce(writing.cutBadge())).only().isDone())
                .isTrue();
        data.loops.runMillis(2000);
        assertThat(waiting.code()).isEqualTo(Code.CUT);
        assertThat(counter("ledger.lines")).isZero();
    }

    private long counter(String name) {
        Response.Report report = (Response.Report) done(station.ask(new Request.Status()));
        return report.counters().stream()
                .filter(counter -> counter.name().equals(name))
                .mapToLong(Response.Counter::value)
                .sum();
    }

    private List<ResourceId> hits() throws GeneralSecurityException {
        return ((Response.Hits) done(lookup())).resources().getFirst();
    }

    private PlacingTier.Reply lookup() throws GeneralSecurityException {
        return under(lookupOf());
    }

    @Test
    void aRequestIsGoodForAsLongAsTwoClocksMayDifferAndNotOnceMore() throws GeneralSecurityException {
        long now = data.loops.trueTime().millis();
        assertThat(under(lookupOf(), now + 115_000).only().isDone()).isTrue();
        assertThat(under(lookupOf(), now + 121_000).code()).isEqualTo(Code.STALE);
        assertThat(under(lookupOf(), now - 1_000).code()).isEqualTo(Code.STALE);
        PlacingTier.Reply first = under(lookupOf(), now + 60_000);
        asked--;
        assertThat(first.only().isDone()).isTrue();
        assertThat(under(lookupOf(), now + 60_000).code()).as("said again").isEqualTo(Code.DUPLICATE);
    }

    private static Request lookupOf() {
        return new Request.Lookup(List.of(TOKEN));
    }
}
