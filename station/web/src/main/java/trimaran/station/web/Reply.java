package trimaran.station.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import trimaran.kernel.Bytes;

/**
 * What is answered.
 *
 * @param cookies whole {@code Set-Cookie} values
 */
record Reply(int status, Map<String, String> headers, List<String> cookies, Bytes body) {

    static final String HTML = "text/html; charset=utf-8";

    /**
     * Nothing but what a page needs: styles, pictures and the font from here. No script, no frame, no other host, no form that
     * leads elsewhere (W3C Content Security Policy Level 3).
     */
    static final String POLICY =
            "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self';"
                    + " base-uri 'none'; frame-ancestors 'none'";

    /** The same for a page that asks by itself whether something changed. */
    static final String LIVE_POLICY = POLICY + "; script-src 'self'; connect-src 'self'";

    Reply {
        headers = Map.copyOf(headers);
        cookies = List.copyOf(cookies);
    }

    static Reply page(int status, byte[] html) {
        return new Reply(
                status,
                Map.of(
                        "Content-Type", HTML,
                        "Content-Security-Policy", POLICY,
                        "Cache-Control", "no-store"),
                List.of(),
                Bytes.wrap(html));
    }

    /** @param name of the file, if somebody keeps it: letters, digits, points and hyphens */
    static Reply pdf(Bytes pdf, String name) {
        return new Reply(
                200,
                Map.of(
                        "Content-Type",
                        "application/pdf",
                        "Content-Disposition",
                        "inline; filename=\"" + name + "\"",
                        "Content-Security-Policy",
                        POLICY,
                        "Cache-Control",
                        "no-store"),
                List.of(),
                pdf);
    }

    /** @param name of the file it is kept in: letters, digits, points and hyphens */
    static Reply csv(Bytes table, String name) {
        return empty(200)
                .with("Content-Type", "text/csv; charset=utf-8")
                .with("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .body(table);
    }

    static Reply empty(int status) {
        return new Reply(
                status, Map.of("Content-Security-Policy", POLICY, "Cache-Control", "no-store"), List.of(), Bytes.EMPTY);
    }

    /** After a form was taken, so that going back or reloading sends nothing twice. */
    static Reply to(String path) {
        return empty(303).with("Location", path);
    }

    static Reply asset(Assets.Asset asset) {
        return new Reply(
                200,
                Map.of(
                        "Content-Type",
                        asset.type(),
                        "Content-Security-Policy",
                        POLICY,
                        "Cache-Control",
                        "public, max-age=31536000, immutable"),
                List.of(),
                asset.body());
    }

    Reply live() {
        return with("Content-Security-Policy", LIVE_POLICY);
    }

    Reply with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, more, cookies, body);
    }

    private Reply body(Bytes other) {
        return new Reply(status, headers, cookies, other);
    }

    Reply cookie(String value) {
        List<String> more = new ArrayList<>(cookies);
        more.add(value);
        return new Reply(status, headers, more, body);
    }
}
