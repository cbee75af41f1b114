package trimaran.station.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.line.message.LedgerLine;
import trimaran.station.LedgerView;
import trimaran.station.ResourceVersion;
import trimaran.station.WriteResult;
import trimaran.station.chart.Language;

class AccessTest extends MovementBench {

    @Test
    void theRecordOfWhoIsNotInCareOpensAfterAReasonWhichIsKept() {
        web.hospital.patient.removeLast();
        web.hospital.lives = false;
        HttpResponse<String> asked = browser.get(RECORD + "/prescriptions");
        assertThat(asked.body()).contains("Accès motivé").contains("MOREL").doesNotContain("plan-de-soins");
        assertThat(web.hospital.broken).isEmpty();
        String submission = submission(asked);
        HttpResponse<String> wrong = browser.post(RECORD + "/acces-motive", "envoi", submission, "motif", "call");
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("Dites en quelques mots").contains("value=\"call\" checked");
        assertThat(web.hospital.broken).isEmpty();
        HttpResponse<String> open = browser.post(
                RECORD + "/acces-motive", "envoi", submission, "motif", "call", "mots", "Appel de son médecin");
        assertThat(open.statusCode()).isEqualTo(303);
        assertThat(web.hospital.broken).contains(FakeHospital.PATIENT);
        assertThat(browser.get(RECORD).body()).contains("plan-de-soins");
        assertThat(new String(
                        web.hospital
                                .writes
                                .all("Communication")
                                .getFirst()
                                .json()
                                .toArray(),
                        StandardCharsets.UTF_8))
                .contains("Appel de son médecin")
                .contains("break-glass")
                .contains("infirmiere");
        assertThat(browser.get(RECORD + "/acces").body())
                .contains("24/11/2026 08:12")
                .contains("Appel de son médecin")
                .contains("Appel d’un confrère ou du patient");
        assertThat(web.browser().in("medecin").get(RECORD).body()).contains("Accès motivé");
    }

    private static LedgerView.Act opened(Digest session, LedgerLine.Act kind, long at) {
        return new LedgerView.Act(
                new RecordTime(at),
                kind,
                session,
                Optional.empty(),
                Optional.of("poste-med-a"),
                Set.of(Party.ACCESS, Party.DATA),
                false,
                Optional.empty());
    }

    @Test
    void theReasonStandsBesideWhatWasOpenedForItAndBesideNothingElse() {
        web.hospital.patient.removeLast();
        web.hospital.lives = false;
        Digest session = Digest.sha256(Bytes.ofText("session"));
        web.hospital.writes.session = session;
        String submission = submission(browser.get(RECORD));
        browser.post(RECORD + "/acces-motive", "envoi", submission, "motif", "call", "mots", "Appel de son médecin");
        web.hospital.ledgers = Outcome.done(new LedgerView(
                List.of(
                        opened(session, LedgerLine.Act.BROKE_GLASS, OpenWeb.NOW),
                        opened(session, LedgerLine.Act.RELEASED, OpenWeb.NOW),
                        opened(Digest.ZERO, LedgerLine.Act.BROKE_GLASS, OpenWeb.NOW)),
                Set.of(),
                LedgerView.Differences.NONE,
                false));

        String page = browser.get(RECORD + "/acces").body();

        assertThat(page.split("Appel d’un confrère ou du patient : Appel de son médecin</span></td>", -1))
                .hasSize(2);
        assertThat(page.split("Aucun motif au dossier</span></td>", -1)).hasSize(2);
    }

    @Test
    void ofSeveralReasonsOfOneSessionTheNearestIsMeant() {
        Digest session = Digest.sha256(Bytes.ofText("session"));
        AccessReasons reasons = AccessReasons.of(List.of(
                reason(session, "2026-11-24T08:00:00+01:00", "matin"),
                reason(session, "2026-11-24T16:00:00+01:00", "soir"),
                reason(session, "hier", "sans heure")));
        assertThat(reasons.of(session, Instant.parse("2026-11-24T14:59:00Z")).map(AccessReasons.Reason::said))
                .contains("soir");
        assertThat(reasons.of(session, Instant.parse("2026-11-24T07:01:00Z")).map(AccessReasons.Reason::said))
                .contains("matin");
        assertThat(reasons.of(Digest.ZERO, Instant.EPOCH)).isEmpty();
    }

