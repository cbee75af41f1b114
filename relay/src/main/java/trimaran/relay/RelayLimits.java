package trimaran.relay;

/**
 * The limits of a relay. A stranger can connect to it, so every one of them holds before anybody has proven a key.
 *
 * @param connectionsMax connections in all; each costs two threads waiting and two buffers of 16 KiB
 * @param perSourceMax connections from one address, so that one machine cannot take all
 * @param preamblesMax connections that have not named a destination yet; one more closes the oldest
 * @param preambleMillis from connection to the end of the preamble
 * @param connectMillis to reach the destination
 * @param idleMillis without a byte in either direction; ends of a line that live send one every few seconds
 */
public record RelayLimits(
        int connectionsMax,
        int perSourceMax,
        int preamblesMax,
        long preambleMillis,
        long connectMillis,
        long idleMillis) {

    /** Four channels for each of 400 stations; a ward behind one address; twice what the ends of a line bear. */
    public static final RelayLimits STANDARD = new RelayLimits(1_600, 256, 64, 3_000, 2_000, 20_000);
}
