/**
 * Attacks on throw-away hospitals of real processes: kills, rebuilds, searches for what must not be readable, bad input at
 * every port. It goes in from outside only, through the command line, the doors and the operating system, so that it judges
 * what a hospital would see. It must never be linked by another room, and never be pointed at a hospital that is used.
 */
@org.jspecify.annotations.NullMarked
module trimaran.drills {
    requires static transitive org.jspecify;
    requires info.picocli;
    requires java.net.http;
    requires trimaran.backup;
    requires trimaran.keeper;
    requires rocksdbjni;
    requires trimaran.kernel;
    requires trimaran.line;
    requires trimaran.party;
    requires trimaran.process;
    requires trimaran.record;
    requires trimaran.seal;
    requires trimaran.shares;
    requires trimaran.store;
    requires transitive trimaran.trial;

    exports trimaran.drills;

    opens trimaran.drills to
            info.picocli;
}
