package trimaran.keeper;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import trimaran.keeper.spi.Space;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.ResourceId;
import trimaran.ledger.Frontier;
import trimaran.ledger.Merkle;
import trimaran.line.message.MessageLimits;
import trimaran.line.message.Response;
import trimaran.record.CellHead;
import trimaran.record.CellPart;
import trimaran.record.EntryKind;
import trimaran.record.Judgement;
import trimaran.record.LogView;
import trimaran.record.NewCell;
import trimaran.record.Place;
import trimaran.record.Registry;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;
import trimaran.record.Validity;
import trimaran.record.Verdict;
import trimaran.shares.CellCommitments;
import trimaran.shares.SharePair;

/**
 * Rereads a whole copy from the entries alone, as a checker in twenty years would: hashes, tree, chains, validity with every
 * signature, blobs, share commitments, the derived heads, the ledger. Works in slices on the loop, so that the tier goes on
 * serving.
 */
final class CopyCheck implements LogView {

    /** Entries between two breaths of the loop: some 20 ms of signature checks. */
    static final int SLICE = 64;

    private final KeeperSetting setting;
    private final Copy copy;
    private final ReleaseLedger ledger;
    private final Consumer<Response> done;
    private final Registry registry;
    private final Map<CellId, CellHead> heads = new HashMap<>();
    private final Map<CellId, NewCell> openings = new HashMap<>();
    private final Map<ResourceId, Long> versions = new HashMap<>();
    private final Set<Digest> placed = new HashSet<>();
    private final List<String> faults = new ArrayList<>();
    private final long size;
    private Frontier frontier = Frontier.EMPTY;
    private final List<Missing> missing = new ArrayList<>();
    private final List<Missing> annexes = new ArrayList<>();
    private long shares;
    private long erased;

    /** Something of a part that is not in this copy. */
    private record Missing(long index, CellId cell, long sequence) {}

    CopyCheck(KeeperSetting setting, Copy copy, ReleaseLedger ledger, Consumer<Response> done) {
        this.setting = setting;
        this.copy = copy;
        this.ledger = ledger;
        this.done = done;
        this.registry = new Registry((Statement.Founding) setting.founding().statement());
        this.size = copy.size();
    }

    void start() {
        setting.loop().run(this::slice);
    }

    private void slice() {
        long end = Math.min(size, frontier.size() + SLICE);
        while (frontier.size() < end) {
            long index = frontier.size();
            Optional<Copy.Stored> stored = copy.entry(index);
            if (stored.isEmpty()) {
                fault("entry " + index + " is missing");
                finish();
                return;
            }
            check(stored.get());
        }
        if (frontier.size() < size) {
            setting.loop().run(this::slice);
        } else {
            erasedOrLost();
            derived();
            finish();
        }
    }

    private void check(Copy.Stored stored) {
        try {
            var header = stored.header();
            Place place = stored.place();
            Digest leaf = Place.leaf(header.author().nonce(), stored.headerBytes(), stored.placeBytes());
            frontier = frontier.append(Merkle.leaf(Bytes.of(leaf.unsafeArray())));
            if (place.index() != stored.index()) {
                fault("entry " + stored.index() + " says it is " + place.index());
            }
            if (stored.index() == 0) {
                if (!stored.headerBytes()
                        .equals(FoundingEntry.content(setting.founding()).headerBytes())) {
                    fault("entry 0 is not this hospital's founding");
                }
                return;
            }
            Judgement judgement =
                    new Validity(registry, this, setting.verifier()).judge(header, place.time(), place.held());
            if (judgement.verdict() != place.verdict() || !judgement.parts().equals(place.parts())) {
                fault("entry " + stored.index() + " is placed otherwise than the record says: "
                        + judgement.reason().map(Object::toString).orElse("other heads or versions"));
                return;
            }
            if (place.verdict() != Verdict.VOID) {
                fold(header, place);
            }
        } catch (IllegalStateException broken) {
            frontier = frontier.append(Digest.ZERO);
            fault("entry " + stored.index() + " cannot be read");
        }
    }

