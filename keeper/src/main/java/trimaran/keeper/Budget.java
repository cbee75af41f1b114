package trimaran.keeper;

import java.util.List;
import java.util.Set;
import trimaran.kernel.CellId;
import trimaran.kernel.Outcome;
import trimaran.kernel.RecordTime;
import trimaran.record.CellKind;
import trimaran.record.Session;

/** The hook every opening and lookup passes (DESIGN §6 Budgets). Never refuses care: it slows down and asks for a second person. */
public interface Budget {

    /** How a request is to be served. */
    record Grace(long delayMillis) {
        public static final Grace AT_ONCE = new Grace(0);
    }

    /**
     * May this session open these patients' cells now? Break-glass is always answered, with a growing delay.
     *
     * @param kinds of what kinds the cells are
     */
    Outcome<Grace> open(
            Session session, List<CellId> subjects, Set<CellKind> kinds, boolean breakGlass, RecordTime now);

    /** A reason was written down for these patients and their keys leave: for the hour this badge is asked for no other. */
    void reasonGiven(Session session, List<CellId> subjects, RecordTime now);

    /** May this session have its half of so many tokens made now? */
    Outcome<Grace> lookUp(Session session, int count, RecordTime now);

    /** May this session be told what so many tokens lead to now? */
    Outcome<Grace> find(Session session, int count, RecordTime now);
}
