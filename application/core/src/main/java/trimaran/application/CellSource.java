package trimaran.application;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.line.message.Receipt;
import trimaran.record.NewCell;

/**
 * Where the office gets cells from; the tier's main gives it. Shares come from this tier's own keeper and from one other
 * tier, which releases only cells of a filed draft.
 */
public interface CellSource {

    /** What this tier's copy of the record knows of a cell: kind, subject, commitments. Empty for a cell nobody opened. */
    Optional<NewCell> opening(CellId cell);

    /**
     * Opens these cells for this entry's draft, all or none, in the order asked. Answers once, on the loop; the office
     * drops an answer that comes after its deadline. The source MUST keep neither keys nor content once it has answered.
     */
    void open(Digest entry, Receipt receipt, List<CellId> cells, Consumer<Outcome<List<OpenCell>>> answer);
}
