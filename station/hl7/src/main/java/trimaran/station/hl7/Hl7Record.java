package trimaran.station.hl7;

import java.util.List;
import trimaran.kernel.Outcome;
import trimaran.kernel.ResourceId;
import trimaran.model.Trait;
import trimaran.station.ResourceVersion;
import trimaran.station.Transaction;
import trimaran.station.WriteResult;

/** All the door needs of a station, as the connector's session may see and change it. Methods block, from many threads. */
public interface Hl7Record {

    /** Resources of the type that have the trait now or had it once. */
    Outcome<List<ResourceId>> find(String type, Trait trait);

    /** All versions of a resource, oldest first; {@code NOT_FOUND} if there is no such resource. */
    Outcome<List<ResourceVersion>> versions(ResourceId id);

    /** The latest version of each Location of the house. */
    Outcome<List<ResourceVersion>> places();

    /** Writes all or nothing; returns when the record has it, or nobody can say when it will. */
    WriteResult write(Transaction transaction);
}
