package trimaran.line.tls;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Bytes;
import trimaran.kernel.Outcome;
import trimaran.line.Address;
import trimaran.line.Channel;
import trimaran.line.ChannelHandler;
import trimaran.line.CloseReason;
import trimaran.line.Network.Listening;
import trimaran.line.PeerId;

/** Two parties on the loopback interface, and what their handlers heard. */
final class Parties implements AutoCloseable {

    static final Address LOOPBACK = new Address("127.0.0.1", 0);

    /** Small enough for a test to go over, otherwise as in the field. */
    static final TlsLimits SMALL = new TlsLimits(4, 6, 2, 500, 400, 100, 400, 300);

    private final List<Runnable> open = new ArrayList<>();

    /** One party: its loop, key, allowed peers and network. */
    final class One {
        final ThreadLoop loop;
        final TlsIdentity identity = identity();
        final Set<PeerId> allowed = ConcurrentHashMap.newKeySet();
        final TlsNetwork network;
        final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();

        One(String name, TlsLimits limits) {
            loop = new ThreadLoop(name);
            network = new TlsNetwork(loop, identity, allowed::contains, limits);
            open.add(network::close);
            open.add(loop::close);
        }

        PeerId id() {
            return identity.peerId();
        }

        /** Listens with handlers that write down what they hear. */
        Listening listening() {
            return done(network.listen(LOOPBACK, _ -> new Notebook()));
        }

        ChannelHandler notebook() {
            return new Notebook();
        }

        Heard next() throws InterruptedException {
            Heard next = heard.poll(10, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing was heard for 10 s");
            }
            return next;
        }

        private final class Notebook implements ChannelHandler {
            @Override
            public void opened(Channel channel) {
                heard.add(new Heard(channel, "opened", null, null));
            }

            @Override
            public void received(Channel channel, Bytes frame) {
                heard.add(new Heard(channel, "received", frame, null));
            }

            @Override
            public void closed(Channel channel, CloseReason reason) {
                heard.add(new Heard(channel, "closed", null, reason));
            }
        }
    }

    record Heard(
            Channel channel,
            String what,
            @Nullable Bytes frame,
            @Nullable CloseReason reason) {}

    One one(String name) {
        return new One(name, TlsLimits.STANDARD);
    }

    One one(String name, TlsLimits limits) {
        return new One(name, limits);
    }

    static void acquaint(One left, One right) {
        left.allowed.add(right.id());
        right.allowed.add(left.id());
    }

    static TlsIdentity identity() {
        try {
            KeyPair pair = TlsIdentity.generate();
            return TlsIdentity.of(pair.getPrivate(), pair.getPublic());
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Refused<T>(var refusal) -> throw new AssertionError(refusal.toString());
        };
    }

    @Override
    public void close() {
        open.forEach(Runnable::run);
    }
}
