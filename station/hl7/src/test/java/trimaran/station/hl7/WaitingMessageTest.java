package trimaran.station.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Outcome;
import trimaran.kernel.ResourceId;
import trimaran.station.Transaction;
import trimaran.station.Transaction.Change;

/** What waits becomes, once somebody said whose it is, what it would have become at once. */
class WaitingMessageTest {

    private static final ZoneId ZONE = ZoneId.of("Europe/Paris");

    private final Counters here = new Counters();

    private static byte[] result(String patient) {
        return Messages.bytes(
                "MSH|^~\\&|LABO|CHDEMO|TRIMARAN|CHDEMO|20261127093000||ORU^R01^ORU_R01|W" + patient
                        + "|P|2.5|||||FRA|UNICODE UTF-8|FR",
                Messages.pid(patient, "Quatrevent", "19510203"),
                "OBR|1||A78^LABO|IONO^Ionogramme^L|||20261127080000||||||||||||||||||F",
                "OBX|1|NM|2823-3^Potassium^LN||5.4|mmol/L|||||F",
                "OBX|2|NM|2951-2^Sodium^LN||140|mmol/L|||||F");
    }

    private WaitingMessage waiting() {
        here.taken(result("P9"));
        Map<String, Object> beside =
                Json.items(here.record.only("Person"), "extension").getFirst();
        return WaitingMessage.read(Base64.getDecoder().decode(Json.text(beside, "valueAttachment", "data")), ZONE)
                .orElseThrow();
    }

    @Test
    void itSaysWhatItBringsAndNoValueOfIt() {
        WaitingMessage message = waiting();
        assertThat(message.subjects()).containsExactly("Ionogramme");
        assertThat(message.count()).isEqualTo(2);
        assertThat(message.sender()).isEqualTo("LABO CHDEMO");
        assertThat(message.sent()).startsWith("2026-11-27T09:30:00");
        assertThat(message.isDocument()).isFalse();
    }

    @Test
    void attachedItIsTheResultOfThatPatientAndACorrectionFindsIt() throws Exception {
        here.taken(Messages.move("A01", "P1", "CARDIO^12^P", "V1", "m1", "20261127070000", "INSERT", ""));
        ResourceId patient = Identities.id(Json.text(here.record.only("Patient"), "id"));
        Outcome<List<Change>> changes = waiting().changes(patient, here.record);
        assertThat(changes.isDone()).isTrue();
        here.record.write(Transaction.clinical(((Outcome.Done<List<Change>>) changes).value()));
        Map<String, Object> report = here.record.only("DiagnosticReport");
        assertThat(Json.text(report, "subject", "reference")).isEqualTo("Patient/" + patient);
        assertThat(Json.items(report, "result")).hasSize(2);
        here.taken(result("P1"));
        assertThat(here.record.all("DiagnosticReport")).hasSize(1);
        assertThat(here.record.all("Observation")).hasSize(2);
        assertThat(here.record.all("Patient")).hasSize(1);
    }

    @Test
    void whatIsNoResultIsNotRead() {
        assertThat(WaitingMessage.read(new byte[] {1, 2}, ZONE)).isEmpty();
        assertThat(WaitingMessage.read(
                        Messages.move("A01", "P1", "CARDIO^12^P", "V1", "m1", "20261127070000", "INSERT", ""), ZONE))
                .isEmpty();
    }
}
