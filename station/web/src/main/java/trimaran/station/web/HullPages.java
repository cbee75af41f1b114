package trimaran.station.web;

import java.util.List;
import trimaran.kernel.Party;
import trimaran.station.StationState;

/** The three hulls: for everybody what goes and what waits, for the informed what this station knows of each. */
final class HullPages {

    /**
     * One hull.
     *
     * @param since when it came up or fell silent
     */
    record Hull(String name, String task, boolean up, boolean followed, String since, String sentence) {}

    /**
     * The page.
     *
     * @param works what a person can do now
     * @param waits what waits for a hull to come back
     * @param copies names of the hulls that answer, each of which keeps a copy of everything
     */
    record View(
            List<Hull> hulls,
            List<String> works,
            List<String> waits,
            String size,
            String age,
            boolean fresh,
            int kept,
            int held,
            String copies) {
        View {
            hulls = List.copyOf(hulls);
            works = List.copyOf(works);
            waits = List.copyOf(waits);
        }
    }

    private final Inside inside;

    HullPages(Inside inside) {
        this.inside = inside;
    }

    Reply show(Visit visit) {
        StationState state = inside.record().state();
        Frame frame = inside.frame(visit, visit.words().say("hulls.title"), "coques");
        View view = view(state, frame);
        return Inside.page(200, (out, tags) -> JtecoquesGenerated.render(out, tags, frame, view));
    }

    private static View view(StationState state, Frame frame) {
        Words words = frame.words();
        Clock clock = frame.clock();
        List<Hull> hulls = Party.TIERS.stream()
                .map(party -> hull(party, HullsLine.tier(state, party), frame))
                .toList();
        List<String> up = hulls.stream().filter(Hull::up).map(Hull::name).toList();
        String situation = situation(state);
        return new View(
                hulls,
                sentences(words, "works." + situation),
                sentences(words, "waits." + situation),
                words.number(state.size()),
                state.ageMillis() == Long.MAX_VALUE ? words.say("hulls.never") : clock.age(state.ageMillis()),
                state.fresh(),
                state.waiting(),
                state.held(),
                up.isEmpty() ? words.say("hulls.nocopy") : String.join(", ", up));
    }

    private static Hull hull(Party party, StationState.TierState tier, Frame frame) {
        Words words = frame.words();
        String word = party.word();
        return new Hull(
                HullsLine.name(party, words),
                words.say("task." + word),
                tier.up(),
                tier.followed(),
                frame.clock().since(tier.since().instant(), frame.now()),
                words.say(tier.up() ? "afloat." + word : "silent." + word));
    }

    /** {@code all}, the silent one, {@code two} or {@code alone}. */
    private static String situation(StationState state) {
        List<Party> down = Party.TIERS.stream()
                .filter(party -> !HullsLine.tier(state, party).up())
                .toList();
        return switch (down.size()) {
            case 0 -> "all";
            case 1 -> down.getFirst().word();
            case 2 -> "two";
            default -> "alone";
        };
    }

    /** One sentence each, between bars. */
    private static List<String> sentences(Words words, String key) {
        return List.of(words.say(key).split(" \\| ", -1));
    }
}
