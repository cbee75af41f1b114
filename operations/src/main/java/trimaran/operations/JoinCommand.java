package trimaran.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import trimaran.kernel.Code;
import trimaran.kernel.Party;
import trimaran.line.Address;
import trimaran.process.FileDisk;
import trimaran.record.PartyKeys;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;

/** One party on its own machine: first its keys, and after the founding what it must know of the others. */
@Command(
        name = "join",
        description = "On a party's own machine: make its keys, and later take the founding statement.",
        mixinStandardHelpOptions = true)
final class JoinCommand implements Callable<Integer> {

    private final Shell shell;

    @Parameters(paramLabel = "PARTY", description = "access, application, data or witness")
    private String word = "";

    @Option(names = "--folder", required = true, paramLabel = "DIR", description = "the party's own folder")
    private Path folder = Path.of("");

    @Option(names = "--founding", paramLabel = "FILE", description = "the signed founding statement")
    private @Nullable Path founding;

    @Option(names = "--parties", paramLabel = "FILE", description = "the parties' addresses, as in card/parties")
    private @Nullable Path parties;

    JoinCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws RefusedException, IOException {
        Party party =
                Party.ofWord(word).orElseThrow(() -> new RefusedException(Code.USAGE, "there is no party " + word));
        if (founding == null || parties == null) {
            if (founding != null || parties != null) {
                throw new RefusedException(Code.USAGE, "--founding and --parties belong together");
            }
            keys(party);
        } else {
            take(party, founding, parties);
        }
        return 0;
    }

    private void keys(Party party) throws RefusedException {
        if (Files.exists(folder.resolve(Cards.FILE))) {
            throw new RefusedException(Code.HOME_DAMAGED, folder + " has its keys already");
        }
        PartyProcess.makeKeys(Role.of(party), folder, shell.programs());
        Cards.party(party, folder.resolve(Cards.FILE));
        shell.voice().say("carry this card to the founding: " + folder.resolve(Cards.FILE));
    }

    private void take(Party party, Path founded, Path addresses) throws RefusedException, IOException {
        PartyKeys own = Cards.party(party, folder.resolve(Cards.FILE));
        SignedStatement signed = Console.founding(founded);
        if (!((Statement.Founding) signed.statement()).parties().contains(own)) {
            throw new RefusedException(Code.KEY_FILE, "this founding statement does not name the keys of " + folder);
        }
        Map<Role, Address> all = new EnumMap<>(Ports.read(addresses));
        FileDisk.in(folder).replace("founding", signed.encode());
        PartyConfiguration.write(folder, Role.of(party), all);
        shell.voice().say(party.word() + " of hospital " + signed.id() + " may be started");
    }
}
