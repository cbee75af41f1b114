package trimaran.station.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Forms one person sent, by the random name each carries: a form sent twice, by an impatient finger or the way back, is done
 * once and answered the same. One after the other, so that the second waits for what becomes of the first.
 */
final class Submissions {

    private final Map<String, Reply> done = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Reply> eldest) {
            return size() > WebLimits.SUBMISSIONS_MAX;
        }
    };

    /** @param form what the form calls itself; an empty one is refused by {@code work} as any unreadable field */
    synchronized Reply once(String form, Supplier<Reply> work) {
        Reply before = done.get(form);
        if (before != null) {
            return before;
        }
        Reply reply = work.get();
        if (reply.status() == 303 && !form.isEmpty()) {
            done.put(form, reply);
        }
        return reply;
    }

    synchronized int size() {
        return done.size();
    }

    /** Whether a form names itself as this door's forms do. */
    static boolean isName(String form) {
        return form.matches("[A-Za-z0-9_-]{43}");
    }
}
