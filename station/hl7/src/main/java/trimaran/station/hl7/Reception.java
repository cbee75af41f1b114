package trimaran.station.hl7;

/** Who deals with messages. Called from many threads; blocks until the message may be acknowledged. */
public interface Reception {

    /** A message in its place behind those it must not overtake. */
    interface Task {

        /** @return the acknowledgement, without block characters */
        byte[] answer();
    }

    /**
     * Takes a message in, at once: called in the order of a line. The task MUST be run, on any thread.
     *
     * @param message the bytes between the block characters
     * @param line the same for all that comes over one line
     */
    default Task take(byte[] message, Object line) {
        return () -> answer(message);
    }

    /**
     * @param message the bytes between the block characters
     * @return the acknowledgement, without block characters
     */
    byte[] answer(byte[] message);

    /** The acknowledgement of a message nobody looks into, since it is too large or there is no room for it. */
    byte[] refusal(Hl7Event.Reason reason);
}
