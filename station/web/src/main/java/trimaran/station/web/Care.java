package trimaran.station.web;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.ResourceId;
import trimaran.model.Trait;
import trimaran.station.LedgerView;
import trimaran.station.RefusedEntry;
import trimaran.station.ResourceVersion;
import trimaran.station.Transaction;
import trimaran.station.Unreviewed;
import trimaran.station.WardBoard;
import trimaran.station.WardCopy;
import trimaran.station.WriteResult;
import trimaran.station.chart.Language;

/** The record as one logged-in person may see it. */
public interface Care {

    /** As the registry grants them. */
    List<String> roles();

    /** Whether the session goes on: no cut, no end of its badge or its time has ended it. */
    boolean isLive();

    /** The boards of all wards, by name. */
    Outcome<List<WardBoard>> wards();

    Outcome<WardBoard> ward(ResourceId ward);

    /** The latest version of everything of one patient. */
    Outcome<List<ResourceVersion>> patient(ResourceId patient);

    /** The same of several, opened side by side. */
    Map<ResourceId, Outcome<List<ResourceVersion>>> patients(Collection<ResourceId> patients);

    /** The same of a patient who is not in this person's care, for a reason that was given: noted in the ledgers as such. */
    Outcome<List<ResourceVersion>> breakGlass(ResourceId patient);

    /**
     * Who was handed a patient's record, from the ledgers of the hulls.
     *
     * @param afterReason whether this person opened it as {@link #breakGlass} does
     */
    Outcome<LedgerView> ledgers(ResourceId patient, boolean afterReason);

    /** Resources of a type that have any of these traits, in one lookup. */
    Outcome<List<ResourceId>> findAny(String type, List<Trait> traits);

    /** The latest version of everything of the house: places, staff, and what waits there for a person. */
    Outcome<List<ResourceVersion>> house();

    /** The latest version of each that is not taken back, to see who or what it is: nothing else of a patient is opened. */
    Outcome<List<ResourceVersion>> latest(Collection<ResourceId> ids);

    /**
     * Done once two tiers have written down that this person was shown what a station keeps of these patients beside the record;
     * whoever shows it MUST wait for it.
     *
     * @param station where
     */
    Outcome<Boolean> exported(Collection<ResourceId> patients, String station);

    /**
     * A ward on paper, as PDF: everybody there and expected whom this person may open, handed out once two tiers have written down
     * that it is printed.
     */
    Outcome<Bytes> wardPack(ResourceId ward, Language language);

    WriteResult write(Transaction transaction);

    /** What stands in a patient's record without application's approval and is to be reviewed, the oldest first. */
    Outcome<List<Unreviewed>> unreviewed(ResourceId patient);

    /** What was in something that was promised at this station and refused since, as far as this person has its record open. */
    Outcome<RefusedEntry.Content> refused(Digest entry);

    /** This person has seen that it is not in the record: it is kept no longer. False if it was not there. */
    Outcome<Boolean> putAway(Digest entry);

    /** A ward's sealed copy was opened for this person: its patients are written of without their record while no hull answers. */
    void opened(WardCopy copy);

    /** Ends the session: what only it had open is forgotten. */
    void close();
}
