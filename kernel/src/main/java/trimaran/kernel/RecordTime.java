package trimaran.kernel;

import java.time.Instant;

/**
 * A moment as the record knows it, in milliseconds since 1970 (UTC): the place time data gave, or the held time two tiers
 * signed. Policy, expiry and lastUpdated are judged by it and by nothing else.
 */
public record RecordTime(long millis) implements Comparable<RecordTime> {

    public static final RecordTime ZERO = new RecordTime(0);

    public Instant instant() {
        return Instant.ofEpochMilli(millis);
    }

    public RecordTime plusMillis(long more) {
        return new RecordTime(millis + more);
    }

    public boolean isAfter(RecordTime other) {
        return millis > other.millis;
    }

    public static RecordTime read(Reader reader) throws MalformedException {
        return new RecordTime(reader.count());
    }

    public void write(Writer writer) {
        writer.i64(millis);
    }

    @Override
    public int compareTo(RecordTime other) {
        return Long.compare(millis, other.millis);
    }

    @Override
    public String toString() {
        return instant().toString();
    }
}
