package trimaran.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.RecordTime;
import trimaran.kernel.WallTime;
import trimaran.line.message.LedgerLine;
import trimaran.line.message.Request;
import trimaran.line.message.Response;

/** Each release ledger is held against the copies the two other tiers keep of it. */
class LedgerComparisonTest {

    private final Map<Party, Map<Party, List<LedgerLine>>> kept = new EnumMap<>(Party.class);

    LedgerComparisonTest() {
        for (Party keeper : Party.TIERS) {
            Map<Party, List<LedgerLine>> ledgers = new EnumMap<>(Party.class);
            for (Party tier : Party.TIERS) {
                ledgers.put(tier, chain(tier.word(), 5));
            }
            kept.put(keeper, ledgers);
        }
    }

    @Test
    void copiesThatAreTheirLedgersAreFine() {
        assertThat(faults(reports())).isEmpty();
    }

    @Test
    void aCopyMayLackTheLastSecond() {
        lines(Party.DATA, Party.ACCESS).removeLast();
        List<PartyStatus> reports = reports();
        lines(Party.DATA, Party.ACCESS).add(chain("access", 5).getLast());
        assertThat(faults(reports)).isEmpty();
    }

    @Test
    void aCopyThatStaysBehindIsAFault() {
        lines(Party.DATA, Party.ACCESS).removeLast();
        assertThat(faults(reports()))
                .containsExactly("the copy data keeps of access's release ledger ends at line 4 of 5");
    }

    @Test
    void aLedgerThatWasRewrittenIsAFaultAtBothCopies() {
        kept.getOrDefault(Party.ACCESS, Map.of()).put(Party.ACCESS, chain("another", 5));
        assertThat(faults(reports()))
                .containsExactly(
                        "the copy application keeps of access's release ledger is another ledger's before line 5",
                        "the copy data keeps of access's release ledger is another ledger's before line 5");
    }

    @Test
    void aLedgerThatWasCutShortIsAFault() {
        lines(Party.ACCESS, Party.ACCESS).removeLast();
        assertThat(faults(reports()))
                .containsExactly(
                        "the copy application keeps of access's release ledger has lines the ledger does not have",
                        "the copy data keeps of access's release ledger has lines the ledger does not have");
    }

    @Test
    void aLedgerThatGrewSinceItWasRereadIsFine() {
        List<PartyStatus> early = reports();
        for (Party keeper : Party.TIERS) {
            kept.getOrDefault(keeper, Map.of()).put(Party.ACCESS, chain("access", 7));
        }
        List<PartyStatus> late = reports();
        assertThat(faults(List.of(early.get(0), late.get(1), late.get(2)))).isEmpty();
    }

    @Test
    void ofASilentTierTheCopiesAreCompared() {
        List<PartyStatus> reports = new ArrayList<>(reports());
        reports.set(0, PartyStatus.of(Party.ACCESS, Outcome.refused(Code.UNAVAILABLE, "nobody listens")));
        assertThat(faults(reports)).isEmpty();
        kept.getOrDefault(Party.DATA, Map.of()).put(Party.ACCESS, chain("another", 6));
        reports.set(2, report(Party.DATA));
        assertThat(faults(reports))
                .containsExactly("the copy data keeps of access's release ledger is another ledger's before line 5");
    }

    private List<LedgerLine> lines(Party keeper, Party tier) {
        return kept.getOrDefault(keeper, Map.of()).getOrDefault(tier, List.of());
    }

    private List<String> faults(List<PartyStatus> reports) {
        return new LedgerComparison(this::ask).faults(reports, 0);
    }

    private Outcome<Response> ask(Party keeper, Request request) {
        if (request instanceof Request.FetchLedger(Party tier, long from)) {
            List<LedgerLine> all = lines(keeper, tier);
            return Outcome.done(new Response.LedgerLines(all.subList((int) Math.min(from, all.size()), all.size())));
        }
        return Outcome.refused(Code.NOT_SUPPORTED, "not asked here");
    }

    private List<PartyStatus> reports() {
        return Party.TIERS.stream().map(this::report).toList();
    }

    private PartyStatus report(Party keeper) {
        Map<String, List<LedgerLine>> named = new HashMap<>();
        for (Party tier : Party.TIERS) {
            named.put(tier == keeper ? "ledger" : "copy." + tier.word(), lines(keeper, tier));
        }
        List<Response.Counter> counters = new ArrayList<>();
        named.forEach((name, lines) -> {
            counters.add(new Response.Counter(name + ".lines", lines.size()));
            long[] words = words(lines.isEmpty() ? Digest.ZERO : lines.getLast().chain());
            for (int i = 0; i < words.length; i++) {
                counters.add(new Response.Counter(name + ".chain." + i, words[i]));
            }
        });
        return PartyStatus.of(keeper, Outcome.done(new Response.Report(new WallTime(0), counters, List.of())));
    }

    private static long[] words(Digest hash) {
        try {
            return Reader.whole(Bytes.of(hash.toArray()), reader ->
                    new long[] {reader.i64(), reader.i64(), reader.i64(), reader.i64()});
        } catch (MalformedException broken) {
            throw new AssertionError(broken);
        }
    }

    private static List<LedgerLine> chain(String text, int count) {
        List<LedgerLine> lines = new ArrayList<>();
        Digest previous = Digest.ZERO;
        Digest somebody = Digest.sha256(Bytes.ofText(text));
        for (int i = 0; i < count; i++) {
            lines.add(new LedgerLine(
                    i,
                    new RecordTime(1),
                    LedgerLine.Act.RELEASED,
                    somebody,
                    somebody,
                    somebody,
                    Digest.ZERO,
                    List.of(new CellId(0, i + 1)),
                    previous));
            previous = lines.getLast().chain();
        }
        return lines;
    }
}
