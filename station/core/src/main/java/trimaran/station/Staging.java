package trimaran.station;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.line.message.Request;
import trimaran.line.message.SealedEntry;
import trimaran.record.Header;
import trimaran.record.RecordLimits;

/** Brings an entry's large items to a tier in pieces before the entry itself, so that no large write delays a small one. */
final class Staging {

    private final TierLine line;
    private final Set<Digest> done = new HashSet<>();

    Staging(TierLine line) {
        this.line = line;
    }

    /** The entry in transit, once everything too large for it lies at the tier. */
    void bring(Header header, StoredEntry entry, Consumer<Outcome<SealedEntry>> then) {
        List<Bytes> items = new ArrayList<>();
        items.add(header.encode());
        items.add(entry.annex());
        items.add(entry.escrow());
        items.addAll(entry.blobs());
        Set<Integer> staged = staged(items);
        ArrayDeque<Bytes> waiting = new ArrayDeque<>();
        staged.forEach(index -> waiting.add(items.get(index)));
        new Sending(waiting, outcome -> then.accept(outcome.map(done -> sealed(items, staged)))).next();
    }

    /** Which items do not travel inline: each large one, then the largest until the rest fits. */
    private static Set<Integer> staged(List<Bytes> items) {
        Set<Integer> staged = new HashSet<>();
        long inline = 0;
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).size() > RecordLimits.INLINE_MAX) {
                staged.add(i);
            } else {
                inline += items.get(i).size();
            }
        }
        if (inline > StationLimits.INLINE_TOTAL_MAX) {
            List<Integer> bySize = new ArrayList<>();
            for (int i = 0; i < items.size(); i++) {
                if (!staged.contains(i)) {
                    bySize.add(i);
                }
            }
            bySize.sort((a, b) -> items.get(b).size() - items.get(a).size());
            for (int index : bySize) {
                if (inline <= StationLimits.INLINE_TOTAL_MAX) {
                    break;
                }
                staged.add(index);
                inline -= items.get(index).size();
            }
        }
        return staged;
    }

    private static SealedEntry sealed(List<Bytes> items, Set<Integer> staged) {
        List<SealedEntry.Item> all = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            all.add(
                    staged.contains(i)
                            ? SealedEntry.Item.staged(Digest.sha256(items.get(i)))
                            : SealedEntry.Item.inline(items.get(i)));
        }
        return new SealedEntry(all.get(0), all.get(1), all.get(2), all.subList(3, all.size()), Bytes.EMPTY);
    }

    /**
     * Sends what waits, one item after the other, small ones together: they share a round trip and, at the tier, a sync. What is
     * under way at once is no more than one piece, so that others get their turn between.
     */
    private final class Sending {
        private final ArrayDeque<Bytes> waiting;
        private final Consumer<Outcome<Boolean>> then;
        private long underWay;
        private int asked;
        private boolean going;
        private boolean over;

        Sending(ArrayDeque<Bytes> waiting, Consumer<Outcome<Boolean>> then) {
            this.waiting = waiting;
            this.then = then;
        }

        void next() {
            if (going || over) {
                return;
            }
            going = true;
            while (!over && !waiting.isEmpty() && (asked == 0 || fits(waiting.getFirst()))) {
                send(waiting.removeFirst());
            }
            going = false;
            if (asked == 0 && !over) {
                end(Outcome.done(true));
            }
        }

        private boolean fits(Bytes item) {
            return underWay + item.size() <= RecordLimits.CHUNK_BYTES;
        }

        private void send(Bytes item) {
            Digest digest = Digest.sha256(item);
            if (done.contains(digest)) {
                return;
            }
            asked++;
            underWay += item.size();
            Pieces.Carrier carrier = (offset, piece) -> new Request.Stage(digest, item.size(), offset, piece);
            Pieces.send(line, item, carrier, outcome -> {
                asked--;
                underWay -= item.size();
                if (outcome instanceof Outcome.Refused<Boolean>) {
                    end(outcome);
                } else {
                    done.add(digest);
                    next();
                }
            });
        }

        private void end(Outcome<Boolean> outcome) {
            if (!over) {
                over = true;
                then.accept(outcome);
            }
        }
    }
}
