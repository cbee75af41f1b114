package trimaran.keeper;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import trimaran.shares.ShareEnvelope;
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
    private final Map<Party, Map<CellId, ShareRebuild.Contribution>> given = new EnumMap<>(Party.class);
    /** Cells whose envelope here is good for nothing and of which the two others have no good shares either, for now. */
    private final Set<CellId> hopeless = new HashSet<>();

    /** Cells whose pair in a backup is not the one they were opened with. */
    private final Set<CellId> unfit = new HashSet<>();

    private final Map<CellId, Integer> misses = new HashMap<>();

    private long forgiveNanos;
    private boolean busy;

    ShareRecovery(KeeperSetting setting, Copy copy, Peers peers, EnvelopeSearch envelopes) {
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
        fetch(others.getFirst(), before, () -> fetch(others.getLast(), before, () -> combine(missing)));
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

    /** Cells of the log of which no pair is kept here and that somebody may have, in the order of the pages. */
    private List<CellId> missing() {
        return copy.shares().lacking(one -> !hopeless.contains(one.cell())).stream()
                .map(Shares.Lacking::cell)
                .toList();
    }

    /** What a backup has of them, each by the commitments of its cell; one that does not fit is got back from the others. */
    private void fromBackup() {
        List<Store.Change> batch = new ArrayList<>();
        for (CellId cell : missing()) {
            // Of a cell that was erased nothing is to come back that only the backup had.
            Optional<Outcome<SharePair>> pair =
                    unfit.contains(cell) || copy.registry().erased(cell) > 0
                            ? Optional.empty()
                            : peers.restoring().pair(cell);
            Optional<Copy.Opening> opening = copy.opening(cell);
            if (pair.isPresent() && opening.isPresent()) {
                Outcome<SharePair> fit = pair.get()
                        .then(one -> Shares.commitments(opening.get().cell()).check(one));
                peers.restoring().pair(fit.isDone());
                if (fit instanceof Outcome.Done<SharePair>(SharePair good)) {
                    batch.addAll(copy.shares().found(cell, good));
                    good.wipe();
                } else {
                    unfit.add(cell);
                }
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
            ShareEnvelope.Address address = new ShareEnvelope.Address(
                    setting.party(), copy.shares().generation(), Readings.rebuildData(from, after));
            if (!(ShareEnvelope.open(copy.shares().present().sealing(), address, pairs.sealed())
                    instanceof Outcome.Done<Bytes>(Bytes content))) {
                return false;
            }
            Map<CellId, ShareRebuild.Contribution> all = given.computeIfAbsent(from, party -> new HashMap<>());
            Reader reader = new Reader(content);
            for (int i = 0; i < pairs.cells().size(); i++) {
                CellId cell = CellId.read(reader);
                int number = reader.u8();
                SecretBytes share = SecretBytes.taking(reader.raw(SharePair.SHARE_BYTES));
                all.put(cell, new ShareRebuild.Contribution(from, number, share));
            }
            reader.end();
            return true;
        } catch (MalformedException | IllegalArgumentException wrong) {
            return false;
        }
    }

    private void combine(List<CellId> missing) {
        List<Map<CellId, ShareRebuild.Contribution>> both = List.copyOf(given.values());
        List<Store.Change> batch = new ArrayList<>();
        for (CellId cell : missing) {
            ShareRebuild.Contribution one = both.getFirst().get(cell);
            ShareRebuild.Contribution other = both.getLast().get(cell);
            Optional<Copy.Opening> opening = copy.opening(cell);
            if (one == null || other == null) {
                int times = misses.getOrDefault(cell, 0) + 1;
                misses.put(cell, times);
                if (times < MISSES_MAX) {
                    continue;
                }
            }
            Outcome<SharePair> pair = one == null || other == null || opening.isEmpty()
                    ? Outcome.refused(Code.NOT_FOUND, "the two others do not have these shares")
                    : ShareRebuild.rebuild(setting.party(), one, other)
                            .then(whole ->
                                    Shares.commitments(opening.get().cell()).check(whole));
            if (pair instanceof Outcome.Done<SharePair>(SharePair good)) {
                batch.addAll(copy.shares().found(cell, good));
            } else {
                hopeless.add(cell);
            }
        }
        setting.store().write(batch);
        given.clear();
        busy = false;
    }
}
