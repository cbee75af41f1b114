package trimaran.application.main;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import trimaran.application.CellSource;
import trimaran.application.OpenCell;
import trimaran.keeper.Copy;
import trimaran.keeper.Keeper;
import trimaran.keeper.SessionBadges;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.line.message.MessageLimits;
import trimaran.line.message.OpenedCell;
import trimaran.line.message.Receipt;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.CellPart;
import trimaran.record.Change;
import trimaran.record.Header;
import trimaran.record.NewCell;
import trimaran.record.PartContent;
import trimaran.seal.CellKey;
import trimaran.seal.PartPlace;
import trimaran.seal.PartSeal;
import trimaran.seal.ShareGathering;
import trimaran.shares.SharePair;

/**
 * Opens the cells of a filed draft: one pair of shares from the tier whose ledger names the draft, the other from this tier,
 * the sealed parts from this tier's own copy. Keys and contents are let go with the answer.
 */
final class DraftCells implements CellSource {

    /** The other tier has a ledger line to sync; longer than this and the office has given up. */
    private static final long RELEASE_MILLIS = 1_500;

    private final Keeper keeper;
    private final SessionBadges badges;

    DraftCells(Keeper keeper) {
        this.keeper = keeper;
        this.badges = new SessionBadges(keeper);
    }

    @Override
    public Optional<Digest> badge(Digest session) {
        return badges.of(session);
    }

    @Override
    public Optional<NewCell> opening(CellId cell) {
        return keeper.copy().opening(cell).map(Copy.Opening::cell);
    }

    @Override
    public long version(ResourceId id) {
        return keeper.copy().version(id);
    }

    @Override
    public long parts(CellId cell) {
        return keeper.copy().head(cell).parts();
    }

    @Override
    public Map<Long, Written> written(CellId cell, long part) {
        Map<Long, Written> written = new HashMap<>();
        keeper.copy().parts(cell, part, at -> {
            Copy.Stored stored = keeper.copy().entry(at.index()).orElseThrow();
            Header header = stored.header();
            List<Change> changes = header.author().parts().get(at.part()).changes();
            List<Long> versions = stored.place().parts().get(at.part()).versions();
            for (int i = 0; i < changes.size(); i++) {
                written.put(changes.get(i).local(), Written.of(header, changes.get(i), versions.get(i)));
            }
            return false;
        });
        return written;
    }

    @Override
    public void open(Digest entry, Receipt receipt, List<CellId> cells, Consumer<Outcome<List<OpenCell>>> answer) {
        Party from = receipt.ledger();
        ask(from, entry, cells, first -> {
            switch (first) {
                case Outcome.Refused<List<OpenedCell>>(Refusal refusal) -> answer.accept(Outcome.refused(refusal));
                case Outcome.Done<List<OpenedCell>>(List<OpenedCell> opened) -> {
                    List<CellId> more = missing(cells, opened);
                    if (more.isEmpty()) {
                        answer.accept(open(from, cells, opened));
                        return;
                    }
                    ask(from, entry, more, rest -> {
                        List<OpenedCell> all = new ArrayList<>(opened);
                        if (rest instanceof Outcome.Done<List<OpenedCell>>(List<OpenedCell> keys)) {
                            all.addAll(keys);
                        }
                        answer.accept(open(from, cells, all));
                    });
                }
            }
        });
    }

    private void ask(Party from, Digest entry, List<CellId> cells, Consumer<Outcome<List<OpenedCell>>> then) {
        keeper.peers().ask(from, new Request.OpenForDraft(entry, cells), RELEASE_MILLIS, outcome -> {
            switch (outcome) {
                case Outcome.Refused<Response>(Refusal refusal) -> then.accept(Outcome.refused(refusal));
                case Outcome.Done<Response>(Response.Opened opened) -> then.accept(Outcome.done(opened.cells()));
                default -> then.accept(Outcome.refused(Code.MALFORMED, "the other tier did not open the cells"));
            }
        });
    }

    /** Later keys that did not come with their cells, since only so many do: asked for by name, as far as a request goes. */
    private List<CellId> missing(List<CellId> wanted, List<OpenedCell> opened) {
        if (opened.size() <= wanted.size()) {
            return List.of();
        }
        Set<CellId> missing = new LinkedHashSet<>();
        for (CellId cell : wanted) {
            keeper.copy().parts(cell, 0, at -> {
                CellPart part = keeper.copy()
                        .entry(at.index())
                        .orElseThrow()
                        .header()
                        .author()
                        .parts()
                        .get(at.part());
                if (part.isRolled()) {
                    missing.add(part.under());
                }
                return true;
            });
        }
        opened.forEach(one -> missing.remove(one.opening().cell()));
        return missing.stream().limit(MessageLimits.CELLS_MAX).toList();
    }

