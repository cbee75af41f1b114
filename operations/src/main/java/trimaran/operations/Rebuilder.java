package trimaran.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import trimaran.cut.CutTarget;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.line.Address;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.process.FileDisk;
import trimaran.record.PartyKeys;
import trimaran.record.SignedStatement;
import trimaran.record.Signer;
import trimaran.record.Statement;

/**
 * Brings a fallen party back: it makes new keys, two officers sign that they count from the next epoch on, the others
 * agree, and it fetches everything from them. Its old folder, if there is one, is set aside, never used.
 */
final class Rebuilder {

    /** For a party to take in a membership statement: it signs, syncs and reopens its lines. */
    static final long CHANGE_MILLIS = 30_000;

    private final Home home;
    private final Shell shell;
    private final Console console;
    private final RebuildGround ground;
    private final UnderWay underWay;
    private final BegunRebuild begun;

    Rebuilder(Home home, Shell shell, Console console) {
        this.home = home;
        this.shell = shell;
        this.console = console;
        this.ground = new RebuildGround(home, shell, console);
        this.underWay = new UnderWay(home);
        this.begun = new BegunRebuild(home);
    }

    /** Takes in what was begun at another copy of this home. */
    void learn(Party fallen) throws RefusedException {
        requireHere(fallen);
        long _ = ground.nextEpoch(fallen, begun::isOwn);
    }

    /**
     * @param lossAccepted whether to go on although a survivor lacks what only the fallen party's disk may have had
     */
    void rebuild(Party fallen, List<Signer> officers, boolean lossAccepted) throws RefusedException {
        rebuild(fallen, officers, lossAccepted, Optional.empty());
    }

    /** @param source what is taken from a backup before the others are asked, if there is one */
    void rebuild(Party fallen, List<Signer> officers, boolean lossAccepted, Optional<RestoreSource> source)
            throws RefusedException {
        long begunMillis = shell.now().millis();
        Role role = Role.of(fallen);
        Path draft = begun.draft(fallen);
        requireHere(fallen);
        long epoch = ground.nextEpoch(fallen, begun::isOwn);
        ground.require(fallen, lossAccepted);
        try {
            Optional<SignedStatement> signed = begun.drafted(fallen, epoch).filter(change -> goesOn(change, epoch));
            SignedStatement change = signed.isPresent() ? signed.get() : drafted(draft, fallen, epoch, officers);
            // A rebuild goes on with the draft of a restore that broke off, and not with its backup.
            Draft.remove(draft.resolve(RestoreSource.FILE));
            if (source.isPresent()) {
                FileDisk.in(draft).replace(RestoreSource.FILE, source.get().encode());
            }
            count(fallen, epoch, change);
            place(draft, fallen, epoch);
        } catch (IOException failure) {
            throw PartyProcess.refused(failure);
        }
        PartyProcess.serve(role, home, shell.programs()).waitReady();
        shell.voice().progress(fallen.word() + " is up with new keys, epoch " + epoch);
        reopenIfCut(fallen, officers);
        finish(fallen, begunMillis);
        source.ifPresent(one -> one.told(PartyStatus.ask(console, fallen)).forEach(shell.voice()::say));
    }

