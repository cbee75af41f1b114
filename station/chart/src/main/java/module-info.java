/**
 * What people see of one patient: a fold of the resources a station has open into banner, allergies, prescriptions, doses, results
 * and the rest, in words of French and English. Stands on any R4 data: what is missing is said to be missing, a code it does not
 * know shows its text, and nothing is dropped. Pure: resources, a time and a zone in, values out. It must never read a clock, a
 * file or a socket, ask a station for anything, guess what a resource does not say, or judge what is good for a patient.
 */
@org.jspecify.annotations.NullMarked
module trimaran.station.chart {
    requires static transitive org.jspecify;
    requires transitive trimaran.kernel;
    requires transitive trimaran.model;
    requires transitive trimaran.station;

    exports trimaran.station.chart;
}
