package trimaran.operations;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.line.message.LedgerLine;

/**
 * Goes through one tier's ledger and its copies at once, from the first line to the last anybody has. Where they differ, every line
 * is told: what one of them hides another one shows.
 */
final class LedgerWalk {

    /** Asks a keeper for lines of a ledger from a number on; empty if it does not answer. */
    @FunctionalInterface
    interface Pages {
        Optional<List<LedgerLine>> page(Party keeper, Party ledger, long from);
    }

    /** Sentences about one ledger: one that is another altogether differs in each line. */
    static final int FAULTS_MAX = 20;

    private final Party ledger;
    private final List<Party> keepers;
    private final Pages pages;
    private final Map<Party, Long> ends = new EnumMap<>(Party.class);
    private final List<String> faults = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private Digest chain = Digest.ZERO;

    /** @param keepers of the ledger and of copies, the ledger's own tier first */
    LedgerWalk(Party ledger, List<Party> keepers, Pages pages) {
        this.ledger = ledger;
        this.keepers = List.copyOf(keepers);
        this.pages = pages;
    }

    void walk(Consumer<LedgerLine> each) {
        long at = 0;
        while (true) {
            Map<Party, List<LedgerLine>> read = new EnumMap<>(Party.class);
            int common = Integer.MAX_VALUE;
            for (Party keeper : keepers) {
                Optional<List<LedgerLine>> page = pages.page(keeper, ledger, at);
                if (page.isPresent()) {
                    ends.putIfAbsent(keeper, at);
                }
                if (page.isPresent() && !page.get().isEmpty()) {
                    ends.put(keeper, at + page.get().size());
                    read.put(keeper, page.get());
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
            fault("its keepers have different lines " + number + "; both are counted");
        } else if (first.number() != number || !first.previous().equals(chain)) {
            fault("line " + number + " does not follow the one before it");
        }
        chain = first.chain();
        said.forEach(each);
    }

    private void judge(long lines) {
        if (ends.isEmpty()) {
            fault("nobody shows it; start " + ledger.word() + " or a tier that keeps its copy, then ask again");
        } else if (!ends.containsKey(ledger) && ends.size() == 1) {
            notes.add("the release ledger of " + ledger.word() + " was read from the copy "
                    + ends.keySet().iterator().next().word() + " keeps, which may lack its last second");
        }
        Long own = ends.get(ledger);
        if (own != null && own < lines) {
            fault(ledger.word() + " itself shows " + own + " of its " + lines + " lines");
        }
    }

    private void fault(String what) {
        String sentence = "the release ledger of " + ledger.word() + ": " + what;
        if (!faults.contains(sentence) && faults.size() < FAULTS_MAX) {
            faults.add(sentence);
        }
    }

    /** What is missing or contradicts, a sentence each. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    /** From where it was read, if not from its own tier. */
    List<String> notes() {
        return List.copyOf(notes);
    }
}
