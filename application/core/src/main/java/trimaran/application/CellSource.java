package trimaran.application;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
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

    /**
     * Who wrote the present version of these resources of a cell, by its headers alone: nothing is opened. Without those this
     * tier's copy does not know.
     */
    Map<Long, Written> written(CellId cell, Set<Long> locals);

    /**
     * The same from what each part of a cell wrote: walks from the newest back and stops once all are found, since a review names what
     * was written lately and a cell may have had thousands of parts.
     *
     * @param parts how many the cell has
     * @param wrote what one of them wrote, by its number
     */
    static Map<Long, Written> newest(long parts, Set<Long> locals, LongFunction<Map<Long, Written>> wrote) {
        Map<Long, Written> found = new HashMap<>();
        for (long part = parts - 1; part >= 0 && found.size() < locals.size(); part--) {
            wrote.apply(part).forEach((local, written) -> {
                if (locals.contains(local)) {
                    found.putIfAbsent(local, written);
                }
            });
        }
        return found;
    }

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
