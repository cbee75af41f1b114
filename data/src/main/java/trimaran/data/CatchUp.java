package trimaran.data;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trimaran.keeper.Keeper;
import trimaran.kernel.Bytes;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.ledger.ConsistencyProof;
import trimaran.ledger.TreeHead;
import trimaran.line.message.MessageLimits;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.line.message.SealedEntry;

/**
 * What data does before it places anything: asks the three other parties how far they are, and takes in what it lacks. A disk
 * put back to an earlier day, or a rebuilt tier, so extends the record and never forks it. Two answers are waited for, however
 * long it takes: every quorum this tier took part in has one of any two others in it, and with fewer there is no quorum to be
 * had anyway.
 *
 * <p>What a quorum signed is waited for as long as it takes, and taken only with its proof. Beyond it a tier may hold what no
 * quorum signed yet: its word counts for that, as long as it delivers, since anybody can claim any size. The witness signs over
 * two tiers, so its note says all it can say. After data was replaced it may say what no quorum of the keys of today signed, and what
 * was acknowledged by one of before: that is waited for as well, and taken only with its proof, since another tier may have been told of
 * another branch.
 */
final class CatchUp {

    /** How often the others are asked while they do not answer. */
    static final long RETRY_MILLIS = 200;

    /** Others that must have answered. */
    static final int ANSWERS = 2;

    /** Whoever waits longer says for what: starting together takes some seconds. */
    static final long SILENT_MILLIS = 15_000;

    /** How often in a row a tier may fail to deliver what it claims: a line that comes and goes is forgiven some seconds. */
    static final int FAILURES_MAX = 25;

    private final Keeper keeper;
    private final Runnable done;
    private final Set<Party> answered = EnumSet.noneOf(Party.class);
    private final Map<Party, Long> claims = new EnumMap<>(Party.class);
    private final Map<Party, Integer> failures = new EnumMap<>(Party.class);
    /** What two of the others signed, by who said so last: one that is rebuilt has signed nothing. */
    private final Map<Party, TreeHead> signed = new EnumMap<>(Party.class);

    private int turn;
    private long begunNanos;
    private String waitsFor = "";
    private boolean finished;

    CatchUp(Keeper keeper, Runnable done) {
        this.keeper = keeper;
        this.done = done;
    }

    boolean isDone() {
        return finished;
    }

    void start() {
        begunNanos = keeper.setting().loop().monotonicNanos();
        ask();
    }

    /** For what it waits, once it has done so for {@link #SILENT_MILLIS}: without data nothing is placed, and nothing here ends it. */
    List<String> faults() {
        long waitedMillis = (keeper.setting().loop().monotonicNanos() - begunNanos) / 1_000_000;
        return finished || waitedMillis < SILENT_MILLIS ? List.of() : List.of("data places nothing yet: " + waitsFor);
    }

    private void ask() {
        askNote(Party.WITNESS);
        for (Party party : new Party[] {Party.ACCESS, Party.APPLICATION}) {
            Request hello = new Request.Hello(keeper.copy().registry().origin(), Keeper.PROTOCOL);
            keeper.peers().ask(party, hello, 2_000, outcome -> {
                if (outcome instanceof Outcome.Done<Response>(Response.Welcome welcome)) {
                    claims.put(party, welcome.size());
                    askNote(party);
                }
            });
        }
        keeper.setting().loop().after(RETRY_MILLIS, this::weigh);
    }

    private void askNote(Party party) {
        keeper.peers().ask(party, new Request.Highest(), 2_000, outcome -> {
            if (outcome instanceof Outcome.Done<Response>(Response.Note(Bytes note))) {
                Optional<TreeHead> surviving = Optional.empty();
                if (!note.isEmpty()) {
                    keeper.cosigner().learn(note);
                    surviving = keeper.cosigner().surviving(note);
                }
                surviving.ifPresentOrElse(head -> signed.put(party, head), () -> signed.remove(party));
                answered.add(party);
            }
        });
    }

