/**
 * The relay: joins a station's connection to the tier it names and carries bytes both ways. It holds no key, keeps
 * nothing, understands nothing after its one line of preamble, and reaches no address but those in its table.
 */
@org.jspecify.annotations.NullMarked
module trimaran.relay {
    requires static transitive org.jspecify;
    requires transitive trimaran.kernel;
    requires transitive trimaran.line;

    exports trimaran.relay;
}
