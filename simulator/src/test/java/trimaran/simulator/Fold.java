package trimaran.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trimaran.keeper.Copy;
import trimaran.keeper.FoundingEntry;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.RecordTime;
import trimaran.kernel.ResourceId;
import trimaran.ledger.Frontier;
import trimaran.ledger.Merkle;
import trimaran.record.Approval;
import trimaran.record.CellHead;
import trimaran.record.CellKind;
import trimaran.record.CellPart;
import trimaran.record.EntryKind;
import trimaran.record.Header;
import trimaran.record.Judgement;
import trimaran.record.LogView;
import trimaran.record.NewCell;
import trimaran.record.Place;
import trimaran.record.Registry;
import trimaran.record.Sanction;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;
import trimaran.record.Validity;
import trimaran.record.Verdict;
import trimaran.record.Verifier;

/** A reader in twenty years: folds a log from its entries alone, with plain maps, and judges each again. */
final class Fold implements LogView {

    private final Registry registry;
    private final Verifier verifier;
    private final SignedStatement founding;
    private final Map<CellId, CellHead> heads = new HashMap<>();
    private final Map<CellId, NewCell> openings = new HashMap<>();
    private final Map<CellId, List<Digest>> drawers = new HashMap<>();
    private final Map<ResourceId, Long> versions = new HashMap<>();
    private final Map<Digest, Long> placed = new HashMap<>();
    private final Set<Digest> seen = new HashSet<>();
    private final List<Digest> leaves = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private Frontier frontier = Frontier.EMPTY;
    private RecordTime last = RecordTime.ZERO;
    private long voids;

    Fold(SignedStatement founding, Verifier verifier) {
        this.founding = founding;
        this.verifier = verifier;
        this.registry = new Registry((Statement.Founding) founding.statement());
    }

    List<String> faults() {
        return faults;
    }

    /** Whether a statement that counts once has its place, and counts. */
    boolean says(Digest statement) {
        return registry.said(statement);
    }

    Map<Digest, Long> placed() {
        return placed;
    }

    Map<CellId, CellHead> heads() {
        return heads;
    }

    /** The tree after this many entries. */
    Digest root(long size) {
        Frontier first = Frontier.EMPTY;
        return first.append(leaves.subList(0, (int) size)).frontier().root();
    }

    long size() {
        return frontier.size();
    }

    long voids() {
        return voids;
    }

    void add(Copy.Stored stored) {
        Header header = stored.header();
        Place place = stored.place();
        Digest leaf = Place.leaf(header.author().nonce(), stored.headerBytes(), stored.placeBytes());
        Digest hash = Merkle.leaf(Bytes.of(leaf.unsafeArray()));
        long index = frontier.size();
        frontier = frontier.append(hash);
        leaves.add(hash);
        if (place.index() != index) {
            faults.add("entry " + index + " says it is " + place.index());
        }
        if (last.isAfter(place.time())) {
            faults.add("place time goes back at " + index);
        }
        last = place.time();
        if (index == 0) {
            if (!place.equals(FoundingEntry.place(founding))) {
                faults.add("entry 0 is another hospital's");
            }
            return;
        }
        Judgement judgement = new Validity(registry, this, verifier).judge(header, place.time(), place.held());
        if (judgement.verdict() != place.verdict() || !judgement.parts().equals(place.parts())) {
            faults.add("entry " + index + " is placed " + place.verdict() + " and judged " + judgement.verdict() + " "
                    + judgement.reason().map(Object::toString).orElse(""));
        }
        if (judgement.verdict() == Verdict.VOID) {
            voids++;
        } else {
            count(header, place, judgement);
        }
    }

    private void count(Header header, Place place, Judgement judgement) {
        if (!seen.add(header.digest())) {
            faults.add("an entry is placed twice: " + header.digest());
        }
        if (header.sanction() instanceof Sanction.Approved(Approval approval)
                && !approval.entry().equals(header.digest())) {
            faults.add("what was approved for another entry counts at " + place.index());
        }
        placed.put(header.digest(), place.index());
        for (NewCell cell : header.author().newCells()) {
            openings.put(cell.cell(), cell);
            if (cell.kind() == CellKind.KEY) {
                drawers.computeIfAbsent(cell.subject(), none -> new ArrayList<>())
                        .add(header.author().session());
            }
        }
        List<CellPart> parts = header.author().parts();
        for (int i = 0; i < parts.size(); i++) {
            CellPart part = parts.get(i);
            heads.put(part.cell(), head(part.cell()).plus(header.digest(), part.blob()));
            for (int k = 0; k < part.changes().size(); k++) {
                versions.put(
                        new ResourceId(part.cell(), part.changes().get(k).local()),
                        judgement.parts().get(i).versions().get(k));
            }
        }
        if (header.author().kind() == EntryKind.REGISTRY) {
            try {
                registry.apply(
                        SignedStatement.decode(header.author().statement()).statement(),
                        place.effectiveTime(),
                        place.index());
            } catch (MalformedException malformed) {
                faults.add("a statement cannot be read");
            }
        }
    }

    @Override
    public CellHead head(CellId cell) {
        return heads.getOrDefault(cell, CellHead.empty(cell));
    }

    @Override
    public List<Digest> drawers(CellId cell) {
        return drawers.getOrDefault(cell, List.of());
    }

    @Override
    public Optional<NewCell> opened(CellId cell) {
        return Optional.ofNullable(openings.get(cell));
    }

    @Override
    public long version(ResourceId resource) {
        return versions.getOrDefault(resource, 0L);
    }

    @Override
    public boolean placed(Digest entry) {
        return placed.containsKey(entry);
    }
}