    /** Sizes only grow, so an old answer is still a lower bound; nothing new is placed before this tier serves. */
    private void weigh() {
        long size = keeper.copy().size();
        if (answered.size() < ANSWERS) {
            waitsFor = "it waits for two of access, application and the witness to say how far they are, and has heard "
                    + (answered.isEmpty() ? "none" : answered.iterator().next().word() + " alone");
            ask();
            return;
        }
        if (keeper.cosigner().noteSize() > size) {
            waitsFor = "a quorum signed " + keeper.cosigner().noteSize() + " entries, and of those beyond " + size
                    + " nobody gives it any yet";
            keeper.fetchSigned();
            ask();
            return;
        }
        Optional<TreeHead> surviving = signed.values().stream().max(Comparator.comparingLong(TreeHead::size));
        if (surviving.isPresent() && surviving.get().size() > size) {
            waitsFor = "two others signed " + surviving.get().size()
                    + " entries with the data before it, and of those beyond " + size + " nobody gives it any yet";
            bring(surviving.get(), size);
            return;
        }
        if (surviving.isPresent()
                && !keeper.cosigner().checkpoint(surviving.get().size()).head().equals(surviving.get())) {
            // This copy is another branch: whatever were placed on it nobody would sign.
            waitsFor = "its own copy is another record than the one two others signed at "
                    + surviving.get().size() + " entries: rebuild it";
            keeper.setting().loop().after(RETRY_MILLIS, this::ask);
            return;
        }
        Optional<Party> ahead = claims.keySet().stream()
                .filter(party -> claims.getOrDefault(party, 0L) > size)
                .filter(party -> failures.getOrDefault(party, 0) < FAILURES_MAX)
                .max(Comparator.comparing(party -> claims.getOrDefault(party, 0L)));
        if (ahead.isPresent()) {
            waitsFor = ahead.get().word() + " says it has " + claims.get(ahead.get()) + " entries, and of those beyond "
                    + size + " it has given none yet";
            fetch(ahead.get(), size);
        } else {
            finished = true;
            done.run();
        }
    }

    /** From one after the other of those who claim to have it: whoever has it may be away, and whoever is there may have another branch. */
    private void bring(TreeHead surviving, long size) {
        List<Party> others = claims.keySet().stream()
                .filter(party -> claims.getOrDefault(party, 0L) > size)
                .toList();
        if (others.isEmpty()) {
            keeper.setting().loop().after(RETRY_MILLIS, this::ask);
            return;
        }
        Party from = others.get(turn++ % others.size());
        Request request = new Request.FetchEntries(size, MessageLimits.CONTENT_BYTES_MAX);
        keeper.peers().ask(from, request, outcome -> {
            if (outcome instanceof Outcome.Done<Response>(Response.Entries entries)
                    && entries.from() == size
                    && !entries.entries().isEmpty()) {
                int count = (int) Math.min(entries.entries().size(), surviving.size() - size);
                prove(from, size, entries.entries().subList(0, count), surviving);
            } else {
                brought(size);
            }
        });
    }

    private void prove(Party from, long size, List<SealedEntry> page, TreeHead surviving) {
        long end = size + page.size();
        if (end == surviving.size()) {
            keeper.replica().takeIn(from, size, page, Optional.of(surviving::equals), taken -> brought(size));
            return;
        }
        keeper.peers().ask(from, new Request.ProveConsistency(end, surviving.size()), outcome -> {
            if (outcome instanceof Outcome.Done<Response>(Response.Proof proof)) {
                ConsistencyProof path = new ConsistencyProof(end, surviving.size(), proof.hashes());
                keeper.replica()
                        .takeIn(
                                from,
                                size,
                                page,
                                Optional.of(head -> path.proves(head, surviving)),
                                taken -> brought(size));
            } else {
                brought(size);
            }
        });
    }

    private void brought(long before) {
        if (keeper.copy().size() > before) {
            weigh();
        } else {
            keeper.setting().loop().after(RETRY_MILLIS, this::ask);
        }
    }

    private void fetch(Party from, long size) {
        Request request = new Request.FetchEntries(size, MessageLimits.CONTENT_BYTES_MAX);
        keeper.peers().ask(from, request, outcome -> {
            if (outcome instanceof Outcome.Done<Response>(Response.Entries entries) && entries.from() == size) {
                keeper.replica().takeIn(from, size, entries.entries(), taken -> delivered(from, size));
            } else {
                delivered(from, size);
            }
        });
    }

    private void delivered(Party from, long before) {
        if (keeper.copy().size() > before) {
            failures.remove(from);
            weigh();
        } else {
            failures.merge(from, 1, Integer::sum);
            keeper.setting().loop().after(RETRY_MILLIS, this::ask);
        }
    }
}
