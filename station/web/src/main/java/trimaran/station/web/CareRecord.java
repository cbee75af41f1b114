package trimaran.station.web;

import java.util.Set;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.record.Signer;
import trimaran.station.StationState;

/** What the web door asks a station. */
public interface CareRecord {

    /** Opens a session in the name of a badge. */
    Outcome<Care> open(Signer badge, long lifeMillis);

    /** How the hulls look from here. */
    StationState state();

    /** Which of these entries wait in this station's outbox still. */
    Set<Digest> waiting(Set<Digest> entries);
}
