package trimaran.station.fhir;

import trimaran.kernel.Outcome;

/**
 * Who may come in by the FHIR door. Implemented by the station's main over the clients' key files; called rarely, since the
 * door remembers what it was told. An unknown client and a wrong secret MUST look the same, also in time.
 */
@FunctionalInterface
public interface Clients {

    /**
     * Opens a session for a client.
     *
     * @param client lower case letters, digits and hyphens, so that it is safe in a file name
     * @param secret wiped by the caller afterwards
     * @return the record as this client may see it; {@code NOT_SIGNED_IN} if the pair is not known
     */
    Outcome<RecordView> of(String client, char[] secret);
}
