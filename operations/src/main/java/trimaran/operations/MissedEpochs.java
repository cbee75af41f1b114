package trimaran.operations;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.process.FileDisk;
import trimaran.record.JdkVerifier;
import trimaran.record.Registry;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;
import trimaran.record.StatementJudgement;
import trimaran.record.Verifier;

/**
 * Takes in what became of the parties' keys while this home did not look: a rebuild that was carried out at another copy of it, or was begun
 * there and broke off for good. An epoch has one successor (DESIGN §10), and whoever agreed to one takes no other: whoever would rebuild has to
 * go on from that one. What is taken in was signed by two officers this home knows, so no party can make one up.
 */
final class MissedEpochs {

    /** Whom a home asks, and where it keeps what it learns. */
    interface Parties {

        /** The changes of keys a tier was handed in, oldest first; empty if it knows of none that this home does not. */
        List<SignedStatement> shown(Party tier);

        /** From now on it counts at this home; true if that is news, and not what its own rebuild wrote down meanwhile. */
        boolean learn(SignedStatement change);

        /** The founding's officers, and those after each statement that made or unmade one. */
        List<Registry> officers() throws RefusedException;
    }

    /** Who is about to begin the next epoch has to go on from whatever any tier agreed to. */
    static final int ANY = 1;

    /** Who only looks takes what is settled: two tiers show it, or an epoch after it. */
    static final int SETTLED = 2;

    private final Registry registry;
    private final Parties parties;
    private final Predicate<SignedStatement> own;
    private final Voice voice;
    private final Verifier verifier = new JdkVerifier();
    private List<Registry> officers = List.of();

    /** @param own whether a change is one that may be handed in again: that rebuild goes on with the keys it has */
    MissedEpochs(Registry registry, Parties parties, Predicate<SignedStatement> own, Voice voice) {
        this.registry = registry;
        this.parties = parties;
        this.own = own;
        this.voice = voice;
    }

    /** @param statuses how a tier is: only one that says a later epoch is asked what began it */
    static MissedEpochs of(
            Home home,
            Console console,
            Function<Party, PartyStatus> statuses,
            Predicate<SignedStatement> own,
            Voice voice) {
        return new MissedEpochs(console.registry(), new Reached(home, console, statuses), own, voice);
    }

    /** Asks the parties over the operator's lines. */
    private record Reached(Home home, Console console, Function<Party, PartyStatus> statuses) implements Parties {

        @Override
        public List<SignedStatement> shown(Party tier) {
            long known = console.registry().epoch();
            PartyStatus status = statuses.apply(tier);
            return status.counter("epoch").orElse(0) > known ? console.epochsAt(tier, status.size()) : List.of();
        }

        @Override
        public boolean learn(SignedStatement change) {
            FileDisk card = FileDisk.in(home.card());
            String file = Console.epochFile(console.registry().epoch() + 1);
            boolean news = card.read(file).isEmpty();
            if (news) {
                card.replace(file, change.encode());
            }
            console.learn(change.statement());
            return news;
        }

        @Override
        public List<Registry> officers() throws RefusedException {
            return Console.officersSoFar(home, console.founding());
        }
    }

    /**
     * What was found.
     *
     * @param any whether this home learnt something
     * @param own a change of this home's own that some tier agreed to and that goes on
     */
    record Found(boolean any, Optional<SignedStatement> own) {}

    /**
     * Learns all there is to learn, and changes nothing at any party: whom it did not reach is told before the epoch after.
     *
     * @param tiersMin how many tiers must show a change: {@link #ANY} or {@link #SETTLED}
     * @throws RefusedException if what the parties agreed to does not go together
     */
    Found learn(int tiersMin) throws RefusedException {
        Map<Party, List<SignedStatement>> shown = new EnumMap<>(Party.class);
        for (Party tier : Party.TIERS) {
            List<SignedStatement> changes = parties.shown(tier);
            if (!changes.isEmpty()) {
                shown.put(tier, changes);
            }
        }
        if (shown.isEmpty()) {
            return new Found(false, Optional.empty());
        }
        officers = parties.officers();
        long before = registry.epoch();
        Optional<SignedStatement> next = next(shown, tiersMin);
        while (next.isPresent() && !isGoingOn(next.get(), shown)) {
            take(next.get());
            next = next(shown, tiersMin);
        }
        return new Found(registry.epoch() > before, next);
    }

