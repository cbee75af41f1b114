package trimaran.line.tls;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import trimaran.kernel.Bytes;
import trimaran.line.Answer;
import trimaran.line.CallHandler;
import trimaran.line.Calls;
import trimaran.line.CloseReason;
import trimaran.line.Route;

/**
 * Measures calls over loopback, both ends in this process: round trips a second, CPU a round trip for both ends, latency.
 * Arguments: callers, channels, payload bytes, seconds. Not a test: run by hand, figures go to docs/measurements.md.
 */
final class CallsMeasurement {

    private static final int WARM_UPS = 3;

    private CallsMeasurement() {}

    public static void main(String[] arguments) throws Exception {
        int callers = Integer.parseInt(arguments[0]);
        int channels = Integer.parseInt(arguments[1]);
        int payloadBytes = Integer.parseInt(arguments[2]);
        long seconds = Long.parseLong(arguments[3]);
        try (Parties parties = new Parties()) {
            List<Calls> open = open(parties, channels);
            Bytes payload = Bytes.wrap(new byte[payloadBytes]);
            for (int round = 0; round <= WARM_UPS; round++) {
                measure(open, callers, payload, seconds, round == WARM_UPS);
            }
        }
    }

    private static List<Calls> open(Parties parties, int channels) throws InterruptedException {
        Parties.One data = parties.one("data");
        var listening = Parties.done(data.network.listen(Parties.LOOPBACK, _ -> Calls.over(data.loop, new Echo())));
        List<Calls> open = new ArrayList<>();
        for (int i = 0; i < channels; i++) {
            Parties.One station = parties.one("station" + i);
            Parties.acquaint(data, station);
            CountDownLatch up = new CountDownLatch(1);
            Echo echo = new Echo() {
                @Override
                public void opened(Calls calls) {
                    open.add(calls);
                    loops.add(station.loop);
                    up.countDown();
                }
            };
            station.network.dial(data.id(), new Route.Direct(listening.address()), Calls.over(station.loop, echo));
            up.await();
        }
        return open;
    }

    private static final List<ThreadLoop> loops = new ArrayList<>();

    private static void measure(List<Calls> open, int callers, Bytes payload, long seconds, boolean tell)
            throws InterruptedException {
        long cpuNanos = cpuNanos();
        long startNanos = System.nanoTime();
        long endNanos = startNanos + TimeUnit.SECONDS.toNanos(seconds);
        List<Caller> all = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            Caller caller = new Caller(open.get(i % open.size()), payload, endNanos);
            all.add(caller);
            loops.get(i % open.size()).run(caller::next);
        }
        long[] nanos = new long[0];
        int count = 0;
        for (Caller caller : all) {
            caller.done.await();
            nanos = java.util.Arrays.copyOf(nanos, count + caller.count);
            System.arraycopy(caller.nanos, 0, nanos, count, caller.count);
            count += caller.count;
        }
        long wall = System.nanoTime() - startNanos;
        long cpu = cpuNanos() - cpuNanos;
        java.util.Arrays.sort(nanos);
        if (tell) {
            System.out.printf(
                    "%d callers, %d channels, %d bytes: %,d round trips/s, CPU %.1f µs each for both ends, p50 %.0f µs, p99 %.0f µs%n",
                    callers,
                    open.size(),
                    payload.size(),
                    count * 1_000_000_000L / wall,
                    cpu / 1e3 / count,
                    nanos[count / 2] / 1e3,
                    nanos[count * 99 / 100] / 1e3);
        }
    }

    private static long cpuNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toNanos)
                .orElseThrow();
    }

    private static final class Caller {
        private final Calls calls;
        private final Bytes payload;
        private final long endNanos;
        private final CountDownLatch done = new CountDownLatch(1);
        private long[] nanos = new long[1 << 17];
        private int count;

        Caller(Calls calls, Bytes payload, long endNanos) {
            this.calls = calls;
            this.payload = payload;
            this.endNanos = endNanos;
        }

        void next() {
            long start = System.nanoTime();
            calls.call(payload, 5000, outcome -> {
                if (!outcome.isDone()) {
                    throw new IllegalStateException(outcome.toString());
                }
                long now = System.nanoTime();
                nanos[count++] = now - start;
                if (now < endNanos && count < nanos.length) {
                    next();
                } else {
                    done.countDown();
                }
            });
        }
    }

    /** Answers each request with itself. */
    private static class Echo implements CallHandler {
        @Override
        public void opened(Calls calls) {}

        @Override
        public void request(Calls calls, Bytes payload, Answer answer) {
            answer.done(payload);
        }

        @Override
        public void notice(Calls calls, Bytes payload) {}

        @Override
        public void closed(Calls calls, CloseReason reason) {}
    }
}
