package trimaran.keeper;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.SecretBytes;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.CellKind;
import trimaran.shares.ShareEnvelope;
import trimaran.shares.ShareKeys;
import trimaran.shares.SharePair;
import trimaran.shares.ShareRebuild;

/**
 * Gets back the pairs this tier lacks: each survivor gives the one share it has in common with this tier, sealed to this tier's
 * key, and every pair is checked against the entry that opened its cell. Runs until nothing is missing; a tier that lacks
 * nothing only counts its cells.
 */
final class ShareRecovery {

    /** How often it looks whether pairs are missing. */
    static final long LOOK_MILLIS = 2_000;

    /** What nobody had is asked for again this much later: somebody may have been away. */
    static final long AGAIN_MILLIS = 600_000;

    /** So often a cell is looked for at somebody who does not have it: the log may reach a third tier a moment later. */
    static final int MISSES_MAX = 30;

    private final KeeperSetting setting;
    private final Copy copy;
    private final Peers peers;
    private final EnvelopeSearch envelopes;
    private final RefreshHearing hearing;
    private final Map<Party, Map<CellId, NavigableMap<Long, ShareRebuild.Contribution>>> given =
            new EnumMap<>(Party.class);
    /** Cells whose envelope here is good for nothing and of which the two others have no good shares either, for now. */
    private final Set<CellId> hopeless = new HashSet<>();

    /** Cells whose pair in a backup is not the one they were opened with. */
    private final Set<CellId> unfit = new HashSet<>();

    private final Map<CellId, Integer> misses = new HashMap<>();

    private long forgiveNanos;
    private boolean busy;

    ShareRecovery(KeeperSetting setting, Copy copy, Peers peers, EnvelopeSearch envelopes, RefreshHearing hearing) {
        this.hearing = hearing;
        this.envelopes = envelopes;
        this.setting = setting;
        this.copy = copy;
        this.peers = peers;
    }

    void look() {
        if (busy) {
            return;
        }
        if (setting.loop().monotonicNanos() >= forgiveNanos) {
            hopeless.clear();
            misses.clear();
            envelopes.forgive();
            forgiveNanos = setting.loop().monotonicNanos() + AGAIN_MILLIS * 1_000_000;
        }
        envelopes.look();
        fromBackup();
        List<CellId> missing = missing();
        if (missing.isEmpty()) {
            return;
        }
        busy = true;
        given.clear();
        List<Party> others =
                Party.TIERS.stream().filter(party -> party != setting.party()).toList();
        // Pages come in the order of the cells: the first begins just before the first that is missing.
        CellId before = missing.getFirst().previous();
        fetch(others.getFirst(), before, () -> fetch(others.getLast(), before, () -> hear(missing, others)));
    }

    /**
     * Two givers that prepared a generation from different seeds have nothing of it in common, and no commitment shows that: where they have
     * an older one, too, the newer is taken only if their words for it agree.
     */
    private void hear(List<CellId> missing, List<Party> others) {
        NavigableSet<Long> doubtful = new TreeSet<>();
        for (CellId cell : missing) {
            List<Long> alike = alike(cell);
            long opened = copy.shares().openedAt(cell).orElse(Long.MAX_VALUE);
            alike.stream()
                    .filter(generation -> !generation.equals(alike.getLast()))
                    .filter(generation -> generation > copy.shares().openedIn(opened))
                    .forEach(doubtful::add);
        }
        Deque<RefreshQuestion> questions = new ArrayDeque<>();
        doubtful.forEach(generation -> others.forEach(other -> questions.add(new RefreshQuestion(other, generation))));
        hear(questions, () -> {
            doubtful.removeIf(generation -> hearing.words(generation).haveAgreed(others.getFirst(), others.getLast()));
            combine(missing, doubtful);
        });
    }

    private record RefreshQuestion(Party other, long generation) {}

    private void hear(Deque<RefreshQuestion> questions, Runnable then) {
        if (questions.isEmpty()) {
            then.run();
            return;
        }
        RefreshQuestion next = questions.removeFirst();
        hearing.ask(next.other(), next.generation(), answered -> {
            if (answered) {
                hear(questions, then);
            } else {
                busy = false;
            }
        });
    }

