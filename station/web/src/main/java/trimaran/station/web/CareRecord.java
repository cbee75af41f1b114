package trimaran.station.web;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trimaran.cut.Announcing;
import trimaran.cut.CutTarget;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.line.message.LedgerLook;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.Signer;
import trimaran.station.BadgeStanding;
import trimaran.station.LedgerView;
import trimaran.station.RefusedEntry;
import trimaran.station.StationState;

/** What the web door asks a station. */
public interface CareRecord {

    /** Opens a session in the name of a badge. */
    Outcome<Care> open(Signer badge, long lifeMillis);

    /** How the hulls look from here. */
    StationState state();

    /** What the registry says of a badge. */
    BadgeStanding standing(Digest badge);

    /** Whose badge opened a session; empty where this station does not know any more. */
    Optional<LedgerView.Badge> author(Digest session);

    /** Every enrolled station by name: the key of its line. */
    Map<String, Digest> stations();

    /** Has an officer cut something: answered within the second, whichever hull is silent. */
    Outcome<Announcing.Announced> cut(CutTarget target, String why, Signer officer);

    /** An officer's word that this station may have the release ledgers read. */
    Outcome<LedgerLook> look(Signer officer);

    /** Asks a tier for what an exposure report is made from, and waits for its answer. */
    Outcome<Response> ask(LedgerLook look, Party tier, Request request);

    /** What was promised at this station and refused since, oldest first; nothing of what is in it. */
    List<RefusedEntry> refused();

    /** Which of these entries wait in this station's outbox still. */
    Set<Digest> waiting(Set<Digest> entries);
}
