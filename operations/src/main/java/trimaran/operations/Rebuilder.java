package trimaran.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import trimaran.kernel.Bytes;
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
import trimaran.record.Header;
import trimaran.record.PartyKeys;
import trimaran.record.SignedStatement;
import trimaran.record.Signer;
import trimaran.record.Statement;

/**
 * Brings a fallen party back: it makes new keys, two officers sign that they count from the next epoch on, the others
 * agree, and it fetches everything from them. Its old folder, if there is one, is set aside, never used.
 */
final class Rebuilder {

    /** The file with the statement that gave the party its present keys, in its own folder. */
    static final String EPOCH_FILE = "epoch";

    /** For a party to take in a membership statement: it signs, syncs and reopens its lines. */
    private static final long CHANGE_MILLIS = 30_000;

    /** How often the copy's progress is asked for. */
    private static final long LOOK_MILLIS = 1_000;

    /** Looks without any progress before the command gives up; the party goes on by itself. */
    private static final int LOOKS_IDLE_MAX = 120;

    private final Home home;
    private final Shell shell;
    private final Console console;

    Rebuilder(Home home, Shell shell, Console console) {
        this.home = home;
        this.shell = shell;
        this.console = console;
    }

    void rebuild(Party fallen, List<Signer> officers) throws RefusedException {
        Role role = Role.of(fallen);
        Path draft = home.folder().resolve(".rebuilding-" + fallen.word());
        Path folder = home.of(role);
        long epoch = console.registry().epoch() + 1;
        try {
            Founder.remove(draft);
            PartyProcess.makeKeys(role, draft, shell.programs());
            PartyKeys keys = Cards.party(fallen, draft.resolve(Cards.FILE));
            SignedStatement change = signed(fallen, keys, epoch, officers);
            furnish(draft, role, change);
            PartyProcess.running(role, home).ifPresent(PartyProcess::stop);
            agree(fallen, change);
            FileDisk.in(home.card()).replace(Console.epochFile(epoch), change.encode());
            console.learn(change.statement());
            setAside(folder, fallen, epoch);
            Files.move(draft, folder);
        } catch (IOException failure) {
            throw PartyProcess.refused(failure);
        } finally {
            Founder.remove(draft);
        }
        PartyProcess.serve(role, home, shell.programs()).waitReady();
        shell.voice().progress(fallen.word() + " is up with new keys, epoch " + epoch);
        waitWhole(fallen);
    }

    private SignedStatement signed(Party fallen, PartyKeys keys, long epoch, List<Signer> officers) {
        Digest origin = console.registry().origin();
        RecordTime now = new RecordTime(shell.now().millis());
        return SignedStatement.signed(origin, new Statement.EpochChange(epoch, fallen, keys, now), officers);
    }

    private void furnish(Path draft, Role role, SignedStatement change) throws RefusedException, IOException {
        FileDisk disk = FileDisk.in(draft);
        disk.replace("founding", console.founding().encode());
        disk.replace(EPOCH_FILE, change.encode());
        // Earlier changes of other parties' keys, so that it knows whom to ask.
        for (long epoch = 2; epoch <= console.registry().epoch(); epoch++) {
            Bytes earlier =
                    FileDisk.in(home.card()).read(Console.epochFile(epoch)).orElse(Bytes.EMPTY);
            disk.replace(Console.epochFile(epoch), earlier);
        }
        Map<Role, Address> addresses = new EnumMap<>(Ports.read(home.addresses()));
        addresses.put(Role.STATION, PartyConfiguration.listening(home.of(Role.STATION)));
        PartyConfiguration.write(draft, role, addresses);
    }

    /** All others must be reached: one that misses the change would go on trusting the old keys. */
    private void agree(Party fallen, SignedStatement change) throws RefusedException {
        List<Party> others = new ArrayList<>(List.of(Party.values()));
        others.remove(fallen);
        for (Party other : others) {
            PartyStatus status = PartyStatus.ask(console, other);
            if (!status.isUp()) {
                throw new RefusedException(Code.UNAVAILABLE, "a rebuild needs every other party: " + status.silence());
            }
        }
        if (fallen != Party.DATA) {
            // Placed like any registry statement, it reaches every reader of the record, in order with everything else.
            Header header = Enrolment.header(console.registry().origin(), change, shell.entropy(), shell.now());
            Enroller.append(console, List.of(header));
        }
        for (Party other : others) {
            tell(other, change, fallen == Party.DATA);
        }
    }

    /** @param must whether the change depends on this answer, because nobody can place it */
    private void tell(Party other, SignedStatement change, boolean must) throws RefusedException {
        Outcome<Response> answer = console.ask(other, new Request.ChangeEpoch(change.encode()), CHANGE_MILLIS);
        if (answer instanceof Outcome.Refused<Response>(Refusal refusal)) {
            if (must || refusal.code() != Code.NOT_SUPPORTED) {
                throw new RefusedException(
                        refusal.code(), other.word() + " does not agree to the change: " + refusal.sentence());
            }
        } else {
            shell.voice().progress(other.word() + " agrees");
        }
    }

    private void setAside(Path folder, Party fallen, long epoch) throws IOException {
        if (Files.exists(folder)) {
            Path aside = Home.ownFolder(home.folder().resolve("replaced"));
            Files.move(folder, aside.resolve(fallen.word() + "-before-epoch-" + epoch));
        }
    }

    /** Returns when the copy reaches as far as the largest of the others did when it was asked. */
    private void waitWhole(Party fallen) throws RefusedException {
        long goal = 0;
        for (Party tier : Party.TIERS) {
            if (tier != fallen) {
                goal = Math.max(goal, PartyStatus.ask(console, tier).size());
            }
        }
        long before = -1;
        int idle = 0;
        while (idle < LOOKS_IDLE_MAX) {
            PartyStatus status = PartyStatus.ask(console, fallen);
            long missing = status.counter("blobs.missing").orElse(0);
            if (status.isUp() && status.size() >= goal && missing == 0) {
                shell.voice().say(fallen.word() + " is whole again: " + status.size() + " entries");
                return;
            }
            long reached = status.size() - missing;
            idle = reached > before ? 0 : idle + 1;
            before = Math.max(before, reached);
            shell.voice().bar(fallen.word() + " has " + status.size() + " of " + goal + " entries");
            pause();
        }
        throw new RefusedException(Code.UNAVAILABLE, fallen.word() + " is up but its copy does not grow; see status");
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
