/**
 * What Trimaran costs: a throw-away hospital at work, measured from outside, and the hot inner steps by themselves. It must never
 * be linked by another room.
 */
@org.jspecify.annotations.NullMarked
module trimaran.bench {
    requires static transitive org.jspecify;
    requires info.picocli;
    requires java.net.http;
    requires jmh.core;
    requires trimaran.kernel;
    requires trimaran.model;
    requires trimaran.process;
    requires trimaran.record;
    requires trimaran.seal;
    requires trimaran.shares;
    requires trimaran.trial;

    opens trimaran.bench to
            info.picocli;
}
