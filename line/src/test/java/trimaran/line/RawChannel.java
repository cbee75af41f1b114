package trimaran.line;

import java.util.ArrayList;
import java.util.List;
import trimaran.kernel.Bytes;

/** A station that sends whatever frames a test likes. */
final class RawChannel implements ChannelHandler {

    private final Channel channel;
    private final List<Bytes> frames = new ArrayList<>();

    RawChannel(Pair pair) {
        channel = pair.stationNetwork.dial(Pair.TIER, new Route.Direct(Pair.TIER_ADDRESS), this);
        pair.loops.runMillis(10);
    }

    Channel channel() {
        return channel;
    }

    List<Bytes> frames() {
        return frames;
    }

    @Override
    public void opened(Channel opened) {}

    @Override
    public void received(Channel from, Bytes frame) {
        frames.add(frame);
    }

    @Override
    public void closed(Channel ended, CloseReason reason) {}
}
