package trimaran.station.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.station.Transaction;
import trimaran.station.Transaction.Change;
import trimaran.station.WriteResult;
import trimaran.station.web.OpenWeb.Browser;

/** Two people who make the same movement while the first is being written: it is made once. */
class MovementTurnTest extends MovementBench {

    /** How long somebody would have who were not kept waiting. */
    private static final long RACE_MILLIS = 700;

    private final Semaphore writing = new Semaphore(0);
    private final Semaphore written = new Semaphore(0);
    private Browser other = web.browser();

    @BeforeEach
    void slowHulls() {
        other = web.browser().in("medecin");
        web.hospital.waiting = 1;
        web.hospital.nextWrites = this::slowly;
    }

    /** Says only after a while that it lies in the outbox. */
    private Optional<WriteResult> slowly(Transaction transaction) {
        writing.release();
        written.acquireUninterruptibly();
        List<WriteResult.Changed> changed = transaction.changes().stream()
                .map(change -> switch (change) {
                    case Change.Create create ->
                        changed(
                                FakeHospital.id(700 + create.fullUrl().hashCode() % 50),
                                create.resource().type());
                    case Change.Update update ->
                        changed(update.id(), update.resource().type());
                    case Change.Delete _ -> throw new IllegalStateException("nothing is deleted here");
                })
                .toList();
        return Optional.of(new WriteResult.Waiting(Digest.ZERO, changed, Refusal.of(Code.UNAVAILABLE, "alone")));
    }

    private static WriteResult.Changed changed(ResourceId id, String type) {
        return new WriteResult.Changed(id, type, 2, RecordTime.ZERO, false);
    }

    /** Sends the second while the first is being written; answers the second. */
    private HttpResponse<String> race(Supplier<HttpResponse<String>> first, Supplier<HttpResponse<String>> second) {
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<HttpResponse<String>> one = CompletableFuture.supplyAsync(first, people);
            writing.acquireUninterruptibly();
            CompletableFuture<HttpResponse<String>> two = CompletableFuture.supplyAsync(second, people);
            boolean both = arrives();
            written.release(2);
            assertThat(one.join().statusCode()).isEqualTo(303);
            HttpResponse<String> answer = two.join();
            assertThat(both).as("both were written").isFalse();
            return answer;
        }
    }

    private boolean arrives() {
        try {
            return writing.tryAcquire(RACE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Test
    void theSecondTransferOfAPatientIsToldOfTheFirst() {
        HttpResponse<String> mine = browser.get(MOVE);
        HttpResponse<String> theirs = other.get(MOVE);
        HttpResponse<String> second = race(
                () -> move(mine, "transfert", "lieu", FakeHospital.BED.toString()),
                () -> move(other, theirs, "transfert", "lieu", FakeHospital.OTHER_BED.toString()));
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(second.body()).contains("deux se contrediraient");
    }

    @Test
    void theSameNewPatientIsAdmittedOnce() {
        String mine = submission(look());
        String theirs = submission(other.post(
                "/admettre",
                "acte",
                "chercher",
                "nom",
                "Petit",
                "prenom",
                "Ada",
                "naissance",
                "02/01/1980",
                "sexe",
                "female"));
        HttpResponse<String> second = race(
                () -> enter(mine, "nouveau", FakeHospital.BED.toString(), "Fièvre"),
                () -> enter(other, theirs, "nouveau", FakeHospital.OTHER_BED.toString(), "Fièvre"));
        assertThat(second.statusCode()).isEqualTo(422);
        assertThat(second.body()).contains("Cette admission est déjà enregistrée ici");
    }

    @Test
    void twoPeopleAreNotLaidIntoOneBed() {
        String mine = submission(look());
        HttpResponse<String> theirs = other.get(MOVE);
        HttpResponse<String> second = race(
                () -> enter(mine, "nouveau", FakeHospital.BED.toString(), "Fièvre"),
                () -> move(other, theirs, "transfert", "lieu", FakeHospital.BED.toString()));
        assertThat(second.statusCode()).isEqualTo(422);
        assertThat(second.body()).contains("une arrivée y est enregistrée ici, pas encore partagée");
    }
}
