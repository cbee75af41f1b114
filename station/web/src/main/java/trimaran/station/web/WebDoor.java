package trimaran.station.web;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Refusal;
import trimaran.station.Lingering;
import trimaran.station.chart.Language;

/** The browsers' door: takes each request from its line and headers to its answer. Listens nowhere itself. */
public final class WebDoor implements AutoCloseable {

    /** On every answer: read as what it says it is, shown in no frame of another, its address told to nobody else. */
    private static final Map<String, String> ALWAYS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "same-origin",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin");

    private static final HeaderName SITE = HeaderNames.create("Sec-Fetch-Site");
    private static final String FORM = "application/x-www-form-urlencoded";
    static final int PATH_MAX = 200;

    private final Inside inside;
    private final Routes routes;
    private final Semaphore places = new Semaphore(WebLimits.REQUESTS_MAX);
    private final Thread sweeper;

    /**
     * @param messages reads what waits for its patient
     * @param received the messages other systems sent to this station
     * @param copies the sealed copies of wards it keeps
     */
    public WebDoor(
            WebSetting setting,
            Badges badges,
            CareRecord record,
            WaitingMessages messages,
            Received received,
            SealedCopies copies) {
        this.inside = Inside.of(setting, badges, record, messages);
        this.routes = new Routes(inside, received, copies);
        this.sweeper = Thread.ofVirtual().name("web-sweeper").start(this::sweep);
    }

