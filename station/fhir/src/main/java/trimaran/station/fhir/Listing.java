package trimaran.station.fhir;

import java.time.ZoneId;

/**
 * How a door answers with lists, and where in one a call is.
 *
 * @param zone of the hospital: a day asked for is a day there
 * @param mark where this call goes on
 */
record Listing(ZoneId zone, Paging paging, Paging.Mark mark) {

    Listing(ZoneId zone, Paging paging) {
        this(zone, paging, Paging.Mark.FIRST);
    }

    Listing at(Paging.Mark other) {
        return new Listing(zone, paging, other);
    }
}
