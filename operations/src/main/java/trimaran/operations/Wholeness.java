package trimaran.operations;

import java.util.Locale;
import java.util.OptionalLong;
import trimaran.kernel.Code;
import trimaran.kernel.Party;

/** Waits until a party that was made anew has everything, and says meanwhile how far it is. */
final class Wholeness {

    /** How often the copy's progress is asked for. */
    private static final long LOOK_MILLIS = 1_000;

    /** After so many looks a line is said where no line can be replaced, as in a log. */
    private static final int LOOKS_SAID = 5;

    /** Looks without any progress before the command gives up; the party goes on by itself. */
    private static final int LOOKS_IDLE_MAX = 120;

    /** An hour: a machine may stand in another building. */
    private static final int LOOKS_UP_MAX = 3_600;

    private final Shell shell;
    private final Console console;

    Wholeness(Shell shell, Console console) {
        this.shell = shell;
        this.console = console;
    }

    /** Returns once it answers: somebody may have to carry something to its machine first. */
    void awaitUp(Party fallen) throws RefusedException {
        for (int look = 1; look <= LOOKS_UP_MAX; look++) {
            if (PartyStatus.ask(console, fallen).isUp()) {
                return;
            }
            if (look % LOOKS_SAID == 0) {
                shell.voice().bar(fallen.word() + " does not answer yet");
            }
            pause();
        }
        throw new RefusedException(
                Code.UNAVAILABLE,
                fallen.word()
                        + " has its new keys and does not answer; start it, and see the rebuild through with --resume");
    }

    /**
     * Returns when the copy reaches as far as the largest of the others did when it was asked, with its blobs and its shares; the
     * witness, when it has signed that far. Before that another hull must not be taken for lost.
     *
     * @param begunMillis when the command began, to say how long everything took
     */
    void await(Party fallen, long begunMillis) throws RefusedException {
        long goal = awaitGoal(fallen);
        long before = -1;
        int idle = 0;
        for (int look = 1; idle < LOOKS_IDLE_MAX; look++) {
            PartyStatus status = PartyStatus.ask(console, fallen);
            long missing = status.missing();
            long size = reach(status, fallen);
            if (status.isUp() && size >= goal && missing == 0 && !status.isUnproven()) {
                shell.voice()
                        .say(String.format(
                                Locale.ROOT,
                                "%s is whole again: %,d entries%s in %.1f s",
                                fallen.word(),
                                size,
                                taken(status),
                                (shell.now().millis() - begunMillis) / 1000.0));
                return;
            }
            long reached = size - missing;
            idle = reached > before ? 0 : idle + 1;
            before = Math.max(before, reached);
            String lacks = status.lacking(goal);
            String sofar = String.format(
                    "%s has %,d of %,d entries%s%s",
                    fallen.word(), size, goal, taken(status), lacks.isEmpty() ? "" : ", lacks " + lacks);
            shell.voice().bar(sofar);
            if (!shell.voice().terminal() && look % LOOKS_SAID == 0) {
                shell.voice().progress(sofar);
            }
            pause();
        }
        throw new RefusedException(
                Code.UNAVAILABLE,
                fallen.word()
                        + " is up but does not get whole; it goes on by itself, see status, or wait on with --resume");
    }

    /** As far as the largest of the others: where one is silent nobody knows, and a copy that lacks nothing it heard of may lack all. */
    private long awaitGoal(Party fallen) throws RefusedException {
        for (int look = 1; look <= LOOKS_IDLE_MAX; look++) {
            OptionalLong goal = goal(fallen);
            if (goal.isPresent()) {
                return goal.getAsLong();
            }
            shell.voice().bar("another tier does not answer");
            pause();
        }
        throw new RefusedException(
                Code.UNAVAILABLE,
                "another tier does not answer, so that nobody knows whether " + fallen.word()
                        + " is whole; it goes on by itself, wait on with --resume");
    }

    private OptionalLong goal(Party fallen) {
        long goal = 0;
        for (Party tier : Party.TIERS) {
            if (tier != fallen) {
                PartyStatus status = PartyStatus.ask(console, tier);
                if (!status.isUp()) {
                    return OptionalLong.empty();
                }
                goal = Math.max(goal, reach(status, fallen));
            }
        }
        return OptionalLong.of(goal);
    }

    /** What it took in since it came up, entries and blobs; nothing of the witness, which keeps none. */
    private static String taken(PartyStatus status) {
        return status.counter("taken.bytes").stream()
                .mapToObj(bytes -> String.format(Locale.ROOT, " (%.1f MB)", bytes / 1e6))
                .findFirst()
                .orElse("");
    }

    /** A tier is as far as its copy, the witness as far as it signed. */
    private static long reach(PartyStatus status, Party fallen) {
        return fallen.isTier()
                ? status.size()
                : status.counter("checkpoint.size").orElse(0);
    }

    static void pause() {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
