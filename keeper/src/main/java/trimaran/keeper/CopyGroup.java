package trimaran.keeper;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.keeper.spi.Store.Change.Put;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.RecordTime;
import trimaran.kernel.ResourceId;
import trimaran.kernel.Writer;
import trimaran.ledger.Merkle;
import trimaran.record.Annex;
import trimaran.record.CellHead;
import trimaran.record.CellKind;
import trimaran.record.CellPart;
import trimaran.record.EntryKind;
import trimaran.record.Header;
import trimaran.record.Held;
import trimaran.record.Judgement;
import trimaran.record.LogView;
import trimaran.record.NewCell;
import trimaran.record.Place;
import trimaran.record.PlacedPart;
import trimaran.record.Statement;
import trimaran.record.Validity;
import trimaran.record.Verdict;

/**
 * Entries being added to a copy, one synced batch for all of them. Shows the log as it will be after the batch, so that each
 * entry is judged with those before it in the same group. Dropped without {@link Copy#commit}, nothing happened, except
 * that the registry is folded as entries are added: a group that added a registry entry MUST be committed.
 */
public final class CopyGroup implements LogView {

    private final Copy copy;
    private final List<Store.Change> batch = new ArrayList<>();
    private final List<Digest> leaves = new ArrayList<>();
    private final List<Added> added = new ArrayList<>();
    private final Map<CellId, CellHead> heads = new HashMap<>();
    private final Map<ResourceId, Long> versions = new HashMap<>();
    private final Map<CellId, Copy.Opening> openings = new HashMap<>();
    private final Set<Digest> placed = new HashSet<>();
    private final Set<CellKind> firsts = EnumSet.noneOf(CellKind.class);
    private final List<Copy.Absent> absent = new ArrayList<>();
    private RecordTime lastTime;
    private boolean cosigned;
    private int voids;

    CopyGroup(Copy copy) {
        this.copy = copy;
        this.lastTime = copy.lastTime();
    }

    /** An entry this group adds. */
    public record Added(EntryContent content, Place place, Bytes placeBytes, Digest leaf, List<CellHead> heads) {}

    @Override
    public CellHead head(CellId cell) {
        CellHead fresh = heads.get(cell);
        return fresh != null ? fresh : copy.head(cell);
    }

    @Override
    public Optional<NewCell> opened(CellId cell) {
        return opening(cell).map(Copy.Opening::cell);
    }

    @Override
    public List<Digest> drawers(CellId cell) {
        List<Digest> drawers = new ArrayList<>(copy.drawers(cell));
        // Each key once, whoever else opens it: else the groups a tier makes would say how many there are.
        openings.values().stream()
                .filter(opening -> opening.cell().kind() == CellKind.KEY
                        && opening.cell().subject().equals(cell))
                .map(opening -> added.get(Math.toIntExact(opening.index() - copy.size())))
                .forEach(one -> drawers.add(one.content().header().author().session()));
        return drawers;
    }

    @Override
    public long version(ResourceId resource) {
        Long fresh = versions.get(resource);
        return fresh != null ? fresh : copy.version(resource);
    }

    @Override
    public boolean placed(Digest entry) {
        return placed.contains(entry) || copy.placed(entry);
    }

    /** Whether an entry brings sealed bytes that another brought, placed before or in this group. */
    public boolean bringsAnothers(Header header) {
        Set<Digest> together = new HashSet<>();
        added.forEach(one -> one.content().header().author().parts().forEach(part -> together.add(part.blob())));
        return header.author().parts().stream().anyMatch(part -> together.contains(part.blob()))
                || copy.blobs().keepsAnothers(header);
    }

    /** The position the next entry takes. */
    public long next() {
        return copy.size() + added.size();
    }

    public RecordTime lastTime() {
        return lastTime;
    }

    public int count() {
        return added.size();
    }

    public List<Added> added() {
        return added;
    }

    public Judgement judge(EntryContent content, RecordTime time, List<Held> held) {
        return new Validity(copy.registry(), this, copy.verifier()).judge(content.header(), time, held);
    }

    /** The place this judgement gives an entry here and now. */
    public Place place(Judgement judgement, RecordTime time, List<Held> held) {
        return new Place(next(), time, judgement.verdict(), judgement.parts(), held);
    }

