package trimaran.operations;

import java.util.List;
import java.util.StringJoiner;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import trimaran.kernel.Code;
import trimaran.kernel.Party;

/**
 * Looks at the two tiers a third is to be made from. What is not in both of them is lost with the third: a tier that was rebuilt
 * itself a moment ago first has to get its shares back.
 */
final class Survivors {

    /** Looks at survivors that lack something: what is written meanwhile is on its way and comes within seconds. */
    static final int LOOKS_MAX = 60;

    private final Function<Party, PartyStatus> ask;
    private final Consumer<String> progress;
    private final Runnable pause;

    /** @param pause waits between two looks */
    Survivors(Function<Party, PartyStatus> ask, Consumer<String> progress, Runnable pause) {
        this.ask = ask;
        this.progress = progress;
        this.pause = pause;
    }

    /**
     * Returns once both have all that was placed when they were first asked, with its blobs and its shares; {@code TIER_INCOMPLETE} if
     * that does not come about.
     */
    void requireWhole(Party fallen) throws RefusedException {
        String lacking =
                waited(Party.TIERS.stream().filter(tier -> tier != fallen).toList(), PartyStatus::lacking);
        if (!lacking.isEmpty()) {
            throw new RefusedException(
                    Code.TIER_INCOMPLETE,
                    lacking + ", which nobody can give back without " + fallen.word() + ". Start " + fallen.word()
                            + " and wait until status says that no tier lacks anything; only if its disk is gone for good, go"
                            + " on without them: --accept-loss");
        }
    }

    /**
     * Returns once all three have all that was placed when they were first asked, but for shares nobody has: one author's rubbish
     * would else keep a hospital from a refresh for good. {@code TIER_INCOMPLETE} otherwise.
     */
    void requireAllWhole() throws RefusedException {
        String lacking = waited(Party.TIERS, PartyStatus::lackingOfWhatThereIs);
        if (!lacking.isEmpty()) {
            throw new RefusedException(
                    Code.TIER_INCOMPLETE,
                    lacking
                            + ". Start what is down, rebuild what is lost, and wait until status says that no tier lacks anything");
        }
    }

    /** What some tiers still lack after they were given the time to mend it. */
    private String waited(List<Party> tiers, BiFunction<PartyStatus, Long, String> of) {
        List<PartyStatus> all = tiers.stream().map(ask).toList();
        long goal = all.stream().mapToLong(PartyStatus::size).max().orElse(0);
        for (int look = 1; look < LOOKS_MAX && !lacking(all, goal, of).isEmpty(); look++) {
            progress.accept(lacking(all, goal, of) + "; waiting until that is mended");
            pause.run();
            all = tiers.stream().map(ask).toList();
        }
        return lacking(all, goal, of);
    }

    /** Whoever does not answer may lack anything. */
    private static String lacking(List<PartyStatus> survivors, long goal, BiFunction<PartyStatus, Long, String> of) {
        StringJoiner all = new StringJoiner("; ");
        for (PartyStatus one : survivors) {
            String lacks = one.isUp() ? of.apply(one, goal) : "an answer";
            if (!lacks.isEmpty()) {
                all.add(one.party().word() + " lacks " + lacks);
            }
        }
        return all.toString();
    }
}
