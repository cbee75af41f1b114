package trimaran.operations;

import java.util.ArrayList;
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
     * How many reopenings the tiers know of, by the one that knows most: a cut that names fewer is void.
     *
     * @throws RefusedException if nobody answers
     */
    long reopenings() throws RefusedException {
        Map<Party, Told> told = all(new Request.Status());
        return told.entrySet().stream()
                .map(one -> PartyStatus.of(one.getKey(), one.getValue().answer()))
                .filter(PartyStatus::isUp)
                .mapToLong(one -> one.counter("reopenings").orElse(0))
                .max()
                .orElseThrow(() -> new RefusedException(
                        Code.UNAVAILABLE, "no tier answers this console; pull the plug of what is to be cut"));
    }

    /** Tells all of them; at least one must have taken it. */
    Map<Party, Told> announce(SignedStatement signed) throws RefusedException {
        Map<Party, Told> told = all(new Request.Announce(signed.encode()));
        if (told.values().stream().noneMatch(one -> one.answer().isDone())) {
            for (Told one : told.values()) {
                if (one.answer() instanceof Outcome.Refused<Response>(Refusal refusal)
                        && refusal.code() != Code.UNAVAILABLE) {
                    throw new RefusedException(refusal);
                }
            }
            throw new RefusedException(Code.UNAVAILABLE, "no tier took it");
        }
        return told;
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
