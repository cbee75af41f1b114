package trimaran.station.web;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.kernel.WallTime;
import trimaran.station.ResourceVersion;
import trimaran.station.ReviewCounts;
import trimaran.station.Transaction;
import trimaran.station.Unreviewed;
import trimaran.station.WriteResult;

/** What stands in a record in memory without application's approval, and what its rules say when it is reviewed. */
final class FakeReviews {

    final List<Unreviewed> open = new CopyOnWriteArrayList<>();

    /** Sessions of other systems. */
    final Set<Digest> services = ConcurrentHashMap.newKeySet();

    /** Entries the rules say yes to whatever {@link #no} says. */
    final Set<Digest> accepted = ConcurrentHashMap.newKeySet();

    /** What the rules say to a review without a sentence; null for yes. */
    volatile @Nullable Code no;

    /** Where they say it is wrong; empty where it is about whoever reviews. */
    volatile String place = "";

    /** Whether whoever gives a sentence might write themselves what they confirm. */
    volatile boolean mayConfirm = true;

    /** Ids a review was written under, whatever became of it. */
    final Set<String> taken = ConcurrentHashMap.newKeySet();

    /** Reviews that lie in the outbox. */
    final List<Transaction> kept = new CopyOnWriteArrayList<>();

    Unreviewed add(Digest session, Optional<Code> before, ResourceVersion.Standing standing, String json) {
        Digest entry = Digest.sha256(Bytes.ofText("unreviewed " + open.size() + json));
        RecordTime time = new RecordTime(OpenWeb.NOW - 7_200_000);
        ResourceVersion version = new ResourceVersion(
                FakeHospital.id(700 + open.size()),
                "Procedure",
                1,
                time,
                Bytes.ofText(json.replace('\'', '"')),
                standing,
                true,
                entry,
                session);
        Unreviewed one = new Unreviewed(
                entry,
                session,
                services.contains(session),
                new WallTime(time.millis()),
                before,
                false,
                List.of(version),
                Map.of());
        open.add(one);
        return one;
    }

    ReviewCounts counts() {
        return new ReviewCounts(counts(false), counts(true), Map.of(FakeHospital.PATIENT.cell(), FakeHospital.PATIENT));
    }

    private Map<CellId, Integer> counts(boolean service) {
        return open.stream()
                .filter(one -> one.service() == service)
                .collect(Collectors.toMap(one -> one.versions().getFirst().id().cell(), one -> 1, Integer::sum));
    }

    List<Unreviewed> of(ResourceId patient) {
        return open.stream()
                .filter(one -> one.versions().getFirst().id().cell().equals(patient.cell()))
                .toList();
    }

    /** As a station does while nothing answers: the same id lies claimed until its entry has its place. */
    WriteResult keep(Transaction transaction) {
        String id = ((Transaction.Change.Create) transaction.changes().getFirst()).chosenId();
        if (!id.isEmpty() && !taken.add(id)) {
            return new WriteResult.Refused(Refusal.of(Code.UNAVAILABLE, "the same is on its way"));
        }
        kept.add(transaction);
        return new WriteResult.Waiting(
                Digest.sha256(Bytes.ofText("kept " + kept.size())), List.of(), Refusal.of(Code.UNAVAILABLE, "silent"));
    }

    /** As application does: a review is taken, or refused; anything else is nothing to it. */
    Optional<WriteResult> take(Transaction transaction) {
        if (!(transaction.changes().getFirst() instanceof Transaction.Change.Create create)
                || !create.resource().type().equals("Provenance")) {
            return Optional.empty();
        }
        List<String> named = create.resource().values("target.reference");
        List<Unreviewed> meant = open.stream()
                .filter(one -> one.targets().stream().allMatch(target -> named.contains(target.reference())))
                .toList();
        Code refusal = no;
        boolean said = !create.resource().values("reason.text").isEmpty();
        if (said && !mayConfirm) {
            return refused(Refusal.at(Code.ROLE_MISSING, "Procedure", "only who may write this confirms it"));
        }
        if (refusal != null && !said && meant.stream().anyMatch(one -> !accepted.contains(one.entry()))) {
            return refused(Refusal.at(refusal, place, "planted"));
        }
        boolean fresh = create.chosenId().isEmpty() || taken.add(create.chosenId());
        return fresh && open.removeAll(meant)
                ? Optional.empty()
                : refused(Refusal.of(Code.DUPLICATE, "reviewed already"));
    }

    private static Optional<WriteResult> refused(Refusal refusal) {
        return Optional.of(new WriteResult.Refused(refusal));
    }
}
