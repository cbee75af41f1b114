package trimaran.keeper;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.keeper.spi.Store.Change.Put;
import trimaran.keeper.spi.Store.Change.Remove;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.line.message.Request;

/**
 * Keeps the envelopes of all three keepers until each has said that it needs them no more, then lets them go (DESIGN §6). A
 * cosignature does not say so: a keeper that found a bad pair in its envelope cosigns all the same.
 */
final class EscrowSweep {

    /** How often keepers are told, and envelopes swept. */
    static final long SWEEP_MILLIS = 2_000;

    private final KeeperSetting setting;
    private final Copy copy;
    private final Cosigner cosigner;
    private final Peers peers;
    private final ShareRecovery recovery;
    private final Map<Party, Long> confirmed = new EnumMap<>(Party.class);
    private final Map<Party, Long> told = new EnumMap<>(Party.class);
    private long from;

    EscrowSweep(KeeperSetting setting, Copy copy, Cosigner cosigner, Peers peers, ShareRecovery recovery) {
        this.setting = setting;
        this.copy = copy;
        this.cosigner = cosigner;
        this.peers = peers;
        this.recovery = recovery;
        this.from = setting.store()
                .get(Space.STATE, Key.ESCROW_FROM)
                .map(bytes -> Copy.own(bytes, Reader::count))
                .orElse(0L);
    }

    /** Another keeper's word: it needs no envelope of an entry before this position. */
    void confirmed(Party keeper, long size) {
        confirmed.put(keeper, size);
    }

    /** A keeper that started anew has forgotten what it was told. */
    void lineUp(Party keeper) {
        told.remove(keeper);
    }

    void look() {
        // A place no quorum signed may still become another.
        long own = Math.min(recovery.needless(), cosigner.coveredSize());
        confirmed.merge(setting.party(), own, Math::max);
        for (Party party : Party.TIERS) {
            if (party != setting.party() && peers.isUp(party) && told.getOrDefault(party, 0L) < own) {
                peers.ask(party, new Request.ConfirmShares(own), outcome -> {
                    if (outcome.isDone()) {
                        told.merge(party, own, Math::max);
                    }
                });
            }
        }
        sweep();
    }

    private void sweep() {
        long end = Party.TIERS.stream()
                .mapToLong(party -> confirmed.getOrDefault(party, 0L))
                .min()
                .orElse(0);
        if (from >= end) {
            return;
        }
        List<Store.Change> batch = new ArrayList<>();
        long[] reached = {end};
        setting.store().scan(Space.ESCROW, Key.number(from), Key.number(end), (key, value) -> {
            if (batch.size() >= KeeperLimits.SWEPT_ENVELOPES_MAX) {
                reached[0] = Copy.own(key, Reader::count);
                return false;
            }
            batch.add(new Remove(Space.ESCROW, key));
            // What was packed of large envelopes to send them.
            batch.add(copy.blobs().packed().gone(Digest.sha256(value), key));
            return true;
        });
        from = reached[0];
        batch.add(new Put(Space.STATE, Key.ESCROW_FROM, Key.number(from)));
        setting.store().write(batch);
    }
}