    /**
     * Makes a party anew that has a machine of its own: its keys are made there, and what it needs to find the others is carried back.
     *
     * @param card its new card
     */
    void rebuildElsewhere(Party fallen, List<Signer> officers, boolean lossAccepted, Path card)
            throws RefusedException {
        long begunMillis = shell.now().millis();
        if (isHere()) {
            throw new RefusedException(
                    Code.USAGE, "the parties of this home have their folders here, and are rebuilt without --card");
        }
        PartyKeys keys = Cards.party(fallen, card);
        // Keys on another card are of a machine that was lost meanwhile: what was agreed to with them is over.
        long epoch = ground.nextEpoch(
                fallen, change -> BegunRebuild.gives(change, keys) || (!isOf(change, fallen) && begun.isOwn(change)));
        Path parcel = Parcel.place(home, fallen, epoch);
        ground.require(fallen, lossAccepted);
        ground.requireGeneration(fallen, keys);
        shell.voice().say(Cards.compared(card));
        try {
            Optional<SignedStatement> signed = begun.parcelled(fallen, epoch)
                    .filter(change -> BegunRebuild.gives(change, keys) && goesOn(change, epoch));
            SignedStatement change = signed.isPresent() ? signed.get() : signed(fallen, keys, epoch, officers);
            Home.ownFolder(home.parcels());
            new Parcel(Home.ownFolder(parcel)).fill(home, console, change);
            count(fallen, epoch, change);
        } catch (IOException failure) {
            throw PartyProcess.refused(failure);
        }
        bring(fallen, epoch);
        new Wholeness(shell, console).awaitUp(fallen);
        reopenIfCut(fallen, officers);
        finish(fallen, begunMillis);
    }

    private static boolean isOf(SignedStatement signed, Party fallen) {
        return signed.statement() instanceof Statement.EpochChange change && change.replaced() == fallen;
    }

    private void bring(Party fallen, long epoch) {
        shell.voice()
                .say("the new keys of " + fallen.word() + " count, epoch " + epoch
                        + ". Carry this folder to its machine: "
                        + Parcel.place(home, fallen, epoch) + "; there: trimaran join " + fallen.word()
                        + " --folder DIR --parcel THAT, then trimaran serve " + fallen.word() + " --folder DIR");
    }

    /** From here on the new keys count, and nobody takes the old ones. */
    private void count(Party fallen, long epoch, SignedStatement change) throws RefusedException {
        underWay.begin(fallen, epoch);
        agree(fallen, change);
        FileDisk.in(home.card()).replace(Console.epochFile(epoch), change.encode());
        console.learn(change.statement());
    }

    /** The draft becomes the party's folder. */
    private void place(Path draft, Party fallen, long epoch) throws IOException {
        Path folder = home.of(Role.of(fallen));
        setAside(folder, fallen, epoch);
        Files.move(draft, folder);
    }

    /**
     * Sees a rebuild through that broke off after its keys counted: no other keys, no other epoch. Whether its machine was in other hands
     * meanwhile nobody can see from here, so it is done when asked for, and never by itself; and nothing is reopened by it: somebody may
     * have cut the party off since.
     */
    void resume(Party fallen) throws RefusedException {
        long begunMillis = shell.now().millis();
        long _ = ground.nextEpoch(fallen, begun::isOwn);
        long epoch = underWay.epoch(fallen).orElse(0);
        if (!isLast(fallen, epoch)) {
            throw new RefusedException(
                    Code.USAGE,
                    "no rebuild of " + fallen.word()
                            + " broke off while it copied; without --resume it is rebuilt with new keys");
        }
        ground.requireOthers(fallen);
        ground.catchUp(fallen);
        if (isCut(fallen)) {
            throw new RefusedException(
                    Code.CUT,
                    fallen.word()
                            + " is cut off. If that was done since its rebuild began, it fell again: rebuild it without --resume;"
                            + " if before, reopen it first: trimaran reopen " + fallen.word());
        }
        if (isHere()) {
            startAgain(fallen, epoch);
        } else {
            bring(fallen, epoch);
        }
        shell.voice().progress(fallen.word() + " goes on with the keys it has, epoch " + epoch);
        finish(fallen, begunMillis);
    }

    /** Whether the change of this epoch gave it the keys it has by what this home knows now: another copy may have gone on since. */
    private boolean isLast(Party fallen, long epoch) throws RefusedException {
        return Console.epochsSince(home).stream()
                .map(signed -> (Statement.EpochChange) signed.statement())
                .anyMatch(change -> change.epoch() == epoch
                        && change.replaced() == fallen
                        && change.keys().equals(console.registry().party(fallen)));
    }

