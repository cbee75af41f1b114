package trimaran.station.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.line.message.LedgerLine;
import trimaran.record.Statement;
import trimaran.station.LedgerView;

/** The page that says who was handed a record. */
class LedgerPageTest extends MovementBench {

    private static final String PAGE = RECORD + "/acces";
    private static final Digest ELSEWHERE = Digest.sha256(Bytes.ofText("a badge of another ward"));

    private static LedgerView.Act act(LedgerLine.Act kind, Digest badge, Optional<Statement.BadgeKind> of) {
        LedgerView.Badge who = new LedgerView.Badge(badge, of, of.isPresent() ? List.of("physician") : List.of());
        return new LedgerView.Act(
                new RecordTime(OpenWeb.NOW),
                kind,
                Digest.sha256(Bytes.ofText("session")),
                Optional.of(who),
                Optional.of("poste-med-a"),
                Set.of(Party.ACCESS, Party.DATA),
                false,
                Optional.empty());
    }

    private void told(List<LedgerView.Act> acts) {
        web.hospital.ledgers = Outcome.done(new LedgerView(acts, Set.of(), LedgerView.Differences.NONE, false));
    }

    private String page(String more) {
        return browser.get(PAGE + more).body();
    }

    @Test
    void aRowSaysWhenWhoWhatWhereAndInWhichLedgers() {
        told(List.of(
                act(LedgerLine.Act.RELEASED, web.hospital.signer.publicKey().id(), Optional.empty()),
                act(LedgerLine.Act.PRINTED, ELSEWHERE, Optional.of(Statement.BadgeKind.PERSON)),
                act(LedgerLine.Act.EXPORTED, ELSEWHERE, Optional.empty()),
                act(LedgerLine.Act.BROKE_GLASS, ELSEWHERE, Optional.of(Statement.BadgeKind.STATION))));

        assertThat(page(""))
                .contains("aria-current=\"page\">Accès</a>")
                .contains("24/11/2026 08:12")
                .contains("Infirmière")
                .contains("Ouvert")
                .contains("poste-med-a")
                .contains("Accès, Données")
                .contains("médecin, badge " + ELSEWHERE.toString().substring(0, 8))
                .contains("Imprimé")
                .contains("<td>Badge " + ELSEWHERE.toString().substring(0, 8))
                .contains("Copié")
                .contains("Le poste lui-même")
                .contains("Les trois journaux ont été consultés et disent la même chose.")
                .doesNotContain("note-late");
    }

    @Test
    void whatApplicationWasShownAndWhoseSessionNobodyKnowsIsSaid() {
        LedgerView.Act opened = act(LedgerLine.Act.RELEASED, ELSEWHERE, Optional.empty());
        told(List.of(
                new LedgerView.Act(
                        opened.time(),
                        LedgerLine.Act.RELEASED,
                        Digest.ZERO,
                        Optional.empty(),
                        Optional.empty(),
                        Set.of(Party.DATA),
                        false,
                        Optional.empty()),
                new LedgerView.Act(
                        opened.time(),
                        LedgerLine.Act.SHOWN_TO_APPLICATION,
                        ELSEWHERE,
                        Optional.empty(),
                        Optional.empty(),
                        Set.of(Party.DATA),
                        true,
                        Optional.empty())));

        assertThat(page(""))
                .contains("Application, pour contrôler une saisie")
                .contains("Saisie montrée à Application")
                .contains("Badge inconnu, session " + ELSEWHERE.toString().substring(0, 8))
                .contains("contredit");
    }

    @Test
    void whatIsMissingOrContradictedStandsAboveTheRows() {
        web.hospital.ledgers = Outcome.done(new LedgerView(
                List.of(),
                Set.of(Party.ACCESS),
                new LedgerView.Differences(
                        Map.of(Party.DATA, 3), Map.of(), Set.of(Party.APPLICATION), Set.of(), Set.of(), 0),
                true));
        assertThat(page(""))
                .contains("Accès ne répond pas : son journal est lu dans les copies des deux autres coques.")
                .contains("Données ne montre pas toutes les lignes")
                .contains("Lignes tues : 3.")
                .contains("dans ce journal : Application.")
                .contains("lignes les plus récentes de chaque journal")
                .contains("Aucun accès à montrer")
                .doesNotContain("disent la même chose");
        web.hospital.ledgers = Outcome.done(
                new LedgerView(List.of(), Set.of(Party.ACCESS, Party.DATA), LedgerView.Differences.NONE, false));
        assertThat(page(""))
                .contains("Journal de la coque Accès non consulté")
                .contains("Journal de la coque Données non consulté");
        web.hospital.ledgers = Outcome.refused(Code.UNAVAILABLE, "nobody answers");
        assertThat(page("")).contains("Journaux d’Accès, d’Application et de Données non consultés.");
    }

