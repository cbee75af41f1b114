package trimaran.drills;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.Writer;
import trimaran.line.message.LedgerLine;
import trimaran.party.OwnKeys;
import trimaran.process.SystemEntropy;
import trimaran.record.Header;
import trimaran.record.RecordLimits;
import trimaran.shares.ShareGeneration;
import trimaran.shares.ShareKeys;
import trimaran.shares.SharePair;
import trimaran.store.RocksStore;
import trimaran.trial.Waiting;

/** Lies written into the store of a fallen tier with its own engine and keys, which then serves on as if nothing had happened. */
final class StoreDrills {

    private static final long UNASKED_SECONDS = 5;

    private static final Bytes LEDGER_HEAD = Bytes.ofText("ledger-head");

    /** Lines of a release ledger that are made away with. */
    private static final int LINES = 12;

    private static final int ADMITTED = 3;

    // Words of breaches that are expected where a defence is missing.
    static final String UNSEEN = "the check finds nothing of the lies";
    static final String CUT_UNSEEN = "nobody notices that the ledger was cut";

    private StoreDrills() {}

    static List<Drill> all() {
        List<Drill> drills = new ArrayList<>();
        for (Party party : Party.TIERS) {
            String word = party.word();
            drills.add(Drill.withstood(
                    "alter-record-" + word,
                    "21",
                    "the store of " + word + ": every sealed part is altered, and a header with its leaf in the tree",
                    "the station shows the true record out of the others; the check finds it",
                    scene -> lying(scene, party, StoreDrills::alterRecord)));
            drills.add(Drill.withstood(
                    "swap-shares-" + word,
                    "29",
                    "the store and keys of " + word + ": each cell gets the shares of another, sealed as they must be",
                    "every cell opens from the two others; the check finds it",
                    scene -> lying(scene, party, StoreDrills::swapShares)));
            drills.add(Drill.withstood(
                    "cut-ledger-" + word,
                    "40",
                    "the store of " + word + ": the last lines of its own release ledger never were",
                    "the copies at the two others contradict it; the exposure report misses nobody",
                    scene -> ledgerCut(scene, party)));
        }
        return drills;
    }

    /** What is written into a store; returns how many rows are no longer true. */
    @FunctionalInterface
    private interface Lie {
        int into(Scene scene, Party party, Store store) throws Exception;
    }

    private static int rewritten(Scene scene, Party party, Lie lie) throws Exception {
        scene.hospital().kill(party.word());
        try (RocksStore store = RocksStore.open(
                scene.folder(party).resolve("store"), scene.scratch().resolve("native"))) {
            return lie.into(scene, party, store);
        } finally {
            scene.hospital().start(party.word());
        }
    }

    private static void lying(Scene scene, Party party, Lie lie) throws Exception {
        int rows = rewritten(scene, party, lie);
        // Nobody is told by the moment it was away.
        scene.strike();
        scene.evidence(
                rows > DrillRun.PATIENTS,
                rows + " rows in the store of " + party.word() + " are lies, and it serves on");
        scene.isNoticedWithin(UNASKED_SECONDS);
        scene.awaitCare("beside a " + party.word() + " that lies");
        // Nobody hears the lie before somebody asks.
        StationEyes eyes = new StationEyes(scene);
        scene.expectLieSaid(party);
        scene.reread();
        scene.requireLieSaid(party, eyes);
        scene.require(!scene.verified().isWell(), Breach.Kind.UNDEFENDED, UNSEEN);
        scene.rebuild(party);
    }

    private static int alterRecord(Scene scene, Party party, Store store) throws MalformedException {
        List<Store.Change> changes = new ArrayList<>();
        store.scan(Space.BLOBS, Bytes.EMPTY, Snapshots.end(), (key, value) -> {
            byte[] altered = value.toArray();
            altered[altered.length - 1] ^= 1;
            changes.add(new Store.Change.Put(Space.BLOBS, key, Bytes.wrap(altered)));
            return true;
        });
        long number = oldEntry(store);
        Bytes key = new Writer(8).i64(number).toBytes();
        Reader row = new Reader(store.get(Space.ENTRIES, key).orElseThrow());
        byte[] bytes = row.bytes(RecordLimits.HEADER_BYTES_MAX).toArray();
        Bytes place = row.bytes(RecordLimits.HEADER_BYTES_MAX);
        Header real = Reader.whole(Bytes.of(bytes), Header::read);
        bytes[bytes.length - 1] ^= 1;
        changes.add(new Store.Change.Put(
                Space.ENTRIES,
                key,
                new Writer(bytes.length + 256).bytes(bytes).bytes(place).toBytes()));
        changes.add(new Store.Change.Put(
                Space.TREE,
                new Writer(9).u8(0).i64(number).toBytes(),
                new Writer(Digest.SIZE)
                        .digest(trimaran.record.Place.leaf(real.author().nonce(), Bytes.wrap(bytes), place))
                        .toBytes()));
        store.write(changes);
        return changes.size();
    }

