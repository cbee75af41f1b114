package trimaran.line.message;

import java.util.List;
import trimaran.kernel.CellId;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.Writer;

/**
 * Whose cells a draft shows to application, and of which it says only that something is written there: lines of two acts on a
 * ledger, since whoever fell has read the ones and merely heard of the others.
 *
 * @param texts cells of which the draft carries a content, ascending
 * @param named its other cells, and the patients of cells the entry opens, ascending
 */
public record Shown(List<CellId> texts, List<CellId> named) {

    public Shown {
        texts = List.copyOf(texts);
        named = List.copyOf(named);
    }

    static Shown read(Reader reader) throws MalformedException {
        return new Shown(
                reader.list(MessageLimits.SHOWN_CELLS_MAX, CellId::read),
                reader.list(MessageLimits.SHOWN_CELLS_MAX, CellId::read));
    }

    Writer write(Writer writer) {
        return writer.list(texts, (w, cell) -> cell.write(w)).list(named, (w, cell) -> cell.write(w));
    }
}
