package trimaran.operations;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import trimaran.kernel.Code;
import trimaran.process.HomeLock;

/** Takes FHIR files in. */
@Command(
        name = "import",
        description = "Send FHIR Bundles (.json) and resources (.ndjson) to the station; once each, resumable.",
        mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private HomeOption home = new HomeOption();

    @Parameters(paramLabel = "FILE|DIR", description = "what to send")
    private Path source = Path.of("");

    @Option(names = "--clients", paramLabel = "N", description = "sent at once (default: 4)")
    private int clients = 4;

    ImportCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws RefusedException, IOException, InterruptedException {
        if (clients < 1 || clients > Importer.CLIENTS_MAX) {
            throw new RefusedException(Code.USAGE, "--clients takes 1 to " + Importer.CLIENTS_MAX);
        }
        Home hospital = home.home().founded();
        List<List<Path>> plan = ImportPlan.of(source);
        String token = Tokens.mint(hospital, Founder.BENCH, shell.entropy(), shell.now());
        try (HomeLock _ = RefusedException.orStop(HomeLock.take(hospital.imports()));
                FhirDoor door = new FhirDoor(base(hospital), token)) {
            ImportJournal journal = new ImportJournal(hospital.imports());
            boolean all = new Importer(door, journal, shell.voice(), clients).run(plan);
            return all ? 0 : Code.BAD_VALUE.exitCode();
        }
    }

    /** The FHIR door of a home's station. */
    static URI base(Home hospital) throws RefusedException {
        return URI.create("http://" + PartyConfiguration.listening(hospital.of(Role.STATION)) + "/fhir");
    }
}
