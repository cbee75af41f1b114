package trimaran.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.line.message.LedgerLine;
import trimaran.line.message.MessageLimits;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.CellKind;
import trimaran.record.Policy;

/** What a session may have written into data's ledger, and what it is told of it. */
class LedgerRequestTest extends SessionBench {

    @Test
    void onlyPrintingAndExportAreNotedSoThatNobodyWritesThatTheyWereHandedWhatTheyWereNot()
            throws GeneralSecurityException {
        CellId patient = patient(700);
        Digest recipient = FoundedHouse.digest("printer");
        for (LedgerLine.Act act : LedgerLine.Act.values()) {
            int lines = ledger().size();
            PlacingTier.Reply noted = under(new Request.Note(act, List.of(patient), recipient));
            if (act == LedgerLine.Act.PRINTED || act == LedgerLine.Act.EXPORTED) {
                assertThat(noted.only().isDone()).as(act.name()).isTrue();
                assertThat(ledger().getLast().act()).isEqualTo(act);
            } else {
                assertThat(noted.code()).as(act.name()).isEqualTo(Code.MALFORMED);
                assertThat(ledger()).as(act.name()).hasSize(lines);
            }
        }
    }

    @Test
    void whoWasHandedACellIsToldWhoWas() throws GeneralSecurityException {
        CellId patient = patient(700);
        assertThat(under(open(patient, Request.Purpose.CARE)).only().isDone()).isTrue();
        int lines = ledger().size();
        Response.FoundLines found = (Response.FoundLines) done(under(lines(50, patient)));
        assertThat(found.more()).isFalse();
        Response.FoundLine line = found.lines().getFirst();
        assertThat(found.lines()).hasSize(1);
        assertThat(line.ledger()).isEqualTo(Party.DATA);
        assertThat(line.act()).isEqualTo(LedgerLine.Act.RELEASED);
        assertThat(line.session()).isEqualTo(writing.sessionId());
        assertThat(line.badge()).isNotEqualTo(Digest.ZERO);
        assertThat(line.cells()).containsExactly(patient);
        assertThat(line.chain()).isEqualTo(ledger().getLast().chain());
        assertThat(ledger()).as("asking is no line").hasSize(lines);
    }

    @Test
    void aPageHasSoManyLinesOfALedgerAndTheNextGoesOnBefore() throws GeneralSecurityException {
        CellId patient = patient(700);
        for (int i = 0; i <= MessageLimits.FOUND_LINES_MAX; i++) {
            assertThat(under(open(patient, Request.Purpose.CARE)).only().isDone())
                    .isTrue();
        }
        Response.FoundLines page = (Response.FoundLines) done(under(lines(Integer.MAX_VALUE, patient)));
        assertThat(page.lines()).hasSize(MessageLimits.FOUND_LINES_MAX);
        assertThat(page.more()).isTrue();
        long last = page.lines().getLast().number();
        Request next = new Request.FindLines(List.of(patient), List.of(0L, 0L, last), 50);
        Response.FoundLines rest = (Response.FoundLines) done(under(next));
        assertThat(rest.lines()).extracting(Response.FoundLine::number).containsExactly(last - 1);
        assertThat(rest.more()).isFalse();
    }

    @Test
    void whoMayNotOpenPatientsIsNotToldWhoWasHandedThemUnlessThroughBrokenGlass() throws GeneralSecurityException {
        CellId[] patients = new CellId[Policy.DEFAULT.cellsBeforeSecondPerson() + 1];
        for (int i = 0; i < patients.length; i++) {
            patients[i] = patient(700 + i);
        }
        assertThat(under(lines(50, patients)).code()).isEqualTo(Code.OVER_BUDGET);
        PlacingTier.Reply opened = under(new Request.Open(List.of(patients), false, Request.Purpose.BREAK_GLASS));
        data.loops.runMillis(2000);
        assertThat(opened.only().isDone()).isTrue();
        Response.FoundLines found = (Response.FoundLines) done(under(lines(50, patients)));
        assertThat(found.lines()).extracting(Response.FoundLine::act).containsExactly(LedgerLine.Act.BROKE_GLASS);
    }

    /** A station asks of all it has open as an order comes, and nobody opened anything. */
    @Test
    void whetherACellIsToBeRolledIsAskedWithoutALine() throws GeneralSecurityException {
        CellId patient = patient(700);
        int lines = ledger().size();
        Response.Cells cells = (Response.Cells) done(under(new Request.FindToRoll(List.of(patient))));
        assertThat(cells.cells()).isEmpty();
        assertThat(ledger()).hasSize(lines);
    }

    /** A tier that lies could else have whoever reads one patient open another. */
    @Test
    void whatIsNoLaterKeyOfACellIsNotHandedOutAsOne() throws GeneralSecurityException {
        CellId patient = patient(700);
        CellId other = patient(701);
        int lines = ledger().size();
        for (CellId named : List.of(patient, other)) {
            Request keys = new Request.OpenKeys(patient, List.of(named), Request.Purpose.CARE);
            assertThat(under(keys).code()).isEqualTo(Code.NOT_FOUND);
        }
        assertThat(ledger()).hasSize(lines);
    }

    @Test
    void whoWasHandedWhatIsNoPatientsIsNotTold() throws GeneralSecurityException {
        data.append(writing.goodCell(Writing.cell(78)));
        assertThat(under(lines(50, Writing.cell(78))).code()).isEqualTo(Code.NOT_ALLOWED);
    }

    private CellId patient(long number) {
        CellId patient = Writing.cell(number, CellKind.IDENTITY, CellId.NONE);
        data.append(writing.goodCell(patient));
        return patient;
    }

    private static Request open(CellId cell, Request.Purpose purpose) {
        return new Request.Open(List.of(cell), false, purpose);
    }

    private static Request lines(int max, CellId... cells) {
        return new Request.FindLines(List.of(cells), List.of(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE), max);
    }
}
