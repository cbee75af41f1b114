package trimaran.station.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import trimaran.kernel.Code;
import trimaran.kernel.Party;
import trimaran.kernel.WallTime;
import trimaran.record.Statement;
import trimaran.station.BuddyState;
import trimaran.station.StationState;
import trimaran.station.WardCopyState;

/** The three hulls: for everybody what goes and what waits, for the informed what this station knows of each. */
final class HullPages {

    /**
     * One hull.
     *
     * @param since when it came up, fell silent, was cut or fell ill
     * @param badge its state in a word or two
     * @param sentence what it does or what its state means, with the reason of a cut
     */
    record Hull(String name, String task, State state, String badge, boolean followed, String since, String sentence) {}

    /** How a hull shows. */
    enum State {
        AFLOAT("hull.afloat", "b-ok", "donne", "", "coque"),
        LATE("hull.LATE", "b-late", "retard", "hull-bad", "coque"),
        LIES("hull.LIES", "b-danger", "revoir", "hull-bad", "coque"),
        SILENT("hull.silent", "b-late", "non-donne", "hull-bad", "coque-percee"),
        CUT("hull.cut", "b-danger", "couper", "hull-cut", "coque-percee");

        private final String key;
        private final String look;
        private final String icon;
        private final String panel;
        private final String drawing;

        State(String key, String look, String icon, String panel, String drawing) {
            this.key = key;
            this.look = look;
            this.icon = icon;
            this.panel = panel;
            this.drawing = drawing;
        }

        /** The class of its badge. */
        String look() {
            return look;
        }

        String icon() {
            return icon;
        }

        /** The class of its panel. */
        String panel() {
            return panel;
        }

        /** The drawing of a whole or a holed hull. */
        String drawing() {
            return drawing;
        }

        /** Whether it answers and takes part, well or ill. */
        boolean answers() {
            return this == AFLOAT || this == LATE || this == LIES;
        }

        private static State of(StationState.TierState tier, boolean cut) {
            if (cut) {
                return CUT;
            }
            if (!tier.up()) {
                return SILENT;
            }
            return tier.ailment()
                    .map(ailment -> switch (ailment.kind()) {
                        case LATE -> LATE;
                        case LIES -> LIES;
                    })
                    .orElse(AFLOAT);
        }
    }

    /**
     * The sealed ward copies of this station: what is left to read when no hull answers.
     *
     * @param summary how many there are and how old the oldest is
     * @param good whether every ward's is there, whole, and young enough
     * @param wards those it is not so of, a sentence each
     */
    record Copies(String summary, boolean good, List<String> wards) {
        Copies {
            wards = List.copyOf(wards);
        }
    }

    /**
     * The page.
     *
     * @param works what a person can do now
     * @param waits what waits for a hull to come back
     * @param copies names of the hulls that answer, each of which keeps a copy of everything
     * @param sealed the ward copies; empty at a station that keeps none
     * @param buddies how it stands with other stations, a sentence each
     * @param cuts what officers have cut, the oldest first
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
            String copies,
            Optional<Copies> sealed,
            List<String> buddies,
            List<CutPages.Line> cuts,
            int refused) {
        View {
            buddies = List.copyOf(buddies);
            cuts = List.copyOf(cuts);
            hulls = List.copyOf(hulls);
            works = List.copyOf(works);
            waits = List.copyOf(waits);
        }
    }

    private final Inside inside;
    private final CutPages cutPages;

    HullPages(Inside inside, CutPages cutPages) {
        this.inside = inside;
        this.cutPages = cutPages;
    }

    Reply show(Visit visit) {
        StationState state = inside.record().state();
        Frame frame = inside.frame(visit, visit.words().say("hulls.title"), "coques");
        View view = view(state, frame);
        return Inside.page(200, (out, tags) -> JtecoquesGenerated.render(out, tags, frame, view));
    }

    private View view(StationState state, Frame frame) {
        Words words = frame.words();
        Clock clock = frame.clock();
        List<Hull> hulls = Party.TIERS.stream()
                .map(party -> hull(party, HullsLine.tier(state, party), state.cutOf(party), frame))
                .toList();
        List<String> up = hulls.stream()
                .filter(hull -> hull.state().answers())
                .map(Hull::name)
                .toList();
        String situation = situation(state);
        return new View(
                hulls,
                sentences(words, "works." + situation),
                sentences(words, "waits." + situation),
                words.number(state.size()),
                state.ageMillis() == Long.MAX_VALUE ? words.say("hulls.never") : clock.age(state.ageMillis()),
                state.fresh(),
                state.kept(),
                state.held(),
                up.isEmpty() ? words.say("hulls.nocopy") : String.join(", ", up),
                copies(inside.setting().copies().get(), inside.setting().now().get(), frame),
                buddies(inside.setting().buddies().get(), words),
                cutPages.lines(state, frame),
                state.refused());
    }

    private static List<String> buddies(BuddyState state, Words words) {
        List<String> sentences = new ArrayList<>();
        state.buddy().ifPresent(buddy -> {
            if (!buddy.reached()) {
                sentences.add(words.say("buddy.away", buddy.name()));
            } else if (buddy.waiting() == 0) {
                sentences.add(words.say("buddy.idle", buddy.name()));
            } else {
                sentences.add(words.count("buddy.kept", buddy.kept(), buddy.name(), buddy.waiting()));
            }
            buddy.why()
                    .ifPresent(why -> sentences.add(words.say("buddy.refuses." + refuses(why.code()), buddy.name())));
        });
        state.ward().ifPresent(ward -> {
            sentences.add(words.count("buddy.ward", ward.entries(), ward.name()));
            int rule = ward.stays().getOrDefault(Code.RULE, 0);
            stay("rule", rule, words).ifPresent(sentences::add);
            stay("other", ward.stay() - rule, words).ifPresent(sentences::add);
        });
        return sentences;
    }

    private static Optional<String> stay(String why, int entries, Words words) {
        return entries == 0 ? Optional.empty() : Optional.of(words.count("buddy.stay." + why, entries));
    }

    /** What is kept at its own station is not lost: the sentences of a form that was refused would say so. */
    private static String refuses(Code code) {
        return switch (code) {
            case BUSY, DISK_FULL -> "busy";
            case TOO_LARGE -> "large";
            case NOT_ALLOWED, WRONG_ORIGIN, CUT -> "wrong";
            default -> "other";
        };
    }

