package trimaran.operations;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import trimaran.backup.BackupCheck;
import trimaran.kernel.Code;
import trimaran.kernel.Party;

/** Makes a tier's backup while the hospital goes on, or checks one offline. */
@Command(
        name = "backup",
        description = {
            "Make a backup of a tier while it serves: the record into one folder, its shares into another.",
            "Keep the two apart: together with a second tier's shares they open everything. --check needs no hospital."
        },
        mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private HomeOption home = new HomeOption();

    @Parameters(arity = "0..1", paramLabel = "TIER", description = "access, application or data")
    private @Nullable String word;

    @Option(names = "--out", paramLabel = "DIR", description = "a new folder for the record, which nobody can read")
    private @Nullable Path out;

    @Option(names = "--shares", paramLabel = "DIR2", description = "a new folder elsewhere for the tier's shares")
    private @Nullable Path shares;

    @Option(
            names = "--check",
            paramLabel = "DIR",
            description = "check the backup in DIR, and with --shares its shares, and make none")
    private @Nullable Path check;

    BackupCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws RefusedException {
        if (check != null) {
            return checked(check);
        }
        Optional<Party> tier =
                word == null ? Optional.empty() : Party.ofWord(word).filter(Party::isTier);
        if (tier.isEmpty() || out == null || shares == null) {
            throw new RefusedException(
                    Code.USAGE,
                    "a backup takes a tier (access, application or data), --out DIR and --shares DIR2; or --check DIR");
        }
        new BackupMaker(home.home().founded(), shell).make(tier.get(), out, shares);
        return 0;
    }

    private int checked(Path folder) throws RefusedException {
        if (word != null || out != null) {
            throw new RefusedException(Code.USAGE, "--check takes a backup's folder, and --shares, and nothing else");
        }
        BackupCheck.Found found = BackupChecking.found(folder, Optional.ofNullable(shares));
        found.faults().forEach(fault -> shell.voice().print("FAULT " + fault));
        if (found.isGood()) {
            shell.voice().print("good: " + BackupChecking.words(found));
            return 0;
        }
        shell.voice().print(String.format("%,d faults; this is no backup to restore from", found.faultCount()));
        return Code.BAD_PROOF.exitCode();
    }
}
