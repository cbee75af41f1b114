package trimaran.station.web;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.station.RefusedEntry;
import trimaran.station.Unreviewed;
import trimaran.station.WardCopy;
import trimaran.station.chart.Language;

/** What one person's hulls were told to write down. */
abstract class FakeNotes implements Care {

    static final Refusal SPENT = Refusal.of(Code.OVER_BUDGET, "spent");

    private final FakeRefused refused;
    private final FakeReviews reviews;
    volatile boolean closed;
    /** A cut, or the end of its badge, has ended the session. */
    volatile boolean ended;

    @Override
    public boolean isLive() {
        return !closed && !ended;
    }

    FakeNotes(FakeRefused refused, FakeReviews reviews) {
        this.refused = refused;
        this.reviews = reviews;
    }

    @Override
    public Outcome<List<Unreviewed>> unreviewed(ResourceId patient) {
        return Outcome.done(reviews.of(patient));
    }

    @Override
    public Outcome<RefusedEntry.Content> refused(Digest entry) {
        return refused.content(entry);
    }

    @Override
    public Outcome<Boolean> putAway(Digest entry) {
        return refused.putAway(entry);
    }

    /** Of whom something was shown that lies beside the record. */
    final List<ResourceId> exported = new CopyOnWriteArrayList<>();

    volatile @Nullable Refusal nextNote;

    @Override
    public Outcome<Boolean> exported(Collection<ResourceId> patients, String station) {
        Refusal refusal = nextNote;
        if (refusal != null) {
            return Outcome.refused(refusal);
        }
        exported.addAll(patients);
        return Outcome.done(true);
    }

    /** Copies of wards that were opened for this person. */
    final List<WardCopy> copies = new CopyOnWriteArrayList<>();

    @Override
    public void opened(WardCopy copy) {
        copies.add(copy);
    }

    /** Wards that were printed. */
    final List<ResourceId> printed = new CopyOnWriteArrayList<>();

    @Override
    public Outcome<Bytes> wardPack(ResourceId ward, Language language) {
        Refusal refusal = nextNote;
        if (refusal != null) {
            return Outcome.refused(refusal);
        }
        printed.add(ward);
        return Outcome.done(Bytes.ofText("%PDF-1.7 " + language));
    }
}
