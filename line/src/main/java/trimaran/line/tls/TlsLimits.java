package trimaran.line.tls;

import trimaran.line.LineLimits;

/** The limits of one {@link TlsNetwork}, smaller in tests than in the field; see {@link LineLimits} for each reason. */
public record TlsLimits(
        int handshakesMax,
        int channelsMax,
        int channelsPerPeerMax,
        long connectMillis,
        long handshakeMillis,
        long keepaliveMillis,
        long idleMillis,
        long lingerMillis) {

    public static final TlsLimits STANDARD = new TlsLimits(
            LineLimits.HANDSHAKES_MAX,
            LineLimits.CHANNELS_MAX,
            LineLimits.CHANNELS_PER_PEER_MAX,
            LineLimits.CONNECT_MILLIS,
            LineLimits.HANDSHAKE_MILLIS,
            LineLimits.KEEPALIVE_MILLIS,
            LineLimits.IDLE_MILLIS,
            LineLimits.LINGER_MILLIS);
}
