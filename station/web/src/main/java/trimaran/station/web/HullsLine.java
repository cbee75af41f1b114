package trimaran.station.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import trimaran.kernel.Party;
import trimaran.record.Statement;
import trimaran.station.StationState;

/**
 * The state of the hulls in one line, for every page's header, and what a page says more when one is holed.
 *
 * @param icon of {@code icones.svg}
 * @param words {@code Trois coques sur trois}
 * @param strip what happened, since when, what to do; empty if nothing did
 * @param kept writings that lie here and are not shared yet
 * @param refused writings that were promised here and are not in the record
 * @param toReview entries without application's approval that nobody has reviewed, of who is open here
 * @param sent whether other systems sent something nobody reviewed
 * @param cut whether it was done on purpose
 */
record HullsLine(
        String icon,
        String words,
        boolean bad,
        String strip,
        String advice,
        int kept,
        int refused,
        int toReview,
        boolean sent,
        boolean cut) {

    static HullsLine of(StationState state, Clock clock, Instant now) {
        Words words = clock.words();
        List<Party> down =
                Party.TIERS.stream().filter(party -> !isUp(state, party)).toList();
        List<StationState.Cut> applications = state.cuts().stream()
                .filter(cut -> cut.target().target() == Statement.Target.APPLICATION)
                .toList();
        boolean tiers =
                Party.TIERS.stream().anyMatch(party -> state.cutOf(party).isPresent());
        Optional<StationState.Cut> alone = state.cutHere().or(state::cutOfAll);
        if (alone.isPresent()) {
            return shut(state, alone.get(), clock, now);
        }
        String line = words.say("hulls." + (Party.TIERS.size() - down.size()));
        String icon = switch (down.size()) {
            case 0 -> "coques";
            case 1 -> icon(down.getFirst());
            default -> "coques-inconnu";
        };
        if (tiers || !applications.isEmpty()) {
            return line(
                    state,
                    icon,
                    line,
                    !down.isEmpty(),
                    cutParts(state, down, applications, clock, now),
                    down.isEmpty() ? words.say("advice.cut.application") : advice(down, words),
                    true);
        }
        if (!state.ready() && down.isEmpty()) {
            return line(state, icon, line, true, words.say("strip.starting"), words.say("advice.starting"), false);
        }
        Optional<Party> ill = down.isEmpty() ? ill(state) : Optional.empty();
        String ailing = ill.flatMap(
                        party -> tier(state, party).ailment().map(ailment -> ailing(party, ailment, clock, now)))
                .orElse("");
        return line(
                state,
                icon,
                line,
                !down.isEmpty() || ill.isPresent(),
                ailing.isEmpty() ? strip(state, down, clock, now) : ailing,
                ill.map(party -> words.say(party == Party.APPLICATION ? "advice.ill.application" : "advice.ill"))
                        .orElseGet(() -> advice(down, words)),
                false);
    }

    private static HullsLine line(
            StationState state, String icon, String line, boolean isIll, String strip, String advice, boolean cut) {
        boolean sent = !state.unreviewed().services().isEmpty();
        return new HullsLine(
                icon, line, isIll, strip, advice, state.kept(), state.refused(), state.toReview(), sent, cut);
    }

    /** This station is cut, which leaves it less, or everything is. */
    private static HullsLine shut(StationState state, StationState.Cut cut, Clock clock, Instant now) {
        Words words = clock.words();
        boolean all = state.cutHere().isEmpty();
        return line(
                state,
                "coques-inconnu",
                words.say(all ? "hulls.cut.all" : "hulls.cut.here"),
                true,
                cut(all ? "strip.cut.all" : "strip.cut.here", cut, clock, now),
                words.say(all ? "advice.cut.all" : "advice.cut.here"),
                true);
    }

    /** Of each hull and application that is cut since when and why, and of a hull that fell besides since when. */
    private static String cutParts(
            StationState state, List<Party> down, List<StationState.Cut> applications, Clock clock, Instant now) {
        Words words = clock.words();
        List<String> sentences = new ArrayList<>();
        for (Party party : Party.TIERS) {
            Optional<StationState.Cut> cut = state.cutOf(party);
            if (cut.isPresent()) {
                sentences.add(cut("strip.cut.one", cut.get(), clock, now, name(party, words)));
            } else if (down.contains(party)) {
                Instant since = tier(state, party).since().instant();
                sentences.add(words.say("strip.also", name(party, words), clock.since(since, now)));
            } else {
                tier(state, party).ailment().ifPresent(ailment -> sentences.add(ailing(party, ailment, clock, now)));
            }
        }
        for (StationState.Cut cut : applications) {
            sentences.add(cut("strip.cut.application", cut, clock, now, CutPages.said(cut.target(), words)));
        }
        return String.join(" ", sentences);
    }

    /** What is cut on purpose since when, and why if that was said. */
    static String cut(String key, StationState.Cut cut, Clock clock, Instant now, String... about) {
        Words words = clock.words();
        String since = clock.since(Instant.ofEpochMilli(cut.since().millis()), now);
        String sentence = about.length == 0 ? words.say(key, since) : words.say(key, about[0], since);
        return cut.why().isEmpty() ? sentence : sentence + " " + words.say("cut.why", cut.why());
    }

    /** The hull that answers and is ill; of several the one that is worse. */
    static Optional<Party> ill(StationState state) {
        return Party.TIERS.stream()
                .filter(party -> tier(state, party).ailment().isPresent())
                .max(Comparator.comparing(
                        party -> tier(state, party).ailment().orElseThrow().kind()));
    }

    /** What is wrong with a hull that answers, and since when. */
    static String ailing(Party party, StationState.Ailment ailment, Clock clock, Instant now) {
        String key = switch (ailment.kind()) {
            case LATE -> "strip.late";
            case LIES -> "strip.lies";
        };
        return clock.words()
                .say(
                        key,
                        name(party, clock.words()),
                        clock.since(ailment.since().instant(), now));
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
            case 2 ->
                words.say(
                        "strip.two",
                        name(down.get(0), words),
                        name(down.get(1), words),
                        since(state, down, clock, now));
            default -> words.say("strip.alone", since(state, down, clock, now));
        };
    }

    /** Since when all of these are silent: since the last of them fell. */
    private static String since(StationState state, List<Party> down, Clock clock, Instant now) {
        Instant last = down.stream()
                .map(party -> tier(state, party).since().instant())
                .max(Comparator.naturalOrder())
                .orElse(now);
        return clock.since(last, now);
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
