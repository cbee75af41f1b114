package trimaran.relay;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The connections there are, counted in all, by source, and by whether they have named a destination yet. */
final class Connections {

    private final RelayLimits limits;
    private final Set<Connection> all = new LinkedHashSet<>();
    private final Set<Connection> unnamed = new LinkedHashSet<>();
    private final Map<InetAddress, Integer> bySource = new HashMap<>();

    Connections(RelayLimits limits) {
        this.limits = limits;
    }

    /** Whether there is room; if so it counts from now on. A flood of silent ones pushes out its own oldest. */
    boolean admit(Connection connection) {
        Connection oldest = null;
        synchronized (this) {
            if (bySource.getOrDefault(connection.source(), 0) >= limits.perSourceMax()
                    || all.size() >= limits.connectionsMax()) {
                return false;
            }
            if (unnamed.size() >= limits.preamblesMax()) {
                oldest = unnamed.iterator().next();
                forget(oldest);
            }
            all.add(connection);
            unnamed.add(connection);
            bySource.merge(connection.source(), 1, Integer::sum);
        }
        if (oldest != null) {
            oldest.hangUp();
        }
        return true;
    }

    synchronized void named(Connection connection) {
        unnamed.remove(connection);
    }

    synchronized void forget(Connection connection) {
        if (all.remove(connection)) {
            unnamed.remove(connection);
            bySource.computeIfPresent(connection.source(), (_, count) -> count == 1 ? null : count - 1);
        }
    }

    synchronized int open() {
        return all.size();
    }

    void closeLate(long nowNanos) {
        for (Connection connection : snapshot()) {
            if (connection.isLate(nowNanos)) {
                connection.hangUp();
            }
        }
    }

    void closeAll() {
        snapshot().forEach(Connection::hangUp);
    }

    private synchronized List<Connection> snapshot() {
        return List.copyOf(all);
    }
}
