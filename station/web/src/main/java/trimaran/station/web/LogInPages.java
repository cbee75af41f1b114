package trimaran.station.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trimaran.station.web.Turnstile.Passage;

/** In and out: the badge and its PIN, the lock, the end of a shift, language and light. */
final class LogInPages {

    /**
     * One badge that is offered.
     *
     * @param small what it may do, as far as it is known before it opens
     */
    record Person(String badge, String called, String small) {}

    /**
     * The log-in page.
     *
     * @param chosen the badge whose PIN is asked for; empty for any, typed
     * @param error what went wrong a moment ago; empty for nothing
     * @param back where to go then; empty for the wards
     * @param alone whether this station reaches nobody, and lets badges in by itself
     */
    record View(String chosen, String error, String back, boolean alone, List<Person> here, List<Person> offered) {
        View {
            here = List.copyOf(here);
            offered = List.copyOf(offered);
        }
    }

    private final Inside inside;

    LogInPages(Inside inside) {
        this.inside = inside;
    }

    Reply show(Visit visit) {
        String badge = visit.query().text("badge");
        return show(
                visit,
                200,
                Turnstile.isName(badge) ? badge : "",
                "",
                visit.query().text("vers"));
    }

    private Reply show(Visit visit, int status, String chosen, String error, String back) {
        Frame frame = inside.frame(visit, visit.words().say("login.title"), "");
        View view = new View(
                chosen, error, Inside.isPage(back) ? back : "", inside.isAlone(), here(visit), offered(visit.words()));
        return Inside.page(status, (out, tags) -> JteconnexionGenerated.render(out, tags, frame, view));
    }

    private List<Person> here(Visit visit) {
        List<Person> here = new ArrayList<>();
        for (Shifts.OnShift one : inside.shifts().at(Cookies.key(visit.browser()))) {
            String roles = visit.words().roles(one.roles());
            String left = inside.shifts()
                    .trail(one.badge())
                    .map(trail -> visit.words().say("login.left", clock(visit).hour(trail.left())))
                    .orElse("");
            here.add(new Person(
                    one.badge(), visit.words().badge(one.badge()), left.isEmpty() ? roles : roles + ", " + left));
        }
        return here;
    }

    private List<Person> offered(Words words) {
        return inside.badges().shown().stream()
                .map(name ->
                        new Person(name, words.badge(name), words.has("what." + name) ? words.say("what." + name) : ""))
                .toList();
    }

    private Clock clock(Visit visit) {
        return new Clock(inside.setting().zone(), visit.words());
    }

    Reply enter(Visit visit) {
        String badge = visit.form().text("badge").strip().toLowerCase(java.util.Locale.ROOT);
        String back = visit.form().text("vers");
        Passage passage =
                inside.turnstile().pass(badge, visit.form().text("pin").toCharArray(), Cookies.key(visit.browser()));
        return switch (passage) {
            case Passage.Refused(Turnstile.No why, trimaran.kernel.Code code) -> {
                String error = why == Turnstile.No.NOT_TAKEN
                        ? notTaken(visit.words(), code)
                        : visit.words().say("login." + why.name().toLowerCase(java.util.Locale.ROOT));
                yield show(visit, status(why), Turnstile.isName(badge) ? badge : "", error, back);
            }
            case Passage.In(Seat seat, String cookie) -> {
                visit.seat().ifPresent(inside.seats()::remove);
                inside.shifts().trail(badge).ifPresent(seat::resume);
                String home = seat.isCaring() && inside.isApart() ? CopyPages.PATH : seat.home();
                yield Reply.to(Inside.isPage(back) ? back : home)
                        .cookie(Cookies.set(Cookies.SEAT, cookie, visit.secure()));
            }
        };
    }

    /** A station that is alone says why this is no matter of a moment. */
    private String notTaken(Words words, trimaran.kernel.Code code) {
        String alone = "login.alone." + code.number();
        return words.has(alone) && inside.isAlone() ? words.say(alone) + " (" + code.tag() + ")" : words.refusal(code);
    }

    static int status(Turnstile.No why) {
        return switch (why) {
            case PIN_MISSING -> 422;
            case WRONG -> 403;
            case WAITS -> 429;
            case BUSY, NOT_TAKEN -> 503;
        };
    }

    /** Locks: the seat and all that was open for it are gone before the answer is. */
    Reply lock(Visit visit) {
        visit.seat().ifPresent(seat -> inside.lock(seat, visit.now()));
        return Reply.to("/connexion").cookie(Cookies.drop(Cookies.SEAT, visit.secure()));
    }

    /** The badge alone opens here no more. */
    Reply endShift(Visit visit) {
        inside.shifts().end(Cookies.key(visit.browser()), visit.form().text("badge"));
        return Reply.to("/connexion");
    }

    /** A language or a light somebody chose, and back to where they were. */
    Reply choose(Visit visit) {
        String back = visit.form().text("vers");
        Reply reply = Reply.to(Inside.isPage(back) ? back : "/");
        Optional<String> language = Optional.of(visit.form().text("langue")).filter(one -> one.matches("fr|en"));
        Optional<String> theme = Optional.of(visit.form().text("theme")).filter(one -> one.matches("jour|nuit|auto"));
        if (language.isPresent()) {
            reply = reply.cookie(Cookies.set(Cookies.LANGUAGE, language.get(), visit.secure()));
        }
        return theme.isPresent() ? reply.cookie(Cookies.set(Cookies.THEME, theme.get(), visit.secure())) : reply;
    }
}
