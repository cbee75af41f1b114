package trimaran.operations;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import trimaran.cut.Announcing;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.line.message.Request;
import trimaran.line.message.Response;

/** Announces over the console's lines, and says what each tier made of it. */
final class Telling implements Announcing.Lines, AutoCloseable {

    private final Map<Party, Console.Line> lines = new EnumMap<>(Party.class);

    /** Something to announce. */
    interface Act {
        void by(Announcing announcing, Consumer<Outcome<Announcing.Announced>> then);
    }

    Telling(Console console) {
        for (Party tier : Party.TIERS) {
            lines.put(tier, console.dial(tier));
        }
    }

    @Override
    public void ask(Party tier, Request request, long timeoutMillis, Consumer<Outcome<Response>> then) {
        Console.Line line = lines.get(tier);
        if (line == null) {
            throw new IllegalArgumentException("no line to " + tier.word());
        }
        Thread.ofVirtual().start(() -> then.accept(line.ask(request, timeoutMillis)));
    }

    /** Waits for what becomes of it, and ends the command where it does not count. */
    void announce(Voice voice, Act act) throws RefusedException {
        CompletableFuture<Outcome<Announcing.Announced>> answer = new CompletableFuture<>();
        act.by(new Announcing(this, System::nanoTime, Announcing.Patience.COMMAND), answer::complete);
        Announcing.Announced announced = RefusedException.orStop(answer.join());
        // If nobody took it there is one refusal and no more to say.
        if (announced.told().values().stream().anyMatch(one -> one.answer().isDone())) {
            Party.TIERS.forEach(tier -> {
                Announcing.Told told = announced.told().get(tier);
                if (told != null) {
                    voice.progress(line(tier, told));
                }
            });
        }
        if (announced.refusal().isPresent()) {
            throw new RefusedException(announced.refusal().get());
        }
    }

    private static String line(Party tier, Announcing.Told told) {
        return switch (told.answer()) {
            case Outcome.Done<Response> done ->
                String.format(Locale.ROOT, "%-12s acts by it after %d ms", tier.word(), told.millis());
            case Outcome.Refused<Response>(Refusal refusal) ->
                String.format(
                        Locale.ROOT,
                        "%-12s has not taken it: %s (%s)",
                        tier.word(),
                        refusal.sentence(),
                        refusal.code().tag());
        };
    }

    @Override
    public void close() {
        lines.values().forEach(Console.Line::close);
    }
}
