package trimaran.station.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;
import trimaran.kernel.Refusal;
import trimaran.station.BuddyState;

/** The page of the hulls says what of what waits here lies at another station, too. */
class BuddyPageTest {

    private final OpenWeb web = new OpenWeb(true);

    @AfterEach
    void close() {
        web.close();
    }

    private String page() {
        return web.browser().in("infirmiere").get("/coques").body();
    }

    @Test
    void aStationWithoutABuddySaysNothingOfOne() {
        assertThat(page()).doesNotContain("jumelé", "ici pour le poste");
    }

    @Test
    void howMuchLiesAtTheBuddyIsSaid() {
        web.buddies = new BuddyState(
                Optional.of(new BuddyState.Buddy("etage", true, 3, 2, Optional.empty())), Optional.empty());
        assertThat(page()).contains("Poste jumelé etage\u00a0: 2 écritures en attente y sont aussi, sur 3.");

        web.buddies = new BuddyState(
                Optional.of(new BuddyState.Buddy("etage", true, 3, 1, Optional.empty())), Optional.empty());
        assertThat(page()).contains("Poste jumelé etage\u00a0: 1 écriture en attente y est aussi, sur 3.");
    }

    @Test
    void whyTheBuddyDoesNotTakeEverythingIsSaidOfWhatIsKeptAndNotOfAForm() {
        Map<Code, String> sentences = Map.of(
                Code.BUSY, "Le poste jumelé etage est plein",
                Code.TOO_LARGE, "Une écriture est trop grande pour le poste jumelé etage",
                Code.NOT_ALLOWED, "Le poste etage n’est pas le jumeau de celui-ci",
                Code.BROKEN, "Le poste jumelé etage n’a pas tout pris");
        sentences.forEach((code, sentence) -> {
            web.buddies = new BuddyState(
                    Optional.of(new BuddyState.Buddy("etage", false, 3, 0, Optional.of(Refusal.of(code, "no")))),
                    Optional.empty());
            assertThat(page())
                    .contains("Le poste jumelé etage n’est pas joint", sentence)
                    .doesNotContain("Rien n’a été enregistré");
        });
    }

    private void keeps(int entries, Map<Code, Integer> stays) {
        web.buddies =
                new BuddyState(Optional.empty(), Optional.of(new BuddyState.Ward("accueil", false, entries, stays, 0)));
    }

    @Test
    void whatIsKeptForAnotherAndWhatCannotLeaveIsSaid() {
        keeps(5, Map.of(Code.RULE, 1));
        assertThat(page())
                .contains(
                        "5 écritures sont gardées ici pour le poste accueil.",
                        "Dont 1 qui reste ici\u00a0: il lui faut un accord")
                .doesNotContain("Rien n’a été enregistré");
        keeps(1, Map.of(Code.DUPLICATE, 2));
        assertThat(page())
                .contains(
                        "1 écriture est gardée ici pour le poste accueil.",
                        "Dont 2 qui restent ici\u00a0: les coques ne les prennent pas.")
                .doesNotContain("Rien de plus n’a été enregistré");
    }

    @Test
    void howManyStayIsSaidOfEachReason() {
        keeps(9, Map.of(Code.RULE, 3, Code.DUPLICATE, 4, Code.GONE, 1));

        assertThat(page())
                .contains(
                        "Dont 3 qui restent ici\u00a0: il leur faut un accord",
                        "Dont 5 qui restent ici\u00a0: les coques ne les prennent pas.");
    }

    @Test
    void whereNothingWaitsTheBuddyIsOnlySaidToBeThere() {
        web.buddies = new BuddyState(
                Optional.of(new BuddyState.Buddy("etage", true, 0, 0, Optional.empty())), Optional.empty());

        assertThat(page())
                .contains("Poste jumelé etage\u00a0: joint, rien n’attend.")
                .doesNotContain("sur 0");
    }
}
