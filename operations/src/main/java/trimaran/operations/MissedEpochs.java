package trimaran.operations;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
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

        /** From now on it counts at this home. */
        void learn(SignedStatement change);
    }

    private final Registry registry;
    private final Parties parties;
    private final Predicate<SignedStatement> own;
    private final Voice voice;
    private final Verifier verifier = new JdkVerifier();

    /** @param own a change that was signed here and may be handed in again: that rebuild goes on with its own keys */
    MissedEpochs(Registry registry, Parties parties, Predicate<SignedStatement> own, Voice voice) {
        this.registry = registry;
        this.parties = parties;
        this.own = own;
        this.voice = voice;
    }

    /**
     * @param statuses how a tier is: only one that says a later epoch is asked what began it
     * @param own as above
     */
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
        public void learn(SignedStatement change) {
            FileDisk.in(home.card())
                    .replace(Console.epochFile(console.registry().epoch() + 1), change.encode());
            console.learn(change.statement());
        }
    }

    /**
     * Learns all there is to learn, and changes nothing at any party: whom it did not reach is told before the epoch after.
     *
     * @return whether there was anything
     * @throws RefusedException if what the parties agreed to does not go together
     */
    boolean learn() throws RefusedException {
        Map<Party, List<SignedStatement>> shown = new EnumMap<>(Party.class);
        Party.TIERS.forEach(tier -> shown.put(tier, parties.shown(tier)));
        long before = registry.epoch();
        Optional<SignedStatement> next = next(shown);
        while (next.isPresent() && !own.test(next.get())) {
            take(next.get());
            next = next(shown);
        }
        return registry.epoch() > before;
    }

    private void take(SignedStatement signed) {
        Statement.EpochChange change = (Statement.EpochChange) signed.statement();
        parties.learn(signed);
        voice.say("two officers began epoch " + change.epoch() + " (new keys of "
                + change.replaced().word()
                + ") at another copy of this home, or with keys that are lost; this home takes that in");
    }

    /** What the most tiers show of the next epoch. */
    private Optional<SignedStatement> next(Map<Party, List<SignedStatement>> shown) throws RefusedException {
        Map<Bytes, List<Party>> showing = new LinkedHashMap<>();
        Map<Bytes, SignedStatement> changes = new LinkedHashMap<>();
        shown.forEach((tier, statements) -> statements.stream()
                .filter(this::follows)
                .forEach(signed -> {
                    showing.computeIfAbsent(signed.encode(), bytes -> new ArrayList<>())
                            .add(tier);
                    changes.putIfAbsent(signed.encode(), signed);
                }));
        requireOneParty(List.copyOf(changes.values()));
        return showing.entrySet().stream()
                // The first of those most show: every console asks the parties in one order, and the first to agree
                // decides.
                .reduce((one, other) -> other.getValue().size() > one.getValue().size() ? other : one)
                .map(most -> changes.get(most.getKey()));
    }

    private boolean follows(SignedStatement signed) {
        return signed.statement() instanceof Statement.EpochChange change
                && StatementJudgement.judgeEpoch(signed, change, registry, registry.epoch(), verifier)
                        .isEmpty();
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
                            + ": one of them says what it did not agree to. Nothing was changed; have their disks looked at (verify),"
                            + " and rebuild the one that is wrong while the others are there");
        }
    }
}