    private static Optional<Copies> copies(WardCopyState state, WallTime now, Frame frame) {
        if (state.wards().isEmpty() && state.why().isEmpty()) {
            return Optional.empty();
        }
        Words words = frame.words();
        List<String> lacking = new ArrayList<>();
        state.why().ifPresent(why -> lacking.add(words.say("sealed.none", words.refusal(why.code()))));
        state.wards().forEach(ward -> lacking(ward, now, frame).ifPresent(lacking::add));
        String summary = state.wards().stream()
                .flatMap(ward -> ward.made().stream())
                .min(Comparator.naturalOrder())
                .map(oldest -> words.say(
                        "sealed.summary",
                        state.wards().stream()
                                .filter(ward -> ward.made().isPresent())
                                .count(),
                        frame.clock().age(Math.max(0, now.millis() - oldest.millis()))))
                .orElse(words.say("sealed.yet"));
        return Optional.of(new Copies(summary, lacking.isEmpty(), lacking));
    }

    /** What is wrong with one ward's copy, if anything is. */
    private static Optional<String> lacking(WardCopyState.Ward ward, WallTime now, Frame frame) {
        Words words = frame.words();
        String name = ward.name().isEmpty() ? ward.id().toString() : ward.name();
        String why = ward.why().map(one -> " " + words.refusal(one.code())).orElse("");
        if (ward.made().isEmpty()) {
            return Optional.of(words.say("sealed.never", name) + why);
        }
        if (ward.isOld(now)) {
            return Optional.of(words.say(
                            "sealed.old",
                            name,
                            frame.clock().since(ward.made().get().instant(), frame.now()))
                    + why);
        }
        return ward.unopened() == 0
                ? Optional.empty()
                : Optional.of(words.say("sealed.unopened", name, ward.unopened()));
    }

    private static Hull hull(Party party, StationState.TierState tier, Optional<StationState.Cut> cut, Frame frame) {
        Words words = frame.words();
        String word = party.word();
        State state = State.of(tier, cut.isPresent());
        Optional<StationState.Ailment> ailment = state.answers() ? tier.ailment() : Optional.empty();
        String sentence = ailment.map(one -> HullsLine.ailing(party, one, frame.clock(), frame.now()))
                .orElseGet(() -> words.say((state.answers() ? "afloat." : "silent.") + word));
        Instant since = cut.map(one -> Instant.ofEpochMilli(one.since().millis()))
                .orElseGet(() -> ailment.map(StationState.Ailment::since)
                        .orElse(tier.since())
                        .instant());
        return new Hull(
                HullsLine.name(party, words),
                words.say("task." + word),
                state,
                words.say(state.key),
                tier.followed() && cut.isEmpty(),
                frame.clock().since(since, frame.now()),
                cut.map(StationState.Cut::why)
                        .filter(why -> !why.isEmpty())
                        .map(why -> words.say("cut.why", why) + " " + sentence)
                        .orElse(sentence));
    }

    /**
     * {@code all}, {@code ill} if one of them is, the silent one, {@code two} or {@code alone}. What rules must see waits for application
     * alone, and for what is cut of it: of these it is another {@code ill} or a {@code cut}. Where this station is cut no badge opens, and
     * where everything is, no record stays open: {@code cut} each, and not {@code alone}.
     */
    private static String situation(StationState state) {
        if (state.cutHere().isPresent()) {
            return "cut.here";
        }
        if (state.cutOfAll().isPresent()) {
            return "cut.all";
        }
        List<Party> down = Party.TIERS.stream()
                .filter(party -> !HullsLine.tier(state, party).up())
                .toList();
        return switch (down.size()) {
            case 0 -> besideNone(state);
            case 1 -> down.getFirst().word();
            case 2 -> "two";
            default -> "alone";
        };
    }

    private static String besideNone(StationState state) {
        if (HullsLine.tier(state, Party.APPLICATION).ailment().isPresent()) {
            return "ill.application";
        }
        boolean cut = state.cuts().stream().anyMatch(one -> one.target().target() == Statement.Target.APPLICATION);
        if (cut) {
            return "cut.application";
        }
        return HullsLine.ill(state).isPresent() ? "ill" : "all";
    }

    /** One sentence each, between bars. */
    private static List<String> sentences(Words words, String key) {
        return List.of(words.say(key).split(" \\| ", -1));
    }
}