    /** Whoever writes it anew is not who gave it, and may not be taken for them. */
    @Test
    void aReasonThatWasWrittenAnewIsNobodysUntilSomebodyLooks() {
        Digest session = Digest.sha256(Bytes.ofText("session"));
        AccessReasons reasons = AccessReasons.of(List.of(reason(2, session, "2026-11-24T08:00:00+01:00", "autre")));
        assertThat(reasons.of(session, Instant.parse("2026-11-24T07:00:00Z"))).isEmpty();
        assertThat(reasons.hasUnattributed()).isTrue();
        AccessReasons wordless = AccessReasons.of(List.of(reason(session, "2026-11-24T08:00:00+01:00", "")));
        assertThat(wordless.hasUnattributed()).isFalse();
        assertThat(wordless.all().getFirst().words(Words.of(Language.FRENCH))).isEmpty();
    }

    private static ResourceVersion reason(Digest session, String sent, String words) {
        return reason(1, session, sent, words);
    }

    private static ResourceVersion reason(long version, Digest session, String sent, String words) {
        return new ResourceVersion(
                FakeHospital.id(900),
                "Communication",
                version,
                new RecordTime(1),
                Bytes.ofText("""
                        {"resourceType":"Communication","sent":"%s","category":[{"coding":[{"system":"%s",
                        "code":"break-glass"}]}],"reasonCode":[{"text":"%s"}]}""".formatted(sent, AccessForms.SYSTEM, words)),
                ResourceVersion.Standing.RECORDED,
                false,
                Digest.ZERO,
                session);
    }

    /** A stolen badge that opened all an hour allows must not keep its owner from anybody. */
    @Test
    void whoeverOpenedAsManyAsAnHourAllowsOpensOneMoreAfterAReason() {
        web.hospital.spent = true;
        // The name of the form is a lookup, too.
        web.hospital.nextWrites = written -> written.input().isEmpty()
                ? Optional.empty()
                : Optional.of(new WriteResult.Refused(Refusal.of(Code.OVER_BUDGET, "200 an hour")));
        for (boolean inCare : List.of(true, false)) {
            if (!inCare) {
                web.hospital.broken.clear();
                web.hospital.patient.removeLast();
                web.hospital.lives = false;
                browser = web.browser().in("medecin");
            }
            HttpResponse<String> asked = browser.get(RECORD);
            assertThat(asked.body())
                    .as("in care: " + inCare)
                    .contains("Accès motivé")
                    .contains("s’ouvre quand même")
                    .contains("Patient dont le nom s’affichera avec le dossier")
                    .doesNotContain("ni présent ni attendu");
            HttpResponse<String> open = browser.post(
                    RECORD + "/acces-motive",
                    "envoi",
                    submission(asked),
                    "motif",
                    "emergency",
                    "mots",
                    "Arrêt cardiaque");
            assertThat(open.statusCode()).isEqualTo(303);
            assertThat(browser.get(RECORD).body()).contains("MOREL").contains("plan-de-soins");
        }
    }

    /** A form that cannot be sent would be a way nobody can go. */
    @Test
    void whoeverMayNotWriteAReasonIsAskedForNone() {
        web.hospital.roles = List.of("clerk");
        web.hospital.spent = true;
        HttpResponse<String> spent = browser.get(RECORD);
        assertThat(spent.statusCode()).isEqualTo(Code.OVER_BUDGET.httpStatus());
        assertThat(spent.body())
                .contains("demandez-leur")
                .doesNotContain("acces-motive")
                .doesNotContain("plan-de-soins");

        web.hospital.spent = false;
        web.hospital.patient.removeLast();
        web.hospital.lives = false;
        HttpResponse<String> away = web.browser().in("medecin").get(RECORD);
        assertThat(away.statusCode()).isEqualTo(Code.ROLE_MISSING.httpStatus());
        assertThat(away.body())
                .contains("demandez-leur")
                .doesNotContain("acces-motive")
                .doesNotContain("MOREL");
    }

    @Test
    void aReasonOfAFormThatDoesNotNameItselfOpensNothing() {
        web.hospital.patient.removeLast();
        web.hospital.lives = false;
        browser.get(RECORD);
        for (String name : java.util.List.of("", "x")) {
            HttpResponse<String> answer = browser.post(
                    RECORD + "/acces-motive", "envoi", name, "motif", "call", "mots", "Appel de son médecin");
            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(answer.body()).contains("Appel de son médecin");
        }
        assertThat(web.hospital.broken).isEmpty();
        assertThat(web.hospital.writes.taken).isEmpty();
    }
}
