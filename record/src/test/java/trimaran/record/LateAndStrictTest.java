package trimaran.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static trimaran.record.SmallHospital.NOW;
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
import trimaran.kernel.Writer;

/** How long a session is remembered, what a registry entry may not bring along, and encodings that would be a second one. */
class LateAndStrictTest {

    private final SmallHospital hospital = new SmallHospital();

    @Test
    void whatComesTooLongAfterItsSessionIsVoid() {
        RecordTime last = hospital.opening.expiry().plusMillis(RecordLimits.LATE_MILLIS);
        AuthorPart author = hospital.draft();
        Header header = hospital.signed(author, hospital.approval(author, last.plusMillis(1)));
        assertThat(hospital.judge(header, last, List.of()).verdict()).isEqualTo(Verdict.VALID);
        assertThat(hospital.judge(header, last.plusMillis(1), List.of())
                        .reason()
                        .orElseThrow()
                        .code())
                .isEqualTo(Code.SESSION_ENDED);
    }

    @Test
    void sessionsAreForgottenOnceNothingCanComeFromThem() {
        RecordTime last = hospital.opening.expiry().plusMillis(RecordLimits.LATE_MILLIS);
        hospital.registry.apply(new Statement.SessionClosing(hospital.session), NOW);
        hospital.registry.apply(new Statement.Revocation(digest("somebody"), NOW), last);
        assertThat(hospital.registry.session(hospital.session)).isPresent();
        assertThat(hospital.registry.sessionClosed(hospital.session)).isTrue();
        hospital.registry.apply(new Statement.Revocation(digest("somebody else"), NOW), last.plusMillis(1));
        assertThat(hospital.registry.session(hospital.session)).isEmpty();
        assertThat(hospital.registry.sessionClosed(hospital.session)).isFalse();
        assertThat(hospital.registry.sessions()).isZero();
    }

    @Test
    void aYearOfSessionsIsNotRemembered() {
        RecordTime time = NOW;
        int most = 0;
        for (int day = 0; day < 365; day++) {
            time = time.plusMillis(24 * 3_600_000);
            for (int i = 0; i < 4; i++) {
                hospital.registry.apply(hospital.opening(time, time.plusMillis(3_600_000 + i)), time);
            }
            most = Math.max(most, hospital.registry.sessions());
        }
        assertThat(most).isBetween(4 * 14, 4 * 17);
    }

    @Test
    void aSessionThatWasOverLongAgoIsNotOpenedAgain() {
        RecordTime late = hospital.opening.expiry().plusMillis(RecordLimits.LATE_MILLIS + 1);
        SignedStatement again = hospital.signed(hospital.opening, hospital.badge);
        assertThat(StatementJudgement.judge(again, hospital.registry, late, hospital::verify)
                        .orElseThrow()
                        .code())
                .isEqualTo(Code.SESSION_ENDED);
        Statement.SessionOpening reversed = hospital.opening(NOW, NOW.plusMillis(-1));
        assertThat(StatementJudgement.judge(
                                hospital.signed(reversed, hospital.badge), hospital.registry, NOW, hospital::verify)
                        .orElseThrow()
                        .code())
                .isEqualTo(Code.SESSION_ENDED);
    }

    @Test
    void aRegistryEntryBringsNothingBesideItsStatement() {
        AuthorPart good = entry().author();
        assertThat(hospital.judge(entry()).verdict()).isEqualTo(Verdict.VALID);
        Digest something = digest("annex");
        assertRefused(registry(good, Digest.ZERO, something, Digest.ZERO));
        assertRefused(registry(good, Digest.ZERO, Digest.ZERO, something));
        assertRefused(registry(good, hospital.session, Digest.ZERO, Digest.ZERO));
        Signature stray = new Signature(Suite.ML_DSA_44, Bytes.ofText("anything"));
        assertThat(hospital.refusal(Header.of(good, stray, new Sanction.OwnSignatures())))
                .isEqualTo(Code.MALFORMED);
    }

    @Test
    void anErasureAddsUpAndConcernsItsCellAlone() {
        hospital.registry.apply(new Statement.Erasure(SmallHospital.PATIENT, 3, NOW), NOW);
        hospital.registry.apply(new Statement.Erasure(SmallHospital.PATIENT, 2, NOW), NOW);
        assertThat(hospital.registry.erased(SmallHospital.PATIENT)).isEqualTo(3);
        assertThat(hospital.registry.erased(new CellId(0, 4711))).isZero();
        assertThat(hospital.registry.erasedCells()).containsExactly(SmallHospital.PATIENT);
    }

    @Test
    void aPolicyThatIsNotNewerIsRefused() {
        Statement same = new Statement.PolicyChange(hospital.registry.policy());
        assertThat(StatementJudgement.judge(
                                hospital.signed(same, hospital.officers.get(0), hospital.officers.get(1)),
                                hospital.registry,
                                NOW,
                                hospital::verify)
                        .orElseThrow()
                        .code())
                .isEqualTo(Code.NOT_ALLOWED);
    }

    @Test
    void anEscrowHasEnvelopesOfTiersInTheirOrder() throws MalformedException {
        Escrow.Envelope access = new Escrow.Envelope(Party.ACCESS, 1, Bytes.EMPTY);
        Escrow.Envelope data = new Escrow.Envelope(Party.DATA, 1, Bytes.EMPTY);
        Escrow good = new Escrow(List.of(access, data));
        assertThat(Escrow.decode(good.encode())).isEqualTo(good);
        for (Escrow wrong : List.of(
                Escrow.NONE,
                new Escrow(List.of(data, access)),
                new Escrow(List.of(data, data)),
                new Escrow(List.of(new Escrow.Envelope(Party.WITNESS, 1, Bytes.EMPTY))))) {
            assertThatThrownBy(() -> Escrow.decode(wrong.encode())).isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void anEmptyAnnexAndAWitnessThatHoldsAreRefused() {
        assertThatThrownBy(() -> Annex.decode(Annex.EMPTY.encode())).isInstanceOf(MalformedException.class);
        Writer writer = new Writer();
        new Held(Party.WITNESS, 1, digest("entry"), NOW, Signature.NONE).write(writer);
        assertThatThrownBy(() -> trimaran.kernel.Reader.whole(writer.toBytes(), Held::read))
                .isInstanceOf(MalformedException.class);
    }

    private Header entry() {
        Statement station = new Statement.StationEnrolment("ward 9", digest("ward 9"), new CellId(0, 9), NOW);
        return hospital.registryEntry(hospital.signed(station, hospital.officers.get(0), hospital.officers.get(1)));
    }

    private void assertRefused(AuthorPart author) {
        Header header = Header.of(author, Signature.NONE, new Sanction.OwnSignatures());
        assertThat(hospital.refusal(header)).isEqualTo(Code.MALFORMED);
    }

    private static AuthorPart registry(AuthorPart good, Digest session, Digest annex, Digest escrow) {
        return new AuthorPart(
                good.origin(),
                good.nonce(),
                session,
                EntryKind.REGISTRY,
                good.authored(),
                false,
                List.of(),
                List.of(),
                good.statement(),
                annex,
                escrow,
                0);
    }
}
