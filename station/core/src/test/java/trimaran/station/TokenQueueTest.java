package trimaran.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;

/** Lookups that share a message, and what becomes of each when the tiers say no. */
class TokenQueueTest {

    private static final Digest NURSE = Digest.sha256(Bytes.ofText("a nurse's session"));
    private static final Digest DOCTOR = Digest.sha256(Bytes.ofText("a doctor's session"));

    private final TokenQueue queue = new TokenQueue();
    private final List<List<Term>> asked = new ArrayList<>();
    private final List<Consumer<Outcome<Map<Term, List<Digest>>>>> open = new ArrayList<>();
    private final Map<String, Outcome<Map<Term, List<Digest>>>> told = new HashMap<>();

    @Test
    void theFirstGoesAtOnceAndThoseThatComeMeanwhileGoTogether() {
        ask(NURSE, "a");
        ask(NURSE, "b");
        ask(NURSE, "c");
        assertThat(asked).containsExactly(List.of(term("a")));
        answer(0);
        assertThat(asked).containsExactly(List.of(term("a")), List.of(term("b"), term("c")));
        assertThat(told).containsOnlyKeys("a");
        answer(1);
        assertThat(told).containsOnlyKeys("a", "b", "c");
        ask(NURSE, "d");
        assertThat(asked).hasSize(3);
    }

    @Test
    void nobodyWaitsForAnotherSession() {
        ask(NURSE, "a");
        ask(DOCTOR, "b");
        assertThat(asked).hasSize(2);
    }

    @Test
    void aBudgetThatIsTooSmallForAllOfThemIsAskedForEach() {
        ask(NURSE, "a");
        ask(NURSE, "b");
        ask(NURSE, "c");
        answer(0);
        open.get(1).accept(Outcome.refused(Code.OVER_BUDGET, "not so many"));
        assertThat(told).containsOnlyKeys("a");
        answer(2);
        open.get(3).accept(Outcome.refused(Code.OVER_BUDGET, "not one more"));
        assertThat(told)
                .hasEntrySatisfying("b", outcome -> assertThat(outcome.isDone()).isTrue());
        assertThat(told)
                .hasEntrySatisfying("c", outcome -> assertThat(outcome.isDone()).isFalse());
        ask(NURSE, "d");
        assertThat(asked.getLast()).containsExactly(term("d"));
    }

    @Test
    void whileNoTierIsReachedAllAreToldAtOnce() {
        ask(NURSE, "a");
        ask(NURSE, "b");
        ask(NURSE, "c");
        answer(0);
        open.get(1).accept(Outcome.refused(Code.UNAVAILABLE, "two tiers are needed"));
        assertThat(asked).hasSize(2);
        assertThat(told)
                .hasEntrySatisfying("b", outcome -> assertThat(outcome.isDone()).isFalse());
        assertThat(told)
                .hasEntrySatisfying("c", outcome -> assertThat(outcome.isDone()).isFalse());
    }

    private void ask(Digest session, String name) {
        queue.ask(
                session,
                List.of(term(name)),
                (terms, then) -> {
                    asked.add(terms);
                    open.add(then);
                },
                outcome -> told.put(name, outcome));
    }

    private void answer(int number) {
        Map<Term, List<Digest>> tokens = new HashMap<>();
        asked.get(number).forEach(term -> tokens.put(term, List.of(Digest.sha256(Bytes.ofText(term.value())))));
        open.get(number).accept(Outcome.done(tokens));
    }

    private static Term term(String name) {
        return new Term("Observation/number", name);
    }
}
