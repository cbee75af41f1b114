package trimaran.station.main;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import trimaran.kernel.Refusal;
import trimaran.station.fhir.Neighbour;
import trimaran.station.web.WebDoor;

/** The browsers' door beside the FHIR door, at one listener: people find both at the address {@code up} prints. */
record Browsers(WebDoor door) implements Neighbour {

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        door.handle(request, response);
    }

    @Override
    public Early early(Refusal refusal) {
        return new Early(WebDoor.earlyHeaders(), WebDoor.early(refusal));
    }
}
