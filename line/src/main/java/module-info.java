/**
 * Lines between parties: frames, channels, calls, messages, and the TLS that carries them with both keys pinned. It moves
 * bytes and knows who sent them; it never decides what a message means, never trusts a name, a date or an authority,
 * and only {@code trimaran.line.tls} touches sockets and threads.
 */
@org.jspecify.annotations.NullMarked
module trimaran.line {
    requires static transitive org.jspecify;
    requires transitive trimaran.kernel;
    requires transitive trimaran.record;

    exports trimaran.line;
    exports trimaran.line.message;
    exports trimaran.line.tls;
}
