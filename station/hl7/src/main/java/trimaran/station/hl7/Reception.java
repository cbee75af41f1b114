package trimaran.station.hl7;

/** Who deals with messages. Called from many threads, one for each line; blocks until the message may be acknowledged. */
public interface Reception {

    /**
     * @param message the bytes between the block characters
     * @return the acknowledgement, without block characters
     */
    byte[] answer(byte[] message);

    /** The acknowledgement of a message nobody looks into, since it is too large or there is no room for it. */
    byte[] refusal(Hl7Event.Reason reason);
}
