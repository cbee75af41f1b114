package trimaran.station.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import trimaran.record.EntryKind;

/** Movements after PAM France, and what corrects them. */
class AdmissionTest {

    private static final String BED_12 = "CARDIO^12^P^CHDEMO";
    private static final String BED_14 = "CARDIO^14^F^CHDEMO";
    private static final String REA = "REA^1^^CHDEMO";

    private final Counters here = new Counters();

    private Map<String, Object> stay() {
        return here.record.only("Encounter");
    }

    @Test
    void anAdmissionIsOneEntryOfPatientPlacesAndStay() {
        here.move("A01", BED_12, "m1", "080000", "INSERT", "");
        assertThat(here.record.written).hasSize(1);
        assertThat(here.record.written.getFirst().kind()).isEqualTo(EntryKind.CONTINUITY);
        assertThat(stay().get("status")).isEqualTo("in-progress");
        assertThat(Json.text(stay(), "class", "code")).isEqualTo("IMP");
        assertThat(here.places()).containsExactly("CARDIO 12 P active 08:00");
        assertThat(here.record.all("Location")).hasSize(3);
        assertThat(Json.items(here.record.only("Patient"), "name"))
                .extracting(one -> Json.text(one, "family"))
                .containsOnly("Quatrevent");
    }

    /** A lookup is a call to every tier and a line in its ledger. */
    @Test
    void whoeverAMessageSpokeOfIsNotLookedUpAgain() {
        here.move("A01", BED_12, "m1", "080000", "INSERT", "");
        here.record.sought.clear();
        here.move("A02", BED_12, "m2", "100000", "INSERT", "");
        here.move("A03", "", "m3", "120000", "INSERT", "");
        assertThat(here.record.sought).isEmpty();
    }

    @Test
    void transferAndDischargeGiveTheHistory() {
        here.move("A01", BED_12, "m1", "080000", "INSERT", "");
        here.move("A02", REA, "m2", "100000", "INSERT", "");
        here.move("A03", "", "m3", "120000", "INSERT", "");
        assertThat(here.places()).containsExactly("CARDIO 12 P completed 08:00-10:00", "REA 1 completed 10:00-12:00");
        assertThat(stay().get("status")).isEqualTo("finished");
        assertThat(Json.text(stay(), "period", "end")).isEqualTo("2026-11-27T12:00:00+01:00");
    }

    @Test
    void aCancelledTransferPutsThePatientBack() {
        here.move("A01", BED_12, "m1", "080000", "INSERT", "");
        here.move("A02", REA, "m2", "100000", "INSERT", "");
        here.move("A12", BED_12, "m2", "100000", "CANCEL", "A02");
        assertThat(here.places()).containsExactly("CARDIO 12 P active 08:00");
    }

    @Test
    void aCancelledDischargeAndAdmissionAreTakenBack() {
        here.move("A01", BED_12, "m1", "080000", "INSERT", "");
        here.move("A03", "", "m3", "120000", "INSERT", "");
        here.move("A13", BED_12, "m3", "120000", "CANCEL", "A03");
        assertThat(stay().get("status")).isEqualTo("in-progress");
        assertThat(here.places()).containsExactly("CARDIO 12 P active 08:00");
        here.move("A11", BED_12, "m1", "080000", "CANCEL", "A01");
        assertThat(stay().get("status")).isEqualTo("cancelled");
        assertThat(here.places()).isEmpty();
    }

    @Test
    void aCorrectionFindsItsMovementAndChangesPlaceAndTime() {
        here.move("A01", BED_12, "m1", "080000", "INSERT", "");
        here.move("A02", REA, "m2", "100000", "INSERT", "");
        here.move("Z99", BED_14, "m2", "093000", "UPDATE", "A02");
        assertThat(here.places()).containsExactly("CARDIO 12 P completed 08:00-09:30", "CARDIO 14 F active 09:30");
    }

    @Test
    void aForgottenTransferIsInsertedAfterTheDischarge() {
        here.move("A01", BED_12, "m1", "080000", "INSERT", "");
        here.move("A03", "", "m3", "120000", "INSERT", "");
        here.taken(Messages.move("A02", "P1", REA, "V1", "m2", "20261127090000", "INSERT", "Y", ""));
        assertThat(here.places()).containsExactly("CARDIO 12 P completed 08:00-09:00", "REA 1 completed 09:00-12:00");
        assertThat(stay().get("status")).isEqualTo("finished");
    }

    @Test
    void aWrongTransferIsCancelledAfterTheDischarge() {
        here.move("A01", BED_12, "m1", "080000", "INSERT", "");
        here.move("A02", REA, "m2", "090000", "INSERT", "");
        here.move("A03", "", "m3", "120000", "INSERT", "");
        here.taken(Messages.move("A12", "P1", BED_12, "V1", "m2", "20261127090000", "CANCEL", "Y", "A02"));
        assertThat(here.places()).containsExactly("CARDIO 12 P completed 08:00-12:00");
    }

