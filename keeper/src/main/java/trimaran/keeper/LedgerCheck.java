package trimaran.keeper;

import java.util.List;
import java.util.function.LongFunction;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.line.message.LedgerLine;

/** Rereads one release ledger, or the copy of one, from its first line to the last it had when this began. */
final class LedgerCheck implements Checking {

    private final Party ledger;
    private final String name;
    private final long lines;
    private final Digest end;
    private final LongFunction<List<LedgerLine>> pages;
    private final LedgerIndexCheck index;
    private final CheckFaults faults;
    private long number;
    private Digest chain = Digest.ZERO;

    /**
     * @param ledger whose it is
     * @param name what a fault calls it
     * @param end the hash the line after the last names
     * @param pages lines from a number on, at least one if there is one
     * @param index is told of each line
     */
    LedgerCheck(
            Party ledger,
            String name,
            long lines,
            Digest end,
            LongFunction<List<LedgerLine>> pages,
            LedgerIndexCheck index,
            CheckFaults faults) {
        this.ledger = ledger;
        this.name = name;
        this.lines = lines;
        this.end = end;
        this.pages = pages;
        this.index = index;
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
        index.slice().begin();
        for (LedgerLine line : page) {
            if (number == lines || index.slice().isOver()) {
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
            index.line(ledger, line);
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
