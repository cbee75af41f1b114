package trimaran.application;

import java.util.Set;
import trimaran.kernel.RecordTime;
import trimaran.record.CellKind;

/**
 * One application of the hospital: rules over one domain. It is a pure function of what it is given: no disk, network,
 * clock, randomness or thread, no other application, nothing remembered from one decision to the next. Who may write which
 * type is settled by {@link Roles} before it is asked.
 */
public interface Application {

    /** Its name in lower case, for status and refusals. */
    String name();

    /** Whether it answers for this changed resource. An entry with a resource nobody answers for is refused. */
    boolean concerns(DraftItem item);

    /** The kinds of cell it needs to see for this draft; {@link ReadPolicy} says which cells of a kind it may. */
    Set<CellKind> reads(DraftView draft);

    /**
     * May this be? Called only if it concerns an item of the draft. It sees the whole draft, and of the record the cells
     * named in the draft's reads that are of a kind it asked for.
     *
     * @param now the time the approval will be counted from
     */
    Decision decide(DraftView draft, StateView state, Author author, RecordTime now);
}
