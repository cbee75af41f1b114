package trimaran.operations;

import java.util.StringJoiner;
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

    /** Returns once both have their blobs and their shares; {@code TIER_INCOMPLETE} if that does not come about. */
    void requireWhole(Party fallen) throws RefusedException {
        String lacking = lacking(fallen);
        for (int look = 1; look < LOOKS_MAX && !lacking.isEmpty(); look++) {
            progress.accept(lacking + "; waiting until it has them");
            pause.run();
            lacking = lacking(fallen);
        }
        if (!lacking.isEmpty()) {
            throw new RefusedException(
                    Code.TIER_INCOMPLETE,
                    lacking + ", which nobody can give back without " + fallen.word() + ". Start " + fallen.word()
                            + " and wait until status says that no tier lacks anything; only if its disk is gone for good, go"
                            + " on without them: --accept-loss");
        }
    }

    private String lacking(Party fallen) {
        StringJoiner all = new StringJoiner("; ");
        for (Party tier : Party.TIERS) {
            String lacks = tier == fallen ? "" : ask.apply(tier).lacking(0);
            if (!lacks.isEmpty()) {
                all.add(tier.word() + " lacks " + lacks);
            }
        }
        return all.toString();
    }
}
