package trimaran.cut;

import java.util.Map;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;

/** What stations and connected systems are called where an officer stands. */
public interface CutNames {

    /** Enrolled stations by name: the keys of their lines. Refused where nobody can tell. */
    Outcome<Map<String, Digest>> stations();

    /** Connected systems by name: their badges. Refused where nobody can tell. */
    Outcome<Map<String, Digest>> clients();
}
