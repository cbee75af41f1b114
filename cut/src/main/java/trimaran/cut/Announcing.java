package trimaran.cut;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.kernel.WallTime;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.SignedStatement;
import trimaran.record.Signer;
import trimaran.record.Statement;

/**
 * Tells all tiers at once what officers signed and what counts on sight (DESIGN §10). Each has it on disk and acts by it when it
 * answers, and passes it on to those that are not reached from here. The command line and the stations cut by this alone.
 */
public final class Announcing {

    private final Lines lines;
    private final LongSupplier nanos;
    private final Patience patience;

    /** The lines to the tiers, from wherever the officer stands. */
    public interface Lines {

        /** Asks one tier; answers once, from any thread, {@code UNAVAILABLE} where nobody is reached in time. */
        void ask(Party tier, Request request, long timeoutMillis, Consumer<Outcome<Response>> then);
    }

    /**
     * How long a tier that does not answer is waited for; it hears of a cut from another, or when it is back.
     *
     * @param statusMillis for how many reopenings it knows
     * @param answerMillis for having taken what was signed
     */
    public record Patience(long statusMillis, long answerMillis) {

        /** A command dials each tier first. */
        public static final Patience COMMAND = new Patience(3_000, 3_000);

        /** A page's lines are up, and it answers within the second whoever is silent. */
        public static final Patience PAGE = new Patience(350, 550);
    }

    /** What one tier said, and how long after the officer said so. */
    public record Told(Outcome<Response> answer, long millis) {}

    /**
     * What became of it.
     *
     * @param told what each tier said
     * @param refusal why it does not count; empty if it does
     */
    public record Announced(SignedStatement signed, Map<Party, Told> told, Optional<Refusal> refusal) {
        public Announced {
            told = Map.copyOf(told);
        }
    }

    /** @param nanos a clock of timeouts; its zero means nothing */
    public Announcing(Lines lines, LongSupplier nanos, Patience patience) {
        this.lines = lines;
        this.nanos = nanos;
        this.patience = patience;
    }

    /**
     * Has officers cut something. Refused if nobody answers at all, and if two tiers say that it is not now ({@link OfficerClock}).
     *
     * @param now when they sign, by this machine's clock
     * @param why as {@link Statement.Cut#isWhy} allows; empty if nobody said
     * @param known how many reopenings there are as whoever asks has read in the record itself; empty if it reads none
     */
    public void cut(
            Digest origin,
            CutTarget target,
            String why,
            RecordTime now,
            OptionalLong known,
            List<Signer> officers,
            Consumer<Outcome<Announced>> then) {
        long start = nanos.getAsLong();
        look(target, new WallTime(now.millis()), known, agreed -> {
            switch (agreed) {
                case Outcome.Refused<Long>(Refusal refusal) -> then.accept(Outcome.refused(refusal));
                case Outcome.Done<Long>(Long reopenings) -> {
                    Statement cut = new Statement.Cut(target.target(), target.subject(), reopenings, now, why);
                    announce(SignedStatement.signed(origin, cut, officers), target, start, then);
                }
            }
        });
    }

    /** Has two officers open something again. */
    public void reopen(
            Digest origin, CutTarget target, RecordTime now, List<Signer> officers, Consumer<Outcome<Announced>> then) {
        Statement reopening = new Statement.Reopening(target.target(), target.subject(), now);
        announce(SignedStatement.signed(origin, reopening, officers), target, nanos.getAsLong(), then);
    }

    private void announce(
            SignedStatement signed, CutTarget target, long startNanos, Consumer<Outcome<Announced>> then) {
        all(
                new Request.Announce(signed.encode()),
                patience.answerMillis(),
                startNanos,
                told -> false,
                told -> then.accept(Outcome.done(new Announced(signed, told, refused(told, target)))));
    }

    /**
     * How many reopenings there have been. A cut that names fewer is void, and one that names more acts until the record reaches that
     * number: so no tier alone may say it, and the one that is to be cut not at all.
     */
    private void look(CutTarget target, WallTime now, OptionalLong known, Consumer<Outcome<Long>> then) {
        all(new Request.Status(), patience.statusMillis(), nanos.getAsLong(), told -> areOne(told, target), told -> {
            List<Long> said = new ArrayList<>();
            boolean reached = false;
            for (Map.Entry<Party, Told> one : told.entrySet()) {
                Optional<Long> count = reopenings(one.getValue().answer());
                reached |= count.isPresent();
                if (!target.isTier(one.getKey())) {
                    count.filter(some -> some >= 0).ifPresent(said::add);
                }
            }
            Optional<Refusal> wrong = OfficerClock.wrong(now, clocks(told, target));
            if (wrong.isPresent()) {
                then.accept(Outcome.refused(wrong.get()));
                return;
            }
            then.accept(
                    reached
                            ? Outcome.done(agreed(said, known))
                            : Outcome.refused(
                                    Code.UNAVAILABLE, "no tier answers from here; pull the plug of what is to be cut"));
        });
    }