    /** Adds an entry at its place. The place MUST be what {@link #judge} and {@link #place} give. */
    public void add(EntryContent content, Place place) {
        Bytes placeBytes = place.encode();
        Digest leaf = Place.leaf(content.header().author().nonce(), content.headerBytes(), placeBytes);
        leaves.add(Merkle.leaf(Key.digest(leaf)));
        batch.add(new Put(
                Space.ENTRIES,
                Key.number(place.index()),
                new Writer(content.headerBytes().size() + placeBytes.size() + 8)
                        .bytes(content.headerBytes())
                        .bytes(placeBytes)
                        .toBytes()));
        List<CellHead> moved = new ArrayList<>();
        if (place.verdict() != Verdict.VOID) {
            counts(content, place, moved);
        } else {
            batch.add(new Put(Space.STATE, Key.voided(content.header().digest()), Key.number(place.index())));
            voids++;
        }
        lastTime = place.time();
        added.add(new Added(content, place, placeBytes, leaf, List.copyOf(moved)));
    }

    private void counts(EntryContent content, Place place, List<CellHead> moved) {
        Digest digest = content.header().digest();
        placed.add(digest);
        batch.add(new Put(Space.POSITIONS, Key.digest(digest), Key.number(place.index())));
        copy.staging().used(content);
        Set<CellId> opened = new HashSet<>();
        for (NewCell cell : content.header().author().newCells()) {
            if (!cellExists(cell.cell())) {
                open(cell, place.index());
                opened.add(cell.cell());
            }
        }
        List<CellPart> parts = content.header().author().parts();
        for (int i = 0; i < parts.size(); i++) {
            moved.add(part(parts.get(i), place.parts().get(i), digest, place.index(), i));
            if (content.erased().contains(parts.get(i).blob())) {
                long sequence = place.parts().get(i).sequence();
                batch.add(new Put(Space.STATE, Key.absent(parts.get(i).cell(), sequence), Bytes.EMPTY));
                absent.add(new Copy.Absent(parts.get(i).cell(), sequence));
            } else {
                blob(parts.get(i).blob(), content.blobs().get(i));
            }
        }
        if (!content.escrowBytes().isEmpty()) {
            batch.add(new Put(Space.ESCROW, Key.number(place.index()), content.escrowBytes()));
        }
        if (!content.header().author().newCells().isEmpty()) {
            batch.addAll(copy.shares().taken(content, place.index(), opened));
        }
        annex(content, place);
        if (content.header().author().kind() == EntryKind.REGISTRY) {
            batch.add(new Put(Space.STATE, Key.registryEntry(place.index()), Bytes.EMPTY));
            copy.foldRegistry(place.index(), content.header(), place.effectiveTime());
        }
    }

    private void open(NewCell cell, long index) {
        openings.put(cell.cell(), new Copy.Opening(index, cell));
        Writer opening = new Writer(192).i64(index);
        cell.write(opening);
        batch.add(new Put(Space.CELLS, Key.cellItem(cell.cell(), Key.CellItem.OPENING, 0), opening.toBytes()));
        batch.add(new Put(Space.SUBJECTS, Key.subject(cell.subject(), cell.cell()), Bytes.of((byte)
                cell.kind().ordinal())));
        boolean one = cell.kind() == CellKind.SEARCH || cell.kind() == CellKind.LOOKUP;
        // Of two in one group the first counts as well: how entries are grouped is each tier's own affair.
        if (one && firsts.add(cell.kind())) {
            copy.firstOf(cell, batch);
        }
    }

    private CellHead part(CellPart part, PlacedPart placedPart, Digest entry, long index, int number) {
        CellHead head = head(part.cell()).plus(entry, part.blob());
        heads.put(part.cell(), head);
        batch.add(new Put(
                Space.CELLS,
                Key.cellItem(part.cell(), Key.CellItem.PART, placedPart.sequence()),
                new Writer(10).i64(index).u16(number).toBytes()));
        Writer encoded = new Writer(48);
        head.write(encoded);
        batch.add(new Put(Space.CELLS, Key.cellItem(part.cell(), Key.CellItem.HEAD, 0), encoded.toBytes()));
        for (int i = 0; i < part.changes().size(); i++) {
            ResourceId resource =
                    new ResourceId(part.cell(), part.changes().get(i).local());
            long version = placedPart.versions().get(i);
            versions.put(resource, version);
            batch.add(new Put(
                    Space.VERSIONS,
                    Key.resource(resource),
                    new Writer(4).u32(version).toBytes()));
        }
        return head;
    }