    private void startAgain(Party fallen, long epoch) throws RefusedException {
        Role role = Role.of(fallen);
        Path folder = home.of(role);
        try {
            PartyKeys keys = console.registry().party(fallen);
            if (begun.drafted(fallen, epoch)
                    .filter(change -> BegunRebuild.gives(change, keys))
                    .isPresent()) {
                place(begun.draft(fallen), fallen, epoch);
            }
        } catch (IOException failure) {
            throw PartyProcess.refused(failure);
        }
        if (!Cards.party(fallen, folder.resolve(Cards.FILE))
                .equals(console.registry().party(fallen))) {
            throw new RefusedException(
                    Code.HOME_DAMAGED,
                    "the keys in " + folder + " are not those " + fallen.word()
                            + " has by the record; rebuild it without --resume");
        }
        if (PartyProcess.running(role, home).isEmpty()) {
            PartyProcess.serve(role, home, shell.programs()).waitReady();
        }
    }

    private void finish(Party fallen, long begunMillis) throws RefusedException {
        Wholeness wholeness = new Wholeness(shell, console);
        try {
            wholeness.awaitUp(fallen);
            wholeness.await(fallen, begunMillis);
        } finally {
            // Begun anew it asks the others: a backup is what its first start had at hand.
            Draft.remove(home.of(Role.of(fallen)).resolve(RestoreSource.FILE));
        }
        // Those of epochs that were given up among them: nobody may carry one of these by mistake.
        for (long epoch = 2; epoch <= console.registry().epoch(); epoch++) {
            Draft.remove(Parcel.place(home, fallen, epoch));
        }
        underWay.end(fallen);
        AfterFall.said(fallen).ifPresent(shell.voice()::say);
    }

    private void reopenIfCut(Party fallen, List<Signer> officers) throws RefusedException {
        if (isCut(fallen)) {
            reopen(fallen, officers);
        }
    }

    /** What is made anew is made and started here, with the addresses of all. */
    private void requireHere(Party fallen) throws RefusedException {
        if (!isHere()) {
            throw new RefusedException(
                    Code.NOT_SUPPORTED,
                    "this home holds no party's folder: its parties have machines of their own. Make the keys of "
                            + fallen.word()
                            + " on its machine (trimaran join " + fallen.word() + " --folder DIR"
                            + (fallen.isTier() ? " --generation " + ground.generation(fallen) : "")
                            + "), bring its card here and name it to trimaran rebuild: --card FILE. Nothing was changed");
        }
    }

    private boolean isHere() {
        return Files.exists(home.of(Role.STATION).resolve(PartyConfiguration.FILE));
    }

    /** Whether any of the other tiers knows of a cut: a lie about it makes two officers reopen what was open. */
    private boolean isCut(Party fallen) {
        return Party.TIERS.stream()
                .filter(tier -> tier != fallen)
                .anyMatch(tier -> PartyStatus.ask(console, tier).cut().contains(fallen.word()));
    }

    /**
     * A cut names the tier and not its keys, so that it would keep the new one out as well. Two officers are here, as a reopening needs; by
     * now nobody takes the old keys any more.
     */
    private void reopen(Party fallen, List<Signer> officers) throws RefusedException {
        RecordTime now = SigningClock.now(console, shell);
        try (Telling telling = new Telling(console)) {
            telling.announce(
                    shell.voice(),
                    (announcing, then) -> announcing.reopen(
                            console.registry().origin(), CutTarget.tier(fallen), now, officers, then));
        } catch (RefusedException refused) {
            throw new RefusedException(
                    refused.refusal().code(),
                    fallen.word() + " has its new keys and is still cut off, because it could not be reopened: "
                            + refused.refusal().sentence() + "; go on with: trimaran reopen " + fallen.word()
                            + " --officer A --officer B");
        }
        shell.voice().progress(fallen.word() + " was cut off and is open again: for its new keys");
    }

