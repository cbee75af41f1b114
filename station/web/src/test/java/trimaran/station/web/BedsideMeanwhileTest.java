package trimaran.station.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.model.JsonTree;
import trimaran.record.Statement;
import trimaran.station.LedgerView;
import trimaran.station.Transaction;
import trimaran.station.web.OpenWeb.Browser;

/** Who changed what while somebody was writing at the bed: a prescription, a dose. */
class BedsideMeanwhileTest extends BedsidePages {

    private static final Digest SESSION = Digest.sha256(Bytes.ofText("session of a pharmacist"));
    private static final Digest BADGE = Digest.sha256(Bytes.ofText("badge of a pharmacist"));
    private static final String NAMED = "<dt>Dernière modification par</dt><dd>pharmacienne, badge "
            + BADGE.toString().substring(0, BadgeWords.NUMBER_SHOWN) + "</dd>";
    private static final Pattern STOP = Pattern.compile("href=\"([^\"]+arreter[^\"]+)\"");

    /** From now on somebody else writes. */
    private void elsewhere() {
        web.hospital.writes.session = SESSION;
        web.hospital.authors.put(
                SESSION, new LedgerView.Badge(BADGE, Optional.of(Statement.BadgeKind.PERSON), List.of("pharmacist")));
    }

    private String prescription(Browser physician) {
        reload(physician, prescribe(physician));
        return first(
                Pattern.compile("p=([^&\"]+)"), first(STOP, physician.get(RX).body()));
    }

    private static HttpResponse<String> stop(Browser who, String id, String reason) {
        return who.post(RECORD + "/arreter", "p", id, "version", "1", "motif", reason);
    }

    @Test
    void aPrescriptionSomebodyStoppedSaysWhoWhenWhyAndWhatWasTyped() {
        Browser physician = physician();
        String id = prescription(physician);
        elsewhere();
        reload(physician, stop(physician, id, "Allergie signalée"));
        HttpResponse<String> stale = stop(physician, id, "Fin de la douleur");
        assertThat(stale.statusCode()).isEqualTo(409);
        assertThat(stale.body())
                .contains(NAMED)
                .contains("<dt>Quand</dt><dd>08:12</dd>")
                .contains("Allergie signalée</dd>")
                .contains("<dt>Votre saisie</dt><dd>Arrêter cette prescription, Fin de la douleur</dd>");
    }

    @Test
    void whoIsFasterBetweenReadingAndWritingIsNamedToo() {
        Browser physician = physician();
        String id = prescription(physician);
        elsewhere();
        web.hospital.nextWrites = transaction -> {
            web.hospital.nextWrites = null;
            web.hospital.take(transaction);
            return Optional.empty();
        };
        HttpResponse<String> raced = stop(physician, id, "Fin de la douleur");
        assertThat(raced.statusCode()).isEqualTo(409);
        assertThat(raced.body()).contains(NAMED).contains("Quelqu’un a changé cette prescription");
    }

    @Test
    void aDoseOfAPrescriptionThatWasStoppedSaysWhoStoppedItAndWhatWasNotWritten() {
        Browser physician = physician();
        String id = prescription(physician);
        Browser nurse = nurse();
        String dose = dose(nurse);
        nurse.get(dose);
        elsewhere();
        web.hospital.roles = List.of("physician");
        Browser other = web.browser().in("medecin");
        other.get(RX);
        reload(other, stop(other, id, "Allergie signalée"));
        web.hospital.roles = List.of("nurse");
        HttpResponse<String> late = give(nurse, dose, "fait", "donne", "quantite", "1", "heure", "08:12");
        assertThat(late.statusCode()).isEqualTo(410);
        assertThat(late.body()).contains(NAMED).contains("<dt>Votre saisie</dt><dd>Donner, 1, 08:12</dd>");
        assertThat(web.hospital.all("MedicationAdministration")).isEmpty();
    }

    @Test
    void aDoseOfAPrescriptionThatWasChangedSaysWhoChangedItAndHowItIsNow() {
        Browser physician = physician();
        String id = prescription(physician);
        Browser nurse = nurse();
        String dose = dose(nurse);
        nurse.get(dose);
        elsewhere();
        String before = web.hospital.all("MedicationRequest").getLast();
        String after = before.replace("08:30", "09:45");
        assertThat(after).isNotEqualTo(before);
        web.hospital.take(Transaction.clinical(List.of(new Transaction.Change.Update(
                Inside.id(id).orElseThrow(),
                1,
                FhirJson.resource(JsonTree.glimpse(Bytes.ofText(after)).orElseThrow()),
                ""))));
        assertThat(give(nurse, dose, "fait", "donne", "quantite", "1", "heure", "08:11")
                        .body())
                .as("nobody is blamed where the form does not say what it was made of")
                .doesNotContain(NAMED);
        HttpResponse<String> late = give(nurse, dose, "fait", "donne", "quantite", "1", "heure", "08:12", "vp", "1");
        assertThat(late.statusCode()).isEqualTo(410);
        assertThat(late.body())
                .contains(NAMED)
                .containsPattern("<dt>Maintenant</dt><dd>paracétamol, 1.g, [^<]*09.h.45")
                .contains("<dt>Votre saisie</dt><dd>Donner, 1, 08:12</dd>");
        assertThat(web.hospital.all("MedicationAdministration")).isEmpty();
    }

    @Test
    void theSecondWhoWritesADoseSeesTheFirstBesideTheirOwn() {
        prescribe(physician());
        Browser one = nurse();
        Browser other = nurse();
        elsewhere();
        String dose = dose(one);
        other.get(dose);
        reload(one, give(one, dose, "fait", "donne", "quantite", "1", "heure", "08:12"));
        assertThat(give(other, dose, "fait", "non", "raison", "Vomissements").body())
                .contains(NAMED)
                .contains("<dt>Votre saisie</dt><dd>Ne pas donner, Vomissements</dd>");
    }

    @Test
    void whoIsFasterInTakingADoseBackIsNamed() {
        prescribe(physician());
        Browser nurse = nurse();
        elsewhere();
        String plan = reload(nurse, give(nurse, dose(nurse), "fait", "donne", "quantite", "1", "heure", "08:12"));
        String id = first(Pattern.compile("name=\"id\" value=\"([^\"]+)\""), plan);
        web.hospital.nextWrites = transaction -> {
            web.hospital.nextWrites = null;
            web.hospital.take(Transaction.clinical(transaction.changes()));
            return Optional.empty();
        };
        HttpResponse<String> raced = nurse.post(RECORD + "/annuler", "id", id, "version", "1");
        assertThat(raced.statusCode()).isEqualTo(409);
        assertThat(raced.body()).contains(NAMED).contains("saisie annulée");
    }

    @Test
    void whatIsUndoneTwiceSaysWhoDidItFirst() {
        prescribe(physician());
        Browser nurse = nurse();
        elsewhere();
        String plan = reload(nurse, give(nurse, dose(nurse), "fait", "donne", "quantite", "1", "heure", "08:12"));
        String id = first(Pattern.compile("name=\"id\" value=\"([^\"]+)\""), plan);
        reload(nurse, nurse.post(RECORD + "/annuler", "id", id, "version", "1"));
        HttpResponse<String> again = nurse.post(RECORD + "/annuler", "id", id, "version", "1", "encore", "1");
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains(NAMED).contains("saisie annulée");
    }
}
