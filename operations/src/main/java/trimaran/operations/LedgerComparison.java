package trimaran.operations;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Writer;
import trimaran.line.message.LedgerLine;
import trimaran.line.message.Request;
import trimaran.line.message.Response;

/**
 * Holds each tier's release ledger against the copies the two others keep: a copy is a beginning of its ledger and lacks the last
 * second at most. A ledger whose tier is silent has its two copies compared with one another.
 */
final class LedgerComparison {

    private static final long LOOK_MILLIS = 200;

    private final Asking asking;

    /** Asks one tier for one thing. */
    @FunctionalInterface
    interface Asking {
        Outcome<Response> ask(Party party, Request request);
    }

    /** How far a ledger or a copy of it reached when it was reread, and the hash its next line names. */
    private record End(Party keeper, long lines, Digest chain) {}

    LedgerComparison(Asking asking) {
        this.asking = asking;
    }

    /** @param patienceMillis how long a copy may be behind what its ledger was when it was reread */
    List<String> faults(List<PartyStatus> reports, long patienceMillis) {
        List<String> faults = new ArrayList<>();
        for (Party tier : Party.TIERS) {
            Optional<End> own = reports.stream()
                    .filter(report -> report.party() == tier)
                    .flatMap(report -> end(report, "ledger").stream())
                    .findFirst();
            List<End> copies = reports.stream()
                    .filter(report -> report.party() != tier)
                    .flatMap(report -> end(report, "copy." + tier.word()).stream())
                    .sorted(Comparator.comparingLong(End::lines))
                    .toList();
            for (End copy : copies) {
                // Of two copies alone the shorter one is the measure, since it may lack the last second.
                compare(tier, own.orElse(copies.getFirst()), copy, patienceMillis)
                        .ifPresent(faults::add);
            }
        }
        return faults;
    }

    private static Optional<End> end(PartyStatus report, String name) {
        if (report.counter(name + ".lines").isEmpty()) {
            return Optional.empty();
        }
        Writer chain = new Writer(Digest.SIZE);
        for (int word = 0; word < 4; word++) {
            chain.i64(report.counter(name + ".chain." + word).orElse(0));
        }
        return Optional.of(new End(
                report.party(),
                report.counter(name + ".lines").orElse(0),
                Digest.of(chain.toBytes().unsafeArray())));
    }

    private Optional<String> compare(Party tier, End ledger, End copy, long patienceMillis) {
        String name = "the copy " + copy.keeper().word() + " keeps of " + tier.word() + "'s release ledger";
        Optional<Digest> copied = copy.lines() == ledger.lines()
                ? Optional.of(copy.chain())
                : soon(copy.keeper(), tier, ledger.lines(), patienceMillis);
        if (copied.isEmpty()) {
            return Optional.of(name + " ends at line " + copy.lines() + " of " + ledger.lines());
        }
        if (!copied.get().equals(ledger.chain())) {
            return Optional.of(name + " is another ledger's before line " + ledger.lines());
        }
        // Whatever was copied is in the ledger, which only grows.
        if (copy.lines() > ledger.lines()
                && !chain(ledger.keeper(), tier, copy.lines()).equals(Optional.of(copy.chain()))
                && ledger.keeper() == tier) {
            return Optional.of(name + " has lines the ledger does not have");
        }
        return Optional.empty();
    }

    private Optional<Digest> soon(Party keeper, Party tier, long lines, long patienceMillis) {
        long deadline = System.nanoTime() + patienceMillis * 1_000_000;
        Optional<Digest> chain = chain(keeper, tier, lines);
        while (chain.isEmpty()
                && System.nanoTime() < deadline
                && !Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            chain = chain(keeper, tier, lines);
        }
        return chain;
    }

    /** The hash after this many lines of a tier's ledger, as this keeper has them; empty if it has fewer. */
    private Optional<Digest> chain(Party keeper, Party tier, long lines) {
        if (lines == 0) {
            return Optional.of(Digest.ZERO);
        }
        return asking.ask(keeper, new Request.FetchLedger(tier, lines - 1))
                        instanceof Outcome.Done<Response>(Response.LedgerLines(List<LedgerLine> found))
                ? found.stream()
                        .findFirst()
                        .filter(line -> line.number() == lines - 1)
                        .map(LedgerLine::chain)
                : Optional.empty();
    }
}
