package trimaran.station.web;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import trimaran.kernel.Digest;

/**
 * Forms one person sent, by where each went and all it says: a form sent twice, by an impatient finger or the way back, is done
 * once and answered the same, and one that was changed in between is another. One after the other, so that the second waits for
 * what becomes of the first.
 */
final class Submissions {

    private final Map<String, Reply> done = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Reply> eldest) {
            return size() > WebLimits.SUBMISSIONS_MAX;
        }
    };

    /** @param form its {@link #name} */
    synchronized Reply once(String form, Supplier<Reply> work) {
        Reply before = done.get(form);
        if (before != null) {
            return before;
        }
        Reply reply = work.get();
        if (reply.status() == 303) {
            done.put(form, reply);
        }
        return reply;
    }

    synchronized int size() {
        return done.size();
    }

    /** By all that the form says: the same again is the same, one with another dose or bed in it is another. */
    static String name(Visit visit, Seat seat) {
        StringBuilder said = new StringBuilder(seat.badge()).append('\n').append(visit.path());
        new TreeMap<>(visit.form().fields()).forEach((name, value) -> {
            if (!name.equals("jeton")) {
                said.append('\n').append(name.length()).append(' ').append(name).append(value.length());
                said.append(' ').append(value);
            }
        });
        return "web-"
                + Digest.sha256(said.toString().getBytes(StandardCharsets.UTF_8))
                        .hex();
    }

    /** Whether a form names itself as this door's forms do. */
    static boolean isName(String form) {
        return form.matches("[A-Za-z0-9_-]{43}");
    }
}
