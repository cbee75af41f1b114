package trimaran.kernel;

import java.util.LinkedHashMap;
import java.util.Map;

/** The digests used last, up to a number: what need not be proved again soon. Any thread may ask. */
public final class RecentDigests {

    private final Map<Digest, Boolean> recent;

    public RecentDigests(int most) {
        this.recent = new LinkedHashMap<>(64, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Digest, Boolean> eldest) {
                return size() > most;
            }
        };
    }

    public synchronized boolean contains(Digest digest) {
        return recent.get(digest) != null;
    }

    public synchronized void add(Digest digest) {
        recent.put(digest, Boolean.TRUE);
    }
}
