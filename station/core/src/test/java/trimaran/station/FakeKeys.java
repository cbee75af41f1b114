package trimaran.station;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.line.message.OpenedCell;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.CellKind;
import trimaran.shares.LookupPartial;
import trimaran.shares.SharePair;

/** What a fake tier hands out of its shares. */
record FakeKeys(Party party, FakeRecord record) {

    Outcome<Response> open(Request.Open open) {
        List<OpenedCell> cells = new ArrayList<>();
        for (CellId asked : open.cells()) {
            if (!record.openings.containsKey(asked) || record.behind.contains(party)) {
                return Outcome.refused(Code.NOT_FOUND, "no such cell");
            }
            List<CellId> wanted = open.wholeSubjects()
                    ? record.cellsOf(Optional.ofNullable(record.openings.get(asked))
                            .orElseThrow()
                            .subject())
                    : List.of(asked);
            for (CellId cell : wanted) {
                SharePair pair = Optional.ofNullable(record.of(party).get(cell)).orElseThrow();
                int low = SharePair.lowerNumber(party);
                int high = SharePair.higherNumber(party);
                cells.add(new OpenedCell(
                        Optional.ofNullable(record.openings.get(cell)).orElseThrow(),
                        record.openedAt.getOrDefault(cell, -1L),
                        record.head(cell),
                        List.of(
                                new OpenedCell.NumberedShare(low, 1, pair.share(low)),
                                new OpenedCell.NumberedShare(high, 1, pair.share(high)))));
            }
        }
        return Outcome.done(new Response.Opened(cells));
    }

    Outcome<Response> partials(Request.Partials partials) {
        Optional<CellId> lookup = record.ofKind(CellKind.LOOKUP);
        if (lookup.isEmpty()) {
            return Outcome.refused(Code.UNAVAILABLE, "no lookup cell yet");
        }
        SharePair secrets =
                Optional.ofNullable(record.of(party).get(lookup.get())).orElseThrow();
        List<Digest> first = new ArrayList<>();
        List<Digest> second = new ArrayList<>();
        for (Digest value : partials.values()) {
            first.add(LookupPartial.partial(secrets.lower(), value));
            second.add(LookupPartial.partial(secrets.higher(), value));
        }
        return Outcome.done(
                new Response.PartialTokens(SharePair.lowerNumber(party), SharePair.higherNumber(party), first, second));
    }
}
