package trimaran.keeper;

import java.util.Comparator;
import java.util.Optional;
import trimaran.keeper.spi.Store;
import trimaran.kernel.CellId;
import trimaran.kernel.RecordTime;
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
                Optional<Drawn> newer = newer(part, place.index());
                if (newer.isPresent() && late != Late.KNOWN) {
                    boolean known =
                            header.author().checkpointSeen() > newer.get().index();
                    late = known ? Late.KNOWN : Late.YES;
                }
            }
        }
        count += late == Late.NO ? 0 : 1;
        return late;
    }

    /** Where a key was drawn. */
    private record Drawn(long index, RecordTime time) {}

    /** The newest key there was before this position, if an order asked for it that the part's own does not satisfy. */
    private Optional<Drawn> newer(CellPart part, long index) {
        Optional<Drawn> newest = KeyCells.placed(store, part.cell()).stream()
                .flatMap(key -> drawn(key).stream())
                .filter(key -> key.index() < index)
                .max(Comparator.comparingLong(Drawn::index));
        CellId under = part.isRolled() ? part.under() : part.cell();
        RecordTime own = drawn(under).map(Drawn::time).orElse(RecordTime.ZERO);
        return newest.filter(key ->
                copy.registry().rolls().stream().anyMatch(order -> order.asksAnew(own) && !order.asksAnew(key.time())));
    }

    private Optional<Drawn> drawn(CellId key) {
        return copy.opening(key)
                .flatMap(opening -> copy.entry(opening.index()))
                .map(entry -> new Drawn(entry.index(), entry.place().effectiveTime()));
    }
}
