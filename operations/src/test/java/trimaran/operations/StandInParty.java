package trimaran.operations;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.WallTime;
import trimaran.kernel.Writer;
import trimaran.line.Address;
import trimaran.line.Answer;
import trimaran.line.CallHandler;
import trimaran.line.Calls;
import trimaran.line.CloseReason;
import trimaran.line.PeerId;
import trimaran.line.message.Request;
import trimaran.line.message.RequestCodec;
import trimaran.line.message.Response;
import trimaran.line.message.ResponseCodec;
import trimaran.line.tls.TlsIdentity;
import trimaran.line.tls.TlsNetwork;
import trimaran.process.FileDisk;
import trimaran.process.KeyFile;
import trimaran.process.MachineSecret;
import trimaran.process.SystemEntropy;
import trimaran.process.ThreadLoop;
import trimaran.record.Header;
import trimaran.record.PartyKeys;
import trimaran.record.PublicKey;
import trimaran.record.Registry;
import trimaran.record.Statement;
import trimaran.record.Suite;

/** A party as the command line sees it: makes keys, serves, counts registry entries, remembers nothing else. */
final class StandInParty implements CallHandler {

    private final Party party;
    private final Registry registry;
    private final Set<Digest> placed = new HashSet<>();

    private StandInParty(Party party, Registry registry) {
        this.party = party;
        this.registry = registry;
    }

    /** Arguments: the role, a fault, and what the contract says. */
    public static void main(String[] arguments) throws Exception {
        Role role = Role.valueOf(arguments[0]);
        if (role == Role.RELAY) {
            serve(role, folderOf(Path.of(arguments[2])));
            return;
        }
        Path folder = Path.of(arguments[3]);
        if (arguments[1].equals(role.word() + "=" + arguments[2])) {
            System.err.println("no entropy today");
            System.exit(Code.DISK_FULL.exitCode());
        }
        if (arguments[1].equals(role.word() + "!" + arguments[2])) {
            System.exit(Code.DISK_FULL.exitCode());
        }
        if (arguments[1].equals(role.word() + "~" + arguments[2])) {
            new CountDownLatch(1).await();
        }
        if (arguments[2].equals("keys")) {
            keys(role, folder);
        } else {
            serve(role, folder);
        }
    }

    private static Path folderOf(Path file) {
        return file.toAbsolutePath().resolveSibling(".").normalize();
    }

    private static void keys(Role role, Path folder) {
        SystemEntropy entropy = new SystemEntropy();
        MachineSecret secret = value(MachineSecret.create(folder.resolve(Badges.MACHINE_SECRET), entropy));
        KeyPair line = TlsIdentity.generate();
        value(KeyFile.write(
                folder.resolve("keys/line.key"), "line", line, secret.password(), KeyFile.MACHINE_ITERATIONS, entropy));
        Digest digest = PeerId.of(line.getPublic()).keyDigest();
        Writer card = new Writer();
        if (role.party().isPresent()) {
            Bytes any = Bytes.wrap(entropy.bytes(32));
            new PartyKeys(role.party().get(), any, any, new PublicKey(Suite.ML_DSA_44, any), digest, any, 1)
                    .write(card);
        } else {
            card.digest(digest);
        }
        FileDisk.in(folder).replace(Cards.FILE, card.toBytes());
    }

    private static void serve(Role role, Path folder) throws Exception {
        Address address = PartyConfiguration.listening(folder);
        if (role.party().isPresent()) {
            MachineSecret secret = value(MachineSecret.read(folder.resolve(Badges.MACHINE_SECRET)));
            KeyPair line = value(KeyFile.read(folder.resolve("keys/line.key"), "line", secret.password()));
            Registry registry = new Registry((Statement.Founding)
                    Console.founding(folder.resolve("founding")).statement());
            ThreadLoop loop = ThreadLoop.start("stand-in", Throwable::printStackTrace);
            TlsNetwork network = new TlsNetwork(
                    loop,
                    TlsIdentity.of(line.getPrivate(), line.getPublic()),
                    peer -> registry.isConsole(peer.keyDigest()));
            StandInParty party = new StandInParty(role.party().get(), registry);
            value(network.listen(address, channel -> Calls.over(loop, party)));
        } else {
            listen(address);
        }
        System.out.println("READY " + address.port());
        new CountDownLatch(1).await();
    }

    /** Nothing is said on a stand-in's plain port; it is only busy. */
    private static void listen(Address address) throws IOException {
        ServerSocket socket = new ServerSocket(address.port(), 1, InetAddress.getLoopbackAddress());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                socket.close();
            } catch (IOException ending) {
                // The process ends.
            }
        }));
    }

    @Override
    public void opened(Calls calls) {}

    @Override
    public void request(Calls calls, Bytes payload, Answer answer) {
        try {
            answer.give(answer(RequestCodec.decode(payload)).map(ResponseCodec::encode));
        } catch (MalformedException malformed) {
            answer.refuse(Code.MALFORMED, "unreadable");
        }
    }

    private Outcome<Response> answer(Request request) throws MalformedException {
        return switch (request) {
            case Request.Hello hello
            when hello.origin().equals(registry.origin()) ->
                Outcome.done(new Response.Welcome(party, 1, 0, 1, CellId.NONE, CellId.NONE));
            case Request.Append append
            when party == Party.DATA -> {
                Header header = Reader.whole(append.entry().header().inline().orElseThrow(), Header::read);
                yield placed.add(header.digest())
                        ? Outcome.done(new Response.Placed(Bytes.ofText("place")))
                        : Outcome.refused(Code.DUPLICATE, "it has its place already");
            }
            case Request.Status status -> Outcome.done(report());
            case Request.VerifyCopy verify -> Outcome.done(report());
            default -> Outcome.refused(Code.NOT_SUPPORTED, "a stand-in does not do this");
        };
    }

    private Response.Report report() {
        return new Response.Report(
                new WallTime(System.currentTimeMillis()),
                List.of(new Response.Counter("size", 1), new Response.Counter("placed.here", placed.size())),
                List.of());
    }

    @Override
    public void notice(Calls calls, Bytes payload) {}

    @Override
    public void closed(Calls calls, CloseReason reason) {}

    private static <T> T value(Outcome<T> outcome) {
        if (outcome instanceof Outcome.Done<T>(T value)) {
            return value;
        }
        @Nullable Object refused = outcome;
        throw new IllegalStateException("refused: " + refused);
    }
}
