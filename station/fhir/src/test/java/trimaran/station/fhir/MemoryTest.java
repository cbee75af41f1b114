package trimaran.station.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Code;

/** However many ask for much at once, the station holds only so much of it. */
class MemoryTest {

    @Test
    void bodies_of_all_requests_together_are_bounded() throws RefusedException {
        BodyBudget budget = new BodyBudget(100_000, 100_000);
        try (Body one = new Body(DoorLimits.STANDARD, budget, () -> 0);
                Body two = new Body(DoorLimits.STANDARD, budget, () -> 0)) {
            assertThat(one.read(new ByteArrayInputStream(new byte[60_000]), 60_000))
                    .hasSize(60_000);
            assertThatThrownBy(() -> two.read(new ByteArrayInputStream(new byte[60_000]), 60_000))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("too many large requests");
        }
        assertThat(budget.usedBytes()).isZero();
    }

    // ---- texts

    @Test
    void large_bodies_take_turns() {
        BodyBudget budget = new BodyBudget(10L << 20, 1 << 20);
        int first = budget.awaitTurn(900 << 10, 0);

        assertThat(first).isPositive();
        assertThat(budget.awaitTurn(900 << 10, 1)).isZero();
        budget.endTurn(first);
        assertThat(budget.awaitTurn(900 << 10, 0)).isPositive();
    }

    @Test
    void a_body_larger_than_all_large_ones_may_be_takes_the_whole_turn() {
        BodyBudget budget = new BodyBudget(10L << 20, 1 << 20);

        assertThat(budget.awaitTurn(1L << 40, 0)).isPositive();
        assertThat(budget.awaitTurn(1, 0)).isZero();
    }

    @Test
    void many_large_bodies_at_once_are_all_taken_one_after_the_other() {
        try (OpenDoor door =
                new OpenDoor(new DoorLimits(1 << 20, 3 << 20, 8 << 10, 4 << 10, 20_000, 20_000, 8, 64, 64 << 10, 40))) {
            door.record.delayMillis = 20;
            List<CompletableFuture<HttpResponse<String>>> running = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                String large = Texts.patient("Large" + i, "x".repeat(700_000), "1980-01-01");
                running.add(door.http.sendAsync(
                        door.to("/Patient")
                                .POST(HttpRequest.BodyPublishers.ofString(large))
                                .build(),
                        HttpResponse.BodyHandlers.ofString()));
            }
            assertThat(running)
                    .allSatisfy(one -> assertThat(one.join().statusCode()).isEqualTo(201));
        }
    }

    @Test
    void answers_of_all_requests_together_are_bounded() throws RefusedException {
        DoorLimits limits = new DoorLimits(1 << 20, 3 << 20, 8 << 10, 4 << 10, 10, 2_000, 8, 64, 64 << 10, 40);
        Semaphore all = AnswerRoom.shared(limits);
        try (AnswerRoom one = AnswerRoom.in(all, limits);
                AnswerRoom two = AnswerRoom.in(all, limits)) {
            one.take(900 << 10);
            assertThatThrownBy(() -> two.take(900 << 10))
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            fault -> assertThat(fault.refusal().code()).isEqualTo(Code.BUSY));
            two.take(1 << 10);
        }
        try (AnswerRoom largest = AnswerRoom.in(all, limits)) {
            largest.take(1L << 40);
        }
        assertThat(all.availablePermits()).isEqualTo(((1 << 20) + (64 << 10)) >> 10);
    }
}
