package trimaran.station;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.line.message.OpenedCell;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.CellKind;
import trimaran.record.NewCell;
import trimaran.shares.LookupPartial;
import trimaran.shares.SharePair;

/** What a fake tier hands out of its shares. */
record FakeKeys(Party party, FakeRecord record) {

    Outcome<Response> open(Request.Open open) {
        record.opens.add(open);
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
            for (CellId cell : record.withKeys(wanted)) {
                cells.add(new OpenedCell(
                        Optional.ofNullable(record.openings.get(cell)).orElseThrow(),
                        record.openedAt.getOrDefault(cell, -1L),
                        record.head(cell),
                        shares(cell),
                        record.toRoll.contains(cell)));
            }
        }
        return Outcome.done(new Response.Opened(cells));
    }

    /** None of a pair that was rubbish as it came. */
    private List<OpenedCell.NumberedShare> shares(CellId cell) {
        SharePair pair = record.of(party).get(cell);
        int low = SharePair.lowerNumber(party);
        int high = SharePair.higherNumber(party);
        return pair == null
                ? List.of()
                : List.of(
                        new OpenedCell.NumberedShare(low, 1, pair.share(low)),
                        new OpenedCell.NumberedShare(high, 1, pair.share(high)));
    }

    /** Why it would not be held: it is sealed under a key neither the record nor what is held here opens. */
    Optional<Refusal> notHeld(FakeRecord.Content content, Collection<FakeRecord.Content> held) {
        Set<CellId> opened = new HashSet<>(record.openings.keySet());
        Stream.concat(held.stream(), Stream.of(content))
                .flatMap(one -> one.header().author().newCells().stream())
                .forEach(cell -> opened.add(cell.cell()));
        return content.header().author().parts().stream()
                        .allMatch(part -> !part.isRolled() || opened.contains(part.under()))
                ? Optional.empty()
                : Optional.of(Refusal.of(Code.BAD_REFERENCE, "a part is sealed under a key nobody opened"));
    }

    Outcome<Response> open(Request.OpenKeys open) {
        boolean fit = open.keys().stream()
                .allMatch(key -> record.cellsOf(open.cell()).contains(key)
                        && Optional.ofNullable(record.openings.get(key))
                                .filter(one -> one.kind() == CellKind.KEY)
                                .isPresent());
        return fit
                ? open(new Request.Open(open.keys(), false, open.purpose()))
                : Outcome.refused(Code.NOT_FOUND, "no such key");
    }

    Outcome<Response> toRoll(Request.FindToRoll find) {
        return Outcome.done(new Response.Cells(
                find.cells().stream().filter(record.toRoll::contains).toList(), false));
    }

    Outcome<Response> subjects(Request.ListSubjects list) {
        List<CellId> cells = record.openings.values().stream()
                .filter(cell -> cell.kind() == CellKind.IDENTITY)
                .map(NewCell::cell)
                .filter(cell -> list.after().equals(CellId.NONE) || cell.compareTo(list.after()) > 0)
                .sorted()
                .limit(list.countMax())
                .toList();
        return Outcome.done(new Response.Cells(cells, cells.size() == list.countMax()));
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
