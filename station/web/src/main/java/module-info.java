/**
 * The web door of a station: pages for nurses and physicians, made here from what the station core has open, as plain HTML
 * that works without a script. It knows who sits at which browser, and asks the core in their name. It must never decide who
 * may see or write what, keep a resource or a key longer than its reader's session (but what lies in this station's outbox, and for
 * some minutes what its person was typing), put anything into a browser's storage but
 * cookies nobody can guess, name another host, or send a script, a style or a word that came from a resource unescaped.
 */
@org.jspecify.annotations.NullMarked
module trimaran.station.web {
    requires static transitive org.jspecify;
    requires trimaran.exposure;
    requires transitive trimaran.kernel;
    requires transitive trimaran.model;
    requires transitive trimaran.record;
    requires transitive trimaran.station;
    requires trimaran.station.chart;
    requires gg.jte.runtime;
    requires io.helidon.http;
    requires transitive io.helidon.webserver;

    exports trimaran.station.web;
}
