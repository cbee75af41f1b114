package trimaran.station.web;

import java.time.Instant;
import java.util.List;
import trimaran.kernel.Party;
import trimaran.station.StationState;

/**
 * The state of the hulls in one line, for every page's header, and what a page says more when one is holed.
 *
 * @param icon of {@code icones.svg}
 * @param words {@code Trois coques sur trois}
 * @param strip what happened, since when, what to do; empty if nothing did
 * @param kept writings that lie here and are not shared yet
 */
record HullsLine(String icon, String words, boolean bad, String strip, String advice, int kept) {

    static HullsLine of(StationState state, Clock clock, Instant now) {
        Words words = clock.words();
        List<Party> down =
                Party.TIERS.stream().filter(party -> !isUp(state, party)).toList();
        int up = Party.TIERS.size() - down.size();
        String line = words.say("hulls." + up);
        String icon = switch (down.size()) {
            case 0 -> "coques";
            case 1 -> icon(down.getFirst());
            default -> "coques-inconnu";
        };
        if (!state.ready() && down.isEmpty()) {
            return new HullsLine(
                    icon, line, true, words.say("strip.starting"), words.say("advice.starting"), state.waiting());
        }
        return new HullsLine(
                icon, line, !down.isEmpty(), strip(state, down, clock, now), advice(down, words), state.waiting());
    }

    private static boolean isUp(StationState state, Party party) {
        return state.tiers().containsKey(party) && tier(state, party).up();
    }

    static StationState.TierState tier(StationState state, Party party) {
        StationState.TierState tier = state.tiers().get(party);
        if (tier == null) {
            throw new IllegalStateException("the station says nothing of " + party);
        }
        return tier;
    }

    static String icon(Party party) {
        return switch (party) {
            case ACCESS -> "coques-acces";
            case APPLICATION -> "coques-application";
            case DATA -> "coques-donnees";
            case WITNESS -> "coques-inconnu";
        };
    }

    static String name(Party party, Words words) {
        return words.say("party." + party.word());
    }

    private static String strip(StationState state, List<Party> down, Clock clock, Instant now) {
        Words words = clock.words();
        return switch (down.size()) {
            case 0 -> "";
            case 1 ->
                words.say(
                        "strip.one",
                        name(down.getFirst(), words),
                        clock.since(tier(state, down.getFirst()).since().instant(), now));
            case 2 -> words.say("strip.two", name(down.get(0), words), name(down.get(1), words));
            default -> words.say("strip.alone");
        };
    }

    private static String advice(List<Party> down, Words words) {
        return switch (down.size()) {
            case 0 -> "";
            case 1 -> words.say("advice." + down.getFirst().word());
            case 2 -> words.say("advice.two");
            default -> words.say("advice.alone");
        };
    }
}
