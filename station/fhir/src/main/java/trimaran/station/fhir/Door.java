package trimaran.station.fhir;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Status;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;

/** The FHIR door of a station: listens under {@code /fhir} until it is closed, beside a neighbour if there is one. */
public final class Door implements AutoCloseable {

    private static final int WRITE_BUFFER_BYTES = 32 << 10;

    /** The server's own lines would repeat what was sent, and let anybody fill the log. Held, or it would be forgotten. */
    private static final Logger SERVER_LOG = Logger.getLogger("io.helidon");

    private final WebServer server;
    private final Patience patience;

    private Door(WebServer server, Patience patience) {
        this.server = server;
        this.patience = patience;
    }

    /** Opens the door; {@code PORT_BUSY} if somebody else listens there. */
    public static Outcome<Door> open(DoorSetting setting, Clients clients) {
        return open(setting, clients, Optional.empty());
    }

    /** The same, at a listener it shares. */
    public static Outcome<Door> open(DoorSetting setting, Clients clients, Optional<Neighbour> neighbour) {
        SERVER_LOG.setLevel(Level.OFF);
        Patience patience = new Patience(setting.limits().requestMillis(), setting.monotonicNanos());
        WebServer server = server(setting, new Entrance(setting, clients, patience), neighbour, patience);
        try {
            server.start();
        } catch (RuntimeException taken) {
            server.stop();
            patience.close();
            return Outcome.refused(Refusal.of(Code.PORT_BUSY, "the FHIR door cannot listen at port " + setting.port()));
        }
        setting.events().accept(new DoorEvent.Opened(server.port()));
        return Outcome.done(new Door(server, patience));
    }

    public int port() {
        return server.port();
    }

    /** Lets nobody in any more and ends what is under way. */
    @Override
    public void close() {
        server.stop();
        patience.close();
    }

    private static WebServer server(
            DoorSetting setting, Entrance entrance, Optional<Neighbour> neighbour, Patience patience) {
        DoorLimits limits = setting.limits();
        return WebServer.builder()
                .host(setting.host())
                .port(setting.port())
                .shutdownHook(false)
                .featuresDiscoverServices(false)
                .connectionOptions(options -> options.tcpNoDelay(true))
                .idleConnectionTimeout(Duration.ofMillis(limits.idleMillis()))
                .idleConnectionPeriod(Duration.ofMillis(Math.max(1_000, limits.idleMillis() / 4)))
                .maxTcpConnections(limits.connections())
                .writeQueueLength(0)
                .writeBufferSize(WRITE_BUFFER_BYTES)
                .shutdownGracePeriod(Duration.ofMillis(500))
                .directHandlers(direct(neighbour))
                .addProtocol(Http1Config.builder()
                        .maxPrologueLength(limits.lineBytes())
                        .maxHeadersSize(limits.headerBytes())
                        // Browsers leave some characters of a query as they are that RFC 3986 has encoded, the bar of a
                        // token search among them; Parameters judges what is left.
                        .validatePrologue(false)
                        .addReceiveListener(headersIn(patience))
                        .build())
                .routing(routing -> routing.any(shared(entrance, neighbour, patience)))
                .build();
    }

    /** A neighbour's request ends when a client draws it out, as those of this door do. */
    private static Handler shared(Entrance entrance, Optional<Neighbour> neighbour, Patience patience) {
        if (neighbour.isEmpty()) {
            return entrance;
        }
        return (request, response) -> {
            if (Entrance.isBelow(request.prologue().uriPath().rawPath())) {
                entrance.handle(request, response);
            } else {
                try (Patience.Wait _ = patience.begin()) {
                    neighbour.get().handle(request, response);
                }
            }
        };
    }

    /** Between the request line and the end of the headers, a client is waited for. */
    private static Http1ConnectionListener headersIn(Patience patience) {
        return new Http1ConnectionListener() {
            @Override
            public void prologue(ConnectionContext line, HttpPrologue read) {
                patience.beginHeaders();
            }

            @Override
            public void headers(ConnectionContext line, Headers read) {
                patience.endHeaders();
            }
        };
    }

    /**
     * What the server refuses before a request reaches the entrance: the same words, and nothing of what was sent. The
     * entrance answers its own faults itself, so what the server calls an internal error is a request that broke off.
     */
    private static DirectHandlers direct(Optional<Neighbour> neighbour) {
        DirectHandlers.Builder all = DirectHandlers.builder();
        DirectHandler handler = (request, event, status, headers, message) -> {
            // Of what could not be read there is no path: a page is for everybody.
            String path = Objects.requireNonNullElse(request.path(), "");
            Neighbour.Early early = neighbour
                    .filter(there -> !Entrance.isBelow(path))
                    .map(there -> there.early(early(status.code())))
                    .orElseGet(() -> new Neighbour.Early(
                            Map.of("Content-Type", Negotiation.FHIR_JSON),
                            Bytes.wrap(Issues.error(early(status.code())))));
            DirectHandler.TransportResponse.Builder answer = DirectHandler.TransportResponse.builder()
                    .status(status.code() == 500 ? Status.BAD_REQUEST_400 : status)
                    .keepAlive(false)
                    .entity(early.body().toArray());
            early.headers().forEach((name, value) -> answer.header(HeaderNames.create(name), value));
            return answer.build();
        };
        for (DirectHandler.EventType event : DirectHandler.EventType.values()) {
            all.addHandler(event, handler);
        }
        return all.build();
    }

    private static Refusal early(int status) {
        return switch (status) {
            case 413, 414, 431 -> Refusal.of(Code.TOO_LARGE, "the request is too large");
            case 408 -> Refusal.of(Code.TOO_SLOW, "the request took too long");
            case 503 -> Refusal.of(Code.BUSY, "too many requests at once; come back");
            default -> Refusal.of(Code.MALFORMED, "this is not a request of HTTP/1.1");
        };
    }
}
