package trimaran.line.simulated;

/**
 * What the simulated network does to lines.
 *
 * @param delayMinMicros shortest way of a frame
 * @param delayMaxMicros longest way; channels overtake each other within these bounds, frames of one channel never
 * @param dialFailPerMille dials that reach nobody
 * @param breakPerMille frames whose sending breaks the channel: a part of what is under way each way still arrives, so a
 *     request may be done though its answer is lost
 */
public record Weather(long delayMinMicros, long delayMaxMicros, int dialFailPerMille, int breakPerMille) {

    public static final Weather FAIR = new Weather(100, 500, 0, 0);
    public static final Weather ROUGH = new Weather(100, 200_000, 100, 10);

    public Weather {
        if (delayMinMicros < 0 || delayMaxMicros < delayMinMicros) {
            throw new IllegalArgumentException("delays from " + delayMinMicros + " to " + delayMaxMicros);
        }
    }
}
