package trimaran.station;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Reader;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Writer;
import trimaran.ledger.Frontier;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.record.EntryKind;
import trimaran.record.Header;
import trimaran.record.Place;
import trimaran.record.RecordLimits;
import trimaran.record.Registry;
import trimaran.record.RollOrder;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;
import trimaran.record.StatementJudgement;
import trimaran.record.Verdict;

/**
 * The station's own registry, folded from the log. The feed says which entries touch no cell; those are fetched, checked
 * against their leaf, and applied in order. Statements and the place in the log lie on disk, so a restart begins there.
 */
final class RegistryFold {

    static final String FILE = "registry";
    /** 3 says where in the log each statement stands; 2, which officers signed; 1 is read still, and says neither. */
    private static final int VERSION = 3;

    private static final int VERSION_PLACELESS = 2;
    private static final int VERSION_NAMELESS = 1;
    /** Every statement but sessions, which only those who judge entries need: people, stations and epochs of decades. */
    private static final int STATEMENTS_MAX = 1_000_000;
    /** A few registry entries at once, and always one. */
    private static final int FETCH_BYTES = 64 << 10;
    /** Cuts and reopenings without a place, as many as a tier keeps. */
    static final int ON_SIGHT_MAX = 1024;

    /** A registry changed by a statement of the log, or by one that counts on sight. */
    interface Listener {
        void applied(Statement statement);
    }

    /**
     * @param officers who signed a cut; of other statements nobody asks
     * @param index where it stands in the log
     */
    private record Applied(Bytes statement, RecordTime time, List<Digest> officers, long index) {}

    private final StationSetting setting;
    private final Supplier<List<TierLine>> tiers;
    private final Listener listener;
    private final Registry registry;
    private final List<Applied> applied = new ArrayList<>();
    private final TreeMap<Long, Digest> wanted = new TreeMap<>();
    private final Set<Digest> known = new HashSet<>();
    private final List<SignedStatement> onSight = new ArrayList<>();
    /** Who signed each cut, by its id: told on its card. */
    private final Map<Digest, List<Digest>> cutBy = new HashMap<>();

    private Frontier start = Frontier.EMPTY;
    private boolean fetching;
    private int turn;

    RegistryFold(StationSetting setting, Supplier<List<TierLine>> tiers, Listener listener) {
        this.setting = setting;
        this.tiers = tiers;
        this.listener = listener;
        this.registry = new Registry(setting.founding());
        setting.disk().read(FILE).ifPresent(this::load);
    }

    Registry registry() {
        return registry;
    }

    /** Where in the log the registry on disk stood. */
    Frontier start() {
        return start;
    }

    /** Whether every registry entry the feed told of has been applied. */
    boolean isCurrent() {
        return wanted.isEmpty();
    }

    /** A place that is valid and has no part in any cell is a registry statement's; the leaf binds the place. */
    void covered(long index, Digest leaf, Bytes placeBytes) {
        try {
            Place place = Place.decode(placeBytes);
            if (index > 0 && place.verdict() != Verdict.VOID && place.parts().isEmpty()) {
                wanted.put(index, leaf);
                fetch();
            }
        } catch (MalformedException unreadable) {
            throw new IllegalStateException("a place a quorum signed cannot be read", unreadable);
        }
    }

    void fetch() {
        List<TierLine> lines = tiers.get();
        if (fetching || wanted.isEmpty() || lines.isEmpty()) {
            return;
        }
        fetching = true;
        long index = wanted.firstKey();
        TierLine line = lines.get(turn % lines.size());
        line.ask(new Request.FetchEntries(index, FETCH_BYTES), Response.Entries.class, outcome -> {
            fetching = false;
            boolean progress = outcome instanceof Outcome.Done<Response.Entries>(Response.Entries got)
                    && got.from() == index
                    && take(index, got.entries());
            if (progress) {
                fetch();
            } else {
                turn++;
                setting.loop().after(StationLimits.RETRY_MIN_MILLIS, this::fetch);
            }
        });
    }

    private boolean take(long from, List<SealedEntry> entries) {
        boolean progress = false;
        long index = from;
        for (SealedEntry entry : entries) {
            Digest leaf = wanted.get(index);
            if (leaf != null && index == wanted.firstKey()) {
                if (!apply(entry, leaf)) {
                    return progress;
                }
                wanted.remove(index);
                progress = true;
            }
            index++;
        }
        return progress;
    }

    /** False if this is not the entry the leaf commits to. */
    private boolean apply(SealedEntry entry, Digest leaf) {
        Optional<Bytes> headerBytes = entry.header().inline();
        if (headerBytes.isEmpty()) {
            return false;
        }
        try {
            Header header = Reader.whole(headerBytes.get(), Header::read);
            if (!Place.leaf(header.author().nonce(), headerBytes.get(), entry.place())
                    .equals(leaf)) {
                return false;
            }
            Place place = Place.decode(entry.place());
            if (header.author().kind() == EntryKind.REGISTRY && place.verdict() != Verdict.VOID) {
                apply(SignedStatement.decode(header.author().statement()), place.effectiveTime(), place.index());
            }
            return true;
        } catch (MalformedException malformed) {
            return false;
        }
    }

    private void apply(SignedStatement signed, RecordTime time, long index) {
        Statement statement = signed.statement();
        if (statement instanceof Statement.EpochChange change && change.epoch() <= registry.epoch()) {
            return; // Announced before the log brought it.
        }
        note(signed);
        long exclusions = registry.exclusions();
        registry.apply(statement, time, index);
        if (registry.exclusions() != exclusions) {
            settleOnSight();
        }
        boolean session =
                statement instanceof Statement.SessionOpening || statement instanceof Statement.SessionClosing;
        if (!session && known.add(SignedStatement.id(statement))) {
            applied.add(new Applied(statement.encode(), time, cutBy(signed.id()), index));
        }
        listener.applied(statement);
    }

