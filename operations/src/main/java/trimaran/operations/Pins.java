package trimaran.operations;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Code;
import trimaran.record.Signer;

/** Asks for the PIN of a badge: at the terminal, or from the environment where no person sits. */
final class Pins {

    /** For scripts and tests; one PIN for every badge a command opens. */
    static final String ENVIRONMENT = "TRIMARAN_PIN";

    /** Answers for a badge that is made, granted or brought back from paper; else {@link #ENVIRONMENT} does. */
    static final String MADE_ENVIRONMENT = "TRIMARAN_BADGE_PIN";

    /** The key file slows down guessing; fewer characters would be guessed all the same. */
    static final int LENGTH_MIN = 6;

    private Pins() {}

    /** @param badge a key file, or the name of an officer of this home */
    static Signer officer(Home home, String badge) throws RefusedException {
        Path named = home.officers().resolve(badge + ".key");
        boolean isName = badge.matches("[a-z][a-z0-9-]{0,31}");
        Path file = isName && Files.exists(named) ? named : Path.of(badge);
        if (isName && !Files.exists(file)) {
            throw new RefusedException(
                    Code.KEY_FILE,
                    "there is no officer " + badge + " in " + home.officers()
                            + " and no key file of that name here; name another officer, or the officer's key file");
        }
        char[] pin = pin(badge);
        try {
            return Badges.open(file, pin);
        } catch (RefusedException refused) {
            throw refused.refusal().code() == Code.WRONG_PIN ? wrong(badge, file) : refused;
        }
    }

    /** An officer in a hurry has other ways: whoever forgot a PIN is not to try it all night. */
    private static RefusedException wrong(String badge, Path file) {
        return new RefusedException(
                Code.WRONG_PIN,
                "the PIN does not open officer "
                        + badge.replaceFirst("^.*/", "").replaceFirst("\\.key$", "") + "'s badge " + file
                        + "; type it again, or use another officer or the reserve badge");
    }

    /** The PIN of a badge that is being made: at a terminal typed twice, since a slip would lock it for good. */
    static char[] chosen(Path badge) throws RefusedException {
        char[] pin = made(String.valueOf(badge.getFileName()));
        if (pin.length < LENGTH_MIN) {
            throw new RefusedException(Code.USAGE, "a PIN has at least " + LENGTH_MIN + " characters");
        }
        boolean typed = isUnset(ENVIRONMENT) && isUnset(MADE_ENVIRONMENT);
        if (typed && !Arrays.equals(pin, pin("the same again"))) {
            throw new RefusedException(Code.WRONG_PIN, "the two PINs differ");
        }
        return pin;
    }

    /** The PIN of a badge that is made, granted or brought back, which is not the PIN of the officers beside it. */
    static char[] made(String badge) throws RefusedException {
        String given = System.getenv(MADE_ENVIRONMENT);
        return given == null || given.isEmpty() ? pin(badge) : given.toCharArray();
    }

    /** The PIN of a badge, typed or set. */
    static char[] pin(String badge) throws RefusedException {
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

    private static boolean isUnset(String variable) {
        String given = System.getenv(variable);
        return given == null || given.isEmpty();
    }

    /** A person's terminal, if one sits here. */
    @SuppressWarnings("SystemConsoleNull") // Which JDK gives null without a terminal has changed twice.
    static Optional<java.io.Console> terminal() {
        return Optional.ofNullable(System.console()).filter(java.io.Console::isTerminal);
    }
}
