package trimaran.keeper;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import trimaran.kernel.CellId;
import trimaran.kernel.Party;
import trimaran.line.message.Prepared;
import trimaran.record.Signature;

/**
 * A tier that was rebuilt since a refresh holds what the two others gave it against what they had prepared, and says so itself
 * then. What came out stands until the others say something else: all pairs are not read every second.
 */
final class RefreshProof {

    /** After shares that could not be proven: whoever keeps changing what it says has not all of them read over and over. */
    static final long REST_MILLIS = 30_000;

    private final KeeperSetting setting;
    private final Copy copy;
    private final ShareRecovery recovery;
    private boolean scanning;
    private long restNanos;
    private List<Set<Prepared>> seen = List.of();
    private Optional<String> fault = Optional.empty();

    RefreshProof(KeeperSetting setting, Copy copy, ShareRecovery recovery) {
        this.setting = setting;
        this.copy = copy;
        this.recovery = recovery;
    }

    /** Why this tier cannot say that it has what the others prepared. */
    Optional<String> fault() {
        return fault;
    }

    /** Whether this tier has refreshed shares of which it cannot say yet whether they are those that were prepared. */
    boolean isDue(RefreshWords words) {
        return copy.shares().beginning(words.generation()).isPresent()
                && words.of(setting.party()).isEmpty();
    }

    /** Looks whether there is something to prove: not where this tier has said its word itself. */
    void look(RefreshWords words, List<Party> others) {
        if (!isDue(words)) {
            fault = Optional.empty();
            return;
        }
        List<Set<Prepared>> heard = others.stream().map(words::heardOf).toList();
        if (scanning
                || setting.loop().monotonicNanos() < restNanos
                || heard.stream().anyMatch(Set::isEmpty)
                || heard.equals(seen)
                || !recovery.isSettled()) {
            return;
        }
        long begin = copy.shares().beginning(words.generation()).orElseThrow();
        Deque<Prepared> templates = new ArrayDeque<>();
        long missing = 0;
        for (Prepared word : heard.getFirst()) {
            long lacks = lacking(begin, word);
            missing = Math.max(missing, lacks);
            if (lacks == 0) {
                templates.add(word);
            }
        }
        if (templates.isEmpty()) {
            fault = Optional.of(
                    "this tier has no shares of " + missing + " cells it should have been given after the refresh");
            return;
        }
        scanning = true;
        scan(new RefreshedScan(setting, copy, templates.getFirst(), begin), templates, words, heard);
    }

    private long lacking(long begin, Prepared word) {
        Set<CellId> leftOut = new HashSet<>(word.leftOut());
        return copy.shares()
                .lacking(one -> one.index() < begin && !leftOut.contains(one.cell()))
                .size();
    }

    /** @param templates words of one tier, each saying which cells its digests cover; whoever lies may have said several */
    private void scan(RefreshedScan running, Deque<Prepared> templates, RefreshWords words, List<Set<Prepared>> heard) {
        if (!running.goOn()) {
            setting.loop().run(() -> scan(running, templates, words, heard));
            return;
        }
        if (copy.shares().refreshed() != words.generation()) {
            scanning = false;
            return;
        }
        RefreshDigest.Both digests = running.digests();
        Prepared word = templates.removeFirst();
        Prepared own = new Prepared(
                setting.party(),
                word.generation(),
                word.base(),
                word.seeds(),
                digests.lower(),
                digests.higher(),
                List.copyOf(new TreeSet<>(word.leftOut())),
                copy.size(),
                Signature.NONE);
        boolean proven = heard.stream().allMatch(one -> one.stream().anyMatch(own::agrees));
        if (!proven && !templates.isEmpty()) {
            scan(new RefreshedScan(setting, copy, templates.getFirst(), running.begin()), templates, words, heard);
            return;
        }
        scanning = false;
        seen = heard;
        if (proven) {
            words.say(own);
            fault = Optional.empty();
        } else {
            restNanos = setting.loop().monotonicNanos() + REST_MILLIS * 1_000_000;
            // Which of the two it is their words cannot show: each may have said another to somebody else.
            fault = Optional.of(
                    "the shares the two others gave this tier are not those they had prepared: one of the two lies or is damaged;"
                            + " verify both, mend the one, then rebuild this tier once more");
        }
    }
}
