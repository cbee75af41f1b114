package trimaran.application.main;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import trimaran.application.CellSource;
import trimaran.application.OpenCell;
import trimaran.keeper.Copy;
import trimaran.keeper.Keeper;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.line.message.OpenedCell;
import trimaran.line.message.Receipt;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.CellPart;
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

    DraftCells(Keeper keeper) {
        this.keeper = keeper;
    }

    @Override
    public Optional<NewCell> opening(CellId cell) {
        return keeper.copy().opening(cell).map(Copy.Opening::cell);
    }

    @Override
    public void open(Digest entry, Receipt receipt, List<CellId> cells, Consumer<Outcome<List<OpenCell>>> answer) {
        Request request = new Request.OpenForDraft(entry, cells);
        keeper.peers().ask(receipt.ledger(), request, RELEASE_MILLIS, outcome -> {
            switch (outcome) {
                case Outcome.Refused<Response>(Refusal refusal) -> answer.accept(Outcome.refused(refusal));
                case Outcome.Done<Response>(Response.Opened opened) ->
                    answer.accept(open(receipt.ledger(), cells, opened.cells()));
                default -> answer.accept(Outcome.refused(Code.MALFORMED, "the other tier did not open the cells"));
            }
        });
    }

    private Outcome<List<OpenCell>> open(Party from, List<CellId> wanted, List<OpenedCell> opened) {
        List<OpenCell> cells = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            if (opened.size() != wanted.size()
                    || !opened.get(i).opening().cell().equals(wanted.get(i))) {
                return Outcome.refused(Code.MALFORMED, "the other tier opened other cells");
            }
            Outcome<OpenCell> cell = open(from, wanted.get(i), opened.get(i));
            if (cell instanceof Outcome.Refused<OpenCell>(Refusal refusal)) {
                return Outcome.refused(refusal);
            }
            cells.add(((Outcome.Done<OpenCell>) cell).value());
        }
        return Outcome.done(cells);
    }

    private Outcome<OpenCell> open(Party from, CellId cell, OpenedCell opened) {
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
                .then(gathered -> {
                    Outcome<OpenCell> content = read(opening.get(), gathered.key());
                    gathered.key().wipe();
                    return content;
                });
    }

    private static void own(long generation, SharePair pair, List<ShareGathering.Given> given) {
        for (int number = 1; number <= Party.TIERS.size(); number++) {
            if (pair.keeper().keepsShare(number)) {
                given.add(new ShareGathering.Given(
                        generation, new ShareGathering.Copy(pair.keeper(), number, pair.share(number))));
            }
        }
    }

    private Outcome<OpenCell> read(NewCell opening, CellKey key) {
        List<OpenCell.Part> parts = new ArrayList<>();
        List<Refusal> refusals = new ArrayList<>();
        keeper.copy().parts(opening.cell(), 0, at -> {
            Copy.Stored stored = keeper.copy().entry(at.index()).orElseThrow();
            Header header = stored.header();
            CellPart part = header.author().parts().get(at.part());
            PartPlace place =
                    new PartPlace(header.author().origin(), header.author().nonce(), at.part());
            try {
                switch (PartSeal.open(key, place, keeper.blob(part.blob()).orElseThrow(), PartSeal.CONTENT_BYTES_MAX)) {
                    case Outcome.Refused<Bytes>(Refusal refusal) -> refusals.add(refusal);
                    case Outcome.Done<Bytes>(Bytes content) ->
                        parts.add(new OpenCell.Part(
                                part, stored.place().parts().get(at.part()), PartContent.decode(content)));
                }
            } catch (MalformedException malformed) {
                refusals.add(Refusal.of(Code.MALFORMED, "a part of this cell cannot be read"));
            }
            return refusals.isEmpty();
        });
        return refusals.isEmpty() ? Outcome.done(new OpenCell(opening, parts)) : Outcome.refused(refusals.getFirst());
    }
}
