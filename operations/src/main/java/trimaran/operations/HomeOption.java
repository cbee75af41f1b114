package trimaran.operations;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option every command about a hospital has. */
final class HomeOption {

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "the hospital's folder (default: ${DEFAULT-VALUE})",
            defaultValue = "./hospital")
    private Path folder = Path.of("hospital");

    Home home() {
        return new Home(folder.toAbsolutePath().normalize());
    }
}
