package trimaran.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static trimaran.record.SmallHospital.PATIENT;
import static trimaran.record.SmallHospital.digest;

import java.util.List;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;

/** Later keys of a cell: who may draw one, and what is sealed under it. */
final class KeyJudgementTest {

    private static final Change CHANGE = new Change(1, 0, false);

    private final SmallHospital hospital = new SmallHospital();

    KeyJudgementTest() {
        order();
    }

    private void order() {
        RecordTime time = SmallHospital.NOW;
        hospital.registry.apply(
                new Statement.Roll(
                        Statement.Holder.PARTY, Statement.Target.subjectOf(Party.APPLICATION), time, time, time),
                time);
    }

    private NewCell drawn(CellKind kind, CellId subject, String name) {
        return NewCell.named(
                hospital.session, kind, subject, digest(name), List.of(digest("r1"), digest("r2"), digest("r3")));
    }

    private NewCell placed(CellKind kind, CellId subject) {
        NewCell cell = drawn(kind, subject, "placed " + kind + subject);
        hospital.heads.put(cell.cell(), CellHead.empty(cell.cell()));
        hospital.openings.put(cell.cell(), cell);
        return cell;
    }

    private static CellPart under(CellId cell, CellId key) {
        return new CellPart(cell, digest("blob"), 4, List.of(CHANGE), key);
    }

    private Judgement judged(CellPart part, NewCell... opened) {
        AuthorPart author = Authored.withParts(Authored.opening(hospital.draft(), opened), part);
        return hospital.judge(hospital.approved(author));
    }

    private void assertVoid(Code code, CellPart part, NewCell... opened) {
        Judgement judgement = judged(part, opened);
        assertThat(judgement.verdict()).isEqualTo(Verdict.VOID);
        assertThat(judgement.reason().orElseThrow().code()).isEqualTo(code);
    }

    @Test
    void anEntryDrawsALaterKeyAndSealsUnderIt() {
        NewCell key = drawn(CellKind.KEY, PATIENT, "K2");
        assertThat(judged(under(PATIENT, key.cell()), key).verdict()).isEqualTo(Verdict.VALID);
    }

    @Test
    void whatIsSealedUnderAKeyThatHasItsPlaceCounts() {
        NewCell key = placed(CellKind.KEY, PATIENT);
        assertThat(judged(under(PATIENT, key.cell())).verdict()).isEqualTo(Verdict.VALID);
    }

    /** It may have been written before, and held: nothing that was acknowledged is lost. */
    @Test
    void whatIsSealedUnderAnOlderKeyCountsAfterANewerOne() {
        NewCell older = placed(CellKind.KEY, PATIENT);
        placed(CellKind.KEY, older.subject());
        assertThat(judged(under(PATIENT, older.cell())).verdict()).isEqualTo(Verdict.VALID);
        assertThat(judged(under(PATIENT, CellId.NONE)).verdict()).isEqualTo(Verdict.VALID);
    }

    @Test
    void aKeyNobodyOpenedIsWaitedFor() {
        assertVoid(Code.BAD_REFERENCE, under(PATIENT, new CellId(0, 99)));
    }

    @Test
    void aPartUnderWhatIsNoKeyIsVoid() {
        assertVoid(Code.MALFORMED, under(PATIENT, PATIENT));
        assertVoid(Code.MALFORMED, under(PATIENT, placed(CellKind.STAY, PATIENT).cell()));
    }

    @Test
    void aPartUnderTheKeyOfAnotherCellIsVoid() {
        NewCell stay = placed(CellKind.STAY, PATIENT);
        NewCell key = placed(CellKind.KEY, stay.cell());
        assertVoid(Code.MALFORMED, under(PATIENT, key.cell()));
    }

    @Test
    void aPartInACellThatHoldsAKeyIsVoid() {
        NewCell key = placed(CellKind.KEY, PATIENT);
        assertVoid(Code.MALFORMED, under(key.cell(), CellId.NONE));
    }

    @Test
    void noKeyIsDrawnForAKeyOrForWhatLookupsAreMadeWith() {
        for (CellKind kind : List.of(CellKind.SEARCH, CellKind.LOOKUP, CellKind.KEY)) {
            NewCell cell = placed(kind, kind == CellKind.KEY ? PATIENT : CellId.NONE);
            NewCell key = drawn(CellKind.KEY, cell.cell(), "K of " + kind);
            assertVoid(Code.MALFORMED, under(cell.cell(), key.cell()), key);
        }
        NewCell alone = drawn(CellKind.KEY, CellId.NONE, "K of itself");
        assertVoid(Code.MALFORMED, under(PATIENT, CellId.NONE), alone);
    }

    @Test
    void everyKindThatHoldsPartsMayBeGivenALaterKey() {
        assertThat(java.util.Arrays.stream(CellKind.values()).filter(CellKind::mayRoll))
                .containsExactly(
                        CellKind.IDENTITY,
                        CellKind.DOSSIER,
                        CellKind.STAY,
                        CellKind.QUARTER,
                        CellKind.WARD,
                        CellKind.HOUSE);
    }

    @Test
    void aKeyOfACellTheSameEntryOpensIsVoid() {
        NewCell stay = drawn(CellKind.STAY, PATIENT, "K");
        NewCell key = drawn(CellKind.KEY, stay.cell(), "K2");
        assertVoid(Code.MALFORMED, under(stay.cell(), key.cell()), stay, key);
    }