    private void blob(Digest digest, Optional<Bytes> inline) {
        if (inline.isPresent()) {
            batch.addAll(copy.blobs().kept(digest, inline.get()));
        } else {
            batch.addAll(copy.staging().adopt(digest));
        }
    }

    private void annex(EntryContent content, Place place) {
        if (content.annex().isEmpty()) {
            return;
        }
        batch.add(new Put(Space.ANNEXES, Key.number(place.index()), content.annexBytes()));
        for (Annex.Token token : ownTokens(content.header(), content.annex())) {
            batch.add(new Put(
                    Space.TOKENS,
                    Key.token(token.value(), token.resource()),
                    new CopyRows.TokenRow(token.unique(), place.index()).encode()));
        }
        // Who is in a ward is a person's word, or any machine could make every patient free of budget; that one left is
        // anybody's.
        boolean person = copy.registry()
                .session(content.header().author().session())
                .filter(session -> session.kind() == Statement.BadgeKind.PERSON)
                .isPresent();
        List<Annex.Placement> placements = ownPlacements(
                content.header(), content.annex(), cell -> opening(cell).map(Copy.Opening::cell));
        for (Annex.Placement one : placements) {
            if (!person && one.state() != Annex.Placement.State.LEFT) {
                continue;
            }
            batch.add(new Put(Space.STATE, Key.placement(one.ward(), one.subject()), placement(one, place)));
        }
    }

    /** Who is in which ward, and since when. */
    static Bytes placement(Annex.Placement one, Place place) {
        return new Writer(9)
                .u8(one.state().ordinal())
                .i64(place.effectiveTime().millis())
                .toBytes();
    }

    private Optional<Copy.Opening> opening(CellId cell) {
        Copy.Opening fresh = openings.get(cell);
        return fresh != null ? Optional.of(fresh) : copy.opening(cell);
    }

    /**
     * The placements an entry may bring: of patients it writes about, for which its author opened a cell of theirs. Otherwise any
     * entry could make every patient free of budget in its author's ward.
     */
    static List<Annex.Placement> ownPlacements(
            Header header, Annex annex, Function<CellId, Optional<NewCell>> openings) {
        Set<CellId> patients = new HashSet<>();
        for (CellPart part : header.author().parts()) {
            openings.apply(part.cell()).map(NewCell::subject).ifPresent(patients::add);
        }
        return annex.placements().stream()
                .filter(one -> patients.contains(one.subject()))
                .toList();
    }

    /**
     * The tokens an entry may bring: those that lead to what it changes itself, each once. Otherwise one that nobody approved
     * could hang a token on any resource there is.
     */
    static Collection<Annex.Token> ownTokens(Header header, Annex annex) {
        Set<ResourceId> changed = new HashSet<>();
        for (CellPart part : header.author().parts()) {
            part.changes().forEach(change -> changed.add(new ResourceId(part.cell(), change.local())));
        }
        Map<Bytes, Annex.Token> own = new LinkedHashMap<>();
        for (Annex.Token token : annex.tokens()) {
            if (changed.contains(token.resource())) {
                own.put(Key.token(token.value(), token.resource()), token);
            }
        }
        return own.values();
    }

    /** This tier is about to cosign the tree with this group: that it did is written with the group, in one sync less. */
    public void cosigned() {
        cosigned = true;
    }

    /** As {@link #cosigned()}, of a checkpoint data offered: its log's signature is kept, since data may tell nobody of a quorum. */
    void cosigned(Bytes offered) {
        cosigned = true;
        batch.add(new Put(Space.STATE, Key.OFFERED, offered));
    }

    boolean isCosigned() {
        return cosigned;
    }

    int voids() {
        return voids;
    }

    Collection<Copy.Opening> openings() {
        return openings.values();
    }

    Collection<CellHead> heads() {
        return heads.values();
    }

    List<Store.Change> batch() {
        return batch;
    }

    List<Copy.Absent> absent() {
        return absent;
    }

    List<Digest> leafHashes() {
        return leaves;
    }
}
