package trimaran.station.web;

import java.time.Instant;
import java.util.Optional;

/**
 * What stands around every page: who is logged in, the hulls, the time, the way back.
 *
 * @param title of the page, for the browser's list of windows
 * @param here which of the main places this is: {@code services}, {@code coques}, or empty
 * @param formToken what every form of this page carries
 * @param stamp of the {@link Assets}
 * @param live whether the page asks by itself whether something changed
 * @param bedside whether it is used standing, with a finger
 */
record Frame(
        WebSetting setting,
        Visit visit,
        String title,
        String here,
        String formToken,
        String stamp,
        HullsLine hulls,
        boolean live,
        boolean bedside) {

    /** The same page, which asks by itself whether something changed. */
    Frame asLive() {
        return new Frame(setting, visit, title, here, formToken, stamp, hulls, true, bedside);
    }

    /** The same page, used standing. */
    Frame asBedside() {
        return new Frame(setting, visit, title, here, formToken, stamp, hulls, live, true);
    }

    Words words() {
        return visit.words();
    }

    String say(String key, Object... about) {
        return words().say(key, about);
    }

    Clock clock() {
        return new Clock(setting.zone(), words());
    }

    Instant now() {
        return visit.now();
    }

    /** The address of a file pages are dressed with. */
    String file(String name) {
        return Assets.PREFIX + stamp + "/" + name;
    }

    String icon(String name) {
        return file("icones.svg") + "#" + name;
    }

    Optional<Seat> seat() {
        return visit.seat();
    }

    /** Whether whoever is logged in cares for patients. */
    boolean isCaring() {
        return seat().filter(Seat::isCaring).isPresent();
    }

    /** Whether whoever is logged in may cut. */
    boolean isOfficer() {
        return seat().filter(Seat::isOfficer).isPresent();
    }

    String badge() {
        return seat().map(Seat::badge).map(words()::badge).orElse("");
    }

    String roles() {
        return seat().map(Seat::care).map(Care::roles).map(words()::roles).orElse("");
    }

    /**
     * What is said of what was written a moment ago of this patient, as far as it has got by now; on a form that
     * is still to be saved, nothing.
     */
    Optional<Said> said(PatientPages.Dossier record) {
        return seat().flatMap(Seat::said)
                .filter(said -> !BedsideForms.isForm(visit.path()))
                .filter(said -> record.href().endsWith("/" + said.patient()))
                .filter(said -> java.time.Duration.between(said.at(), now()).toMillis() <= WebLimits.SAID_MILLIS)
                .map(said ->
                        said.by(record.chart(), record.kept(), record.copy().isPresent()));
    }

    /** Whether what was said can still be taken back. */
    boolean isUndoable(Said said) {
        return said.state() == Said.State.SAVED && said.undo().isPresent();
    }

    String otherLanguage() {
        return words().tag().equals("fr") ? "en" : "fr";
    }

    String today() {
        String day = clock().longDay(now());
        return Character.toUpperCase(day.charAt(0)) + day.substring(1);
    }
}