    /** The cells asked for come first, in their order; behind them what holds their later keys. */
    private Outcome<List<OpenCell>> open(Party from, List<CellId> wanted, List<OpenedCell> opened) {
        Map<CellId, CellKey> keys = new HashMap<>();
        Set<CellId> ill = new HashSet<>();
        List<OpenCell> cells = new ArrayList<>();
        try {
            for (int i = 0; i < opened.size(); i++) {
                CellId cell = opened.get(i).opening().cell();
                boolean asked = i < wanted.size();
                if (asked && !cell.equals(wanted.get(i))) {
                    return Outcome.refused(Code.MALFORMED, "the other tier opened other cells");
                }
                switch (key(from, cell, opened.get(i))) {
                    case Outcome.Done<CellKey>(CellKey key) -> keys.put(cell, key);
                    case Outcome.Refused<CellKey>(Refusal refusal)
                    when asked -> {
                        return Outcome.refused(refusal);
                    }
                    // One whose entry has not come here: nor has anything that is sealed with it. Any other is ill.
                    case Outcome.Refused<CellKey> none -> {
                        if (opening(cell).isPresent()) {
                            ill.add(cell);
                        }
                    }
                }
            }
            for (CellId cell : wanted) {
                if (!keys.containsKey(cell)) {
                    return Outcome.refused(Code.MALFORMED, "the other tier opened other cells");
                }
                switch (read(opening(cell).orElseThrow(), keys, ill)) {
                    case Outcome.Done<OpenCell>(OpenCell read) -> cells.add(read);
                    case Outcome.Refused<OpenCell>(Refusal refusal) -> {
                        return Outcome.refused(refusal);
                    }
                }
            }
            return Outcome.done(cells);
        } finally {
            keys.values().forEach(CellKey::wipe);
        }
    }

    private Outcome<CellKey> key(Party from, CellId cell, OpenedCell opened) {
        Optional<NewCell> opening = opening(cell);
        if (opening.isEmpty()) {
            return Outcome.refused(Code.UNAVAILABLE, "the shares of this cell are not all here");
        }
        // While shares are refreshed the other tier may send them in more than one generation.
        List<ShareGathering.Given> given = new ArrayList<>();
        for (OpenedCell.NumberedShare share : opened.shares()) {
            if (from.keepsShare(share.number())) {
                given.add(new ShareGathering.Given(
                        share.generation(), new ShareGathering.Copy(from, share.number(), share.value())));
                keeper.pair(share.generation(), cell).ifPresent(own -> own(share.generation(), own, given));
            }
        }
        return ShareGathering.gatherNewest(cell, opening.get().keyCommitment(), given)
                .map(ShareGathering.Gathered::key);
    }

    private static void own(long generation, SharePair pair, List<ShareGathering.Given> given) {
        for (int number = 1; number <= Party.TIERS.size(); number++) {
            if (pair.keeper().keepsShare(number)) {
                given.add(new ShareGathering.Given(
                        generation, new ShareGathering.Copy(pair.keeper(), number, pair.share(number))));
            }
        }
    }

    private Outcome<OpenCell> read(NewCell opening, Map<CellId, CellKey> keys, Set<CellId> ill) {
        List<OpenCell.Part> parts = new ArrayList<>();
        List<Refusal> refusals = new ArrayList<>();
        keeper.copy().parts(opening.cell(), 0, at -> {
            Copy.Stored stored = keeper.copy().entry(at.index()).orElseThrow();
            Header header = stored.header();
            CellPart part = header.author().parts().get(at.part());
            PartPlace place =
                    new PartPlace(header.author().origin(), header.author().nonce(), at.part());
            CellKey found = keys.get(part.isRolled() ? part.under() : part.cell());
            if (found == null) {
                refusals.add(
                        ill.contains(part.under())
                                ? Refusal.of(Code.UNREAD, "a part of a cell the rule reads has no key that opens it")
                                : Refusal.of(Code.UNAVAILABLE, "a later key of this cell is not here"));
                return false;
            }
            CellKey key = new CellKey(part.cell(), found.secret());
            try {
                switch (PartSeal.open(key, place, keeper.blob(part.blob()).orElseThrow(), PartSeal.CONTENT_BYTES_MAX)) {
                    case Outcome.Refused<Bytes>(Refusal refusal) -> refusals.add(refusal);
                    case Outcome.Done<Bytes>(Bytes content) ->
                        parts.add(new OpenCell.Part(
                                part,
                                stored.place().parts().get(at.part()),
                                PartContent.decode(content),
                                !header.sanction().isContinuity()));
                }
            } catch (MalformedException malformed) {
                refusals.add(Refusal.of(Code.MALFORMED, "a part of this cell cannot be read"));
            }
            return refusals.isEmpty();
        });
        return refusals.isEmpty() ? Outcome.done(new OpenCell(opening, parts)) : Outcome.refused(refusals.getFirst());
    }
}