    /** Remembers which officers signed a cut: a signature anybody may put beside theirs names nobody. */
    private void note(SignedStatement signed) {
        if (signed.statement() instanceof Statement.Cut) {
            cutBy.computeIfAbsent(signed.id(), id -> {
                byte[] message = SignedStatement.signedBytes(registry.origin(), signed.statement());
                return signed.signatures().stream()
                        .filter(one -> registry.officer(one.key())
                                .filter(officer -> setting.verifier().verify(officer, message, one.signature()))
                                .isPresent())
                        .map(SignedStatement.Signed::key)
                        .distinct()
                        .toList();
            });
        }
    }

    /** The officers who signed a cut, by their keys; none where this station does not know. */
    List<Digest> cutBy(Digest cut) {
        return cutBy.getOrDefault(cut, List.of());
    }

    /**
     * A membership statement, a cut or a reopening a tier hands on. It counts before its place in the log is known, because a
     * replaced data signs checkpoints under new keys from its first on, and a cut takes hold on sight. Officers signed it, whoever
     * brings it.
     */
    void announced(Bytes bytes) {
        try {
            SignedStatement signed = SignedStatement.decode(bytes);
            if (signed.statement() instanceof Statement.EpochChange change
                    && StatementJudgement.judgeEpoch(signed, change, registry, registry.epoch(), setting.verifier())
                            .isEmpty()) {
                apply(signed, now(), RollOrder.UNPLACED);
            } else if (onSight.size() < ON_SIGHT_MAX
                    && onSight.stream().noneMatch(one -> one.id().equals(signed.id()))
                    && countsOnSight(signed)) {
                note(signed);
                onSight.add(signed);
                registry.announce(signed.statement());
                listener.applied(signed.statement());
            }
        } catch (MalformedException unreadable) {
            // Nothing hangs on it: what the tier says of the record is judged by its checkpoints.
        }
    }

    /** What was announced and has its place, or counts no more by what has, is forgotten. */
    private void settleOnSight() {
        registry.forgetAnnounced();
        onSight.removeIf(signed -> {
            boolean counts = countsOnSight(signed);
            if (counts) {
                registry.announce(signed.statement());
            }
            return !counts;
        });
    }

    private boolean countsOnSight(SignedStatement signed) {
        return StatementJudgement.judgeOnSight(signed, registry, now(), setting.verifier())
                .isEmpty();
    }

    private RecordTime now() {
        return new RecordTime(setting.loop().wallTime().millis());
    }

    // ---- disk

    /** Writes down where the registry stands; only while nothing is missing. */
    void save(Frontier frontier) {
        if (!isCurrent() || frontier.size() == start.size()) {
            return;
        }
        Writer writer = new Writer(4096).u8(VERSION);
        frontier.write(writer);
        writer.list(applied, (w, one) -> {
            w.bytes(one.statement());
            one.time().write(w);
            w.list(one.officers(), Writer::digest);
            w.i64(one.index());
        });
        Bytes content = writer.toBytes();
        setting.disk()
                .replace(
                        FILE,
                        new Writer(content.size() + 64)
                                .digest(Digest.sha256(content))
                                .raw(content.unsafeArray())
                                .toBytes());
        start = frontier;
    }

    private void load(Bytes file) {
        try {
            Reader reader = new Reader(file);
            Digest digest = reader.digest();
            Bytes content = Bytes.ofRange(file.unsafeArray(), Digest.SIZE, file.size());
            if (!Digest.sha256(content).equals(digest)) {
                throw new MalformedException("the registry on disk is damaged");
            }
            Reader body = new Reader(content);
            int version = body.u8();
            if (version < VERSION_NAMELESS || version > VERSION) {
                throw new MalformedException("unknown version of the registry on disk");
            }
            Frontier frontier = Frontier.read(body);
            List<Applied> statements = body.list(STATEMENTS_MAX, r -> applied(r, version));
            List<Statement> decoded = new ArrayList<>();
            for (Applied one : statements) {
                Statement statement = Statement.decode(one.statement());
                if (version != VERSION && statement instanceof Statement.Roll) {
                    throw new MalformedException("an order to roll, and not where it stands");
                }
                decoded.add(statement);
            }
            for (int i = 0; i < decoded.size(); i++) {
                registry.apply(
                        decoded.get(i),
                        statements.get(i).time(),
                        statements.get(i).index());
                Digest id = SignedStatement.id(decoded.get(i));
                known.add(id);
                if (decoded.get(i) instanceof Statement.Cut) {
                    cutBy.put(id, statements.get(i).officers());
                }
            }
            applied.addAll(statements);
            start = frontier;
        } catch (MalformedException damaged) {
            setting.events().accept(new StationEvent.RegistryRefetched());
        }
    }

    private static Applied applied(Reader reader, int version) throws MalformedException {
        return new Applied(
                reader.bytes(RecordLimits.STATEMENT_BYTES_MAX),
                RecordTime.read(reader),
                version == VERSION_NAMELESS
                        ? List.of()
                        : reader.list(RecordLimits.STATEMENT_SIGNATURES_MAX, Reader::digest),
                version <= VERSION_PLACELESS ? RollOrder.UNPLACED : reader.i64());
    }
}
