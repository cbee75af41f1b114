package trimaran.keeper;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.SecretBytes;
import trimaran.line.message.Response;
import trimaran.record.Annex;
import trimaran.record.AuthorPart;
import trimaran.record.CellKind;
import trimaran.record.EntryKind;
import trimaran.record.Escrow;
import trimaran.record.Header;
import trimaran.record.NewCell;
import trimaran.record.PartyKeys;
import trimaran.record.Place;
import trimaran.record.Sanction;
import trimaran.record.Signature;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;
import trimaran.record.Suite;
import trimaran.record.Verdict;
import trimaran.shares.CellCommitments;
import trimaran.shares.SealingPublicKey;
import trimaran.shares.ShareEnvelope;
import trimaran.shares.SharePackage;
import trimaran.shares.SharePair;

/** Three real keepers with cells opened in a log that is placed by hand, whose shares are refreshed in earnest. */
final class RefreshHouse {

    static final long LATE_MILLIS = 3_600_000;

    final KeeperHouse house = KeeperHouse.running();
    private final Map<CellId, List<SecretBytes>> drawn = new HashMap<>();
    private final List<Added> log = new ArrayList<>();
    private long named;

    private record Added(EntryContent content, Place place) {}

    Keeper keeper(Party tier) {
        return house.keeper(tier);
    }

    void run(long millis) {
        house.loops.runMillis(millis);
    }

    private Keeper any() {
        return house.keeper(Party.ACCESS);
    }

    RecordTime now() {
        return any().setting().now();
    }

    private AuthorPart author(Digest nonce, List<NewCell> cells, Bytes statement, Digest escrow) {
        return new AuthorPart(
                house.founding().id(),
                nonce,
                Digest.ZERO,
                cells.isEmpty() ? EntryKind.REGISTRY : EntryKind.CLINICAL,
                any().setting().loop().wallTime(),
                false,
                List.of(),
                cells,
                statement,
                Digest.ZERO,
                escrow,
                0);
    }

    private EntryContent content(AuthorPart author, Escrow escrow) {
        Header header = Header.of(author, new Signature(Suite.ML_DSA_44, Bytes.EMPTY), new Sanction.OwnSignatures());
        Bytes sealed = escrow.envelopes().isEmpty() ? Bytes.EMPTY : escrow.encode();
        return new EntryContent(header, header.encode(), Bytes.EMPTY, Annex.EMPTY, sealed, escrow, List.of(), Set.of());
    }

    /** An entry that opens a cell, with envelopes to the keys the record names. */
    EntryContent opening(CellKind kind) {
        Digest nonce = any().setting().entropy().nonce();
        List<SecretBytes> shares = new ArrayList<>();
        for (int i = 0; i < NewCell.SHARES; i++) {
            shares.add(SecretBytes.random(any().setting().entropy(), SharePair.SHARE_BYTES));
        }
        SecretBytes key = shares.get(0).xor(shares.get(1)).xor(shares.get(2));
        NewCell cell = NewCell.named(
                Digest.ZERO,
                kind,
                CellId.NONE,
                Digest.sha256(key.expose()),
                List.of(
                        CellCommitments.ofShare(1, shares.get(0)),
                        CellCommitments.ofShare(2, shares.get(1)),
                        CellCommitments.ofShare(3, shares.get(2))));
        drawn.put(cell.cell(), shares);
        List<Escrow.Envelope> envelopes = new ArrayList<>();
        for (Party tier : Party.TIERS) {
            envelopes.add(envelope(tier, nonce, cell, shares));
        }
        Escrow escrow = new Escrow(envelopes);
        return content(author(nonce, List.of(cell), Bytes.EMPTY, escrow.digest()), escrow);
    }

    private Escrow.Envelope envelope(Party tier, Digest nonce, NewCell cell, List<SecretBytes> shares) {
        PartyKeys keys = any().copy().registry().party(tier);
        SharePair pair = new SharePair(
                tier, shares.get(SharePair.lowerNumber(tier) - 1), shares.get(SharePair.higherNumber(tier) - 1));
        try {
            return new Escrow.Envelope(
                    tier,
                    keys.generation(),
                    ShareEnvelope.seal(
                            SealingPublicKey.of(keys.sealing()),
                            new ShareEnvelope.Address(
                                    tier,
                                    keys.generation(),
                                    Escrow.associatedData(house.founding().id(), nonce)),
                            new SharePackage(tier, List.of(new SharePackage.CellPair(cell.cell(), pair))).encode(),
                            any().setting().entropy()));
        } catch (MalformedException malformed) {
            throw new AssertionError(malformed);
        }
    }

