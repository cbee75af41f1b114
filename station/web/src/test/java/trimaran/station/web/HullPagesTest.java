package trimaran.station.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Party;
import trimaran.kernel.WallTime;
import trimaran.station.StationState;

/** The page of the hulls says of each what the strip above it says. */
class HullPagesTest {

    private static final String AFLOAT = "à flot</span>";

    private final OpenWeb web = new OpenWeb(true);

    @AfterEach
    void close() {
        web.close();
    }

    private String page() {
        return web.browser().in("infirmiere").get("/coques").body();
    }

    private void ails(StationState.Ailment.Kind kind) {
        ails(Party.DATA, kind);
    }

    private void ails(Party party, StationState.Ailment.Kind kind) {
        web.hospital.ailments = Map.of(party, new StationState.Ailment(kind, new WallTime(OpenWeb.NOW - 120_000)));
    }

    private static int times(String page, String text) {
        return (page.length() - page.replace(text, "").length()) / text.length();
    }

    @Test
    void whereAllIsWellAllAreAfloat() {
        assertThat(times(page(), AFLOAT)).as("panel and table").isEqualTo(6);
        assertThat(page()).contains("Rien n’attend.").doesNotContain("répond mal", "à vérifier");
    }

    @Test
    void aHullThatAnswersLateIsNotAfloat() {
        ails(StationState.Ailment.Kind.LATE);
        assertThat(times(page(), AFLOAT)).isEqualTo(4);
        assertThat(page())
                .contains("répond mal", "Une panne d’une autre coque arrêterait l’ouverture des dossiers.", "08:10");
    }

    @Test
    void aHullThatLiesIsToBeChecked() {
        ails(StationState.Ailment.Kind.LIES);
        assertThat(times(page(), AFLOAT)).isEqualTo(4);
        assertThat(page()).contains("à vérifier</span>", "ne dit pas la même chose que les autres depuis 08:10");
    }

    /** It alone approves: what it has to see before does not go as usual. */
    @Test
    void whereApplicationIsIllNobodyIsToldThatNothingWaits() {
        for (StationState.Ailment.Kind kind : StationState.Ailment.Kind.values()) {
            ails(Party.APPLICATION, kind);
            assertThat(page())
                    .contains("Ce que les règles doivent voir avant : quelques secondes, ou gardé ici")
                    .contains("peut attendre ici. Prévenez l’informatique.")
                    .doesNotContain("Rien n’attend.", "comme d’habitude");
        }
    }

    @Test
    void severalSilentHullsAreSaidWithTheTime() {
        web.hospital.lone = true;
        assertThat(page())
                .contains("Les coques Accès et Application ne répondent plus, les deux ensemble depuis 08:07.")
                .contains("ne répond plus</span>");
    }

    @Test
    void whatWasPromisedHereAndIsNotInTheRecordIsCounted() {
        assertThat(page()).contains("Promises ici, absentes du dossier</dt><dd>aucune</dd>");
    }
}
