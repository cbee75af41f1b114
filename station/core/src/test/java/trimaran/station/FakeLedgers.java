package trimaran.station;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.line.message.Request;
import trimaran.line.message.Response;

/** The lines each fake tier has of the three ledgers about whatever is asked. */
final class FakeLedgers {

    private final Map<Party, List<Response.FoundLine>> had = new EnumMap<>(Party.class);

    List<Response.FoundLine> of(Party teller) {
        return had.computeIfAbsent(teller, none -> new ArrayList<>());
    }

    /** A line of one ledger, which the two others copied. */
    void add(Response.FoundLine line) {
        Party.TIERS.forEach(teller -> of(teller).add(line));
    }

    Outcome<Response> answer(Party teller, Request.FindLines find) {
        List<Response.FoundLine> page = new ArrayList<>();
        boolean more = false;
        for (Party ledger : Party.TIERS) {
            long before = find.before().get(Party.TIERS.indexOf(ledger));
            List<Response.FoundLine> older = of(teller).stream()
                    .filter(line -> line.ledger() == ledger && line.number() < before)
                    .filter(line -> find.cells().containsAll(line.cells()))
                    .sorted(Comparator.comparingLong(Response.FoundLine::number).reversed())
                    .toList();
            page.addAll(older.stream().limit(find.countMax()).toList());
            more |= older.size() > find.countMax();
        }
        return Outcome.done(new Response.FoundLines(page, more));
    }
}