    /** Long covered, and no statement of officers: a tier that cannot read who belongs to the hospital does not start. */
    private static long oldEntry(Store store) throws MalformedException {
        List<Long> care = new ArrayList<>();
        List<MalformedException> unreadable = new ArrayList<>();
        store.scan(Space.ENTRIES, Bytes.EMPTY, Snapshots.end(), (key, value) -> {
            try {
                Reader row = new Reader(value);
                Header header = Reader.whole(row.bytes(RecordLimits.HEADER_BYTES_MAX), Header::read);
                if (!header.author().parts().isEmpty()) {
                    care.add(new Reader(key).i64());
                }
            } catch (MalformedException damaged) {
                unreadable.add(damaged);
            }
            return unreadable.isEmpty();
        });
        if (!unreadable.isEmpty()) {
            throw unreadable.getFirst();
        }
        return care.get(care.size() / 2);
    }

    private static int swapShares(Scene scene, Party party, Store store) {
        ShareKeys keys = PartyLine.got(
                OwnKeys.open(party, scene.folder(party), new SystemEntropy()).then(OwnKeys::shares));
        ShareGeneration generation = keys.generation(keys.numbers().getLast()).orElseThrow();
        List<CellId> cells = new ArrayList<>();
        List<SharePair> pairs = new ArrayList<>();
        store.scan(Space.SHARES, Bytes.EMPTY, Snapshots.end(), (key, value) -> {
            try {
                Reader at = new Reader(key);
                long number = at.i64();
                CellId cell = CellId.read(at);
                if (number == generation.number()
                        && generation.file().openPair(cell, value) instanceof Outcome.Done<SharePair>(SharePair pair)) {
                    cells.add(cell);
                    pairs.add(pair);
                }
                return true;
            } catch (MalformedException damaged) {
                throw new IllegalStateException("the store is damaged", damaged);
            }
        });
        List<Store.Change> changes = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            Writer key = new Writer(24).i64(generation.number());
            cells.get(i).write(key);
            SharePair anothers = pairs.get((i + 1) % pairs.size());
            changes.add(new Store.Change.Put(
                    Space.SHARES,
                    key.toBytes(),
                    generation.file().sealPair(cells.get(i), anothers, new SystemEntropy())));
        }
        store.write(changes);
        return changes.size();
    }

    private static void ledgerCut(Scene scene, Party party) throws Exception {
        Instant from = Instant.now();
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < ADMITTED; i++) {
            shown.add(scene.cohort().admit().handle());
        }
        // Of application nobody asks for cells: in a young hospital its ledger has no line but of look-ups.
        scene.awaitWrites(LINES, "the ward has written what is looked up");
        new Reckoning(scene.client())
                .breaches(scene.probe().written().stream()
                        .filter(Written::isPromised)
                        .toList())
                .forEach(one -> scene.breach(one.kind(), one.what()));
        Settling.await(scene.hospital(), KillDrill.SETTLE_SECONDS_MAX);
        Waiting.pause(1_000);
        Instant to = Instant.now();
        long[] lines = new long[2];
        rewritten(scene, party, (any, tier, store) -> {
            Bytes head = store.get(Space.STATE, LEDGER_HEAD).orElseThrow();
            lines[0] = new Reader(head).i64();
            lines[1] = Math.max(0, lines[0] - LINES);
            Digest chain = Digest.ZERO;
            if (lines[1] > 0) {
                Bytes last = store.get(
                                Space.LEDGER, new Writer(8).i64(lines[1] - 1).toBytes())
                        .orElseThrow();
                chain = Reader.whole(last, LedgerLine::read).chain();
            }
            store.write(List.of(new Store.Change.Put(
                    Space.STATE,
                    LEDGER_HEAD,
                    new Writer(40).i64(lines[1]).digest(chain).toBytes())));
            return LINES;
        });
        scene.strike();
        scene.evidence(
                lines[1] < lines[0],
                "the release ledger of " + party.word() + " says " + lines[1] + " lines where it had " + lines[0]);
        scene.isNoticedWithin(UNASKED_SECONDS);
        scene.awaitCare("beside a ledger that was cut");
        // Opening anew has it write lines under numbers that the copies know otherwise.
        scene.forgetAtTheStation();
        boolean noticed =
                scene.isNoticedWithin(4 * UNASKED_SECONDS) || !scene.verified().isWell();
        scene.require(noticed, Breach.Kind.UNDEFENDED, CUT_UNSEEN);
        scene.rebuild(party);
        Settling.await(scene.hospital(), KillDrill.SETTLE_SECONDS_MAX);
        Set<String> report = TheftDrills.report(scene, Party.APPLICATION, from, to);
        scene.exposureNames(report.containsAll(shown));
        scene.require(
                report.containsAll(shown),
                Breach.Kind.UNREPORTED,
                "who was shown to application is missing in the report: " + shown + " in " + report);
    }
}
