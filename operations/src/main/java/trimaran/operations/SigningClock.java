package trimaran.operations;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import trimaran.cut.OfficerClock;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.kernel.WallTime;

/** The time officers sign with on this machine, held against the tiers' ({@link OfficerClock}). */
final class SigningClock {

    /** A person does not wait for a tier that hangs. */
    private static final long ANSWER_MILLIS = 400;

    private SigningClock() {}

    /** This machine's time; {@code BAD_VALUE} if two tiers agree that it is not. */
    static RecordTime now(Console console, Shell shell) throws RefusedException {
        List<WallTime> said = asked(tier -> PartyStatus.ask(console, tier));
        WallTime now = shell.now();
        Optional<Refusal> wrong = OfficerClock.wrong(now, said);
        if (wrong.isPresent()) {
            throw new RefusedException(wrong.get());
        }
        return new RecordTime(now.millis());
    }

    private static List<WallTime> asked(Function<Party, PartyStatus> ask) {
        LinkedBlockingQueue<WallTime> answers = new LinkedBlockingQueue<>();
        for (Party tier : Party.TIERS) {
            Thread.ofVirtual().start(() -> ask.apply(tier).report().ifPresent(report -> answers.add(report.time())));
        }
        List<WallTime> said = new ArrayList<>();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ANSWER_MILLIS);
        try {
            while (said.size() < Party.TIERS.size() && !OfficerClock.agree(said)) {
                WallTime time = answers.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (time == null) {
                    break;
                }
                said.add(time);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return said;
    }
}
