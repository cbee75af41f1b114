package trimaran.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.line.Address;
import trimaran.line.Calls;
import trimaran.line.Channel;
import trimaran.line.LineLimits;
import trimaran.line.PeerId;
import trimaran.line.Route;
import trimaran.line.message.Request;
import trimaran.line.message.RequestCodec;
import trimaran.line.message.Response;
import trimaran.line.message.ResponseCodec;
import trimaran.line.tls.TlsIdentity;
import trimaran.line.tls.TlsNetwork;
import trimaran.process.FileDisk;
import trimaran.process.KeyFile;
import trimaran.process.MachineSecret;
import trimaran.process.ThreadLoop;
import trimaran.record.Registry;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;

/**
 * The operator's lines to the parties, under the console key that entry 0 names. A console may ask how a party is and hand
 * in statements that officers signed; it holds no session and opens nothing.
 */
final class Console implements AutoCloseable {

    /** The version of the messages this console speaks. */
    static final int VERSION = 1;

    /** For an answer that needs no work. */
    static final long SHORT_MILLIS = 5_000;

    private final Registry registry;
    private final SignedStatement founding;
    private final Map<Role, Address> addresses;
    private final ThreadLoop loop;
    private final TlsNetwork network;

    private Console(
            Registry registry,
            SignedStatement founding,
            Map<Role, Address> addresses,
            ThreadLoop loop,
            TlsNetwork network) {
        this.registry = registry;
        this.founding = founding;
        this.addresses = addresses;
        this.loop = loop;
        this.network = network;
    }

    /** The console of a founded home. */
    static Console open(Home home) throws RefusedException {
        SignedStatement founding = founding(home.founding());
        Registry registry = new Registry((Statement.Founding) founding.statement());
        for (SignedStatement change : epochsSince(home)) {
            registry.apply(change.statement(), RecordTime.ZERO);
        }
        for (SignedStatement officer : officersSince(home)) {
            registry.apply(officer.statement(), RecordTime.ZERO);
        }
        TlsIdentity identity = identity(home);
        ThreadLoop loop = ThreadLoop.start("console", failure -> {
            System.err.println("trimaran: the console broke: " + failure);
            Runtime.getRuntime().halt(Code.BROKEN.exitCode());
        });
        // The dialled key itself is pinned by each dial; nobody dials the console.
        TlsNetwork network = new TlsNetwork(loop, identity, peer -> true);
        return new Console(registry, founding, Ports.read(home.addresses()), loop, network);
    }

    /** What made and unmade officers since the founding, as this console handed it in. */
    static List<SignedStatement> officersSince(Home home) throws RefusedException {
        return kept(home, 1, Console::officerFile);
    }

    /** Who the officers were at the founding, and after each statement that made or unmade one. */
    static List<Registry> officersSoFar(Home home, SignedStatement founding) throws RefusedException {
        List<SignedStatement> since = officersSince(home);
        List<Registry> all = new ArrayList<>();
        for (int told = 0; told <= since.size(); told++) {
            Registry registry = new Registry((Statement.Founding) founding.statement());
            since.subList(0, told).forEach(one -> registry.apply(one.statement(), RecordTime.ZERO));
            all.add(registry);
        }
        return all;
    }

    /** What changed a party's keys since the founding, as far as this home knows. */
    static List<SignedStatement> epochsSince(Home home) throws RefusedException {
        return kept(home, 2, Console::epochFile);
    }

    /** The statements of one kind this console has handed in, in order: all it knows of the record. */
    private static List<SignedStatement> kept(Home home, long first, LongFunction<String> file)
            throws RefusedException {
        FileDisk disk = FileDisk.in(home.card());
        List<SignedStatement> statements = new ArrayList<>();
        for (long number = first; disk.read(file.apply(number)).isPresent(); number++) {
            Bytes bytes = disk.read(file.apply(number)).orElseThrow();
            try {
                statements.add(SignedStatement.decode(bytes));
            } catch (MalformedException damaged) {
                throw new RefusedException(
                        Code.HOME_DAMAGED,
                        home.card().resolve(file.apply(number))
                                + " is damaged; copy it from the folder of a party that was rebuilt since, or "
                                + Home.FROM_COPY);
            }
        }
        return statements;
    }

    /** The file in {@code card/} with the statement that began this epoch. */
    static String epochFile(long epoch) {
        return "epoch-" + epoch;
    }

    /** The file in {@code card/} with a statement that made or unmade an officer since the founding. */
    static String officerFile(long number) {
        return "officer-" + number;
    }

    private static TlsIdentity identity(Home home) throws RefusedException {
        Path folder = home.console();
        MachineSecret secret = fromHome(MachineSecret.read(folder.resolve(Badges.MACHINE_SECRET)));
        Path file = folder.resolve("line.key");
        KeyPair keys = fromHome(KeyFile.read(file, Badges.CONSOLE_PURPOSE, secret.password()));
        try {
            return TlsIdentity.of(keys.getPrivate(), keys.getPublic());
        } catch (GeneralSecurityException foreign) {
            throw new RefusedException(Code.KEY_FILE, "the key file " + file + " holds no key for a line");
        }
    }