    @Test
    void whatOneHullAloneShowsIsMarkedAndSaidWithoutBlamingTheOthers() {
        LedgerView.Act opened = act(LedgerLine.Act.RELEASED, ELSEWHERE, Optional.empty());
        LedgerView.Act alone = new LedgerView.Act(
                opened.time(),
                LedgerLine.Act.RELEASED,
                opened.session(),
                opened.badge(),
                opened.station(),
                Set.of(Party.DATA),
                false,
                Optional.of(Party.APPLICATION));
        differ(
                List.of(opened, alone),
                new LedgerView.Differences(
                        Map.of(), Map.of(Party.APPLICATION, 2, Party.DATA, 1), Set.of(), Set.of(), Set.of(), 0));
        assertThat(page("").split("montré par une seule coque", -1)).hasSize(2);
        assertThat(page(""))
                .contains("Lignes montrées par la coque Application seule : 2.")
                .contains("Lignes montrées par la coque Données seule : 1.")
                .doesNotContain("ne montre pas toutes")
                .doesNotContain("disent la même chose");
    }

    @Test
    void aTimeToComeTooManyLinesAndTwoBadgesAreSaidAbove() {
        for (int badges : List.of(1, 2)) {
            differ(
                    List.of(),
                    new LedgerView.Differences(
                            Map.of(), Map.of(), Set.of(), Set.of(Party.ACCESS), Set.of(Party.DATA), badges));
            assertThat(page(""))
                    .contains("Des lignes portent une heure à venir, dans ce journal : Accès.")
                    .contains("La coque Données montre d’un journal plus de")
                    .contains(badges == 1 ? "Pour un accès, les coques" : "Pour 2 accès, les coques")
                    .doesNotContain("disent la même chose");
        }
        browser.post("/reglages", "langue", "en", "vers", PAGE);
        assertThat(page(""))
                .contains("do not name the same badge")
                .contains("not come yet")
                .contains("Hull Data");
    }

    private void differ(List<LedgerView.Act> acts, LedgerView.Differences differences) {
        web.hospital.ledgers = Outcome.done(new LedgerView(acts, Set.of(), differences, false));
    }

    @Test
    void aPageHasSoManyRowsAndTheNextHasTheRest() {
        List<LedgerView.Act> acts = new ArrayList<>(Collections.nCopies(
                WebLimits.LEDGER_ROWS_MAX, act(LedgerLine.Act.RELEASED, ELSEWHERE, Optional.empty())));
        told(acts);
        assertThat(page("")).doesNotContain("?page=");
        acts.add(act(LedgerLine.Act.PRINTED, ELSEWHERE, Optional.empty()));
        told(acts);
        assertThat(page("")).contains("acces?page=2").contains("Page 1 sur 2").doesNotContain("Imprimé");
        assertThat(page("?page=2")).contains("acces?page=1").contains("Imprimé").doesNotContain("Ouvert");
        for (String wrong : List.of("0", "-1", "x", "99999999999", "3")) {
            assertThat(browser.get(PAGE + "?page=" + wrong).statusCode())
                    .as(wrong)
                    .isEqualTo(200);
        }
    }

    @Test
    void copiesAStationMakesByItselfAreOneRowADay() {
        LedgerView.Act copy = act(LedgerLine.Act.EXPORTED, ELSEWHERE, Optional.of(Statement.BadgeKind.STATION));
        LedgerView.Act opened = act(LedgerLine.Act.RELEASED, ELSEWHERE, Optional.of(Statement.BadgeKind.STATION));
        List<LedgerView.Act> acts = new ArrayList<>(Collections.nCopies(200, copy));
        acts.add(100, opened);
        acts.add(100, opened);
        told(acts);

        assertThat(page(""))
                .contains("Copie de secours du service, 200 fois ce jour")
                .doesNotContain("?page=");
        assertThat(page("").split("Ouvert", -1)).hasSize(3);
    }

    @Test
    void itIsInEnglishToo() {
        told(List.of(act(LedgerLine.Act.RELEASED, ELSEWHERE, Optional.of(Statement.BadgeKind.PERSON))));
        browser.post("/reglages", "langue", "en", "vers", PAGE);
        assertThat(page("")).contains("Opened").contains("physician, badge").contains("All three ledgers");
    }

    @Test
    void whoeverHasNoReasonIsAskedForOneFirst() {
        web.hospital.patient.removeLast();
        web.hospital.lives = false;
        assertThat(page("")).contains("Accès motivé").doesNotContain("Les trois journaux");
    }
}
