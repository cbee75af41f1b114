package trimaran.application;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.ResourceId;
import trimaran.line.message.Draft;
import trimaran.line.message.Receipt;
import trimaran.record.Change;
import trimaran.record.Header;
import trimaran.record.NewCell;

/**
 * Where the office gets cells from; the tier's main gives it. Shares come from this tier's own keeper and from one other
 * tier, which releases only cells of a filed draft.
 */
public interface CellSource {

    /** The badge that opened a session, long after a registry forgot it, too; empty if this tier never had a ledger line of it. */
    Optional<Digest> badge(Digest session);

    /** What this tier's copy of the record knows of a cell: kind, subject, commitments. Empty for a cell nobody opened. */
    Optional<NewCell> opening(CellId cell);

    /** The number of a resource's present version; 0 if this tier's copy does not know it. One look, however long its cell is. */
    long version(ResourceId id);

    /** How many parts this tier's copy has of a cell. */
    long parts(CellId cell);

    /** What one part of a cell wrote, by its header alone: nothing is opened. */
    Map<Long, Written> written(CellId cell, long part);

    /**
     * A version as its entry's header announces it.
     *
     * @param session in which its author signed it
     * @param continuity whether nobody approved it
     */
    record Written(long version, Draft.Action action, Digest session, boolean continuity) {

        /** @param version as its place counts it */
        public static Written of(Header header, Change change, long version) {
            Draft.Action action = change.removes()
                    ? Draft.Action.DELETE
                    : change.replaces() == 0 ? Draft.Action.CREATE : Draft.Action.UPDATE;
            return new Written(
                    version,
                    action,
                    header.author().session(),
                    header.sanction().isContinuity());
        }
    }

    /**
     * Opens these cells for this entry's draft, all or none, in the order asked. Answers once, on the loop; the office
     * drops an answer that comes after its deadline. The source MUST keep neither keys nor content once it has answered.
     */
    void open(Digest entry, Receipt receipt, List<CellId> cells, Consumer<Outcome<List<OpenCell>>> answer);
}
