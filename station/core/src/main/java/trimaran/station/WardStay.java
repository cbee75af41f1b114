package trimaran.station;

import java.util.Optional;
import trimaran.kernel.CellId;
import trimaran.kernel.ResourceId;

/**
 * One stay in a ward, as its board has it.
 *
 * @param patient the Patient's id; its cell opens the patient's folder
 * @param bed Location of the bed; empty for whoever has none
 * @param start when it began or is expected, as FHIR writes it; empty if nobody says
 * @param leaves when whoever is there is to leave, as FHIR writes it; empty if nobody says
 */
public record WardStay(
        ResourceId encounter,
        ResourceId patient,
        Optional<ResourceId> bed,
        Presence presence,
        String start,
        String leaves) {

    /** Of whom nobody says when they are to leave. */
    public WardStay(
            ResourceId encounter, ResourceId patient, Optional<ResourceId> bed, Presence presence, String start) {
        this(encounter, patient, bed, presence, start, "");
    }

    /** Whether somebody is there. */
    public enum Presence {
        PRESENT,
        EXPECTED
    }

    /** Any of the patient's cells leads to the whole folder. */
    public CellId cell() {
        return patient.cell();
    }
}
