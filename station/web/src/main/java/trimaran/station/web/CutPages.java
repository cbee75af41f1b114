package trimaran.station.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import trimaran.cut.Announcing;
import trimaran.cut.CutCard;
import trimaran.cut.CutNames;
import trimaran.cut.CutTarget;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.record.Signer;
import trimaran.record.Statement;
import trimaran.station.StationState;

/**
 * Cutting from a station: an officer says what and why, reads what stops and what goes on, types the PIN, and is told who has heard
 * of it. The card of what is cut is anybody's to print.
 */
final class CutPages {

    /** Where what was chosen is shown before anything is done. */
    static final String CHOOSE = "/coques/couper";

    /** Where the PIN goes. */
    static final String CUT = "/coques/coupure";

    /** As much of an officer's key as stands for one who has no name here. */
    private static final int KEY_CHARACTERS = 8;

    /**
     * Something that is cut.
     *
     * @param said what it is, since when and why
     * @param words of its card
     */
    record Line(String said, String words) {
        String href() {
            return "/coques/carte?quoi=" + URLEncoder.encode(words, StandardCharsets.UTF_8);
        }
    }

    /**
     * Something an officer may cut.
     *
     * @param words as the form sends them
     * @param no why it cannot be chosen; empty if it can
     */
    record Choice(String words, String said, String no) {}

    /** What belongs together among the choices. */
    record Group(String title, List<Choice> choices) {
        Group {
            choices = List.copyOf(choices);
        }
    }

    /**
     * What, and why.
     *
     * @param error what was wrong a moment ago; empty for nothing
     */
    record Choosing(List<Group> groups, String chosen, String why, String error) {
        Choosing {
            groups = List.copyOf(groups);
        }
    }

    /** What stops and what goes on, before the PIN. */
    record Confirming(String words, String said, String why, List<CutCard.Part> effects, String badge, String error) {
        Confirming {
            effects = List.copyOf(effects);
        }
    }

    /** One who heard of it, or did not. */
    record Heard(String name, boolean took, String said) {}

    /** What became of it. */
    record Done(String said, String when, List<Heard> heard, String href) {
        Done {
            heard = List.copyOf(heard);
        }
    }

    private final Inside inside;

    CutPages(Inside inside) {
        this.inside = inside;
    }

    // ---- what is cut

    /** All that is cut, each with the way to its card. */
    List<Line> lines(StationState state, Frame frame) {
        return state.cuts().stream()
                .map(cut -> {
                    CutTarget target = named(cut.target());
                    String said = said(target, frame.words());
                    return new Line(
                            HullsLine.cut("cut.line", cut, frame.clock(), frame.now(), begun(said)),
                            String.join(" ", target.words()));
                })
                .toList();
    }

    /** The record knows connected systems by their badges; this station knows the names of its own. */
    private CutTarget named(CutTarget target) {
        if (target.target() != Statement.Target.CLIENT) {
            return target;
        }
        return inside.setting().clients().get().entrySet().stream()
                .filter(one -> one.getValue().equals(target.subject()))
                .findFirst()
                .map(one -> new CutTarget(target.target(), target.subject(), one.getKey()))
                .orElse(target);
    }

    static String said(CutTarget target, Words words) {
        return switch (target.target()) {
            case ALL -> words.say("cut.what.all");
            case TIER -> words.say("cut.what.tier", words.say("party." + target.name()));
            case STATION -> words.say("cut.what.station", target.name());
            case APPLICATION ->
                words.say(
                        "cut.what.application",
                        words.has("cut.app." + target.name()) ? words.say("cut.app." + target.name()) : target.name());
            case CLIENT -> words.say("cut.what.client", target.name());
        };
    }

    /** As a sentence begins with it. */
    private static String begun(String said) {
        return said.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + said.substring(1);
    }

    /** As they are now: the badges of connected systems are opened once for all that is looked up. */
    private CutNames names() {
        Map<String, Digest> stations = inside.record().stations();
        Map<String, Digest> clients = inside.setting().clients().get();
        return new CutNames() {
            @Override
            public Outcome<Map<String, Digest>> stations() {
                return Outcome.done(stations);
            }

            @Override
            public Outcome<Map<String, Digest>> clients() {
                return Outcome.done(clients);
            }
        };
    }

    // ---- pages

    Reply shown(Visit visit, List<String> steps) {
        if (steps.size() != 2) {
            return inside.problem(visit, Code.NOT_FOUND);
        }
        return switch (steps.get(1)) {
            case "carte" -> card(visit);
            // Whoever comes back from a log-in to where a form went begins again.
            case "couper", "coupure" ->
                visit.seat()
                        .map(seat -> seat.isOfficer()
                                ? choosing(visit, 200, "", "", "")
                                : inside.problem(visit, Code.ROLE_MISSING))
                        .orElseGet(() -> Inside.toLogIn(visit));
            default -> inside.problem(visit, Code.NOT_FOUND);
        };
    }

