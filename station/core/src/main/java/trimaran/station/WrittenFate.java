package trimaran.station;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.CellId;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.record.CellKind;
import trimaran.record.CellPart;
import trimaran.record.Header;
import trimaran.record.Held;
import trimaran.record.NewCell;
import trimaran.record.PartContent;
import trimaran.record.Place;
import trimaran.record.PlacedPart;
import trimaran.record.Verdict;
import trimaran.seal.CellKey;

/** What the author's station does when its own entry is acknowledged: shows it in its open cells, and tells the author. */
final class WrittenFate implements Submission.Fate {

    private final Drafting.Desks desks;
    private final OwnSession session;
    private final List<Planned.Written> changes;
    private final List<NewCell> newCells;
    private final Map<CellId, CellKey> keys = new HashMap<>();
    private final Map<CellId, PartContent> plain = new HashMap<>();
    private final Set<Claims.Claim> claims;
    private final trimaran.kernel.Digest digest;
    private @Nullable Consumer<WriteResult> then;

    WrittenFate(
            Drafting.Desks desks,
            OwnSession session,
            List<Planned> changes,
            Sealing.Sealed sealed,
            Set<Claims.Claim> claims,
            long sizeBytes,
            Consumer<WriteResult> then) {
        this.desks = desks;
        this.session = session;
        this.changes = changes.stream().map(Planned::written).toList();
        this.newCells = sealed.author().newCells();
        this.digest = sealed.digest();
        this.claims = claims;
        this.then = then;
        boolean keep = sizeBytes <= StationLimits.PLAIN_KEPT_BYTES;
        for (Target target : sealed.targets()) {
            target.shares().ifPresent(trimaran.seal.CellShares::wipe);
            if (keep) {
                plain.put(target.cell(), target.content());
            }
            Optional<NewCell> drawn = target.drawn();
            if (drawn.filter(one -> one.kind() == CellKind.KEY).isPresent()) {
                desks.cells()
                        .get(target.cell())
                        .ifPresentOrElse(
                                open -> open.keys().drew(drawn.get(), target.key()),
                                () -> target.key().wipe());
            } else if (keep && drawn.isPresent()) {
                keys.put(drawn.get().cell(), target.key());
            } else {
                target.key().wipe();
            }
        }
        if (sealed.author().mayContinue()) {
            // Already now: a station that is cut off draws one key, and writes under it for as long as the entry waits.
            offerKeys();
        }
    }

    /**
     * Whoever writes next seals with the keys this entry draws: where it needs approval only once it is sure to come into the record,
     * or what anybody writes would wait for application with it, and be lost if that says no.
     */
    private void offerKeys() {
        newCells.stream()
                .filter(one -> one.kind() == CellKind.KEY)
                .forEach(one -> desks.cells()
                        .get(one.subject())
                        .ifPresent(open -> open.keys().offer(one.cell())));
    }

    @Override
    public void placed(Header header, Place place) {
        openNewCells();
        offerKeys();
        List<CellPart> parts = header.author().parts();
        for (int i = 0; i < parts.size() && i < place.parts().size(); i++) {
            CellId cell = parts.get(i).cell();
            long sequence = place.parts().get(i).sequence();
            PartContent content = plain.get(cell);
            int part = i;
            desks.cells().get(cell).ifPresent(open -> {
                if (content != null && open.head().parts() == sequence) {
                    open.fold(header, place, part, content);
                }
                open.headTold(sequence + 1);
                if (open.kind() == CellKind.IDENTITY && open.isCurrent()) {
                    desks.identities().accept(open);
                }
            });
        }
        tell(new WriteResult.Recorded(
                digest,
                changed(header, place),
                WriteResult.Acknowledgement.CHECKPOINT,
                place.verdict() == Verdict.CONFLICT));
        desks.claims().settle(claims);
    }

