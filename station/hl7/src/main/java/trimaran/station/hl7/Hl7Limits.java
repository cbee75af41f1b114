package trimaran.station.hl7;

/**
 * Every bound of the HL7 door in one place. Just over one of them a message is refused with its reason, or its line is closed;
 * the station goes on.
 *
 * @param messageBytes one message between its block characters
 * @param messagesBytes messages held at once, all lines together, beside a first piece of 64 KiB of each line; the next are refused
 *     until there is room
 * @param segments of one message
 * @param connections open at once; the next are closed as they come
 * @param messageMillis for a message, once begun, to arrive whole
 * @param idleMillis a line on which nothing comes
 * @param answerMillis for the sender to take the acknowledgement
 */
public record Hl7Limits(
        int messageBytes,
        long messagesBytes,
        int segments,
        int connections,
        long messageMillis,
        long idleMillis,
        long answerMillis) {

    /** Bytes outside any block that a line may bring in a row; the line ends of careless senders are a few. */
    public static final int STRAY_BYTES_MAX = 4 << 10;

    /** Messages of one line under way at once; what a sender sends on waits in the line. */
    public static final int UNDER_WAY_MAX = 16;

    /** Fields of one segment: the longest of HL7 2.9 has some 60. */
    public static final int FIELDS_MAX = 256;

    /** Repetitions of one field. */
    public static final int REPETITIONS_MAX = 1_000;

    /** Components of one repetition, and subcomponents of one component. */
    public static final int COMPONENTS_MAX = 256;

    /** Faults told in one acknowledgement; who sends more is told of the first ones. */
    public static final int FAULTS_MAX = 20;

    /** Characters of a message repeated in an acknowledgement, so that an answer stays small. */
    public static final int GOT_CHARACTERS_MAX = 60;

    /** Above this a message takes its memory piece by piece out of the common room. */
    static final int PIECE_BYTES = 64 << 10;

    public Hl7Limits {
        if (messageBytes > messagesBytes) {
            throw new IllegalArgumentException("the largest message must fit the common room");
        }
    }

    /** What a station is run with. */
    public static final Hl7Limits STANDARD = new Hl7Limits(12 << 20, 32L << 20, 20_000, 64, 60_000, 1_800_000, 30_000);
}
