package trimaran.keeper;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
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

    private final KeeperSetting setting;
    private final Copy copy;
    private final Peers peers;
    private final Map<Party, Map<CellId, ShareRebuild.Contribution>> given = new EnumMap<>(Party.class);
    private long lookedAtSize;
    private boolean lacking;
    private boolean busy;

    ShareRecovery(KeeperSetting setting, Copy copy, Peers peers) {
        this.setting = setting;
        this.copy = copy;
        this.peers = peers;
    }

    void look() {
        boolean seen = copy.size() == lookedAtSize;
        if (busy || (seen && !lacking)) {
            return;
        }
        lookedAtSize = copy.size();
        lacking = !missing().isEmpty();
        if (!lacking) {
            return;
        }
        busy = true;
        given.clear();
        List<Party> others =
                Party.TIERS.stream().filter(party -> party != setting.party()).toList();
        fetch(others.getFirst(), new CellId(0), () -> fetch(others.getLast(), new CellId(0), this::combine));
    }

    /** Cells of the log of which no pair is kept here. */
    private List<CellId> missing() {
        List<CellId> missing = new ArrayList<>();
        setting.store().scan(Space.SUBJECTS, Bytes.EMPTY, Key.after(Bytes.of((byte) 0xff)), (key, value) -> {
            Bytes cell = Bytes.ofRange(key.unsafeArray(), 8, 16);
            if (!copy.shares().has(Copy.own(cell, CellId::read))) {
                missing.add(Copy.own(cell, CellId::read));
            }
            return true;
        });
        return missing;
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

    private void combine() {
        List<Map<CellId, ShareRebuild.Contribution>> both = List.copyOf(given.values());
        List<Store.Change> batch = new ArrayList<>();
        for (CellId cell : missing()) {
            ShareRebuild.Contribution one = both.getFirst().get(cell);
            ShareRebuild.Contribution other = both.getLast().get(cell);
            Optional<Copy.Opening> opening = copy.opening(cell);
            if (one == null || other == null || opening.isEmpty()) {
                continue;
            }
            Outcome<SharePair> pair = ShareRebuild.rebuild(setting.party(), one, other)
                    .then(whole -> Shares.commitments(opening.get().cell()).check(whole));
            if (pair instanceof Outcome.Done<SharePair>(SharePair good)) {
                batch.add(copy.shares().put(cell, good));
            }
        }
        setting.store().write(batch);
        given.clear();
        busy = false;
    }
}
