/**
 * The FHIR R4 door of a station: HTTP in, calls to the station core, HTTP out, the author's bytes passed through as they
 * are stored. It must never decide who may see or write what, keep a resource, know a key or a tier, accept what the strict
 * check refuses, or tell the outside more about a fault than its code.
 */
@org.jspecify.annotations.NullMarked
module trimaran.station.fhir {
    requires static transitive org.jspecify;
    requires transitive trimaran.kernel;
    requires transitive trimaran.model;
    requires transitive trimaran.record;
    requires transitive trimaran.station;
    requires io.helidon.common.socket;
    requires io.helidon.http;
    requires transitive io.helidon.webserver;
    requires java.logging;

    exports trimaran.station.fhir;
}
