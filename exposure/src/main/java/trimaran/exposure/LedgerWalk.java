package trimaran.exposure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.line.message.LedgerLine;

/**
 * Goes through one tier's ledger and its copies at once, from the first line to the last anybody has. Where they differ, every line
 * is told: what one of them hides another one shows. That a ledger ends somewhere is believed of who answers that nothing follows,
 * and never of who does not answer.
 */
final class LedgerWalk {

    /** Sentences about one ledger: one that is another altogether differs in each line. */
    static final int FAULTS_MAX = 20;

    private final Party ledger;
    private final List<Party> keepers;
    private final Pages pages;
    private final Map<Party, Long> reached = new EnumMap<>(Party.class);
    private final Set<Party> ended = EnumSet.noneOf(Party.class);
    private final List<Remark> faults = new ArrayList<>();
    private final List<Remark> notes = new ArrayList<>();
    private Digest chain = Digest.ZERO;
    private RecordTime last = RecordTime.ZERO;

    /** Asks a keeper for lines of a ledger from a number on; empty if it does not answer. */
    @FunctionalInterface
    interface Pages {
        Optional<List<LedgerLine>> page(Party keeper, Party ledger, long from);
    }

    /**
     * @param keepers of copies, and of the ledger itself the last: it has all they have, since it was asked after them
     */
    LedgerWalk(Party ledger, List<Party> keepers, Pages pages) {
        this.ledger = ledger;
        this.keepers = List.copyOf(keepers);
        this.pages = pages;
    }

    void walk(Consumer<LedgerLine> each) {
        long at = 0;
        while (true) {
            ended.clear();
            Map<Party, List<LedgerLine>> read = new EnumMap<>(Party.class);
            int common = Integer.MAX_VALUE;
            for (Party keeper : keepers) {
                Optional<List<LedgerLine>> page = pages.page(keeper, ledger, at);
                if (page.isEmpty()) {
                    continue;
                }
                if (page.get().isEmpty()) {
                    reached.putIfAbsent(keeper, at);
                    ended.add(keeper);
                } else {
                    read.put(keeper, page.get());
                    reached.put(keeper, at + page.get().size());
                    common = Math.min(common, page.get().size());
                }
            }
            if (read.isEmpty()) {
                break;
            }
            for (int i = 0; i < common; i++) {
                tell(at + i, read.values(), i, each);
            }
            at += common;
        }
        judge(at);
    }

    private void tell(long number, Collection<List<LedgerLine>> read, int offset, Consumer<LedgerLine> each) {
        Set<LedgerLine> said = new LinkedHashSet<>();
        read.forEach(page -> said.add(page.get(offset)));
        LedgerLine first = said.iterator().next();
        if (said.size() > 1) {
            say(notes, Remark.of("ledger.differ", ledger, number));
        } else if (first.number() != number || !first.previous().equals(chain)) {
            say(faults, Remark.of("ledger.torn", ledger, number));
        }
        chain = first.chain();
        last = first.time();
        said.forEach(each);
    }

    private void judge(long lines) {
        if (ended.isEmpty()) {
            say(
                    faults,
                    reached.isEmpty()
                            ? Remark.of("ledger.nobody", ledger)
                            : Remark.of("ledger.silent", ledger, lines - 1));
        }
        Long own = reached.get(ledger);
        if (own != null && own < lines) {
            say(notes, Remark.of("ledger.hides", ledger, own, lines));
        }
    }

    private static void say(List<Remark> where, Remark what) {
        if (!where.contains(what) && where.size() < FAULTS_MAX) {
            where.add(what);
        }
    }

    /** Whether the ledger's own tier told it to the end; a copy may lack whatever was not sent to it yet. */
    boolean isToldByItsTier() {
        return ended.contains(ledger);
    }

    /** When the last line was written, by its tier's clock. */
    RecordTime last() {
        return last;
    }

    /** What is missing, a sentence each. */
    List<Remark> faults() {
        return List.copyOf(faults);
    }

    /** What a reader should know, and what leaves nobody out. */
    List<Remark> notes() {
        return List.copyOf(notes);
    }
}
