package trimaran.operations;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import trimaran.kernel.Party;
import trimaran.line.LineLimits;
import trimaran.line.message.Request;
import trimaran.line.message.Response;

/**
 * Has each keeper reread its whole copy and compares what they say, and each release ledger with its two copies. A keeper that
 * is not reached is a fault, too.
 */
final class Verification {

    /** How long a copy may be behind after the rereading: replication takes milliseconds. */
    private static final long CATCH_UP_MILLIS = 5_000;

    private static final long LOOK_MILLIS = 200;

    private final List<PartyStatus> copies;
    private final List<String> faults = new ArrayList<>();

    private Verification(List<PartyStatus> copies) {
        this.copies = copies;
    }

    static Verification run(Console console) {
        List<CompletableFuture<PartyStatus>> asked = new ArrayList<>();
        for (Party tier : Party.TIERS) {
            CompletableFuture<PartyStatus> one = new CompletableFuture<>();
            asked.add(one);
            Thread.ofVirtual()
                    .start(() -> one.complete(PartyStatus.of(
                            tier, console.ask(tier, new Request.VerifyCopy(), LineLimits.CALL_MAX_MILLIS))));
        }
        Verification verification =
                new Verification(asked.stream().map(CompletableFuture::join).toList());
        verification.judge();
        verification.judgeSizes(console);
        LedgerComparison ledgers =
                new LedgerComparison((party, request) -> console.ask(party, request, Console.SHORT_MILLIS));
        verification.faults.addAll(ledgers.faults(verification.copies, CATCH_UP_MILLIS));
        return verification;
    }

    /** What the reports alone say; the tests hand in reports of their own. */
    static Verification of(List<PartyStatus> copies) {
        Verification verification = new Verification(copies);
        verification.judge();
        return verification;
    }

    private void judge() {
        for (PartyStatus copy : copies) {
            if (!copy.isUp()) {
                faults.add(copy.party().word() + " did not reread its copy: " + copy.silence());
            }
            copy.faults().forEach(fault -> faults.add(copy.party().word() + ": " + fault));
            long counted = copy.counter("faults").orElse(0);
            if (counted > copy.faults().size()) {
                faults.add(copy.party().word() + ": " + (counted - copy.faults().size()) + " more faults");
            }
        }
        for (int i = 0; i < copies.size(); i++) {
            for (int j = i + 1; j < copies.size(); j++) {
                compare(copies.get(i), copies.get(j));
            }
        }
    }

    /** Two copies of one size must have one root, and everything counted over the placed entries is equal. */
    private void compare(PartyStatus one, PartyStatus other) {
        if (!one.isUp() || !other.isUp() || one.size() != other.size()) {
            return;
        }
        for (Response.Counter counter : one.report().orElseThrow().counters()) {
            boolean shared = counter.name().startsWith("root") || counter.name().equals("cells");
            OptionalLong there = other.counter(counter.name());
            if (shared && there.isPresent() && there.getAsLong() != counter.value()) {
                faults.add(one.party().word() + " and " + other.party().word() + " differ in " + counter.name()
                        + " at size " + one.size());
            }
        }
    }

    /** While stations write, copies are read at different sizes; a copy that stays behind is a fault. */
    private void judgeSizes(Console console) {
        long largest = copies.stream().mapToLong(PartyStatus::size).max().orElse(0);
        for (PartyStatus copy : copies) {
            if (copy.isUp() && copy.size() < largest) {
                long lacks = lacksStill(console, copy.party(), largest);
                if (lacks > 0) {
                    faults.add(copy.party().word() + " lacks " + lacks + " entries");
                }
            }
        }
    }

    private static long lacksStill(Console console, Party party, long largest) {
        long deadline = System.nanoTime() + CATCH_UP_MILLIS * 1_000_000;
        long lacks = PartyStatus.ask(console, party).lacks(largest);
        while (lacks > 0
                && System.nanoTime() < deadline
                && !Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            lacks = PartyStatus.ask(console, party).lacks(largest);
        }
        return lacks;
    }

    boolean isClean() {
        return faults.isEmpty();
    }

    List<String> faults() {
        return List.copyOf(faults);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (PartyStatus copy : copies) {
            if (copy.isUp()) {
                lines.add(String.format(
                        "%-12s %,d entries, %,d cells, %,d shares, %,d ledger lines reread",
                        copy.party().word(),
                        copy.counter("entries").orElse(copy.size()),
                        copy.counter("cells").orElse(0),
                        copy.counter("shares").orElse(0),
                        copy.counter("ledger.lines").orElse(0)));
            }
        }
        faults.forEach(fault -> lines.add("FAULT " + fault));
        lines.add(isClean() ? "clean" : faults.size() + " faults");
        return lines;
    }

    Map<String, Object> json() {
        long largest = copies.stream().mapToLong(PartyStatus::size).max().orElse(0);
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("clean", isClean());
        map.put("copies", copies.stream().map(copy -> copy.json(largest)).toList());
        map.put("faults", faults());
        return map;
    }
}
