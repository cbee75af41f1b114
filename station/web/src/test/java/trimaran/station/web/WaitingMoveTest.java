package trimaran.station.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.station.Transaction;
import trimaran.station.Transaction.Change;
import trimaran.station.WriteResult;

/** A movement that lies in the outbox: seen by everybody at this station, and not sent twice. */
class WaitingMoveTest extends MovementBench {

    private static final String SURGERY = "/services/" + FakeHospital.SURGERY;
    private static final String MEDICINE = "/services/" + FakeHospital.WARD;

    /** The record shows nothing of it, as while every hull is away. */
    private void cutOff() {
        web.hospital.waiting = 1;
        web.hospital.nextWrites = transaction -> Optional.of(waits(transaction));
    }

    private static WriteResult waits(Transaction transaction) {
        return waits(transaction, Digest.ZERO);
    }

    private static WriteResult waits(Transaction transaction, Digest entry) {
        List<WriteResult.Changed> changed = transaction.changes().stream()
                .map(change -> switch (change) {
                    case Change.Create create ->
                        new WriteResult.Changed(
                                new ResourceId(
                                        new CellId(9, 9), create.fullUrl().hashCode() & 0xfff),
                                create.resource().type(),
                                1,
                                RecordTime.ZERO,
                                false);
                    case Change.Update update ->
                        new WriteResult.Changed(
                                update.id(), update.resource().type(), update.version() + 1, RecordTime.ZERO, false);
                    case Change.Delete _ -> throw new IllegalStateException("nothing is deleted here");
                })
                .toList();
        return new WriteResult.Waiting(entry, changed, Refusal.of(Code.UNAVAILABLE, "alone"));
    }

    @Test
    void aTransferThatWaitsIsOnTheStayAndOnBothBoardsAndNoOtherIsTaken() {
        HttpResponse<String> page = browser.get(MOVE);
        cutOff();
        assertThat(move(page, "transfert", "lieu", FakeHospital.BED.toString()).statusCode())
                .isEqualTo(303);
        assertThat(browser.get(RECORD + "/sejours").body())
                .contains("pas encore partagé : vers Chirurgie, lit 1.")
                .contains("Chirurgie, lit 1");
        assertThat(browser.get(MEDICINE).body()).contains("Pas encore partagé : vers Chirurgie, lit 1");
        assertThat(browser.get(SURGERY).body())
                .contains("Arrive : MOREL Jeanne")
                .contains("ne le refaites pas")
                .doesNotContain("/admettre?lit=" + FakeHospital.BED);
        assertThat(browser.get(MOVE).body())
                .doesNotContain("value=\"transfert\"")
                .contains("ne le refaites pas");
        HttpResponse<String> second = move(page, "sortie", "vers", "rehab");
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(second.body()).contains("deux se contrediraient");
        assertThat(web.hospital.writes.taken).isEmpty();
        assertThat(browser.get(MOVE).body()).doesNotContain("value=\"sortie\"");
        web.hospital.waiting = 0;
        assertThat(browser.get(MOVE).body())
                .as("what was typed meanwhile is there when the first is settled")
                .contains("Votre saisie a été gardée")
                .contains("value=\"rehab\" selected");
    }

    @Test
    void nobodyElseIsLaidIntoABedSomebodyWaitsToBeShownIn() {
        HttpResponse<String> page = browser.get(MOVE);
        cutOff();
        move(page, "transfert", "lieu", FakeHospital.BED.toString());
        assertThat(enter(submission(look()), "nouveau", FakeHospital.BED.toString(), "Fièvre")
                        .body())
                .contains("id=\"lieu-faute\"")
                .contains("une arrivée y est enregistrée ici, pas encore partagée");
    }

    @Test
    void anAdmissionThatWaitsIsOnTheBoardByNameAndIsNotMadeTwice() {
        String submission = submission(look());
        cutOff();
        assertThat(enter(submission, "nouveau", FakeHospital.BED.toString(), "Fièvre")
                        .statusCode())
                .isEqualTo(303);
        assertThat(browser.get(SURGERY).body()).contains("Arrive : PETIT Ada");
        HttpResponse<String> second =
                enter(submission(look()), "nouveau", FakeHospital.OTHER_BED.toString(), "Fièvre, autre lit");
        assertThat(second.statusCode()).isEqualTo(422);
        assertThat(second.body())
                .contains("Cette admission est déjà enregistrée ici")
                .contains("Fièvre, autre lit");
    }

