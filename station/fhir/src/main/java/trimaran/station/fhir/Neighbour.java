package trimaran.station.fhir;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Map;
import trimaran.kernel.Bytes;
import trimaran.kernel.Refusal;

/**
 * Who answers at this listener for whatever lies outside {@code /fhir}: the browsers' door. Its requests keep within the same
 * bounds of line, headers, connections and time.
 */
public interface Neighbour {

    /** Takes one request whose line and headers were read, from there to its answer. */
    void handle(ServerRequest request, ServerResponse response);

    /** What it says of a request that broke off before it could be handed over. */
    Early early(Refusal refusal);

    /**
     * Such an answer.
     *
     * @param headers by name; the content type among them
     */
    record Early(Map<String, String> headers, Bytes body) {
        public Early {
            headers = Map.copyOf(headers);
        }
    }
}