    /** Opens a cell in the record. */
    CellId open() {
        return open(CellKind.DOSSIER);
    }

    CellId open(CellKind kind) {
        EntryContent entry = opening(kind);
        place(entry);
        return entry.header().author().newCells().getFirst().cell();
    }

    /** The next place, at every tier that runs, under a quorum. */
    void place(EntryContent content) {
        Added added = new Added(content, new Place(any().copy().size(), now(), Verdict.VALID, List.of(), List.of()));
        log.add(added);
        Party.TIERS.stream().filter(house::runs).forEach(tier -> add(tier, added));
        Party.TIERS.stream().filter(house::runs).forEach(this::cover);
    }

    /** Two officers give a tier other than access new keys, of this generation, and an empty disk; its log comes back at once, its shares do not. */
    void rebuild(Party tier, long generation) {
        house.crash(tier);
        house.generation(generation);
        Bytes change = house.replace(tier);
        place(content(author(any().setting().entropy().nonce(), List.of(), change, Digest.ZERO), Escrow.NONE));
        house.start(tier);
        log.forEach(added -> add(tier, added));
        cover(tier);
    }

    EntryContent placed(long index) {
        return log.stream()
                .filter(one -> one.place().index() == index)
                .findFirst()
                .orElseThrow()
                .content();
    }

    private void add(Party tier, Added added) {
        Copy copy = keeper(tier).copy();
        if (copy.size() == added.place().index()) {
            CopyGroup group = copy.begin();
            group.add(added.content(), added.place());
            copy.commit(group);
        }
    }

    private void cover(Party tier) {
        keeper(tier).cosigner().learn(house.note(Party.ACCESS));
    }

    /** Two officers name the next generation, whose keys all three have drawn. */
    void refresh() {
        named++;
        List<Bytes> sealing = new ArrayList<>();
        for (Party tier : Party.TIERS) {
            sealing.add(keeper(tier)
                    .setting()
                    .keys()
                    .shares()
                    .draw(named)
                    .sealing()
                    .publicKey()
                    .raw());
        }
        state(new Statement.Refresh(
                named, any().copy().registry().epoch(), sealing, now().plusMillis(LATE_MILLIS), now()));
    }

    void state(Statement statement) {
        SignedStatement signed = SignedStatement.signed(
                house.founding().id(), statement, house.officers().subList(0, 2));
        place(content(author(any().setting().entropy().nonce(), List.of(), signed.encode(), Digest.ZERO), Escrow.NONE));
    }

    long generation(Party tier) {
        return keeper(tier).copy().shares().refreshed();
    }

    String faults(Party tier) {
        return String.join("; ", keeper(tier).upkeep().refresh().faults());
    }

    Map<String, Long> counters(Party tier) {
        return keeper(tier).report().counters().stream()
                .collect(Collectors.toMap(Response.Counter::name, Response.Counter::value));
    }

    /** Whether these two tiers' pairs of a generation they both hand out give the cell's key. */
    boolean opens(CellId cell, Party one, Party other) {
        List<SecretBytes> shares = drawn.getOrDefault(cell, List.of());
        SecretBytes key = shares.get(0).xor(shares.get(1)).xor(shares.get(2));
        return handedOut(one).stream().filter(handedOut(other)::contains).anyMatch(generation -> {
            Optional<SharePair> first = keeper(one).copy().shares().pair(generation, cell);
            Optional<SharePair> second = keeper(other).copy().shares().pair(generation, cell);
            return first.isPresent()
                    && second.isPresent()
                    && key(first.get(), second.get()).equals(key);
        });
    }

    private List<Long> handedOut(Party tier) {
        List<Long> all = new ArrayList<>(keeper(tier).copy().shares().prepared());
        all.add(generation(tier));
        return all;
    }

    private static SecretBytes key(SharePair one, SharePair other) {
        SecretBytes sum = null;
        for (int number = 1; number <= NewCell.SHARES; number++) {
            SecretBytes share = one.keeper().keepsShare(number) ? one.share(number) : other.share(number);
            sum = sum == null ? share : sum.xor(share);
        }
        if (sum == null) {
            throw new AssertionError("a cell has shares");
        }
        return sum;
    }

    boolean opensEverywhere(CellId cell) {
        return opens(cell, Party.ACCESS, Party.DATA)
                && opens(cell, Party.ACCESS, Party.APPLICATION)
                && opens(cell, Party.APPLICATION, Party.DATA);
    }
}
