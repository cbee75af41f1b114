package trimaran.station.hl7;

/** Memory of all messages that are being received or dealt with, so that many large ones at once do not end the station. */
final class MessageRoom {

    private final long bytes;
    private long taken;

    MessageRoom(long bytes) {
        this.bytes = bytes;
    }

    /** Takes room if there is so much. */
    synchronized boolean take(long more) {
        if (taken + more > bytes) {
            return false;
        }
        taken += more;
        return true;
    }

    /** What each line may have whatever the others hold. */
    synchronized void takeAnyway(long more) {
        taken += more;
    }

    synchronized void give(long less) {
        taken -= less;
    }

    synchronized long taken() {
        return taken;
    }
}
