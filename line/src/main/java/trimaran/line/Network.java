package trimaran.line;

import trimaran.kernel.Outcome;

/**
 * What a party's core knows of the network. Bound to one owner: its loop, its TLS key and its {@link PinPolicy}. The real
 * one is {@code trimaran.line.tls.TlsNetwork}; the simulator's implements the same.
 */
public interface Network {

    /**
     * Takes channels at an address; port 0 lets the system choose.
     *
     * @return what listens, or {@code PORT_BUSY}
     */
    Outcome<Listening> listen(Address address, Acceptor acceptor);

    /**
     * Starts a channel to the peer. Returns at once; the handler hears {@code opened} or {@code closed}. Closing the
     * returned channel before it opens calls the dial off.
     */
    Channel dial(PeerId peer, Route route, ChannelHandler handler);

    /** Closes every channel whose peer the policy no longer allows, with {@link CloseReason#CUT}. */
    void recheck();

    /** Gives each channel taken its handler; called on the owner's loop before {@link ChannelHandler#opened}. */
    @FunctionalInterface
    interface Acceptor {
        ChannelHandler accept(Channel channel);
    }

    /** A port being listened at. */
    interface Listening {
        /** The address with the port in use. */
        Address address();

        /** Takes no more channels; open ones stay. */
        void close();
    }
}