    /** Two that are not to be cut say the same, at the same time: a third that hangs is not waited for while what is to be cut goes on. */
    private static boolean areOne(Map<Party, Told> told, CutTarget target) {
        List<Long> said = told.entrySet().stream()
                .filter(one -> !target.isTier(one.getKey()))
                .flatMap(one -> reopenings(one.getValue().answer()).stream())
                .filter(count -> count >= 0)
                .toList();
        return said.stream().distinct().count() < said.size() && OfficerClock.agree(clocks(told, target));
    }

    /** What is to be cut has no say. */
    private static List<WallTime> clocks(Map<Party, Told> told, CutTarget target) {
        List<WallTime> clocks = new ArrayList<>();
        told.forEach((party, one) -> {
            if (!target.isTier(party) && one.answer() instanceof Outcome.Done<Response>(Response.Report report)) {
                clocks.add(report.time());
            }
        });
        return clocks;
    }

    /** Empty of who is silent; a report that does not say it says none. */
    private static Optional<Long> reopenings(Outcome<Response> answer) {
        return answer instanceof Outcome.Done<Response>(Response.Report report)
                ? Optional.of(report.counters().stream()
                        .filter(counter -> counter.name().equals("reopenings"))
                        .map(Response.Counter::value)
                        .findFirst()
                        .orElse(0L))
                : Optional.empty();
    }

    /**
     * What two of them reach, and never less than the record says. Where only one answers, the record's number stands if it is known; else
     * that one's own word, since it may be the only tier left.
     */
    static long agreed(List<Long> said, OptionalLong known) {
        List<Long> falling = said.stream().sorted(Comparator.reverseOrder()).toList();
        if (falling.size() > 1) {
            return Math.max(falling.get(1), known.orElse(0));
        }
        return known.orElseGet(() -> falling.isEmpty() ? 0 : falling.getFirst());
    }

    /**
     * Why it does not count: of the tiers it does not speak of, no more have taken it than refuse it. One of them may lie, and a
     * tier that is cut may say what it likes.
     */
    static Optional<Refusal> refused(Map<Party, Told> told, CutTarget target) {
        List<Refusal> refusals = new ArrayList<>();
        int taken = 0;
        for (Map.Entry<Party, Told> one : told.entrySet()) {
            if (target.isTier(one.getKey())) {
                continue;
            }
            if (one.getValue().answer() instanceof Outcome.Refused<Response>(Refusal refusal)) {
                if (refusal.code() != Code.UNAVAILABLE) {
                    refusals.add(refusal);
                }
            } else {
                taken++;
            }
        }
        if (taken > refusals.size()) {
            return Optional.empty();
        }
        return Optional.of(
                refusals.isEmpty()
                        ? Refusal.of(Code.UNAVAILABLE, "no other tier took it; pull the plug of what is to be cut")
                        : refusals.getFirst());
    }

    /**
     * @param startNanos from when on times are counted
     * @param enough whether these answers suffice; else all are waited for
     * @param then is told once
     */
    private void all(
            Request request,
            long timeoutMillis,
            long startNanos,
            Predicate<Map<Party, Told>> enough,
            Consumer<Map<Party, Told>> then) {
        Map<Party, Told> answers = new EnumMap<>(Party.class);
        boolean[] over = {false};
        for (Party tier : Party.TIERS) {
            lines.ask(tier, request, timeoutMillis, answer -> {
                Map<Party, Told> whole;
                synchronized (answers) {
                    answers.put(tier, new Told(answer, (nanos.getAsLong() - startNanos) / 1_000_000));
                    if (over[0] || (answers.size() < Party.TIERS.size() && !enough.test(answers))) {
                        return;
                    }
                    over[0] = true;
                    whole = Map.copyOf(answers);
                }
                then.accept(whole);
            });
        }
    }
}
