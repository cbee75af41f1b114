package trimaran.station;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;

/**
 * Lookups of one session that come while another is under way go together in the next: one message to each tier, one line on
 * its ledger, one sync, however many write at once. Nobody waits for company: the first goes at once.
 */
final class TokenQueue {

    /** Asks the tiers for the tokens of these terms. */
    interface Asking {
        void ask(List<Term> terms, Consumer<Outcome<Map<Term, List<Digest>>>> then);
    }

    private record Caller(List<Term> terms, Asking asking, Consumer<Outcome<Map<Term, List<Digest>>>> then) {}

    private final Map<Digest, Deque<Caller>> waiting = new HashMap<>();

    /** @param asking asks under this session */
    void ask(Digest session, List<Term> terms, Asking asking, Consumer<Outcome<Map<Term, List<Digest>>>> then) {
        Caller caller = new Caller(List.copyOf(terms), asking, then);
        Deque<Caller> others = waiting.get(session);
        if (others == null) {
            waiting.put(session, new ArrayDeque<>());
            together(session, List.of(caller));
        } else {
            others.add(caller);
        }
    }

    private void together(Digest session, List<Caller> callers) {
        Set<Term> terms = new LinkedHashSet<>();
        callers.forEach(caller -> terms.addAll(caller.terms()));
        callers.getFirst().asking().ask(List.copyOf(terms), outcome -> {
            if (callers.size() > 1
                    && outcome instanceof Outcome.Refused<Map<Term, List<Digest>>>(Refusal refusal)
                    && !Approvals.isPassing(refusal.code())) {
                // The budget may be too small for all of them and enough for some.
                apart(session, new ArrayDeque<>(callers));
            } else {
                next(session);
                callers.forEach(caller -> caller.then().accept(outcome));
            }
        });
    }

    private void apart(Digest session, Deque<Caller> callers) {
        Caller one = callers.poll();
        if (one == null) {
            next(session);
        } else {
            one.asking().ask(one.terms(), outcome -> {
                one.then().accept(outcome);
                apart(session, callers);
            });
        }
    }

    private void next(Digest session) {
        Deque<Caller> others = waiting.getOrDefault(session, new ArrayDeque<>());
        if (others.isEmpty()) {
            waiting.remove(session);
        } else {
            List<Caller> callers = List.copyOf(others);
            others.clear();
            together(session, callers);
        }
    }
}
