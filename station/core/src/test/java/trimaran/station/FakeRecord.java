package trimaran.station;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.ledger.Frontier;
import trimaran.ledger.HashSource;
import trimaran.ledger.Merkle;
import trimaran.ledger.Node;
import trimaran.ledger.NodeHash;
import trimaran.line.message.Push;
import trimaran.line.message.Request;
import trimaran.line.message.SealedEntry;
import trimaran.record.Annex;
import trimaran.record.AuthorPart;
import trimaran.record.CellHead;
import trimaran.record.CellKind;
import trimaran.record.CellPart;
import trimaran.record.EntryKind;
import trimaran.record.Escrow;
import trimaran.record.Header;
import trimaran.record.Held;
import trimaran.record.Judgement;
import trimaran.record.LogView;
import trimaran.record.NewCell;
import trimaran.record.Place;
import trimaran.record.PlacedPart;
import trimaran.record.Registry;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;
import trimaran.record.Validity;
import trimaran.record.Verdict;
import trimaran.record.Verifier;
import trimaran.shares.SealingKeyPair;
import trimaran.shares.ShareEnvelope;
import trimaran.shares.SharePackage;
import trimaran.shares.SharePair;

/** What honest tiers hold together, in plain lists: the log, its tree, cells, shares, tokens. */
final class FakeRecord implements LogView, HashSource {

    /** One placed entry. */
    record Entry(Header header, Bytes headerBytes, Bytes placeBytes, Place place, Digest leaf, List<CellHead> heads) {
        Push.MovedEntry moved() {
            return new Push.MovedEntry(
                    header.digest(), header.author().nonce(), Digest.sha256(headerBytes), placeBytes, heads);
        }
    }

    /** An entry complete, as it came. */
    record Content(Header header, Bytes headerBytes, Annex annex, Escrow escrow, List<Bytes> blobs) {
        boolean bringsParts() {
            return !header.author().parts().isEmpty();
        }

        /** As it is told to whoever asks what is held. */
        SealedEntry transit() {
            return new SealedEntry(
                    SealedEntry.Item.inline(headerBytes),
                    SealedEntry.Item.NOTHING,
                    SealedEntry.Item.NOTHING,
                    blobs.stream().map(SealedEntry.Item::inline).toList(),
                    Bytes.EMPTY);
        }
    }

    final List<Entry> entries = new ArrayList<>();
    final List<Annex.Placement> placements = new ArrayList<>();
    final Map<Digest, Bytes> blobs = new HashMap<>();
    final Map<CellId, CellHead> heads = new HashMap<>();
    final Map<CellId, NewCell> openings = new LinkedHashMap<>();
    /** Tiers that have not heard of any cell yet. */
    final Set<Party> behind = EnumSet.noneOf(Party.class);

    /** Of which cells the tiers say that they are to be rolled. */
    final Set<CellId> toRoll = new HashSet<>();

    /** What was asked to be opened, in order. */
    final List<Request.Open> opens = new ArrayList<>();

    /** Whether data places what two tiers hold by itself. */
    boolean placesHeld;

    /** Whether with a cell come its later keys. */
    boolean bringsKeys = true;

    final Map<CellId, Long> openedAt = new HashMap<>();
    final Map<CellId, List<long[]>> parts = new HashMap<>();
    final Map<ResourceId, Long> versions = new HashMap<>();
    final Map<Digest, List<ResourceId>> tokens = new HashMap<>();
    final Map<Party, Map<CellId, SharePair>> shares = new EnumMap<>(Party.class);
    final Map<Party, SealingKeyPair> sealing;
    final Registry registry;
    private final Verifier verifier;
    private final Map<Node, Digest> tree = new HashMap<>();
    Frontier frontier = Frontier.EMPTY;

    FakeRecord(Registry registry, Verifier verifier, Map<Party, SealingKeyPair> sealing) {
        this.registry = registry;
        this.verifier = verifier;
        this.sealing = sealing;
        Party.TIERS.forEach(tier -> shares.put(tier, new HashMap<>()));
    }

    /** Gives what two tiers hold its place, as data does as soon as it hears of it, whatever the station brings itself. */
    void placeHeld(Collection<Content> held, RecordTime time, Function<Digest, List<Held>> statements) {
        for (Content content : held) {
            Digest digest = content.header().digest();
            List<Held> ofTwo = statements.apply(digest);
            if (!ofTwo.isEmpty()
                    && entries.stream().noneMatch(one -> one.header().digest().equals(digest))) {
                place(content, time, ofTwo);
            }
        }
    }

    /** Why a tier holds no statement that counts for nothing now, nothing of a session nobody opened, and nothing of a patient nobody knows. */
    Optional<Refusal> notHeld(Header header, Collection<Content> held, RecordTime now) {
        AuthorPart author = header.author();
        if (author.kind() == EntryKind.REGISTRY) {
            return new Validity(registry, this, verifier).judgeAsOf(header, now).reason();
        }
        Set<Object> opened = new HashSet<>(openings.keySet());
        held.forEach(one -> opened.addAll(Leaning.opened(one.header().author())));
        author.newCells().forEach(cell -> opened.add(cell.cell()));
        if (registry.session(author.session()).isEmpty() && !opened.contains(author.session())) {
            return Optional.of(Refusal.of(Code.SESSION_UNKNOWN, "nobody opened this session"));
        }
        return author.newCells().stream().allMatch(cell -> opened.contains(cell.subject()))
                ? Optional.empty()
                : Optional.of(Refusal.of(Code.BAD_REFERENCE, "a new cell of a patient nobody knows"));
    }

