package trimaran.keeper;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import trimaran.keeper.spi.Space;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Writer;
import trimaran.ledger.ConsistencyProof;
import trimaran.ledger.InclusionProof;
import trimaran.line.message.MessageLimits;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;
import trimaran.record.PartyKeys;
import trimaran.shares.SealingPublicKey;
import trimaran.shares.ShareEnvelope;
import trimaran.shares.ShareRebuild;

/** Reads this copy for others, in answers that fit a frame. */
final class Readings {

    private final KeeperSetting setting;
    private final Copy copy;
    private final Membership membership;
    private final EntryTransit transit;

    Readings(KeeperSetting setting, Copy copy, Membership membership) {
        this.setting = setting;
        this.membership = membership;
        this.copy = copy;
        this.transit = new EntryTransit(setting.store(), copy.blobs(), copy.registry());
    }

    Outcome<Response> hello(Request.Hello hello) {
        if (!hello.origin().equals(copy.registry().origin())) {
            return Outcome.refused(Code.WRONG_ORIGIN, "this is another hospital's tier");
        }
        if (hello.version() != Keeper.PROTOCOL) {
            return Outcome.refused(Code.NOT_SUPPORTED, "this tier speaks protocol " + Keeper.PROTOCOL);
        }
        CellId search = copy.searchCell();
        return Outcome.done(new Response.Welcome(
                setting.party(), membership.epoch(), copy.size(), Keeper.PROTOCOL, search, copy.lookupCell()));
    }

    Outcome<Response> inclusion(Request.ProveInclusion prove) {
        if (prove.size() > copy.size() || prove.index() >= prove.size()) {
            return Outcome.refused(Code.UNKNOWN_ENTRY, "this tier's tree is smaller than that");
        }
        return Outcome.done(new Response.Proof(
                InclusionProof.of(copy, prove.index(), prove.size()).path()));
    }

    Outcome<Response> consistency(Request.ProveConsistency prove) {
        if (prove.newSize() > copy.size() || prove.oldSize() > prove.newSize()) {
            return Outcome.refused(Code.UNKNOWN_ENTRY, "this tier's tree is smaller than that");
        }
        return Outcome.done(new Response.Proof(
                ConsistencyProof.of(copy, prove.oldSize(), prove.newSize()).path()));
    }

    SealedEntry whole(Copy.Stored stored) {
        return transit.whole(stored);
    }

    /** Parts of cells, as many as fit, of the first cell at least one if there is one. */
    Response parts(Request.Fetch fetch) {
        PartsAnswer answer =
                new PartsAnswer(copy, transit, Math.clamp(fetch.bytesMax(), 1, MessageLimits.CONTENT_BYTES_MAX));
        return new Response.Parts(fetch.stretches().stream().map(answer::cell).toList());
    }

    Outcome<Response> piece(Request.FetchBlob fetch) {
        return copy.blobs()
                .piece(fetch.digest(), fetch.offset())
                .or(() -> copy.blobs().packed().piece(fetch.digest(), fetch.offset()))
                .map(Outcome::done)
                .orElse(Outcome.refused(Code.NOT_FOUND, "this tier does not keep that blob"));
    }

    /** Placed entries from a position on: whole for a tier, without content for a station or the console. */
    Response entries(Request.FetchEntries fetch, boolean whole) {
        int max = Math.clamp(fetch.bytesMax(), 1, MessageLimits.CONTENT_BYTES_MAX);
        List<SealedEntry> entries = new ArrayList<>();
        int[] bytes = {0};
        copy.entries(fetch.from(), stored -> {
            SealedEntry entry = whole ? transit.whole(stored) : transit.bare(stored);
            int size = entry.inlineSize() + 256;
            if (!entries.isEmpty() && bytes[0] + size > max) {
                return false;
            }
            bytes[0] += size;
            entries.add(entry);
            return bytes[0] < max && entries.size() < MessageLimits.ENTRIES_MAX;
        });
        return new Response.Entries(fetch.from(), entries, copy.size());
    }

    /**
     * The one share each of the rebuilt tier's cells lacks from here: this tier's share of that number, sealed to the new key. The
     * two survivors give one each, so neither of them learns what it did not have.
     */
    Outcome<Response> sharesFor(Party fallen, CellId after) {
        if (fallen == setting.party() || !fallen.isTier()) {
            return Outcome.refused(Code.NOT_ALLOWED, "shares go to another tier");
        }
        List<CellId> rows = new ArrayList<>();
        Writer writer = new Writer(MessageLimits.PAIRS_MAX * 57);
        NavigableMap<CellId, List<Shares.GenerationPair>> page = pairsAfter(after);
        boolean more = page.size() >= MessageLimits.PAIRS_MAX;
        for (Map.Entry<CellId, List<Shares.GenerationPair>> one : page.entrySet()) {
            // All rows of a cell on one page: the next begins behind the cell.
            boolean fits = rows.size() + one.getValue().size() <= MessageLimits.PAIRS_MAX;
            more |= !fits;
            if (!fits) {
                break;
            }
            one.getValue().forEach(pair -> {
                rows.add(one.getKey());
                add(writer, one.getKey(), pair, fallen);
            });
        }
        page.values().forEach(all -> all.forEach(one -> one.pair().wipe()));
        PartyKeys keys = membership.keys(fallen);
        try {
            Bytes sealed = ShareEnvelope.seal(
                    SealingPublicKey.of(keys.sealing()),
                    new ShareEnvelope.Address(fallen, keys.generation(), rebuildData(setting.party(), after)),
                    writer.toBytes(),
                    setting.entropy());
            return Outcome.done(new Response.Pairs(rows, sealed, more));
        } catch (trimaran.kernel.MalformedException malformed) {
            return Outcome.refused(Code.KEY_FILE, "the registry names no sealing key for that tier");
        }
    }

    /** What binds an envelope of rebuild shares: who gives them, and the page. */
    static Bytes rebuildData(Party from, CellId after) {
        Writer writer = new Writer(17).u8(from.ordinal());
        after.write(writer);
        return writer.toBytes();
    }

    /**
     * Cells of which this tier has pairs, in their order, a page of them, in every generation this tier hands out: while a refresh is
     * prepared here another tier may have ended it, and whoever was made anew needs what both have.
     */
    private NavigableMap<CellId, List<Shares.GenerationPair>> pairsAfter(CellId after) {
        NavigableMap<CellId, List<Shares.GenerationPair>> page = new TreeMap<>();
        for (long generation : setting.keys().shares().numbers()) {
            Bytes all = Key.number(generation);
            Bytes from = after.equals(CellId.NONE) ? all : Key.after(Key.share(generation, after));
            int[] count = {0};
            setting.store().scan(Space.SHARES, from, Key.after(all), (key, value) -> {
                CellId cell = Key.cellAt(key, 8);
                List<Shares.GenerationPair> pairs =
                        page.containsKey(cell) ? List.of() : copy.shares().handedOut(cell);
                if (!pairs.isEmpty()) {
                    page.put(cell, pairs);
                    count[0]++;
                }
                return count[0] < MessageLimits.PAIRS_MAX;
            });
        }
        return page;
    }

    private static void add(Writer writer, CellId cell, Shares.GenerationPair pair, Party fallen) {
        ShareRebuild.Contribution given = ShareRebuild.contribution(pair.pair(), fallen);
        cell.write(writer);
        writer.i64(pair.generation()).u8(given.number()).raw(given.share().expose());
    }
}
