package trimaran.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import trimaran.kernel.Bytes;
import trimaran.kernel.Loop;
import trimaran.kernel.Outcome;
import trimaran.kernel.WallTime;
import trimaran.line.Address;
import trimaran.line.Channel;
import trimaran.line.ChannelHandler;
import trimaran.line.CloseReason;
import trimaran.line.Network;
import trimaran.line.Route;
import trimaran.line.tls.TlsIdentity;
import trimaran.line.tls.TlsNetwork;

/** TLS from end to end through a relay: the pin holds, and the relay's loss is heard. */
@Timeout(60)
class RelayedLineTest {

    private static final Address LOOPBACK = new Address("127.0.0.1", 0);

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    /** As much of a loop as a network needs. */
    private static final class OneThread implements Loop, AutoCloseable {
        private final ExecutorService thread = Executors.newSingleThreadExecutor();

        @Override
        public void run(Runnable work) {
            thread.execute(work);
        }

        @Override
        public Timer after(long millis, Runnable work) {
            throw new UnsupportedOperationException("networks set no timers");
        }

        @Override
        public long monotonicNanos() {
            return System.nanoTime();
        }

        @Override
        public WallTime wallTime() {
            return new WallTime(0);
        }

        @Override
        public void close() {
            thread.shutdown();
        }
    }

    private final class Echo implements ChannelHandler {
        private final boolean answers;

        Echo(boolean answers) {
            this.answers = answers;
        }

        @Override
        public void opened(Channel channel) {
            // The accepting side may open for a moment for a dialler that then dislikes its key: not what is asked
            // here.
            if (!answers) {
                heard.add("opened");
            }
        }

        @Override
        public void received(Channel channel, Bytes frame) {
            if (answers) {
                channel.send(frame);
            } else {
                heard.add("received " + frame.size());
            }
        }

        @Override
        public void closed(Channel channel, CloseReason reason) {
            if (!answers) {
                heard.add("closed " + reason);
            }
        }
    }

    private String next() throws InterruptedException {
        String next = heard.poll(10, TimeUnit.SECONDS);
        return next == null ? "nothing" : next;
    }

    private static TlsIdentity identity() throws Exception {
        KeyPair pair = TlsIdentity.generate();
        return TlsIdentity.of(pair.getPrivate(), pair.getPublic());
    }

    private static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Refused<T>(var refusal) -> throw new AssertionError(refusal.toString());
        };
    }

    @Test
    void tlsRunsFromEndToEndThroughTheRelay() throws Exception {
        TlsIdentity data = identity();
        TlsIdentity station = identity();
        try (OneThread loop = new OneThread();
                TlsNetwork there = new TlsNetwork(loop, data, station.peerId()::equals);
                TlsNetwork here = new TlsNetwork(loop, station, _ -> true)) {
            Network.Listening listening = done(there.listen(LOOPBACK, _ -> new Echo(true)));
            Map<String, Address> table = Map.of("data", listening.address());
            try (Relay relay = done(Relay.start(LOOPBACK, table, RelayLimits.STANDARD))) {
                Channel channel = here.dial(data.peerId(), new Route.Through(relay.address(), "data"), new Echo(false));
                assertThat(next()).isEqualTo("opened");
                loop.run(() -> channel.send(Bytes.wrap(new byte[500_000])));
                assertThat(next()).isEqualTo("received 500000");
                here.dial(station.peerId(), new Route.Through(relay.address(), "data"), new Echo(false));
                assertThat(next()).isEqualTo("closed KEY");
                here.dial(data.peerId(), new Route.Through(relay.address(), "witness"), new Echo(false));
                assertThat(next()).isEqualTo("closed UNREACHABLE");
            }
            assertThat(next()).isIn("closed PEER", "closed BROKEN");
        }
    }
}
