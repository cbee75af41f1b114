package trimaran.data;

import java.util.Comparator;
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
 * What data does before it places anything: asks the three other parties how far they are, and takes in what it lacks. A disk
 * put back to an earlier day, or a rebuilt tier, so extends the record and never forks it. Two answers are waited for, however
 * long it takes: every quorum this tier took part in has one of any two others in it, and with fewer there is no quorum to be
 * had anyway. The witness knows the size and is no source.
 */
final class CatchUp {

    /** How often the others are asked while they do not answer. */
    static final long RETRY_MILLIS = 200;

    /** Others that must have answered. */
    static final int ANSWERS = 2;

    private final Keeper keeper;
    private final Runnable done;
    private final Map<Party, Long> sizes = new EnumMap<>(Party.class);
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
        for (Party party : new Party[] {Party.ACCESS, Party.APPLICATION, Party.WITNESS}) {
            Request hello = new Request.Hello(keeper.copy().registry().origin(), Keeper.PROTOCOL);
            keeper.peers().ask(party, hello, 2_000, outcome -> {
                if (outcome instanceof Outcome.Done<Response>(Response.Welcome welcome)) {
                    sizes.put(party, welcome.size());
                }
            });
        }
        keeper.setting().loop().after(RETRY_MILLIS, this::weigh);
    }

    /** Sizes only grow, so an old answer is still a lower bound; nothing new is placed before this tier serves. */
    private void weigh() {
        if (sizes.size() < ANSWERS) {
            ask();
            return;
        }
        long size = keeper.copy().size();
        Optional<Party> ahead = Party.TIERS.stream()
                .filter(party -> sizes.getOrDefault(party, 0L) > size)
                .max(Comparator.comparing(party -> sizes.getOrDefault(party, 0L)));
        if (ahead.isPresent()) {
            fetch(ahead.get());
        } else if (sizes.getOrDefault(Party.WITNESS, 0L) > size) {
            ask();
        } else {
            finished = true;
            done.run();
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
