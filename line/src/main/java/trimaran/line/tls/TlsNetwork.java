package trimaran.line.tls;

import java.io.IOException;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Code;
import trimaran.kernel.Loop;
import trimaran.kernel.Outcome;
import trimaran.line.Address;
import trimaran.line.Channel;
import trimaran.line.ChannelHandler;
import trimaran.line.CloseReason;
import trimaran.line.Network;
import trimaran.line.PeerId;
import trimaran.line.PinPolicy;
import trimaran.line.Route;
import trimaran.line.tls.TlsContext.UnwantedKeyException;

/**
 * The network as it is: frames over TLS 1.3 over TCP, both keys pinned, virtual threads behind the owner's loop. Whatever
 * bytes come to its ports, it closes lines and lives on.
 */
public final class TlsNetwork implements Network, AutoCloseable {

    /** How often deadlines are looked at: a tenth of a second late is on time for all of them. */
    private static final long WATCH_MILLIS = 100;

    private final Loop loop;
    private final TlsLimits limits;
    private final TlsContext context;
    private final OpenChannels channels;
    private final Handshakes handshakes;
    private final Set<TlsChannel> dialling = ConcurrentHashMap.newKeySet();
    private final Set<TlsListening> listenings = ConcurrentHashMap.newKeySet();
    private final Thread watch;

    /** @param policy asked from any thread */
    public TlsNetwork(Loop loop, TlsIdentity identity, PinPolicy policy) {
        this(loop, identity, policy, TlsLimits.STANDARD);
    }

    public TlsNetwork(Loop loop, TlsIdentity identity, PinPolicy policy, TlsLimits limits) {
        this.loop = loop;
        this.limits = limits;
        this.context = new TlsContext(identity, policy);
        this.channels = new OpenChannels(policy, limits);
        this.handshakes = new Handshakes(limits);
        this.watch = Thread.ofVirtual().name("line-watch").start(this::watch);
    }

    @Override
    public Outcome<Listening> listen(Address address, Acceptor acceptor) {
        try {
            TlsListening listening = new TlsListening(address);
            listenings.add(listening);
            listening.start(socket -> take(socket, acceptor));
            return Outcome.done(listening);
        } catch (IOException | RuntimeException busy) {
            return Outcome.refused(Code.PORT_BUSY, "cannot listen at " + address);
        }
    }

    @Override
    public Channel dial(PeerId peer, Route route, ChannelHandler handler) {
        TlsChannel channel = new TlsChannel(loop, limits, peer, handler);
        dialling.add(channel);
        Thread.ofPlatform().daemon().name("line-reader").start(() -> reach(channel, route));
        return channel;
    }

    @Override
    public void recheck() {
        channels.recheck();
    }

    /** Channels open now, accepted and dialled. */
    public int channelsOpen() {
        return channels.snapshot().size();
    }

    /** Accepted connections that have not proven a key yet. */
    public int handshakesUnderWay() {
        return handshakes.underWay();
    }

    /** Stops listening and closes everything at once. */
    @Override
    public void close() {
        listenings.forEach(TlsListening::close);
        watch.interrupt();
        dialling.forEach(channel -> channel.end(CloseReason.HERE));
        channels.snapshot().forEach(channel -> channel.end(CloseReason.HERE));
    }

    private void take(Socket socket, Acceptor acceptor) {
        handshakes.begin(socket);
        try {
            Sockets.prepare(socket);
            SSLSocket tls = context.accepted(socket);
            TlsChannel channel = new TlsChannel(loop, limits, context.handshake(tls, null), null);
            channel.uses(socket);
            if (channels.admit(channel) == null) {
                handshakes.end(socket);
                carry(channel, tls, acceptor::accept);
            } else {
                Sockets.close(tls);
            }
        } catch (IOException | RuntimeException stranger) {
            // Whoever it was has proven no key: the line is closed and nothing else happens.
            handshakes.end(socket);
        } finally {
            handshakes.end(socket);
            Sockets.close(socket);
        }
    }

    private void reach(TlsChannel channel, Route route) {
        Socket socket = new Socket();
        channel.uses(socket);
        try {
            SSLSocket tls = connected(channel, socket, route);
            if (tls != null) {
                CloseReason unfit = channels.admit(channel);
                if (unfit == null) {
                    dialling.remove(channel);
                    carry(channel, tls, _ -> {
                        throw new IllegalStateException("a dialled channel has its handler");
                    });
                } else {
                    channel.end(unfit);
                }
            }
        } finally {
            dialling.remove(channel);
            Sockets.close(socket);
        }
    }

    private @Nullable SSLSocket connected(TlsChannel channel, Socket socket, Route route) {
        try {
            Sockets.connect(socket, route, (int) limits.connectMillis());
            channel.joined();
        } catch (IOException | RuntimeException unreachable) {
            channel.end(CloseReason.UNREACHABLE);
            return null;
        }
        try {
            SSLSocket tls = context.dialled(socket, channel.peer());
            context.handshake(tls, channel.peer());
            return tls;
        } catch (UnwantedKeyException unwanted) {
            channel.end(CloseReason.KEY);
        } catch (IOException | RuntimeException failed) {
            channel.end(CloseReason.HANDSHAKE);
        }
        return null;
    }

    private void carry(TlsChannel channel, SSLSocket tls, TlsChannel.Network acceptingSide) {
        try {
            channel.carry(tls, acceptingSide);
        } finally {
            channels.forget(channel);
        }
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(WATCH_MILLIS);
                long nowNanos = System.nanoTime();
                handshakes.watch(nowNanos);
                dialling.forEach(channel -> channel.watch(nowNanos));
                channels.snapshot().forEach(channel -> channel.watch(nowNanos));
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }
}