    /** Judges and places an entry, or says why not; held ones are always placed, and what has its place keeps it. */
    Outcome<Entry> place(Content content, RecordTime time, List<Held> held) {
        Optional<Entry> before = entries.stream()
                .filter(one -> one.header().digest().equals(content.header().digest()))
                .filter(one -> one.place().verdict() != Verdict.VOID)
                .findFirst();
        if (before.isPresent()) {
            return Outcome.done(before.get());
        }
        Judgement judgement = new Validity(registry, this, verifier).judge(content.header(), time, held);
        if (judgement.verdict() != Verdict.VALID && held.isEmpty()) {
            return Outcome.refused(judgement.reason().orElseThrow());
        }
        return Outcome.done(add(content, time, judgement, held));
    }

    Entry add(Content content, RecordTime time, Judgement judgement, List<Held> held) {
        Place place = new Place(entries.size(), time, judgement.verdict(), judgement.parts(), held);
        Bytes placeBytes = place.encode();
        Digest leaf = Place.leaf(content.header().author().nonce(), content.headerBytes(), placeBytes);
        List<CellHead> moved = new ArrayList<>();
        if (judgement.verdict() != Verdict.VOID) {
            for (NewCell cell : content.header().author().newCells()) {
                openings.put(cell.cell(), cell);
                openedAt.put(cell.cell(), place.index());
            }
            List<CellPart> all = content.header().author().parts();
            for (int i = 0; i < all.size(); i++) {
                moved.add(addPart(content, all.get(i), place, i));
            }
            placements.addAll(content.annex().placements());
            content.annex()
                    .tokens()
                    .forEach(token -> tokens.computeIfAbsent(token.value(), none -> new ArrayList<>())
                            .add(token.resource()));
            takeShares(content);
            if (!content.header().author().statement().isEmpty() && place.index() > 0) {
                apply(content.header(), place);
            }
        }
        Entry entry = new Entry(content.header(), content.headerBytes(), placeBytes, place, leaf, moved);
        entries.add(entry);
        Frontier.Growth growth = frontier.append(List.of(Merkle.leaf(Bytes.wrap(leaf.unsafeArray()))));
        frontier = growth.frontier();
        for (NodeHash node : growth.completed()) {
            tree.put(node.node(), node.hash());
        }
        return entry;
    }

    private void apply(Header header, Place place) {
        try {
            Statement statement =
                    SignedStatement.decode(header.author().statement()).statement();
            registry.apply(statement, place.effectiveTime(), place.index());
        } catch (MalformedException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private CellHead addPart(Content content, CellPart part, Place place, int i) {
        PlacedPart placed = place.parts().get(i);
        CellHead head = head(part.cell()).plus(content.header().digest(), part.blob());
        heads.put(part.cell(), head);
        parts.computeIfAbsent(part.cell(), none -> new ArrayList<>()).add(new long[] {place.index(), i});
        blobs.put(part.blob(), content.blobs().get(i));
        for (int j = 0; j < part.changes().size(); j++) {
            versions.put(
                    new ResourceId(part.cell(), part.changes().get(j).local()),
                    placed.versions().get(j));
        }
        return head;
    }

    void takeShares(Content content) {
        Bytes binding = Escrow.associatedData(
                content.header().author().origin(), content.header().author().nonce());
        for (Escrow.Envelope envelope : content.escrow().envelopes()) {
            try {
                ShareEnvelope.Address address =
                        new ShareEnvelope.Address(envelope.tier(), envelope.generation(), binding);
                Outcome<Bytes> plain = ShareEnvelope.open(keys(envelope.tier()), address, envelope.sealed());
                if (plain instanceof Outcome.Done<Bytes>(Bytes bytes)) {
                    for (SharePackage.CellPair pair :
                            Reader.whole(bytes, SharePackage::read).pairs()) {
                        of(envelope.tier()).put(pair.cell(), pair.pair());
                    }
                }
            } catch (MalformedException broken) {
                throw new IllegalStateException(broken);
            }
        }
    }

    private SealingKeyPair keys(Party tier) {
        return Optional.ofNullable(sealing.get(tier)).orElseThrow();
    }

    Map<CellId, SharePair> of(Party tier) {
        return shares.computeIfAbsent(tier, none -> new HashMap<>());
    }

    Optional<CellId> ofKind(CellKind kind) {
        return openings.values().stream()
                .filter(cell -> cell.kind() == kind)
                .map(NewCell::cell)
                .findFirst();
    }

    List<CellId> cellsOf(CellId subject) {
        return openings.values().stream()
                .filter(cell -> cell.subject().equals(subject))
                .map(NewCell::cell)
                .toList();
    }

    /** These cells, and the cells of their later keys. */
    List<CellId> withKeys(List<CellId> cells) {
        Stream<CellId> keys = openings.values().stream()
                .filter(cell -> bringsKeys && cell.kind() == CellKind.KEY && cells.contains(cell.subject()))
                .map(NewCell::cell);
        return Stream.concat(cells.stream(), keys).distinct().toList();
    }

    @Override
    public CellHead head(CellId cell) {
        return heads.getOrDefault(cell, CellHead.empty(cell));
    }

    @Override
    public List<Digest> drawers(CellId cell) {
        return entries.stream()
                .map(one -> one.header().author())
                .flatMap(author -> author.newCells().stream()
                        .filter(one -> openings.containsKey(one.cell()))
                        .filter(one ->
                                one.kind() == CellKind.KEY && one.subject().equals(cell))
                        .map(one -> author.session()))
                .toList();
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
        return placedBefore(entries.size(), entry);
    }

    boolean placedBefore(long size, Digest entry) {
        return entries.stream()
                .limit(size)
                .anyMatch(one ->
                        one.header().digest().equals(entry) && one.place().verdict() != Verdict.VOID);
    }

    @Override
    public Digest hash(Node node) {
        return Optional.ofNullable(tree.get(node)).orElseThrow(() -> new MissingNodeException(node));
    }
}
