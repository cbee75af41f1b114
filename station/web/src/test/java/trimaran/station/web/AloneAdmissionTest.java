package trimaran.station.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.station.Transaction;
import trimaran.station.WriteResult;

/** Somebody nobody knows comes through the door while the station reaches too few hulls to look anybody up. */
class AloneAdmissionTest extends MovementBench {

    private static final ResourceId NEWCOMER = new ResourceId(new CellId(9, 9), 1);
    private static final ResourceId STAY = new ResourceId(new CellId(9, 9), 2);

    @BeforeEach
    void cutOff() {
        web.hospital.lone = true;
        web.hospital.waiting = 1;
        web.hospital.nextWrites = transaction -> Optional.of(new WriteResult.Waiting(
                Digest.ZERO,
                List.of(changed(NEWCOMER, "Patient"), changed(STAY, "Encounter")),
                Refusal.of(Code.UNAVAILABLE, "alone")));
    }

    private static WriteResult.Changed changed(ResourceId id, String type) {
        return new WriteResult.Changed(id, type, 1, RecordTime.ZERO, false);
    }

    @Test
    void thePageSaysWhatIsUnknownWhatIsSafeAndWhatToDo() {
        assertThat(browser.get("/admettre").body())
                .contains("Personne ne peut être recherché")
                .contains("un dossier existe peut-être")
                .contains("sur le disque de ce poste")
                .contains("Admettez sans attendre")
                .contains("Continuer sans recherche")
                .contains("Admettre X inconnu")
                .contains("value=\"" + FakeHospital.BED + "\"");
        web.hospital.lone = false;
        assertThat(browser.get("/admettre").body())
                .doesNotContain("Personne ne peut être recherché")
                .contains("Presque tous sont déjà venus");
    }

    @Test
    void whoeverSaysTheirNameIsAdmittedAtOnceUnderAProvisionalIdentity() {
        int lookups = web.hospital.lookups.get();
        HttpResponse<String> page = look();
        assertThat(page.body())
                .contains("Aucune recherche n’est possible")
                .contains("value=\"nouveau\" checked")
                .doesNotContain("Liste incomplète")
                .doesNotContain("name=\"piece\"");
        HttpResponse<String> done = enter(submission(page), "nouveau", FakeHospital.BED.toString(), "Fièvre");
        assertThat(done.statusCode()).isEqualTo(303);
        assertThat(web.hospital.lookups.get()).as("nobody is waited for").isEqualTo(lookups);
        assertThat(browser.get("/services/" + FakeHospital.SURGERY).body())
                .contains("Enregistré ici, pas encore partagé")
                .contains("Arrive : PETIT Ada")
                .contains("/patients/" + NEWCOMER);
    }

    @Test
    void whoeverCannotIsAdmittedByOnePressAndLaidNowhereTwice() {
        HttpResponse<String> page = browser.get("/admettre?service=" + FakeHospital.SURGERY);
        HttpResponse<String> done = browser.post(
                "/admettre", "acte", "inconnu", "envoi", submission(page), "lieu", FakeHospital.BED.toString());
        assertThat(done.statusCode()).isEqualTo(303);
        assertThat(browser.get("/services/" + FakeHospital.SURGERY).body())
                .contains("Arrive : X inconnu ")
                .contains("ne le refaites pas")
                .doesNotContain("/admettre?lit=" + FakeHospital.BED);
    }

    @Test
    void whatIsWrittenNamesNothingThatWouldHaveToBeLookedUp() {
        List<Transaction> written = new java.util.ArrayList<>();
        web.hospital.nextWrites = transaction -> {
            written.add(transaction);
            return Optional.of(new WriteResult.Refused(Refusal.of(Code.UNAVAILABLE, "no lookup")));
        };
        enter(submission(look()), "nouveau", FakeHospital.BED.toString(), "Fièvre");
        assertThat(written).singleElement().satisfies(transaction -> {
            assertThat(transaction.input()).isEmpty();
            assertThat(transaction.changes())
                    .allSatisfy(change -> assertThat(((Transaction.Change.Create) change).onlyIfNone())
                            .isEmpty());
        });
    }
}
