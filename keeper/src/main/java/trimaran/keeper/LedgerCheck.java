package trimaran.keeper;

import java.util.List;
import java.util.function.LongFunction;
import trimaran.kernel.Digest;
import trimaran.line.message.LedgerLine;

/** Rereads one release ledger, or the copy of one, from its first line to the last it had when this began. */
final class LedgerCheck implements Checking {

    private final String name;
    private final long lines;
    private final Digest end;
    private final LongFunction<List<LedgerLine>> pages;
    private final CheckFaults faults;
    private long number;
    private Digest chain = Digest.ZERO;

    /**
     * @param name what a fault calls it
     * @param end the hash the line after the last names
     * @param pages lines from a number on, at least one if there is one
     */
    LedgerCheck(String name, long lines, Digest end, LongFunction<List<LedgerLine>> pages, CheckFaults faults) {
        this.name = name;
        this.lines = lines;
        this.end = end;
        this.pages = pages;
        this.faults = faults;
    }

    @Override
    public boolean goOn() {
        if (number == lines) {
            faults.require(chain.equals(end), name + " ends in another line than it says");
            return true;
        }
        List<LedgerLine> page = pages.apply(number);
        if (page.isEmpty()) {
            faults.add("line " + number + " of " + name + " is missing");
            return true;
        }
        for (LedgerLine line : page) {
            if (number == lines) {
                break;
            }
            if (line.number() != number) {
                faults.add("line " + number + " of " + name + " is missing");
                return true;
            }
            if (!line.previous().equals(chain)) {
                faults.add("the chain of " + name + " is broken at line " + number);
                return true;
            }
            chain = line.chain();
            number++;
        }
        return false;
    }

    long lines() {
        return lines;
    }

    Digest end() {
        return end;
    }
}
