package trimaran.operations;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Code;
import trimaran.record.Signer;

/** Asks for the PIN of a badge: at the terminal, or from the environment where no person sits. */
final class Pins {

    /** For scripts and tests; one PIN for every badge a command opens. */
    static final String ENVIRONMENT = "TRIMARAN_PIN";

    private Pins() {}

    /** @param badge a key file, or the name of an officer of this home */
    static Signer officer(Home home, String badge) throws RefusedException {
        Path named = home.officers().resolve(badge + ".key");
        Path file = badge.matches("[a-z][a-z0-9-]{0,31}") && Files.exists(named) ? named : Path.of(badge);
        return Badges.open(file, pin(badge));
    }

    private static char[] pin(String badge) throws RefusedException {
        String given = System.getenv(ENVIRONMENT);
        if (given != null && !given.isEmpty()) {
            return given.toCharArray();
        }
        char @Nullable [] typed = terminal()
                .map(console -> console.readPassword("PIN of %s: ", badge))
                .orElse(null);
        if (typed == null || typed.length == 0) {
            throw new RefusedException(
                    Code.WRONG_PIN, "no PIN for " + badge + ": type it at a terminal or set " + ENVIRONMENT);
        }
        return typed;
    }

    /** A person's terminal, if one sits here. */
    @SuppressWarnings("SystemConsoleNull") // Which JDK gives null without a terminal has changed twice.
    static Optional<java.io.Console> terminal() {
        return Optional.ofNullable(System.console()).filter(java.io.Console::isTerminal);
    }
}
