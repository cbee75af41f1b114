/** A station as a process: the core wired to the real clock, disk and network, with its doors. */
@org.jspecify.annotations.NullMarked
module trimaran.station.main {
    requires static transitive org.jspecify;
    requires trimaran.station;
    requires trimaran.station.fhir;
    requires trimaran.station.chart;
    requires trimaran.station.hl7;
    requires trimaran.station.paper;
    requires trimaran.station.web;
    requires trimaran.party;

    exports trimaran.station.main;
}