    /** Generations in which both others gave their share of a cell, the newest first. */
    private List<Long> alike(CellId cell) {
        List<NavigableMap<Long, ShareRebuild.Contribution>> both = given.values().stream()
                .map(all -> all.getOrDefault(cell, new TreeMap<>()))
                .toList();
        return both.getFirst().descendingKeySet().stream()
                .filter(both.getLast()::containsKey)
                .toList();
    }

    /**
     * Position up to which this keeper needs no envelope any more: it has the pairs, or its envelopes are good for nothing and
     * nobody has better. What came without an envelope is waited for.
     */
    long needless() {
        long[] size = {copy.size()};
        copy.shares().eachLacking(one -> {
            if (!one.brought() || !hopeless.contains(one.cell())) {
                size[0] = Math.min(size[0], one.index());
            }
            return true;
        });
        return size[0];
    }

    /** Whether nothing is lacking here that somebody may have. */
    boolean isSettled() {
        return !busy && missing().isEmpty();
    }

    /** Cells of which nobody has good shares: junk an author sent, above all. */
    long hopelessCount() {
        long[] count = {0};
        copy.shares().eachLacking(one -> {
            count[0] += hopeless.contains(one.cell()) ? 1 : 0;
            return true;
        });
        return count[0];
    }

    /** Cells of the log of which no pair is kept here and that somebody may have, in the order of the pages. */
    private List<CellId> missing() {
        // What is got back while a refresh is prepared here would be of the generation that goes.
        return copy
                .shares()
                .lacking(one -> !hopeless.contains(one.cell()) && !copy.shares().isFrozen(one.index()))
                .stream()
                .map(Shares.Lacking::cell)
                .toList();
    }

    /** Whether something of a cell was erased, or of the cell it is a later key of: what was sealed with it is gone by law, too. */
    private boolean isErased(CellId cell) {
        return copy.registry().erased(cell) > 0
                || copy.opened(cell)
                        .filter(one ->
                                one.kind() == CellKind.KEY && copy.registry().erased(one.subject()) > 0)
                        .isPresent();
    }

    /**
     * What a backup has of them, each by the commitments of its cell; one that does not fit is got back from the others. So is every
     * pair of a cell that was refreshed since it was opened: of which refresh a backup's pair is nobody could tell, nor whether it is true.
     */
    private void fromBackup() {
        List<Store.Change> batch = new ArrayList<>();
        for (CellId cell : missing()) {
            // Of a cell that was erased nothing is to come back that only the backup had.
            Optional<Outcome<SharePair>> pair = unfit.contains(cell) || isErased(cell)
                    ? Optional.empty()
                    : peers.restoring().pair(cell);
            Optional<Copy.Opening> opening = copy.opening(cell);
            if (pair.isEmpty() || opening.isEmpty()) {
                continue;
            }
            if (!copy.shares().isWanted(cell)) {
                peers.restoring().refreshedSince(cell);
                continue;
            }
            Outcome<SharePair> fit = pair.get()
                    .then(one -> Shares.commitments(opening.get().cell()).check(one));
            peers.restoring().pair(cell, fit.isDone());
            if (fit instanceof Outcome.Done<SharePair>(SharePair good)) {
                batch.addAll(copy.shares().asOpened(cell, good));
                good.wipe();
            } else {
                unfit.add(cell);
            }
        }
        if (!batch.isEmpty()) {
            setting.store().write(batch);
        }
    }

    private void fetch(Party from, CellId after, Runnable then) {
        peers.ask(from, new Request.FetchShares(after), outcome -> {
            if (!(outcome instanceof Outcome.Done<Response>(Response.Pairs pairs)) || !take(from, after, pairs)) {
                busy = false;
                return;
            }
            if (pairs.more() && !pairs.cells().isEmpty()) {
                fetch(from, pairs.cells().getLast(), then);
            } else {
                then.run();
            }
        });
    }

