package trimaran.data;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.SecretBytes;
import trimaran.record.CellKind;
import trimaran.record.NewCell;
import trimaran.shares.CellCommitments;

/** A cell to be opened, the same whoever asks for its number, with data's two shares of its key. */
record DrawnCell(NewCell opening, SecretBytes one, SecretBytes two) {

    private static final Map<CellId, DrawnCell> ALL = new ConcurrentHashMap<>();

    /** The name of a cell of this session. */
    static CellId draw(Digest session, long number, CellKind kind, CellId subject) {
        SecretBytes one = secret(number + " one");
        SecretBytes two = secret(number + " two");
        Digest other = FoundedHouse.digest("the third");
        NewCell opening = NewCell.named(
                session,
                kind,
                subject,
                other,
                List.of(CellCommitments.ofShare(1, one), CellCommitments.ofShare(2, two), other));
        ALL.put(opening.cell(), new DrawnCell(opening, one, two));
        return opening.cell();
    }

    static DrawnCell of(CellId cell) {
        return Objects.requireNonNull(ALL.get(cell));
    }

    private static SecretBytes secret(String name) {
        return SecretBytes.taking(FoundedHouse.digest(name).toArray());
    }
}
