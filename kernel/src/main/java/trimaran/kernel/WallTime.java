package trimaran.kernel;

import java.time.Instant;

/** A moment as a wall clock shows it, in milliseconds since 1970 (UTC). Shown to people and bounded, never ordered by. */
public record WallTime(long millis) implements Comparable<WallTime> {

    public Instant instant() {
        return Instant.ofEpochMilli(millis);
    }

    public WallTime plusMillis(long more) {
        return new WallTime(millis + more);
    }

    @Override
    public int compareTo(WallTime other) {
        return Long.compare(millis, other.millis);
    }

    @Override
    public String toString() {
        return instant().toString();
    }
}