    private boolean take(Party from, CellId after, Response.Pairs pairs) {
        try {
            Optional<Bytes> content = opened(Readings.rebuildData(from, after), pairs.sealed());
            if (content.isEmpty()) {
                return false;
            }
            Map<CellId, NavigableMap<Long, ShareRebuild.Contribution>> all =
                    given.computeIfAbsent(from, party -> new HashMap<>());
            Reader reader = new Reader(content.get());
            for (int i = 0; i < pairs.cells().size(); i++) {
                CellId cell = CellId.read(reader);
                long generation = reader.count();
                int number = reader.u8();
                SecretBytes share = SecretBytes.taking(reader.raw(SharePair.SHARE_BYTES));
                all.computeIfAbsent(cell, none -> new TreeMap<>())
                        .put(generation, new ShareRebuild.Contribution(from, number, share));
            }
            reader.end();
            return true;
        } catch (MalformedException | IllegalArgumentException wrong) {
            return false;
        }
    }

    /** To whichever key the giver knows this tier by: of two that lag differently behind the log the numbers differ. */
    private Optional<Bytes> opened(Bytes binding, Bytes sealed) throws MalformedException {
        ShareKeys keys = setting.keys().shares();
        List<Long> numbers = new ArrayList<>(keys.lateNumbers());
        numbers.addAll(keys.numbers());
        for (long number : numbers.reversed()) {
            ShareEnvelope.Address address = new ShareEnvelope.Address(setting.party(), number, binding);
            if (ShareEnvelope.open(keys.sealing(number).orElseThrow(), address, sealed)
                    instanceof Outcome.Done<Bytes>(Bytes content)) {
                return Optional.of(content);
            }
        }
        return Optional.empty();
    }

    /** @param doubtful generations in which the two others do not say they prepared alike, and have something older in common */
    private void combine(List<CellId> missing, Set<Long> doubtful) {
        List<Map<CellId, NavigableMap<Long, ShareRebuild.Contribution>>> both = List.copyOf(given.values());
        SharesBeginning beginning = copy.shares().fromNow();
        List<Store.Change> batch = new ArrayList<>();
        for (CellId cell : missing) {
            Optional<Copy.Opening> opening = copy.opening(cell);
            if (opening.isEmpty() || copy.shares().isFrozen(opening.get().index())) {
                // A refresh has begun since it was asked for.
                continue;
            }
            NavigableMap<Long, ShareRebuild.Contribution> one = both.getFirst().getOrDefault(cell, new TreeMap<>());
            NavigableMap<Long, ShareRebuild.Contribution> other = both.getLast().getOrDefault(cell, new TreeMap<>());
            // The newest that both have, of those this tier can keep.
            long index = opening.get().index();
            Optional<Long> alike = alike(cell).stream()
                    .filter(generation -> generation <= copy.shares().openedIn(index) || !doubtful.contains(generation))
                    .filter(generation -> beginning.takes(generation, index))
                    .findFirst();
            if (alike.isEmpty() && missed(cell) < MISSES_MAX) {
                // One of them may be about to go over to the next generation, or not have come so far in the log.
                continue;
            }
            Outcome<SharePair> pair = alike.isEmpty()
                    ? Outcome.refused(Code.NOT_FOUND, "the two others do not have these shares")
                    : ShareRebuild.rebuild(
                                    setting.party(),
                                    Objects.requireNonNull(one.get(alike.get())),
                                    Objects.requireNonNull(other.get(alike.get())))
                            .then(whole -> checked(opening.get(), alike.get(), whole));
            if (pair instanceof Outcome.Done<SharePair>(SharePair good)) {
                batch.addAll(copy.shares().found(alike.orElseThrow(), cell, good));
            } else {
                hopeless.add(cell);
            }
        }
        setting.store().write(batch);
        given.clear();
        busy = false;
    }

    /** How often a cell was looked for in vain. */
    private int missed(CellId cell) {
        int times = misses.getOrDefault(cell, 0) + 1;
        misses.put(cell, times);
        return times;
    }

    /**
     * By the entry's commitments while the shares are as they were drawn, as those of the lookup secrets always are; of what was refreshed
     * since the digests tell, once all is here ({@link RefreshProof}).
     */
    private Outcome<SharePair> checked(Copy.Opening opening, long generation, SharePair pair) {
        return generation == copy.shares().openedIn(opening.index())
                        || opening.cell().kind() == CellKind.LOOKUP
                ? Shares.commitments(opening.cell()).check(pair)
                : Outcome.done(pair);
    }
}