    private void fold(trimaran.record.Header header, Place place) {
        placed.add(header.digest());
        header.author().newCells().forEach(cell -> openings.put(cell.cell(), cell));
        List<CellPart> parts = header.author().parts();
        for (int i = 0; i < parts.size(); i++) {
            CellPart part = parts.get(i);
            heads.put(part.cell(), head(part.cell()).plus(header.digest(), part.blob()));
            for (int k = 0; k < part.changes().size(); k++) {
                versions.put(
                        new ResourceId(part.cell(), part.changes().get(k).local()),
                        place.parts().get(i).versions().get(k));
            }
            Optional<Bytes> blob = copy.blobs().whole(part.blob());
            long sequence = place.parts().get(i).sequence();
            if (blob.isPresent() && !Digest.sha256(blob.get()).equals(part.blob())) {
                fault("a blob of entry " + place.index() + " is altered");
            } else if (blob.isEmpty()) {
                missing.add(new Missing(place.index(), part.cell(), sequence));
            }
        }
        annex(header, place);
        if (header.author().kind() == EntryKind.REGISTRY) {
            try {
                registry.apply(
                        SignedStatement.decode(header.author().statement()).statement(), place.effectiveTime());
            } catch (MalformedException malformed) {
                fault("the statement of entry " + place.index() + " cannot be read");
            }
        }
    }

    private void annex(trimaran.record.Header header, Place place) {
        Digest named = header.author().annex();
        Optional<Bytes> annex = setting.store().get(Space.ANNEXES, Key.number(place.index()));
        if (annex.isPresent() && !Digest.sha256(annex.get()).equals(named)) {
            fault("the annex of entry " + place.index() + " is altered");
        } else if (annex.isEmpty() && !named.equals(Digest.ZERO)) {
            for (int i = 0; i < place.parts().size(); i++) {
                annexes.add(new Missing(
                        place.index(),
                        header.author().parts().get(i).cell(),
                        place.parts().get(i).sequence()));
            }
        }
    }

    /** What is not here is erased if the record says so by now, wherever it says it, and lost if not. */
    private void erasedOrLost() {
        for (Missing one : missing) {
            if (isErased(one)) {
                erased++;
            } else {
                fault("a blob of entry " + one.index() + " is missing");
            }
        }
        Set<Long> lawful = new HashSet<>();
        annexes.stream().filter(this::isErased).forEach(one -> lawful.add(one.index()));
        annexes.stream()
                .map(Missing::index)
                .distinct()
                .filter(index -> !lawful.contains(index))
                .forEach(index -> fault("the annex of entry " + index + " is missing"));
    }

    private boolean isErased(Missing one) {
        return one.sequence() < registry.erased(one.cell());
    }

    /** What is kept beside the log must be what the log says. */
    private void derived() {
        if (!frontier.equals(Frontier.of(copy, size))) {
            fault("the tree on disk is not the tree of the entries");
        }
        heads.forEach((cell, head) -> {
            if (copy.size() == size && !copy.headOnDisk(cell).equals(head)) {
                fault("the head of cell " + cell + " is not what its entries say");
            }
        });
        openings.forEach((cell, opening) -> {
            Optional<SharePair> pair = copy.shares().pair(cell);
            CellCommitments commitments = Shares.commitments(opening);
            if (pair.isEmpty()) {
                fault("the shares of cell " + cell + " are missing");
            } else if (!(commitments.check(pair.get()) instanceof Outcome.Done<SharePair>)) {
                fault("the shares of cell " + cell + " are not the committed ones");
            } else {
                shares++;
            }
        });
        if (!ledger.isWhole()) {
            fault("the release ledger's chain is broken");
        }
    }

    private void finish() {
        List<Response.Counter> counters = new ArrayList<>(List.of(
                new Response.Counter("entries", frontier.size()),
                new Response.Counter("cells", openings.size()),
                new Response.Counter("resources", versions.size()),
                new Response.Counter("shares", shares),
                new Response.Counter("blobs.erased", erased),
                new Response.Counter("ledger.lines", ledger.lines()),
                new Response.Counter("faults", faults.size())));
        // The root as four numbers, so that two copies can be compared.
        byte[] root = frontier.root().toArray();
        for (int word = 0; word < 4; word++) {
            long value = 0;
            for (int i = 0; i < 8; i++) {
                value = value << 8 | (root[word * 8 + i] & 0xff);
            }
            counters.add(new Response.Counter("root." + word, value));
        }
        done.accept(new Response.Report(
                setting.loop().wallTime(),
                counters,
                faults.subList(0, Math.min(faults.size(), MessageLimits.COUNTERS_MAX))));
    }

    private void fault(String text) {
        faults.add(text);
    }

    @Override
    public CellHead head(CellId cell) {
        return heads.getOrDefault(cell, CellHead.empty(cell));
    }

    @Override
    public boolean cellExists(CellId cell) {
        return openings.containsKey(cell);
    }

    @Override
    public long version(ResourceId resource) {
        return versions.getOrDefault(resource, 0L);
    }

    @Override
    public boolean placed(Digest entry) {
        return placed.contains(entry);
    }
}
