/**
 * The machine a party runs on: its disk, clock, thread, randomness, key files, configuration, event log and signals, as
 * only a party's main may create them. It never holds a rule, never opens a line to another party and never writes
 * anything a patient could be known by.
 */
@org.jspecify.annotations.NullMarked
module trimaran.process {
    requires static transitive org.jspecify;
    requires transitive trimaran.kernel;

    exports trimaran.process;
}
