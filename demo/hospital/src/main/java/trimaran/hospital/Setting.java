package trimaran.hospital;

import java.time.LocalDateTime;

/**
 * What an invented hospital is drawn from. Seed, size and day decide who is there and what happens that day; the hour decides
 * only how much of it has happened.
 *
 * @param beds how many beds the house has
 * @param now the time in Paris up to which things have happened
 */
public record Setting(long seed, int beds, LocalDateTime now) {

    /** Fewer are no house with wards. */
    public static final int BEDS_MIN = 20;

    /** The largest hospitals of one site; beyond, nobody would look at the demonstration. */
    public static final int BEDS_MAX = 1_500;

    /** As many as the hospital whose fall this is about. */
    public static final int BEDS_DEFAULT = 700;

    public Setting {
        if (beds < BEDS_MIN || beds > BEDS_MAX) {
            throw new IllegalArgumentException("beds: " + beds);
        }
    }
}
