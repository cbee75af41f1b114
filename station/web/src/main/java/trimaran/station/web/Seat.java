package trimaran.station.web;

import java.util.Optional;
import trimaran.kernel.Digest;
import trimaran.station.chart.Chart;

/** One person logged in at one browser, from the PIN or the badge to the lock. All that is known here of a patient goes with it. */
final class Seat {

    private final Digest key;
    private final Digest browser;
    private final String badge;
    private final Care care;
    private final long openedNanos;
    private final Charts charts;
    private volatile long touchedNanos;
    private volatile String lastPage = "";
    private volatile Optional<Shifts.Trail> resume = Optional.empty();
    private volatile Optional<Said> said = Optional.empty();

    /**
     * @param key hash of the cookie that shows it: the cookie itself is nowhere kept
     * @param browser hash of the browser's own cookie
     */
    Seat(Digest key, Digest browser, String badge, Care care, Charts charts, long nowNanos) {
        this.key = key;
        this.browser = browser;
        this.badge = badge;
        this.care = care;
        this.charts = charts;
        this.openedNanos = nowNanos;
        this.touchedNanos = nowNanos;
    }

    Digest key() {
        return key;
    }

    Digest browser() {
        return browser;
    }

    String badge() {
        return badge;
    }

    Care care() {
        return care;
    }

    /** Folded {@link Chart}s of whom this person looks at. */
    Charts charts() {
        return charts;
    }

    /** A person asked for something; what a page asks for by itself keeps nobody logged in. */
    void touch(long nowNanos) {
        touchedNanos = nowNanos;
    }

    /** The address of the page shown last; empty before the first. */
    String lastPage() {
        return lastPage;
    }

    void shown(String path) {
        lastPage = path;
        resume = resume.filter(trail -> !trail.path().equals(path));
    }

    /** Where this person was before, if that is still to be offered. */
    Optional<Shifts.Trail> resume() {
        return resume;
    }

    void resume(Shifts.Trail trail) {
        resume = Optional.of(trail);
    }

    /** What this person is told of what they wrote last. */
    Optional<Said> said() {
        return said;
    }

    void say(Said about) {
        said = Optional.of(about);
    }

    long touchedNanos() {
        return touchedNanos;
    }

    boolean isOver(long nowNanos) {
        return nowNanos - touchedNanos > WebLimits.IDLE_MILLIS * 1_000_000
                || nowNanos - openedNanos > WebLimits.SHIFT_MILLIS * 1_000_000;
    }

    /** Everything opened for this person is forgotten, here and in the core. */
    void close() {
        charts.forget();
        care.close();
    }
}
