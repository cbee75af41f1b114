package trimaran.data;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import trimaran.keeper.Keeper;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.line.message.MessageLimits;
import trimaran.line.message.Request;
import trimaran.line.message.Response;

/**
 * What data does before it places anything: asks the two other tiers how far their copies reach, and takes in what it lacks. A
 * disk put back to an earlier day, or a rebuilt tier, so extends the record and never forks it. The witness alone is no
 * source; one answering tier is waited for a while longer, in case the other comes.
 */
final class CatchUp {

    /** How often the others are asked while they do not answer. */
    static final long RETRY_MILLIS = 200;

    /** With one tier answering, the other is given this long: it may hold more. */
    static final long SECOND_TIER_MILLIS = 3_000;

    private final Keeper keeper;
    private final Runnable done;
    private final Map<Party, Long> sizes = new EnumMap<>(Party.class);
    private long oneSinceNanos;
    private boolean finished;

    CatchUp(Keeper keeper, Runnable done) {
        this.keeper = keeper;
        this.done = done;
    }

    boolean isDone() {
        return finished;
    }

    void start() {
        ask();
    }

    private void ask() {
        sizes.clear();
        for (Party party : new Party[] {Party.ACCESS, Party.APPLICATION}) {
            Request hello = new Request.Hello(keeper.copy().registry().origin(), Keeper.PROTOCOL);
            keeper.peers().ask(party, hello, 2_000, outcome -> {
                if (outcome instanceof Outcome.Done<Response>(Response.Welcome welcome)) {
                    sizes.put(party, welcome.size());
                }
            });
        }
        keeper.setting().loop().after(RETRY_MILLIS, this::weigh);
    }

    private void weigh() {
        if (sizes.isEmpty()) {
            oneSinceNanos = 0;
            ask();
            return;
        }
        if (sizes.size() == 1) {
            long now = keeper.setting().loop().monotonicNanos();
            if (oneSinceNanos == 0) {
                oneSinceNanos = now;
            }
            if (now - oneSinceNanos < SECOND_TIER_MILLIS * 1_000_000) {
                ask();
                return;
            }
        }
        Optional<Map.Entry<Party, Long>> largest = sizes.entrySet().stream().max(Map.Entry.comparingByValue());
        if (largest.get().getValue() <= keeper.copy().size()) {
            finished = true;
            done.run();
        } else {
            fetch(largest.get().getKey());
        }
    }

    private void fetch(Party from) {
        Request request = new Request.FetchEntries(keeper.copy().size(), MessageLimits.CONTENT_BYTES_MAX);
        keeper.peers().ask(from, request, outcome -> {
            if (outcome instanceof Outcome.Done<Response>(Response.Entries entries)
                    && !entries.entries().isEmpty()) {
                keeper.replica().takeIn(from, entries.from(), entries.entries(), taken -> {
                    if (taken.isDone() && keeper.copy().size() < entries.size()) {
                        fetch(from);
                    } else {
                        keeper.setting().loop().after(RETRY_MILLIS, this::ask);
                    }
                });
            } else {
                keeper.setting().loop().after(RETRY_MILLIS, this::ask);
            }
        });
    }
}