    /** The card of something that is cut, as it stands. */
    private Reply card(Visit visit) {
        String words = visit.query().text("quoi");
        for (StationState.Cut cut : inside.record().state().cuts()) {
            CutTarget target = named(cut.target());
            if (String.join(" ", target.words()).equals(words)) {
                Frame frame = inside.frame(visit, visit.words().say("cut.card"), "coques");
                CutCard card = card(target, cut.since(), cut.why(), officers(cut.officers(), visit), visit);
                return Inside.page(200, (out, tags) -> JtecoupurecarteGenerated.render(out, tags, frame, card));
            }
        }
        return inside.problem(visit, Code.NOT_FOUND);
    }

    private CutCard card(CutTarget target, RecordTime since, String why, List<String> officers, Visit visit) {
        WebSetting setting = inside.setting();
        return new CutCard(
                target,
                since,
                why,
                officers,
                setting.calls().get(),
                setting.zone(),
                visit.words().locale());
    }

    /** A badge's name is half of a log-in, so that nobody is told it who has not logged in. */
    private List<String> officers(List<Digest> keys, Visit visit) {
        Words words = visit.words();
        return keys.stream()
                .map(key -> inside.turnstile()
                        .name(key)
                        .filter(name -> visit.seat().isPresent())
                        .map(words::badge)
                        .orElseGet(() -> words.say("cut.officer", key.hex().substring(0, KEY_CHARACTERS))))
                .toList();
    }

    private Reply choosing(Visit visit, int status, String chosen, String why, String error) {
        Frame frame = inside.frame(visit, visit.words().say("cut.title"), "coques");
        Choosing view = new Choosing(groups(visit), chosen, why, error);
        return Inside.page(status, (out, tags) -> JtecouperGenerated.render(out, tags, frame, view));
    }

    private List<Group> groups(Visit visit) {
        Words words = visit.words();
        StationState state = inside.record().state();
        CutNames names = names();
        List<CutTarget> stations = targets("station", inside.record().stations().keySet(), names);
        List<CutTarget> clients =
                targets("client", inside.setting().clients().get().keySet(), names);
        List<Group> groups = new ArrayList<>();
        groups.add(group(
                "cut.group.hulls", Party.TIERS.stream().map(CutTarget::tier).toList(), state, words));
        groups.add(group("cut.group.stations", stations, state, words));
        groups.add(group(
                "cut.group.applications",
                CutTarget.sorted().stream().map(CutTarget::application).toList(),
                state,
                words));
        groups.add(group("cut.group.clients", clients, state, words));
        groups.add(group("cut.group.all", List.of(CutTarget.everything()), state, words));
        return groups.stream().filter(group -> !group.choices().isEmpty()).toList();
    }

    private static List<CutTarget> targets(String kind, Set<String> known, CutNames names) {
        List<CutTarget> targets = new ArrayList<>();
        for (String name : new TreeSet<>(known)) {
            CutTarget.of(List.of(kind, name), names).map(targets::add);
        }
        return targets;
    }

    private static Group group(String title, List<CutTarget> targets, StationState state, Words words) {
        return new Group(
                words.say(title),
                targets.stream()
                        .map(target -> new Choice(
                                String.join(" ", target.words()), begun(said(target, words)), no(target, state, words)))
                        .toList());
    }

    /** Why this cannot be cut from here now; empty if it can. */
    private static String no(CutTarget target, StationState state, Words words) {
        if (isCut(target, state)) {
            return words.say("cut.already");
        }
        boolean second = target.target() == Statement.Target.TIER
                && state.cuts().stream().anyMatch(cut -> cut.target().target() == Statement.Target.TIER);
        return second ? words.say("cut.second") : "";
    }

    private static boolean isCut(CutTarget target, StationState state) {
        return state.cuts().stream()
                .map(StationState.Cut::target)
                .anyMatch(one -> one.target() == target.target()
                        && (one.target() == Statement.Target.ALL
                                || one.subject().equals(target.subject())));
    }

    // ---- forms