    /** What only this home has; without it the parties do not know the console. */
    private static <T> T fromHome(Outcome<T> outcome) throws RefusedException {
        if (outcome instanceof Outcome.Refused<T>(Refusal refusal)) {
            throw new RefusedException(refusal.code(), refusal.sentence() + "; " + Home.FROM_COPY);
        }
        return RefusedException.orStop(outcome);
    }

    /** The founding statement of a home or folder. */
    static SignedStatement founding(Path file) throws RefusedException {
        try {
            SignedStatement signed = SignedStatement.decode(Bytes.wrap(Files.readAllBytes(file)));
            if (signed.statement() instanceof Statement.Founding) {
                return signed;
            }
        } catch (IOException | MalformedException damaged) {
            // Told below, whatever is wrong with it.
        }
        throw new RefusedException(
                Code.HOME_DAMAGED, "the founding statement " + file + " is missing or damaged; " + Home.FROM_PARTY);
    }

    Registry registry() {
        return registry;
    }

    SignedStatement founding() {
        return founding;
    }

    /** Takes in a statement the parties have just accepted, for instance that a rebuilt party has new keys. */
    void learn(Statement statement) {
        registry.apply(statement, RecordTime.ZERO);
    }

    /** A line to one party, greeted. */
    Line dial(Party party) {
        PeerId peer = new PeerId(registry.party(party).line());
        Address address = addresses.get(Role.of(party));
        if (address == null) {
            throw new IllegalStateException("no address of " + party.word());
        }
        return new Line(party, peer, new Route.Direct(address));
    }

    /** Asks once, on a line of its own. */
    Outcome<Response> ask(Party party, Request request, long timeoutMillis) {
        try (Line line = dial(party)) {
            return line.ask(request, timeoutMillis);
        }
    }

    /**
     * The changes of keys a tier was handed in, oldest first: whoever follows its record is told them before anything else.
     *
     * @param size where its record ends, of which nothing is wanted
     * @return those of later epochs than this console knows, as the tier says: who signed them is to be checked
     */
    List<SignedStatement> epochsAt(Party tier, long size) {
        try (Line line = dial(tier)) {
            Outcome<Response> _ = line.ask(new Request.Follow(size), SHORT_MILLIS);
            return line.ear.later();
        }
    }

    @Override
    public void close() {
        network.close();
        loop.close();
    }

    /** One channel, used from outside the loop by threads that wait for each answer, one after another. */
    final class Line implements AutoCloseable {

        private final Party party;
        private final CompletableFuture<Calls> calls = new CompletableFuture<>();
        private final ConsoleEar ear;
        private final Channel channel;
        private final ReentrantLock turn = new ReentrantLock();
        private boolean greeted;

        private Line(Party party, PeerId peer, Route route) {
            this.party = party;
            this.ear = new ConsoleEar(party, registry.epoch(), calls);
            this.channel = network.dial(peer, route, Calls.over(loop, ear));
        }

        /**
         * The answer, or why there is none; {@code UNAVAILABLE} also when nobody is reached.
         *
         * @param timeoutMillis for all of it: whoever asks before, the connection, the greeting and the answer
         */
        Outcome<Response> ask(Request request, long timeoutMillis) {
            long endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
            try {
                if (!turn.tryLock(timeoutMillis, TimeUnit.MILLISECONDS)) {
                    return unreached("no answer");
                }
                try {
                    return ask(request, () -> TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime()));
                } finally {
                    turn.unlock();
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return Outcome.refused(Code.UNAVAILABLE, "interrupted");
            }
        }

        private Outcome<Response> ask(Request request, LongSupplier leftMillis) throws InterruptedException {
            if (!greeted) {
                Outcome<Response> welcome = send(new Request.Hello(registry.origin(), VERSION), leftMillis);
                if (!welcome.isDone()) {
                    return welcome;
                }
                greeted = true;
            }
            return send(request, leftMillis);
        }

        private Outcome<Response> send(Request request, LongSupplier leftMillis) throws InterruptedException {
            CompletableFuture<Outcome<Bytes>> answer = new CompletableFuture<>();
            try {
                // A machine that hangs takes the connection and never greets.
                Calls open = calls.get(
                        Math.min(leftMillis.getAsLong(), LineLimits.CONNECT_MILLIS + LineLimits.HANDSHAKE_MILLIS),
                        TimeUnit.MILLISECONDS);
                long waitMillis = Math.max(1, Math.min(leftMillis.getAsLong(), LineLimits.CALL_MAX_MILLIS));
                loop.run(() -> open.call(RequestCodec.encode(request), waitMillis, answer::complete));
                return decoded(answer.get(waitMillis + SHORT_MILLIS, TimeUnit.MILLISECONDS));
            } catch (ExecutionException | TimeoutException unreached) {
                @Nullable Throwable cause = unreached.getCause();
                return unreached(cause == null || cause.getMessage() == null ? "no answer" : cause.getMessage());
            }
        }

        private Outcome<Response> unreached(String why) {
            return Outcome.refused(Code.UNAVAILABLE, party.word() + " is not reached: " + why);
        }

        private Outcome<Response> decoded(Outcome<Bytes> answer) {
            return answer.then(bytes -> {
                try {
                    return Outcome.done(ResponseCodec.decode(bytes));
                } catch (MalformedException foreign) {
                    return Outcome.refused(Code.MALFORMED, party.word() + " answered something unreadable");
                }
            });
        }

        @Override
        public void close() {
            loop.run(channel::close);
        }
    }
}