    @Test
    void aMovementWhoseFormCannotBeLookedUpIsWrittenAllTheSame() {
        web.hospital.writes.next = new WriteResult.Refused(Refusal.of(Code.UNAVAILABLE, "no lookup"));
        assertThat(move("transfert", "lieu", FakeHospital.BED.toString()).statusCode())
                .isEqualTo(303);
        assertThat(web.hospital.writes.taken.getFirst().input()).isEmpty();
        web.hospital.writes.next = new WriteResult.Refused(Refusal.of(Code.UNAVAILABLE, "no lookup"));
        assertThat(enter(submission(look()), "nouveau", FakeHospital.OTHER_BED.toString(), "Fièvre")
                        .statusCode())
                .isEqualTo(303);
        assertThat(browser.get(SURGERY).body()).contains("PETIT");
    }

    @Test
    void onceItIsSharedNothingIsSaidOfItAndTheNextIsTaken() {
        HttpResponse<String> page = browser.get(MOVE);
        Function<Transaction, Optional<WriteResult>> none = transaction -> Optional.empty();
        web.hospital.waiting = 1;
        web.hospital.writes.next =
                new WriteResult.Waiting(Digest.ZERO, List.of(), Refusal.of(Code.UNAVAILABLE, "alone"));
        move(page, "transfert", "lieu", FakeHospital.BED.toString());
        web.hospital.nextWrites = none;
        assertThat(browser.get(SURGERY).body()).contains("MOREL").doesNotContain("pas encore partagé, ne le refaites");
        assertThat(browser.get(RECORD).body()).doesNotContain("note-local");
        assertThat(move("sortie", "vers", "home").statusCode()).isEqualTo(303);
    }

    @Test
    void itIsSettledThoughOtherWritesWaitAllDay() {
        HttpResponse<String> page = browser.get(MOVE);
        Digest entry = Digest.sha256("transfer".getBytes(StandardCharsets.UTF_8));
        web.hospital.waiting = 12;
        web.hospital.writes.outbox.add(entry);
        web.hospital.nextWrites = transaction -> Optional.of(waits(transaction, entry));
        move(page, "transfert", "lieu", FakeHospital.BED.toString());
        assertThat(browser.get(SURGERY).body()).contains("Arrive : MOREL Jeanne");
        assertThat(move(page, "sortie", "vers", "home").statusCode()).isEqualTo(409);
        web.hospital.writes.outbox.remove(entry);
        web.hospital.nextWrites = null;
        assertThat(browser.get(SURGERY).body())
                .as("refused on its way: the bed can be chosen again")
                .doesNotContain("Arrive : MOREL Jeanne")
                .contains("/admettre?lit=" + FakeHospital.BED);
        assertThat(move("sortie", "vers", "home").statusCode()).isEqualTo(303);
    }

    @Test
    void whatTheStationDidNotSayInTimeIsSaidToBeUnsureAndNotSentAgainUntilItIsKnown() {
        HttpResponse<String> page = browser.get(MOVE);
        web.hospital.waiting = 1;
        web.hospital.nextWrites = transaction ->
                Optional.of(new WriteResult.Waiting(Digest.ZERO, List.of(), Refusal.of(Code.UNAVAILABLE, "late")));
        move(page, "transfert", "lieu", FakeHospital.BED.toString());
        assertThat(browser.get(RECORD).body())
                .contains("n’a pas répondu à temps")
                .contains("vers Chirurgie, lit 1");
        assertThat(move(page, "sortie", "vers", "home").statusCode()).isEqualTo(409);
        web.hospital.waiting = 0;
        web.hospital.nextWrites = null;
        assertThat(browser.get(RECORD).body()).doesNotContain("note-local");
        assertThat(move("sortie", "vers", "home").statusCode()).isEqualTo(303);
    }
}
