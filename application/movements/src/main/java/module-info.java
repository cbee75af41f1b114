/**
 * Identity and movements: who came, lies in which bed and left, and that nobody's identity vanishes unseen. Pure rules. It
 * must never reach another application, the disk, the network, a clock, randomness or a thread.
 */
@org.jspecify.annotations.NullMarked
module trimaran.application.movements {
    requires static transitive org.jspecify;
    requires transitive trimaran.application;
    requires trimaran.model;

    exports trimaran.application.movements;
}
