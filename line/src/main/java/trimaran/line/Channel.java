package trimaran.line;

import trimaran.kernel.Bytes;

/**
 * An ordered, authenticated stream of frames to one peer. What was sent arrives whole, once and in order, or the channel
 * closes; whether the last frames before a close arrived, only an answer tells. To be used on the owner's loop only.
 */
public interface Channel {

    /** Who is at the other end; proven once {@link ChannelHandler#opened} was called. */
    PeerId peer();

    /**
     * Queues a frame and returns at once. Frames sent before the channel is open leave when it opens. If more than
     * {@link LineLimits#OUTBOUND_MAX_BYTES} would be waiting, the channel is closed with {@link CloseReason#OUTBOUND_FULL}.
     *
     * @param frame 1 to {@link LineLimits#FRAME_MAX_BYTES} bytes
     * @return false if the channel is closed, by this call or before
     * @throws IllegalArgumentException for an empty frame or one over the limit: the sender is broken
     */
    boolean send(Bytes frame);

    /** Bytes sent that the operating system has not taken yet. */
    int waitingBytes();

    /** Closes; frames already queued get {@link LineLimits#LINGER_MILLIS} to leave. Closing twice is fine. */
    default void close() {
        close(CloseReason.HERE);
    }

    /** Closes with the reason this end's handler will be told. */
    void close(CloseReason reason);
}
