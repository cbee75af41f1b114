package trimaran.line;

import trimaran.kernel.Bytes;

/**
 * The owner's side of one channel. Called on the owner's loop, in order: {@code opened} at most once, then
 * {@code received} any number of times, then {@code closed} exactly once, also for a dial that never opened.
 */
public interface ChannelHandler {

    void opened(Channel channel);

    void received(Channel channel, Bytes frame);

    void closed(Channel channel, CloseReason reason);
}
