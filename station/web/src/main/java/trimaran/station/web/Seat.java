package trimaran.station.web;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.ResourceId;
import trimaran.station.LedgerView;
import trimaran.station.ResourceVersion;
import trimaran.station.chart.Chart;

/** One person logged in at one browser, from the PIN or the badge to the lock. All that is known here of a patient goes with it. */
final class Seat {

    private final Digest key;
    private final Digest browser;
    private final String badge;
    private final Care care;
    private final long openedNanos;
    private final Charts charts;
    private final boolean officer;
    private volatile long touchedNanos;
    private final Set<ResourceId> relations = ConcurrentHashMap.newKeySet();
    private final Set<ResourceId> reasons = ConcurrentHashMap.newKeySet();
    private final Submissions submissions = new Submissions();
    private final AtomicReference<Optional<Notice>> notice = new AtomicReference<>(Optional.empty());
    private volatile String lastPage = "";
    private volatile Optional<Shifts.Trail> resume = Optional.empty();
    private volatile Optional<Said> said = Optional.empty();
    private volatile Optional<CopyInHand> copy = Optional.empty();

    /**
     * @param key hash of the cookie that shows it: the cookie itself is nowhere kept
     * @param browser hash of the browser's own cookie
     * @param officer whether the badge is an officer's
     */
    Seat(Digest key, Digest browser, String badge, Care care, Charts charts, boolean officer, long nowNanos) {
        this.key = key;
        this.browser = browser;
        this.badge = badge;
        this.care = care;
        this.charts = charts;
        this.officer = officer;
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

    /** Whether this person may cut. */
    boolean isOfficer() {
        return officer;
    }

    /** Whether this person cares for patients: an officer who has no other grant does not. */
    boolean isCaring() {
        return care != OfficerCare.NOTHING;
    }

    /** Where their work begins. */
    String home() {
        return isCaring() ? "/services" : "/coques";
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

    /** Whether this person opened the record of somebody in care, or gave a reason, since they logged in. */
    boolean knows(ResourceId patient) {
        return relations.contains(patient) || reasons.contains(patient);
    }

    /** Somebody in care whose record this person opens. */
    void cares(ResourceId patient) {
        relations.add(patient);
    }

    /** This person said why they open the record of somebody who is not in care. */
    void gaveReason(ResourceId patient) {
        reasons.add(patient);
    }

    /** Everything of one patient, asked for as what it is: for care, or for a reason that was given. */
    Outcome<List<ResourceVersion>> read(ResourceId patient) {
        return reasons.contains(patient) ? care.breakGlass(patient) : care.patient(patient);
    }

    /** Who was handed one patient's record, asked for as the record itself was. */
    Outcome<LedgerView> ledgers(ResourceId patient) {
        return care.ledgers(patient, reasons.contains(patient));
    }

    /** The ward's copy this person opened last. */
    Optional<CopyInHand> copy() {
        return copy;
    }

    /** Its patients are written of from now on without their record, while nobody is reached. */
    void opened(CopyInHand other) {
        copy = Optional.of(other);
        care.opened(other.copy());
    }

    /** Nothing is read in it any more, and it does not come back by itself; nor do the charts that were folded of it. */
    void forgetCopy() {
        copy = Optional.empty();
        charts.forget();
    }

    /** Forms of movements this person sent. */
    Submissions submissions() {
        return submissions;
    }

    /** What the next page is to say first. */
    void tell(Notice words) {
        notice.set(Optional.of(words));
    }

    /** What the page is to say first; the next one does not say it again. */
    Optional<Notice> told() {
        return notice.getAndSet(Optional.empty());
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

    /** By its time, or since the session behind it ended: the copy of a ward is read without asking the core. */
    boolean isOver(long nowNanos) {
        return !care.isLive()
                || nowNanos - touchedNanos > WebLimits.IDLE_MILLIS * 1_000_000
                || nowNanos - openedNanos > WebLimits.SHIFT_MILLIS * 1_000_000;
    }

    /** Everything opened for this person is forgotten, here and in the core. */
    void close() {
        charts.forget();
        copy = Optional.empty();
        care.close();
    }
}
