/**
 * A throw-away hospital of real processes, handled from outside only: through the command line, the doors and the operating
 * system. What drills and bench stand on; it must never be linked by a party, and never be pointed at a hospital that is used.
 */
@org.jspecify.annotations.NullMarked
module trimaran.trial {
    requires static transitive org.jspecify;
    requires java.net.http;

    exports trimaran.trial;
}