    /** Locks the screens nobody is at. */
    private void sweep() {
        try {
            while (true) {
                Thread.sleep(WebLimits.SWEEP_MILLIS);
                inside.seats()
                        .over()
                        .forEach(seat ->
                                inside.lock(seat, inside.setting().now().get().instant()));
                inside.forgetCopies();
                inside.boards().forgetOld();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Locks every screen. */
    @Override
    public void close() {
        sweeper.interrupt();
        inside.seats().closeAll();
    }

    /** Headers of what {@link #early} says. */
    public static Map<String, String> earlyHeaders() {
        Map<String, String> headers = new LinkedHashMap<>(ALWAYS);
        headers.putAll(Reply.page(400, new byte[0]).headers());
        return headers;
    }

    /** The page for a request that broke off before it could be handled. */
    public static Bytes early(Refusal refusal) {
        return Routes.bare(refusal);
    }

    public void handle(ServerRequest request, ServerResponse response) {
        if (places.tryAcquire()) {
            try {
                send(request, response, answer(request));
            } finally {
                places.release();
            }
        } else {
            send(request, response, bare(Code.BUSY));
        }
        if (isUnread(request)) {
            // Who waits to be asked for the form sees the answer and sends none.
            if (!request.headers().contains(HeaderNames.EXPECT)) {
                Lingering.take(request.content()::inputStream, inside.setting().nanos());
            }
            throw new CloseConnectionException("the form was not wanted");
        }
        if (request.headers().containsToken(HeaderValues.CONNECTION_CLOSE)) {
            throw new CloseConnectionException("the browser asked for it");
        }
    }

    private Reply answer(ServerRequest request) {
        try {
            return read(request);
        } catch (MalformedException unreadable) {
            return bare(Code.MALFORMED);
        } catch (IOException brokenOff) {
            throw new CloseConnectionException("the form broke off");
        } catch (RuntimeException broken) {
            inside.setting().events().accept(new WebEvent.Broken(broken));
            return bare(Code.BROKEN);
        }
    }

    private Reply read(ServerRequest request) throws MalformedException, IOException {
        String method = request.prologue().method().text();
        String path = request.prologue().uriPath().rawPath();
        if (!method.equals("GET") && !method.equals("HEAD") && !method.equals("POST")) {
            return bare(Code.METHOD_NOT_ALLOWED).with("Allow", "GET, HEAD, POST");
        }
        if (path.length() > PATH_MAX || !path.matches("/[A-Za-z0-9/._-]*")) {
            return bare(Code.NOT_FOUND);
        }
        Form form = Form.NONE;
        if (method.equals("POST")) {
            if (!isFromHere(request)) {
                return bare(Code.NOT_ALLOWED);
            }
            String type = header(request, HeaderNames.CONTENT_TYPE);
            if (!type.equals(FORM) && !type.startsWith(FORM + ";")) {
                return bare(Code.UNSUPPORTED_MEDIA);
            }
            Optional<byte[]> body = body(request);
            if (body.isEmpty()) {
                return bare(Code.TOO_LARGE);
            }
            form = Form.read(body.get());
        }
        Form query = Form.read(request.prologue().query().rawValue().getBytes(StandardCharsets.ISO_8859_1));
        return visited(request, method, path, query, form);
    }

    private Reply visited(ServerRequest request, String method, String path, Form query, Form form) {
        Map<String, String> cookies = Cookies.read(header(request, HeaderNames.COOKIE));
        String shown = cookies.getOrDefault(Cookies.BROWSER, "");
        boolean known = !shown.isEmpty();
        String browser = known ? shown : Cookies.fresh(inside.setting().entropy());
        String cookie = cookies.getOrDefault(Cookies.SEAT, "");
        Optional<Seat> seat =
                cookie.isEmpty() ? Optional.empty() : inside.seats().of(Cookies.key(cookie));
        seat.ifPresent(inside::copyInHand);
        Visit visit = new Visit(
                method,
                path,
                query,
                form,
                browser,
                cookie,
                seat,
                language(cookies.getOrDefault(Cookies.LANGUAGE, ""), header(request, HeaderNames.ACCEPT_LANGUAGE)),
                theme(cookies.getOrDefault(Cookies.THEME, "")),
                request.isSecure(),
                inside.setting().now().get().instant());
        Reply reply = routes.answer(visit);
        return known || path.startsWith(Assets.PREFIX)
                ? reply
                : reply.cookie(Cookies.set(Cookies.BROWSER, browser, visit.secure()));
    }

    /** A form of another site is refused by what the browser says of it, beside cookie and token. */
    private static boolean isFromHere(ServerRequest request) {
        String site = header(request, SITE);
        String origin = header(request, HeaderNames.ORIGIN);
        String here = (request.isSecure() ? "https://" : "http://") + request.authority();
        return (site.isEmpty() || site.equals("same-origin") || site.equals("none"))
                && (origin.isEmpty() || origin.equals(here));
    }

    /** The form's bytes; empty if they are too many. */
    private Optional<byte[]> body(ServerRequest request) throws IOException {
        if (!request.content().hasEntity()) {
            return Optional.of(new byte[0]);
        }
        if (request.headers().contentLength().orElse(0) > WebLimits.FORM_BYTES_MAX) {
            return Optional.empty();
        }
        try (InputStream in = request.content().inputStream()) {
            byte[] read = in.readNBytes(WebLimits.FORM_BYTES_MAX + 1);
            if (read.length <= WebLimits.FORM_BYTES_MAX) {
                return Optional.of(read);
            }
            Lingering.take(() -> in, inside.setting().nanos());
            return Optional.empty();
        }
    }

    /** What somebody chose here, else the first language of their browser that is spoken here: French, else English. */
    static Language language(String chosen, String accepted) {
        if (!chosen.isEmpty()) {
            return chosen.equals("en") ? Language.ENGLISH : Language.FRENCH;
        }
        for (String range : accepted.toLowerCase(java.util.Locale.ROOT).split(",", 16)) {
            String tag = range.split(";", 2)[0].strip();
            if (tag.equals("fr") || tag.startsWith("fr-") || tag.equals("*")) {
                return Language.FRENCH;
            }
            if (tag.equals("en") || tag.startsWith("en-")) {
                return Language.ENGLISH;
            }
        }
        return Language.FRENCH;
    }

    private static String theme(String chosen) {
        return chosen.equals("jour") || chosen.equals("nuit") ? chosen : "";
    }

    private static Reply bare(Code code) {
        return new Reply(
                code.httpStatus(),
                Reply.page(code.httpStatus(), new byte[0]).headers(),
                List.of(),
                Routes.bare(Refusal.of(code, "")));
    }

    private static void send(ServerRequest request, ServerResponse response, Reply reply) {
        response.status(Status.create(reply.status()));
        ALWAYS.forEach((name, value) -> response.header(HeaderNames.create(name), value));
        reply.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
        if (!reply.cookies().isEmpty()) {
            List<String> cookies = new ArrayList<>(reply.cookies());
            response.header(HeaderNames.SET_COOKIE, cookies.toArray(String[]::new));
        }
        if (isUnread(request)) {
            // What is left of a refused form is thrown away, and the line with it.
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
        byte[] body = reply.body().toArray();
        if (body.length == 0 || request.prologue().method().text().equals("HEAD")) {
            response.send();
        } else {
            response.send(body);
        }
    }

    private static boolean isUnread(ServerRequest request) {
        return request.content().hasEntity() && !request.content().consumed();
    }

    private static String header(ServerRequest request, HeaderName name) {
        return request.headers().find(name).map(Header::values).orElse("");
    }
}
