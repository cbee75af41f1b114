package trimaran.station.fhir;

import java.util.List;
import java.util.Locale;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.ResourceId;
import trimaran.model.Trait;
import trimaran.station.ResourceVersion;
import trimaran.station.Transaction;
import trimaran.station.WriteResult;

/**
 * All the door needs of a station: the record as one client's session may see and change it. Methods block and are called
 * from many threads. A refusal with {@link Code#SESSION_ENDED} makes the door ask {@link Clients} anew.
 */
public interface RecordView {

    /** All versions of a resource, oldest first; {@code NOT_FOUND} if there is no such resource. */
    Outcome<List<ResourceVersion>> versions(ResourceId id);

    /** The latest version of everything that is in the patient's cells and not deleted; by any id in one of them. */
    Outcome<List<ResourceVersion>> everything(ResourceId patient);

    /** The latest version of everything that concerns no patient and is not deleted: organisations, staff, places, catalogues. */
    Outcome<List<ResourceVersion>> house();

    /** Resources of the type that have the trait now or had it once. */
    Outcome<List<ResourceId>> find(String type, Trait trait);

    /** The resources whose author chose this id: one, or none. */
    Outcome<List<ResourceId>> findChosen(String type, String id);

    /** Patients that may fit, to be compared by the caller; {@code NOT_ALLOWED} if this session may not search so. */
    Outcome<List<ResourceVersion>> patients(PersonQuery query);

    /** The pack of a ward as PDF, by one of its codes, its name or its id; by default there is no printer here. */
    default Outcome<byte[]> wardPack(String ward, Locale language) {
        return Outcome.refused(Code.NOT_SUPPORTED, "this door prints no ward packs");
    }

    /** Writes all or nothing; returns when the record has it, or nobody can say when it will. */
    WriteResult write(Transaction transaction);
}
