package trimaran.station.fhir;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.model.Bundle;
import trimaran.model.BundleReader;
import trimaran.model.Resource;
import trimaran.model.StrictParser;
import trimaran.station.Lingering;

/** Takes every request from its first byte to its answer: format, address, client, body, interaction. */
final class Entrance implements Handler {

    private static final String PREFIX = "/fhir";
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:\\[\\]-]{1,255}");
    private static final HeaderName IF_NONE_EXIST = HeaderNames.create("If-None-Exist");
    private static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create("Idempotency-Key");
    private static final Pattern KEY = Pattern.compile("[!-~]{1,255}");
    private static final HeaderName PREFER = HeaderNames.create("Prefer");

    private final DoorSetting setting;
    private final KnownClients clients;
    private final Patience patience;
    private final BodyBudget budget;
    private final Semaphore places;
    private final Semaphore answers;
    private final Listing listing;

    Entrance(DoorSetting setting, Clients clients, Patience patience) {
        this.patience = patience;
        this.setting = setting;
        this.clients = new KnownClients(clients, setting.monotonicNanos());
        this.budget =
                new BodyBudget(setting.limits().bodiesBytes(), setting.limits().bodyBytes());
        this.listing = new Listing(setting.zone(), new Paging(setting.entropy()));
        this.answers = AnswerRoom.shared(setting.limits());
        this.places = new Semaphore(setting.limits().requests());
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        if (places.tryAcquire()) {
            try {
                ScopedValue.where(Issues.LANGUAGE, Negotiation.language(header(request, HeaderNames.ACCEPT_LANGUAGE)))
                        .run(() -> admitted(request, response));
            } finally {
                places.release();
            }
        } else {
            Answers.send(
                    request,
                    response,
                    "",
                    Answer.refused(Refusal.of(Code.BUSY, "too many requests at once; come back")));
        }
        hangUpIfOver(request);
    }

    /** Who asks for the end of the line waits for it (RFC 9112, 9.6); the server announces it and by itself leaves the line open. */
    private void hangUpIfOver(ServerRequest request) {
        if (Answers.isUnread(request)) {
            // Who waits to be asked for the body sees the answer and sends none.
            if (!request.headers().contains(HeaderNames.EXPECT)) {
                linger(request.content()::inputStream);
            }
            throw new CloseConnectionException("the body was not wanted");
        }
        if (request.headers().containsToken(HeaderValues.CONNECTION_CLOSE)) {
            throw new CloseConnectionException("the client asked for it");
        }
    }

    private void linger(Supplier<InputStream> body) {
        try (Patience.Wait _ = patience.begin()) {
            Lingering.take(body, setting.monotonicNanos());
        }
    }

    private void admitted(ServerRequest request, ServerResponse response) {
        try (Body body = new Body(setting.limits(), budget, setting.monotonicNanos());
                AnswerRoom room = AnswerRoom.in(answers, setting.limits())) {
            Answer answer = answer(request, body, room);
            try (Patience.Wait _ = patience.begin()) {
                Answers.send(request, response, base(request), answer);
            }
        }
    }

    private Answer answer(ServerRequest request, Body body, AnswerRoom room) {
        try {
            return routed(request, body, room);
        } catch (RefusedException fault) {
            return Answer.refused(fault.refusal());
        } catch (RuntimeException broken) {
            return broken(broken);
        }
    }

    private Answer broken(RuntimeException broken) {
        setting.events().accept(new DoorEvent.Broken(broken));
        return Answer.refused(Refusal.of(Code.BROKEN, "a fault of this program; it was noted"));
    }

    private Answer routed(ServerRequest request, Body body, AnswerRoom room) throws RefusedException {
        HttpPrologue prologue = request.prologue();
        String query = query(prologue);
        Address address = Address.parse(below(prologue.uriPath().rawPath()), query);
        String method = prologue.method().text();
        if (method.equals("OPTIONS")) {
            return Answer.empty(204).with("Allow", Interaction.allowed(address.shape()));
        }
        Negotiation.answerable(
                header(request, HeaderNames.ACCEPT), address.parameters().single("_format"));
        Optional<Interaction> interaction = Interaction.of(method.equals("HEAD") ? "GET" : method, address.shape());
        if (interaction.isEmpty()) {
            return Answer.refused(Refusal.of(Code.METHOD_NOT_ALLOWED, "this method is not offered at this address"))
                    .with("Allow", Interaction.allowed(address.shape()));
        }
        if (interaction.get() == Interaction.CAPABILITIES) {
            return Answer.json(Capabilities.statement(base(request)));
        }
        return known(request, interaction.get(), address, body, room);
    }

    /** What stands behind a hash never reaches a server from a browser; taken for nothing, it would cut a condition short. */
    private static String query(HttpPrologue prologue) throws RefusedException {
        String query = prologue.query().rawValue();
        boolean readable = query.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '#');
        if (!readable || prologue.fragment().hasValue()) {
            throw RefusedException.of(
                    Code.BAD_PARAMETER,
                    "the URL has a character that has to be percent-encoded, as %C3%A9 for \u00e9 or %23 for a hash");
        }
        return query;
    }

    /** Whether an address is this door's. */
    static boolean isBelow(String path) {
        return path.equals(PREFIX) || path.startsWith(PREFIX + "/");
    }

    private static String below(String path) throws RefusedException {
        if (path.equals(PREFIX) || path.equals(PREFIX + "/")) {
            return "";
        }
        if (!path.startsWith(PREFIX + "/")) {
            throw RefusedException.of(Code.NOT_SUPPORTED, "there is nothing at this address; the door is at /fhir");
        }
        return path.substring(PREFIX.length() + 1);
    }

    /** For a client that showed its token; once again with a new session if the remembered one is over. */
    private Answer known(ServerRequest request, Interaction interaction, Address address, Body body, AnswerRoom room)
            throws RefusedException {
        String authorization = header(request, HeaderNames.AUTHORIZATION);
        RecordView view = clients.of(authorization);
        Conditions conditions = Conditions.parse(
                header(request, HeaderNames.IF_MATCH),
                header(request, HeaderNames.IF_NONE_MATCH),
                header(request, IF_NONE_EXIST),
                header(request, PREFER));
        byte[] bytes = interaction.hasBody() ? read(request, body) : new byte[0];
        Resource resource = interaction.hasBody() && interaction != Interaction.BUNDLE
                ? RefusedException.value(StrictParser.parse(bytes))
                : null;
        Call call = new Call(
                interaction,
                address,
                conditions,
                resource,
                view,
                base(request),
                listing,
                room,
                interaction.hasBody() ? input(header(request, IDEMPOTENCY_KEY), bytes) : "");
        try {
            return perform(call, bytes);
        } catch (RefusedException fault) {
            Code code = fault.refusal().code();
            if (code != Code.SESSION_ENDED && code != Code.SESSION_UNKNOWN) {
                throw fault;
            }
            clients.forget(authorization);
            return perform(call.with(clients.of(authorization)), bytes);
        }
    }

    /** The same key over other bytes is another input: nobody loses a write over a clumsy key. */
    private static String input(String key, byte[] body) throws RefusedException {
        if (key.isEmpty()) {
            return "";
        }
        if (!KEY.matcher(key).matches()) {
            throw RefusedException.at(
                    Code.BAD_PARAMETER, "Idempotency-Key", "a key is 1 to 255 visible ASCII characters");
        }
        return key + "/" + Digest.sha256(body).hex();
    }

    private byte[] read(ServerRequest request, Body body) throws RefusedException {
        Negotiation.readable(header(request, HeaderNames.CONTENT_TYPE));
        if (!request.content().hasEntity()) {
            throw RefusedException.of(Code.MALFORMED, "this request needs a body");
        }
        InputStream in = request.content().inputStream();
        try (Patience.Wait _ = patience.begin()) {
            return body.read(in, request.headers().contentLength().orElse(-1));
        } catch (RefusedException refused) {
            if (refused.refusal().code() == Code.TOO_LARGE) {
                // Who sends so much is in the midst of it.
                linger(() -> in);
            }
            throw refused;
        }
    }

    private Answer perform(Call asked, byte[] body) throws RefusedException {
        Call call = asked.resumed();
        return switch (call.interaction()) {
            case CAPABILITIES -> Answer.json(Capabilities.statement(call.base()));
            case BUNDLE -> bundle(call, body);
            case CREATE -> Writes.create(call);
            case SEARCH -> Searches.search(call);
            case READ -> Reads.read(call);
            case UPDATE -> Writes.update(call);
            case CONDITIONAL_UPDATE -> ConditionalUpdate.carryOut(call);
            case DELETE -> Writes.delete(call);
            case HISTORY -> Reads.history(call);
            case VREAD -> Reads.vread(call);
            case EVERYTHING -> Everything.of(call);
            case WARD_PACK -> WardPack.of(call);
        };
    }

    private Answer bundle(Call call, byte[] body) throws RefusedException {
        Bundle bundle = RefusedException.value(BundleReader.read(body));
        return switch (bundle.type()) {
            case "transaction" -> TransactionBundle.carryOut(call, bundle);
            case "batch" -> batch(call, bundle);
            default ->
                throw RefusedException.at(
                        Code.NOT_SUPPORTED, "Bundle.type", "only a transaction or a batch can be carried out");
        };
    }

    private Answer batch(Call call, Bundle bundle) throws RefusedException {
        if (bundle.entries().size() > setting.limits().batchEntries()) {
            throw RefusedException.at(
                    Code.TOO_LARGE,
                    "Bundle.entry",
                    "a batch has at most " + setting.limits().batchEntries() + " entries");
        }
        long begun = setting.monotonicNanos().getAsLong();
        return new BatchBundle(
                        call,
                        this::entry,
                        () -> setting.monotonicNanos().getAsLong() - begun
                                > setting.limits().requestMillis() * 1_000_000)
                .carryOut(bundle);
    }

    private Outcome<Answer> entry(Call call) {
        try {
            return Outcome.done(perform(call, new byte[0]));
        } catch (RefusedException fault) {
            return Outcome.refused(fault.refusal());
        } catch (RuntimeException broken) {
            return Outcome.done(broken(broken));
        }
    }

    private String base(ServerRequest request) {
        if (!setting.base().isEmpty()) {
            return setting.base();
        }
        String host = request.authority();
        return HOST.matcher(host).matches() ? "http://" + host + PREFIX : "http://localhost" + PREFIX;
    }

    private static String header(ServerRequest request, HeaderName name) {
        return request.headers().find(name).map(Header::values).orElse("");
    }
}
