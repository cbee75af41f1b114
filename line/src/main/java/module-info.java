/**
 * Lines between parties: frames, channels, calls, and the TLS that carries them with both keys pinned. It moves opaque
 * bytes and knows who sent them; it never decides what a message means, never trusts a name, a date or an authority,
 * and only {@code trimaran.line.tls} touches sockets and threads.
 */
@org.jspecify.annotations.NullMarked
module trimaran.line {
    requires static transitive org.jspecify;
    requires transitive trimaran.kernel;

    exports trimaran.line;
}
