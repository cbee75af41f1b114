package trimaran.keeper;

import java.util.Comparator;
import java.util.Optional;
import trimaran.keeper.spi.Store;
import trimaran.kernel.CellId;
import trimaran.record.CellPart;
import trimaran.record.Header;
import trimaran.record.Place;
import trimaran.record.Verdict;

/**
 * Entries that lie under an old key, though a newer one had its place before them (DESIGN §6 After a fall). They count, since they may
 * have been written before; of whoever had seen the newer key a person has to know.
 */
final class OldKeys {

    /** Whether an entry came late under an old key, and whether its author had seen the newer one. */
    enum Late {
        NO,
        YES,
        KNOWN
    }

    private final Store store;
    private final Copy copy;
    private long count;

    OldKeys(Store store, Copy copy) {
        this.store = store;
        this.copy = copy;
    }

    /** Entries placed since the start that lie under an old key, whoever knew. */
    long count() {
        return count;
    }

    /** Looks at an entry that is part of this copy. */
    Late look(Header header, Place place) {
        Late late = Late.NO;
        if (place.verdict() != Verdict.VOID && !copy.registry().rolls().isEmpty()) {
            for (CellPart part : header.author().parts()) {
                Optional<Long> newer = newer(part, place.index());
                if (newer.isPresent() && late != Late.KNOWN) {
                    boolean known = header.author().checkpointSeen() > newer.get();
                    late = known ? Late.KNOWN : Late.YES;
                }
            }
        }
        count += late == Late.NO ? 0 : 1;
        return late;
    }

    /** Where the newest key there was before this position was drawn, if an order asked for it that the part's own does not satisfy. */
    private Optional<Long> newer(CellPart part, long index) {
        Optional<Long> newest = KeyCells.placed(store, part.cell()).stream()
                .flatMap(key -> drawn(key).stream())
                .filter(key -> key < index)
                .max(Comparator.naturalOrder());
        CellId under = part.isRolled() ? part.under() : part.cell();
        long own = drawn(under).orElse(-1L);
        return newest.filter(
                key -> copy.registry().rolls().stream().anyMatch(order -> order.asksAnew(own) && !order.asksAnew(key)));
    }

    private Optional<Long> drawn(CellId key) {
        return copy.opening(key).map(Copy.Opening::index);
    }
}
