package trimaran.line;

/** Why a channel ended, or never began. */
public enum CloseReason {
    /** The owner at this end closed it. */
    HERE,
    /** The other end closed it, or its process died. */
    PEER,
    /** Nobody answered at the address or through the relay in time. */
    UNREACHABLE,
    /** No TLS 1.3 handshake with a key at each end came about in time; a peer that dislikes our key may end it in the middle. */
    HANDSHAKE,
    /** The key at the other end is not the one expected, or not allowed. */
    KEY,
    /** The other end completed its handshake and then would not have us: our key, or no room. */
    REFUSED,
    /** {@link PinPolicy} no longer allows the other end. */
    CUT,
    /** More was sent than the other end takes. */
    OUTBOUND_FULL,
    /** The other end sent a frame over {@link LineLimits#FRAME_MAX_BYTES}. */
    FRAME_SIZE,
    /** The other end sent a frame that is no call, answer or notice. */
    MALFORMED,
    /** Nothing came for {@link LineLimits#IDLE_MILLIS}, not even a sign of life. */
    IDLE,
    /** The other end opened one channel more than {@link LineLimits#CHANNELS_PER_PEER_MAX}; the oldest made room. */
    REPLACED,
    /** The connection broke. */
    BROKEN
}
