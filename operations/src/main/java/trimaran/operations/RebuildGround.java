package trimaran.operations;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import trimaran.kernel.Code;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.record.PartyKeys;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;

/** What must hold before a party is made anew: looked at before anything is made, and nothing is changed where it does not. */
final class RebuildGround {

    private final Home home;
    private final Shell shell;
    private final Console console;

    RebuildGround(Home home, Shell shell, Console console) {
        this.home = home;
        this.shell = shell;
        this.console = console;
    }

    /**
     * The epoch that is to begin, after those that were begun elsewhere.
     *
     * @param own whether a change is one that is to be handed in again
     */
    long nextEpoch(Party fallen, Predicate<SignedStatement> own) throws RefusedException {
        Optional<SignedStatement> begun = MissedEpochs.of(
                        home, console, tier -> PartyStatus.ask(console, tier), own, shell.voice())
                .learn(MissedEpochs.ANY)
                .own();
        if (begun.isPresent()
                && begun.get().statement() instanceof Statement.EpochChange change
                && change.replaced() != fallen) {
            throw new RefusedException(
                    Code.TIER_INCOMPLETE,
                    "a rebuild of " + change.replaced().word()
                            + " was begun here and some party agreed to it; see that one through first: trimaran rebuild "
                            + change.replaced().word()
                            + " --officer A --officer B, with the same --card if it had one");
        }
        return console.registry().epoch() + 1;
    }

    /**
     * The fallen party is stopped, all others answer and hold one record.
     *
     * @param lossAccepted whether to go on although a survivor lacks what only the fallen party's disk may have had
     */
    void require(Party fallen, boolean lossAccepted) throws RefusedException {
        requireFallenAlone(fallen);
        catchUp(fallen);
        requireWitness(fallen);
        if (fallen.isTier() && !lossAccepted) {
            new Survivors(tier -> PartyStatus.ask(console, tier), shell.voice()::bar, Wholeness::pause)
                    .requireWhole(fallen);
        }
        OneRecord.of(console).require(fallen);
    }

    /** Checked before anything is made: the fallen party is stopped, and all others answer. */
    private void requireFallenAlone(Party fallen) throws RefusedException {
        Optional<PartyProcess> process = PartyProcess.running(Role.of(fallen), home);
        boolean runs = process.isPresent();
        if (runs || PartyStatus.ask(console, fallen).isUp()) {
            boolean underWay = new UnderWay(home).epoch(fallen).isPresent();
            throw new RefusedException(
                    Code.HOME_IN_USE,
                    fallen.word() + " still runs; whoever rebuilds it ends it first"
                            + process.map(one -> " (kill " + one.pid() + ", kill -9 if it hangs)")
                                    .orElse("")
                            + (underWay ? ", or sees the rebuild through that broke off, with --resume" : ""));
        }
        requireOthers(fallen);
    }

    void requireOthers(Party fallen) throws RefusedException {
        for (Party other : Party.values()) {
            PartyStatus status = other == fallen ? null : PartyStatus.ask(console, other);
            if (status != null && !status.isUp()) {
                // One that misses the change would go on trusting the old keys.
                throw new RefusedException(Code.UNAVAILABLE, "a rebuild needs every other party: " + status.silence());
            }
        }
    }

    /** Before the officers of today are told to the witness: one who signed an earlier change may be none any more. */
    void catchUp(Party fallen) throws RefusedException {
        for (Party other : Party.values()) {
            Optional<Refusal> untold = other == fallen ? Optional.empty() : EpochsTold.to(other, home, console);
            if (untold.isPresent()) {
                throw new RefusedException(
                        untold.get().code(),
                        other.word() + " does not take an earlier change of keys, and would take none after it: "
                                + untold.get().sentence());
            }
        }
    }

    /** The witness has to agree, by the officers it knows; it may have been away when one was made or unmade. */
    private void requireWitness(Party fallen) throws RefusedException {
        Optional<Refusal> untold = fallen == Party.WITNESS ? Optional.empty() : WitnessTold.officers(home, console);
        if (untold.isPresent()) {
            throw new RefusedException(
                    untold.get().code(),
                    "the witness cannot be told who is an officer, and would agree to nothing: "
                            + untold.get().sentence());
        }
    }

    /** The generation of the hospital's shares in use, by the word of the tiers that are left. */
    long generation(Party fallen) throws RefusedException {
        return generationOf(Party.TIERS.stream()
                .filter(tier -> tier != fallen)
                .map(tier -> PartyStatus.ask(console, tier))
                .toList());
    }

    /** The generation a rebuilt tier's shares will be of: the one the record names, by the word of everybody who keeps shares and is left. */
    static long generationOf(List<PartyStatus> survivors) throws RefusedException {
        for (PartyStatus tier : survivors) {
            if (tier.isUp() && tier.counter("shares.named").isEmpty()) {
                throw new RefusedException(
                        Code.NOT_SUPPORTED,
                        tier.party().word()
                                + " is of an older release, which gives shares back in another way; upgrade it first, then rebuild");
            }
        }
        List<Long> named = survivors.stream()
                .map(tier -> tier.counter("shares.named").orElse(-1))
                .distinct()
                .toList();
        if (named.size() != 1 || named.getFirst() < 0) {
            throw new RefusedException(
                    Code.TIER_INCOMPLETE,
                    "the others do not agree yet which generation of shares is in use; wait until status says that none lacks anything");
        }
        return named.getFirst();
    }

    void requireGeneration(Party fallen, PartyKeys keys) throws RefusedException {
        long inUse = fallen.isTier() ? generation(fallen) : keys.generation();
        if (keys.generation() != inUse) {
            throw new RefusedException(
                    Code.KEY_FILE,
                    "this card is of generation " + keys.generation() + " of the hospital's shares, and "
                            + inUse + " is in use; make the keys with --generation "
                            + inUse);
        }
    }
}
