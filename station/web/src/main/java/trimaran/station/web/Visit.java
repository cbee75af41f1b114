package trimaran.station.web;

import java.time.Instant;
import java.util.Optional;
import trimaran.station.chart.Language;

/**
 * One request as pages see it.
 *
 * @param path below the host, without what stands behind a question mark
 * @param browser the browser's cookie, fresh if it showed none
 * @param cookie the log-in's cookie; empty without one that counts
 * @param theme {@code jour}, {@code nuit}, or empty for what the system prefers
 * @param secure whether the line to the browser is TLS
 * @param now as the wall clock says
 */
record Visit(
        String method,
        String path,
        Form query,
        Form form,
        String browser,
        String cookie,
        Optional<Seat> seat,
        Language language,
        String theme,
        boolean secure,
        Instant now) {

    boolean isPost() {
        return method.equals("POST");
    }

    Words words() {
        return Words.of(language);
    }

    /** The cookie a form of this page is bound to. */
    String formCookie() {
        return seat.isPresent() ? cookie : browser;
    }
}