    /**
     * Whether keys that were drafted before are of today: not if shares were refreshed since, unless some party has agreed to them already, since
     * it agrees to no others in this epoch.
     */
    private boolean goesOn(SignedStatement change, long epoch) {
        List<PartyStatus> others = Stream.of(Party.values())
                .map(party -> PartyStatus.ask(console, party))
                .toList();
        return isOfToday(change, epoch, others);
    }

    static boolean isOfToday(SignedStatement signed, long epoch, List<PartyStatus> others) {
        if (!(signed.statement() instanceof Statement.EpochChange change)
                || !change.replaced().isTier()) {
            return true;
        }
        boolean named = others.stream()
                .mapToLong(one -> one.counter("shares.named").orElse(-1))
                .anyMatch(generation -> generation > change.keys().generation());
        boolean agreed = others.stream().anyMatch(one -> one.counter("epoch").orElse(0) >= epoch);
        return agreed || !named;
    }

    /** New keys and all they need, in a folder that does not count yet; nothing stays of it if this fails. */
    private SignedStatement drafted(Path draft, Party fallen, long epoch, List<Signer> officers)
            throws RefusedException, IOException {
        boolean whole = false;
        try {
            Draft.remove(draft);
            PartyProcess.makeKeys(Role.of(fallen), OptionalLong.of(ground.generation(fallen)), draft, shell.programs());
            PartyKeys keys = Cards.party(fallen, draft.resolve(Cards.FILE));
            SignedStatement change = signed(fallen, keys, epoch, officers);
            furnish(draft, Role.of(fallen), change);
            whole = true;
            return change;
        } finally {
            if (!whole) {
                Draft.remove(draft);
            }
        }
    }

    private SignedStatement signed(Party fallen, PartyKeys keys, long epoch, List<Signer> officers)
            throws RefusedException {
        Digest origin = console.registry().origin();
        RecordTime now = SigningClock.now(console, shell);
        return SignedStatement.signed(origin, new Statement.EpochChange(epoch, fallen, keys, now), officers);
    }

    private void furnish(Path draft, Role role, SignedStatement change) throws RefusedException, IOException {
        Map<Role, Address> addresses = new EnumMap<>(Ports.read(home.addresses()));
        addresses.put(Role.STATION, PartyConfiguration.listening(home.of(Role.STATION)));
        PartyConfiguration.write(draft, role, addresses);
        // Last: with it the draft is whole, and a rebuild that breaks off goes on with it.
        new Parcel(draft).statements(home, console, change);
    }

    /**
     * Asks them in one order, whichever console asks: who is asked first agrees to one change of an epoch, and a second console gets no
     * further. Data places it in the record once it has agreed, a new data once it is there.
     */
    private void agree(Party fallen, SignedStatement change) throws RefusedException {
        for (Party other : Party.values()) {
            if (other != fallen) {
                tell(other, change);
                shell.voice().progress(other.word() + " agrees");
            }
        }
    }

    private void tell(Party other, SignedStatement change) throws RefusedException {
        Outcome<Response> answer = console.ask(other, new Request.ChangeEpoch(change.encode()), CHANGE_MILLIS);
        if (answer instanceof Outcome.Refused<Response>(Refusal refusal)) {
            boolean elsewhere = refusal.code() == Code.WRONG_ORIGIN;
            throw new RefusedException(
                    refusal.code(),
                    other.word() + " does not agree to the change: " + refusal.sentence()
                            + (elsewhere
                                    ? "; if a rebuild is under way at another copy of this home, go on there; if that one is lost, try again here"
                                    : ""));
        }
    }

    private void setAside(Path folder, Party fallen, long epoch) throws IOException {
        if (Files.exists(folder)) {
            Path aside = Home.ownFolder(home.folder().resolve("replaced"));
            Files.move(folder, aside.resolve(fallen.word() + "-before-epoch-" + epoch));
        }
    }
}