    @Override
    public void held(Header header, List<Held> statements) {
        openNewCells();
        offerKeys();
        RecordTime time =
                statements.stream().map(Held::time).max(RecordTime::compareTo).orElse(RecordTime.ZERO);
        List<CellPart> parts = header.author().parts();
        for (int i = 0; i < parts.size(); i++) {
            PartContent content = plain.get(parts.get(i).cell());
            int part = i;
            if (content != null) {
                desks.cells().get(parts.get(i).cell()).ifPresent(open -> {
                    open.showProvisional(header, part, content, time);
                    if (open.kind() == CellKind.IDENTITY && open.isCurrent()) {
                        desks.identities().accept(open);
                    }
                });
            }
        }
        tell(new WriteResult.Recorded(
                digest,
                changes.stream()
                        .map(change -> change.changed(change.replaces() + 1, time))
                        .toList(),
                WriteResult.Acknowledgement.HELD,
                false));
        desks.claims().settle(claims);
    }

    /** The author drew their keys, so its session has them open without asking anybody. */
    private void openNewCells() {
        if (keys.isEmpty() || session.isClosed()) {
            keys.values().forEach(CellKey::wipe);
            keys.clear();
            return;
        }
        long until = desks.setting().loop().monotonicNanos() + desks.folders().leaseMillis(session) * 1_000_000;
        for (NewCell opening : newCells) {
            CellKey key = keys.get(opening.cell());
            if (key == null) {
                continue;
            }
            OpenCell open = desks.cells().add(opening, key);
            open.leases().add(session.id(), until);
            open.markReady();
            if (opening.kind() == CellKind.HOUSE) {
                desks.house().learn(opening.cell());
            }
            if (opening.kind() == CellKind.IDENTITY) {
                desks.cells().wholeOpened(opening.subject(), session.id(), until);
            } else {
                desks.cells().grewBy(opening.subject(), session.id());
            }
        }
        keys.clear();
    }

    @Override
    public void refused(Refusal refusal) {
        keepForAPerson();
        keys.values().forEach(CellKey::wipe);
        keys.clear();
        desks.cells().all().forEach(cell -> {
            cell.forgetProvisional(digest);
            cell.keys().undraw(newCells);
        });
        tell(new WriteResult.Refused(refusal));
        desks.claims().settle(claims);
    }

    /** Where somebody goes by it, what only the keys that go now would open is kept until a person has seen it. */
    private void keepForAPerson() {
        if (!newCells.isEmpty() && desks.outbox().refused().containsKey(digest)) {
            desks.outbox().contents().keep(digest, plain);
        }
    }

    @Override
    public void waiting(Refusal reason) {
        tell(new WriteResult.Waiting(
                digest,
                changes.stream()
                        .map(change -> change.changed(change.replaces() + 1, RecordTime.ZERO))
                        .toList(),
                reason));
    }

    /** Once: whoever was told is let go, with all it wrote, however long the entry still waits. */
    private void tell(WriteResult result) {
        Consumer<WriteResult> author = then;
        then = null;
        if (author != null) {
            author.accept(result);
        }
    }

    private List<WriteResult.Changed> changed(Header header, Place place) {
        Map<ResourceId, Long> versions = new HashMap<>();
        List<CellPart> parts = header.author().parts();
        for (int i = 0; i < parts.size() && i < place.parts().size(); i++) {
            PlacedPart placed = place.parts().get(i);
            for (int j = 0; j < placed.versions().size(); j++) {
                versions.put(
                        new ResourceId(
                                parts.get(i).cell(),
                                parts.get(i).changes().get(j).local()),
                        placed.versions().get(j));
            }
        }
        RecordTime time = place.effectiveTime();
        List<WriteResult.Changed> changed = new ArrayList<>();
        for (Planned.Written change : changes) {
            long version = Optional.ofNullable(versions.get(change.id())).orElse(1L);
            changed.add(change.changed(version, time));
        }
        return changed;
    }
}
