package trimaran.drills;

import java.util.Arrays;
import java.util.Optional;
import trimaran.kernel.Party;

/**
 * One attack, and all that is said of it before it begins.
 *
 * @param name as the command line takes it
 * @param numbers of the drills it plays in the project's list of fifty, as text
 * @param holds what the attacker has in hand
 * @param expects what must come out
 * @param harm what it is expected to do: what is out of scope is drilled, too, so that nobody promises it; empty where nothing may
 *     happen
 * @param attack what is done
 */
record Drill(String name, String numbers, String holds, String expects, Optional<Harm> harm, Attack attack) {

    /** What an attacker does, and how the hospital is made whole again afterwards. */
    @FunctionalInterface
    interface Attack {

        /**
         * MUST say in {@link Scene#evidence} what shows that the attack took place, and leave all parties up and the copies equal
         * unless it says {@link Scene#spoilt}.
         */
        void carryOut(Scene scene) throws Exception;
    }

    /** One the hospital must withstand. */
    static Drill withstood(String name, String numbers, String holds, String expects, Attack attack) {
        return new Drill(name, numbers, holds, expects, Optional.empty(), attack);
    }

    /** One that is out of scope and does harm. */
    static Drill harmful(String name, String numbers, String holds, String expects, Harm harm, Attack attack) {
        return new Drill(name, numbers, holds, expects, Optional.of(harm), attack);
    }

    /** Whose fall it is, where the name ends with a party's as that of a family does; empty where people, stations or several fall. */
    Optional<Party> fallen() {
        return Arrays.stream(Party.values())
                .filter(party -> name.endsWith("-" + party.word()))
                .findFirst();
    }

    boolean isHarmful() {
        return harm.isPresent();
    }
}