    @Test
    void anExpectedPatientIsPlannedAndAdmitted() {
        here.move("A05", BED_14, "m0", "180000", "INSERT", "");
        assertThat(stay().get("status")).isEqualTo("planned");
        assertThat(here.places()).containsExactly("CARDIO 14 F planned 18:00");
        here.move("A01", BED_12, "m1", "190000", "INSERT", "");
        assertThat(here.places()).containsExactly("CARDIO 12 P active 19:00");
    }

    /** Cancels may overtake what they cancel: then that never counts. */
    @Test
    void theOrderInWhichMovementsComeDoesNotMatter() {
        here.move("A01", BED_12, "m1", "080000", "INSERT", "");
        String early = here.move("A12", BED_12, "m2", "100000", "CANCEL", "A02");
        assertThat(early).contains("ERR||ZBE^1^1|204^").contains("|W|");
        String late = here.move("A02", REA, "m2", "100000", "INSERT", "");
        assertThat(late).contains("|W|");
        assertThat(here.places()).containsExactly("CARDIO 12 P active 08:00");
    }

    @Test
    void whatLegacySendersLeaveOutIsInferred() {
        String pid = Messages.pid("P1", "Quatrevent", "19510203");
        String msh = Messages.msh("A01").replace("2.5^FRA^2.11", "2.3");
        here.taken(Messages.bytes(msh, "EVN||202611270800", pid, Messages.pv1(BED_12, "V1")));
        here.taken(Messages.bytes(
                msh.replace("A01", "A02").replace("|M", "|N"), "EVN||202611271000", pid, Messages.pv1(REA, "V1")));
        assertThat(here.places()).containsExactly("CARDIO 12 P completed 08:00-10:00", "REA 1 active 10:00");
        here.taken(Messages.bytes(
                msh.replace("A01", "A12").replace("|M", "|O"), "EVN||202611271100", pid, Messages.pv1(BED_12, "V1")));
        assertThat(here.places()).containsExactly("CARDIO 12 P active 08:00");
    }

    @Test
    void aShiftedMovementIsReadAndSaid() {
        String zbe = "ZBE|m1^CHDEMO^1.2.250.1.999.3^ISO|20261127080000|||INSERT|N||^^^^^^UF^^^2101|^^^^^^UF^^^2102|HMS";
        String answer = here.taken(Messages.bytes(
                Messages.msh("A01"),
                "EVN||20261127083000",
                Messages.pid("P1", "Quatrevent", "19510203"),
                Messages.pv1(BED_12, "V1"),
                zbe));
        assertThat(answer).contains("ERR||ZBE^1^4|103^");
        assertThat(here.places()).containsExactly("CARDIO 12 P active 08:00");
    }

    @Test
    void whatIsMissingIsNamedWithPlaceAndExpectation() {
        String answer = here.ask(Messages.move("A02", "P1", REA, "", "", "hier", "AJOUT", ""));
        assertThat(answer)
                .contains("MSA|AE|")
                .contains("ERR||PV1^1^19|101^")
                .contains("ERR||ZBE^1^1|101^")
                .contains("ERR||ZBE^1^2|102^")
                .contains("ERR||ZBE^1^4|103^")
                .contains("ZBE-4 : code hors de sa table ; attendu : INSERT, UPDATE, CANCEL ; reçu : AJOUT");
        assertThat(here.record.written).isEmpty();
    }

    @Test
    void whatContradictsItselfIsTakenAndFlagged() {
        here.move("A01", BED_12, "m1", "080000", "INSERT", "");
        here.move("A03", "", "m3", "090000", "INSERT", "");
        String answer = here.move("A02", REA, "m4", "100000", "INSERT", "");
        assertThat(answer).contains("|W|");
        assertThat(stay().get("status")).isEqualTo("finished");
    }

    @Test
    void aVisitNumberOfAnotherPatientIsNotTakenForThisOnes() {
        here.move("A01", BED_12, "m1", "080000", "INSERT", "");
        String answer = here.taken(Messages.move("A01", "P2", BED_14, "V1", "m9", "20261127090000", "INSERT", ""));
        assertThat(answer).contains("205^");
        assertThat(here.record.all("Encounter")).hasSize(2);
        here.taken(Messages.move("A03", "P2", "", "V1", "m10", "20261127100000", "INSERT", ""));
        assertThat(here.record.all("Encounter"))
                .extracting(one -> one.get("status"))
                .containsExactly("in-progress", "finished");
    }

    @Test
    void somebodyFasterIsFoundAndBuiltUpon() {
        here.move("A01", BED_12, "m1", "080000", "INSERT", "");
        Counter another = new Counter(here.setting(true), here.record, here.journal());
        here.record.faster =
                () -> another.answer(Messages.move("A02", "P1", REA, "V1", "m2", "20261127090000", "INSERT", ""));
        here.move("A03", "", "m3", "120000", "INSERT", "");
        assertThat(here.places()).containsExactly("CARDIO 12 P completed 08:00-09:00", "REA 1 completed 09:00-12:00");
    }
}