    /** Its own does not go on once an epoch after it was begun elsewhere: its keys are over. */
    private boolean isGoingOn(SignedStatement signed, Map<Party, List<SignedStatement>> shown) {
        return own.test(signed) && foremost(shown, epochOf(signed), ANY).isEmpty();
    }

    private static long epochOf(SignedStatement signed) {
        return ((Statement.EpochChange) signed.statement()).epoch();
    }

    private void take(SignedStatement signed) {
        Statement.EpochChange change = (Statement.EpochChange) signed.statement();
        if (parties.learn(signed)) {
            voice.say("two officers began epoch " + change.epoch() + " (new keys of "
                    + change.replaced().word()
                    + ") at another copy of this home, or with keys that are lost; this home takes that in");
        }
    }

    private Optional<SignedStatement> next(Map<Party, List<SignedStatement>> shown, int tiersMin)
            throws RefusedException {
        long present = registry.epoch();
        requireOneParty(shown.values().stream()
                .flatMap(List::stream)
                .filter(signed -> follows(signed, present, List.of(registry)))
                .toList());
        return foremost(shown, present, tiersMin);
    }

    /** What the most tiers show that follows an epoch, if enough of them show it, or one after it. */
    private Optional<SignedStatement> foremost(Map<Party, List<SignedStatement>> shown, long present, int tiersMin) {
        Map<Digest, Showing> showing = new LinkedHashMap<>();
        Set<Party> further = EnumSet.noneOf(Party.class);
        shown.forEach((tier, statements) -> statements.forEach(signed -> {
            if (follows(signed, present, officers)) {
                showing.computeIfAbsent(signed.id(), id -> new Showing(signed, EnumSet.noneOf(Party.class)))
                        .tiers
                        .add(tier);
            } else if (follows(signed, present + 1, officers)) {
                further.add(tier);
            }
        }));
        return showing.values().stream()
                // The first of those most show: all consoles ask in one order, and the first that is asked decides.
                .reduce((one, other) -> other.tiers.size() > one.tiers.size() ? other : one)
                .filter(most -> {
                    Set<Party> tiers = EnumSet.copyOf(most.tiers);
                    tiers.addAll(further);
                    // Badges that were revoked may be in a thief's hands, and he may hold one tier as well.
                    boolean today = follows(most.signed, present, List.of(registry));
                    return tiers.size() >= (today ? tiersMin : SETTLED);
                })
                .map(Showing::signed);
    }

    /** A change and who shows it, each tier once, however often it does. */
    private record Showing(SignedStatement signed, Set<Party> tiers) {}

    private boolean follows(SignedStatement signed, long present, List<Registry> by) {
        return signed.statement() instanceof Statement.EpochChange change
                && by.stream()
                        .anyMatch(then -> StatementJudgement.judgeEpoch(signed, change, then, present, verifier)
                                .isEmpty());
    }

    /** Two changes of one party are ended by the next one of that party; of two parties, some would speak to strangers for good. */
    private static void requireOneParty(List<SignedStatement> changes) throws RefusedException {
        List<String> replaced = changes.stream()
                .map(signed ->
                        ((Statement.EpochChange) signed.statement()).replaced().word())
                .distinct()
                .toList();
        if (replaced.size() > 1) {
            throw new RefusedException(
                    Code.EQUIVOCATION,
                    "the parties agreed to two changes of one epoch, of " + String.join(" and of ", replaced)
                            + ": one of them says what it did not agree to. No party was told anything; have their disks looked at (verify),"
                            + " and rebuild the one that is wrong while the others are there");
        }
    }
}