    /** A form of an officer: of anybody else it is refused before anything of it is read. */
    Reply taken(Visit visit) {
        Optional<Seat> seat = visit.seat();
        if (seat.isEmpty()) {
            return Inside.toLogIn(visit);
        }
        if (!seat.get().isOfficer()) {
            return inside.problem(visit, Code.ROLE_MISSING);
        }
        seat.get().touch(inside.setting().nanos().getAsLong());
        Words words = visit.words();
        String chosen = visit.form().text("quoi");
        String why = visit.form().text("pourquoi").strip();
        Outcome<CutTarget> asked = CutTarget.of(List.of(chosen.split(" ", 2)), names());
        if (!(asked instanceof Outcome.Done<CutTarget>(CutTarget target))) {
            String error = words.say(chosen.isEmpty() ? "cut.missing" : "cut.unknown", chosen);
            return choosing(visit, 422, "", why, error);
        }
        if (!Statement.Cut.isWhy(why)) {
            return choosing(visit, 422, chosen, why, words.say("cut.why.long"));
        }
        String no = no(target, inside.record().state(), words);
        if (!no.isEmpty()) {
            return choosing(visit, Code.DUPLICATE.httpStatus(), "", why, words.say("said.of", said(target, words), no));
        }
        return visit.path().equals(CUT)
                ? cut(visit, seat.get(), target, why)
                : confirming(visit, seat.get(), 200, target, why, "");
    }

    private Reply confirming(Visit visit, Seat seat, int status, CutTarget target, String why, String error) {
        Words words = visit.words();
        Frame frame = inside.frame(visit, words.say("cut.title"), "coques");
        Confirming view = new Confirming(
                String.join(" ", target.words()),
                said(target, words),
                why,
                card(target, RecordTime.ZERO, why, List.of(), visit).effects(),
                words.badge(seat.badge()),
                error);
        return Inside.page(status, (out, tags) -> JtecoupureGenerated.render(out, tags, frame, view));
    }

    private Reply cut(Visit visit, Seat seat, CutTarget target, String why) {
        Words words = visit.words();
        Turnstile.Gesture gesture = inside.turnstile()
                .gesture(seat.badge(), visit.form().text("pin").toCharArray());
        return switch (gesture) {
            case Turnstile.Gesture.Refused(Turnstile.No reason, Code code) -> {
                String error = reason == Turnstile.No.NOT_TAKEN
                        ? words.refusal(code)
                        : words.say("login." + reason.name().toLowerCase(java.util.Locale.ROOT));
                yield confirming(visit, seat, LogInPages.status(reason), target, why, error);
            }
            case Turnstile.Gesture.Made(Signer officer) -> {
                Outcome<Announcing.Announced> outcome = inside.record().cut(target, why, officer);
                yield switch (outcome) {
                    case Outcome.Refused<Announcing.Announced>(Refusal refusal) ->
                        refused(visit, seat, target, why, refusal);
                    case Outcome.Done<Announcing.Announced>(Announcing.Announced announced) ->
                        announced
                                .refusal()
                                .map(no -> refused(visit, seat, target, why, no))
                                .orElseGet(() -> done(visit, target, announced));
                };
            }
        };
    }

    private Reply refused(Visit visit, Seat seat, CutTarget target, String why, Refusal refusal) {
        Words words = visit.words();
        String key = switch (refusal.code()) {
            case UNAVAILABLE -> "cut.nobody";
            case OFFICERS_MISSING -> "cut.second";
            case DUPLICATE -> "cut.already";
            case NOT_ALLOWED -> "cut.officers";
            case BAD_VALUE -> "cut.clock";
            default -> "";
        };
        String error = key.isEmpty()
                ? words.refusal(refusal.code())
                : words.say(key) + " (" + refusal.code().tag() + ")";
        return confirming(visit, seat, refusal.code().httpStatus(), target, why, error);
    }

    /** Who acts by it already, and who will hear of it from another. */
    private Reply done(Visit visit, CutTarget target, Announcing.Announced announced) {
        Words words = visit.words();
        List<Heard> heard = new ArrayList<>();
        for (Party party : Party.TIERS) {
            Announcing.Told told = announced.told().get(party);
            boolean took = told != null && told.answer().isDone();
            String name = words.say("cut.what.tier", words.say("party." + party.word()));
            if (target.isTier(party)) {
                heard.add(new Heard(name, true, words.say("cut.heard.itself")));
            } else if (told != null && took) {
                heard.add(new Heard(name, true, words.say("cut.heard", told.millis())));
            } else {
                heard.add(new Heard(name, false, words.say("cut.unheard")));
            }
        }
        heard.add(new Heard(words.say("cut.heard.here"), true, words.say("cut.heard.now")));
        heard.add(new Heard(words.say("cut.heard.others"), true, words.say("cut.heard.soon")));
        Frame frame = inside.frame(visit, words.say("cut.done"), "coques");
        Instant when = Instant.ofEpochMilli(
                ((Statement.Cut) announced.signed().statement()).time().millis());
        Done view = new Done(
                said(target, words),
                frame.clock().second(when),
                heard,
                new Line("", String.join(" ", target.words())).href());
        return Inside.page(200, (out, tags) -> JtecoupefaiteGenerated.render(out, tags, frame, view));
    }
}
