/**
 * Values every party may speak of: bytes, digests, ids, times, refusals, the canonical codec, and the interfaces behind
 * which time, randomness and disk lie. It never opens a file or a socket, reads a clock or starts a thread.
 */
@org.jspecify.annotations.NullMarked
module trimaran.kernel {
    requires static transitive org.jspecify;

    exports trimaran.kernel;
}
