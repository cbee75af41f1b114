package trimaran.operations;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.SignedStatement;

/**
 * Tells all tiers at once what officers signed and what counts on sight (DESIGN §10). Each has it on disk and acts by it when it
 * answers, and passes it on to those that are not reached from here.
 */
final class Announcing implements AutoCloseable {

    /** A tier that does not answer hears of it from another, or when it is back. */
    static final long ANSWER_MILLIS = 3_000;

    private final Map<Party, Console.Line> lines = new EnumMap<>(Party.class);

    /** What one tier said, and how long after it was told. */
    record Told(Outcome<Response> answer, long millis) {}

    Announcing(Console console) {
        for (Party tier : Party.TIERS) {
            lines.put(tier, console.dial(tier));
        }
    }

    /**
     * How many reopenings there have been, as at least two tiers say: a cut that names fewer is void, and one that names more acts
     * until the record reaches that number, so that no tier alone may say it, least of all the one that is to be cut.
     *
     * @throws RefusedException if nobody answers
     */
    long reopenings() throws RefusedException {
        List<Long> said = new ArrayList<>();
        all(new Request.Status()).forEach((tier, told) -> {
            PartyStatus status = PartyStatus.of(tier, told.answer());
            if (status.isUp()) {
                said.add(status.counter("reopenings").orElse(0));
            }
        });
        if (said.isEmpty()) {
            throw new RefusedException(
                    Code.UNAVAILABLE, "no tier answers this console; pull the plug of what is to be cut");
        }
        return agreed(said);
    }

    /** What two of them reach; of one alone its own word. */
    static long agreed(List<Long> said) {
        List<Long> falling = said.stream().sorted(Comparator.reverseOrder()).toList();
        return falling.get(Math.min(1, falling.size() - 1));
    }

    Map<Party, Told> announce(SignedStatement signed) {
        return all(new Request.Announce(signed.encode()));
    }

    /**
     * Whether it counts: every tier that answers has taken it, and one at least that it does not speak of. A tier that is cut may say
     * what it likes.
     */
    static void requireTaken(Map<Party, Told> told, CutTarget target) throws RefusedException {
        boolean taken = false;
        for (Map.Entry<Party, Told> one : told.entrySet()) {
            if (target.isTier(one.getKey())) {
                continue;
            }
            if (one.getValue().answer() instanceof Outcome.Refused<Response>(Refusal refusal)) {
                if (refusal.code() != Code.UNAVAILABLE) {
                    throw new RefusedException(refusal);
                }
            } else {
                taken = true;
            }
        }
        if (!taken) {
            throw new RefusedException(Code.UNAVAILABLE, "no other tier took it; pull the plug of what is to be cut");
        }
    }

    private Map<Party, Told> all(Request request) {
        Map<Party, Told> answers = new ConcurrentHashMap<>();
        List<Thread> asking = new ArrayList<>();
        lines.forEach((tier, line) -> asking.add(Thread.ofVirtual().start(() -> {
            long start = System.nanoTime();
            Outcome<Response> answer = line.ask(request, ANSWER_MILLIS);
            answers.put(tier, new Told(answer, (System.nanoTime() - start) / 1_000_000));
        })));
        asking.forEach(Announcing::join);
        return new EnumMap<>(answers);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    @Override
    public void close() {
        lines.values().forEach(Console.Line::close);
    }
}
