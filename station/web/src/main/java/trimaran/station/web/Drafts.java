package trimaran.station.web;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import trimaran.kernel.Digest;

/**
 * What somebody was typing when their log-in ended: kept in this station's memory for the same badge, the same page and a few
 * minutes, and given out once. Nothing of it is in a browser or on a disk.
 */
final class Drafts {

    private record Ended(String badge, long sinceNanos) {}

    private record Draft(String badge, String path, Form form, long sinceNanos) {}

    private final Map<Digest, Ended> ended = new LinkedHashMap<>();
    private final Map<String, Draft> drafts = new LinkedHashMap<>();
    private final LongSupplier nanos;

    Drafts(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** A log-in is over: a form that comes under it a moment later is still its person's. */
    synchronized void ended(Seat seat) {
        forgetOld();
        ended.remove(seat.key());
        ended.put(seat.key(), new Ended(seat.badge(), nanos.getAsLong()));
        while (ended.size() > WebLimits.DRAFTS_MAX) {
            ended.remove(ended.keySet().iterator().next());
        }
    }

    /** Keeps a form of a log-in that is over; nothing if that was long ago, or never. */
    synchronized void keepEnded(Digest seat, String path, Form form) {
        forgetOld();
        Ended before = ended.get(seat);
        if (before != null) {
            keep(before.badge(), path, form);
        }
    }

    synchronized void keep(String badge, String path, Form form) {
        forgetOld();
        drafts.remove(badge);
        drafts.put(badge, new Draft(badge, path, form, nanos.getAsLong()));
        while (drafts.size() > WebLimits.DRAFTS_MAX) {
            drafts.remove(drafts.keySet().iterator().next());
        }
    }

    /** What a person was typing on this page; it stays kept, for the page may still fail. */
    synchronized Optional<Form> peek(String badge, String path) {
        forgetOld();
        return Optional.ofNullable(drafts.get(badge))
                .filter(draft -> draft.path().equals(path))
                .map(Draft::form);
    }

    /** Gives a person back what they were typing on this page, once. */
    synchronized Optional<Form> take(String badge, String path) {
        Optional<Form> form = peek(badge, path);
        form.ifPresent(_ -> drafts.remove(badge));
        return form;
    }

    synchronized int size() {
        return drafts.size();
    }

    private void forgetOld() {
        long oldest = nanos.getAsLong() - WebLimits.DRAFT_MILLIS * 1_000_000;
        Iterator<Ended> over = ended.values().iterator();
        while (over.hasNext() && over.next().sinceNanos() < oldest) {
            over.remove();
        }
        Iterator<Draft> old = drafts.values().iterator();
        while (old.hasNext() && old.next().sinceNanos() < oldest) {
            old.remove();
        }
    }
}