    @Test
    void aKeyIsDrawnOnlyWhereAnOrderStands() {
        SmallHospital unordered = new SmallHospital();
        NewCell key = drawn(CellKind.KEY, PATIENT, "K2");
        AuthorPart author = Authored.withParts(Authored.opening(unordered.draft(), key), under(PATIENT, key.cell()));
        Header header = unordered.approved(author);
        assertThat(unordered.refusal(header)).isEqualTo(Code.BAD_REFERENCE);
        assertThat(unordered
                        .judge(header, SmallHospital.NOW, unordered.heldTwice(header, SmallHospital.NOW))
                        .verdict())
                .as("acknowledged")
                .isEqualTo(Verdict.VALID);
    }

    @Test
    void aStationBringsACellSoManyKeysForEachOrderAndNoMore() {
        for (int i = 1; i < RecordLimits.KEYS_OF_ORDER_MAX; i++) {
            NewCell one = drawn(CellKind.KEY, PATIENT, "K" + i);
            hospital.openings.put(one.cell(), one);
        }
        NewCell last = drawn(CellKind.KEY, PATIENT, "last");
        assertThat(judged(under(PATIENT, last.cell()), last).verdict()).isEqualTo(Verdict.VALID);
        hospital.openings.put(last.cell(), last);
        NewCell over = drawn(CellKind.KEY, PATIENT, "over");
        assertVoid(Code.NOT_ALLOWED, under(PATIENT, over.cell()), over);
        hospital.registry.apply(
                new Statement.Roll(
                        Statement.Holder.STATION,
                        SmallHospital.STATION,
                        SmallHospital.NOW,
                        SmallHospital.NOW,
                        SmallHospital.NOW),
                SmallHospital.NOW);
        assertThat(judged(under(PATIENT, over.cell()), over).verdict()).isEqualTo(Verdict.VALID);
    }

    /** One that is hostile would else void whatever the others write, and what leans on it. */
    @Test
    void whatOneStationDrawsIsTakenFromNobodyElse() {
        Statement.SessionOpening elsewhere = new Statement.SessionOpening(
                hospital.sessionKey.publicKey(),
                hospital.badge.publicKey().id(),
                digest("hostile"),
                SmallHospital.FOUNDED,
                hospital.opening.expiry(),
                Digest.ZERO);
        hospital.registry.apply(
                new Statement.StationEnrolment("hostile", digest("hostile"), PATIENT, SmallHospital.FOUNDED),
                SmallHospital.FOUNDED);
        hospital.registry.apply(elsewhere, SmallHospital.FOUNDED);
        for (int i = 0; i <= 4 * RecordLimits.KEYS_OF_ORDER_MAX; i++) {
            NewCell one = drawn(CellKind.KEY, PATIENT, "K" + i);
            hospital.openings.put(one.cell(), one);
            hospital.drawers.put(one.cell(), SignedStatement.id(elsewhere));
        }
        NewCell mine = drawn(CellKind.KEY, PATIENT, "mine");
        assertThat(judged(under(PATIENT, mine.cell()), mine).verdict()).isEqualTo(Verdict.VALID);
    }

    /** Else it would only have to open a session for each. */
    @Test
    void aStationIsOneWhicheverSessionItDrawsIn() {
        Statement.SessionOpening second =
                hospital.opening(SmallHospital.FOUNDED.plusMillis(1), hospital.opening.expiry());
        hospital.registry.apply(second, SmallHospital.FOUNDED);
        for (int i = 0; i < RecordLimits.KEYS_OF_ORDER_MAX; i++) {
            NewCell one = drawn(CellKind.KEY, PATIENT, "K" + i);
            hospital.openings.put(one.cell(), one);
            hospital.drawers.put(one.cell(), SignedStatement.id(second));
        }
        NewCell over = drawn(CellKind.KEY, PATIENT, "over");
        assertVoid(Code.NOT_ALLOWED, under(PATIENT, over.cell()), over);
    }

    /** Else whoever reads all parts of a cell would not know all its keys. */
    @Test
    void aKeyThatIsDrawnAndNotUsedIsVoid() {
        NewCell key = drawn(CellKind.KEY, PATIENT, "K2");
        assertVoid(Code.MALFORMED, under(PATIENT, CellId.NONE), key);
    }

    // ---- the layout

    private AuthorPart rolled() {
        NewCell key = drawn(CellKind.KEY, PATIENT, "K2");
        return Authored.withParts(Authored.opening(hospital.draft(), key), under(PATIENT, key.cell()));
    }

    @Test
    void anEntryUnderALaterKeyReadsAsItWasWritten() throws MalformedException {
        AuthorPart author = rolled();
        assertThat(author.encode().at(0)).isEqualTo((byte) AuthorPart.KEYED_VERSION);
        assertThat(AuthorPart.decode(author.encode())).isEqualTo(author);
    }

    @Test
    void anEntryUnderFirstKeysIsWrittenAsBefore() throws MalformedException {
        Bytes written = hospital.draft().encode();
        assertThat(written.at(0)).isEqualTo((byte) AuthorPart.VERSION);
        assertThat(AuthorPart.decode(written).encode()).isEqualTo(written);
    }

    /** Each value has one form: else one entry would have two digests. */
    @Test
    void theLaterFormWithoutALaterKeyIsMalformed() {
        AuthorPart author = rolled();
        byte[] bytes = author.encode().toArray();
        byte[] key = new byte[CellId.SIZE_BYTES];
        trimaran.kernel.Writer writer = new trimaran.kernel.Writer(CellId.SIZE_BYTES);
        author.parts().getFirst().under().write(writer);
        int at = indexOf(bytes, writer.toArray());
        System.arraycopy(key, 0, bytes, at, key.length);
        assertThatThrownBy(() -> AuthorPart.decode(Bytes.wrap(bytes)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("later key");
    }

    private static int indexOf(byte[] all, byte[] some) {
        int at = 0;
        while (!java.util.Arrays.equals(all, at, at + some.length, some, 0, some.length)) {
            at++;
        }
        return at;
    }
}
