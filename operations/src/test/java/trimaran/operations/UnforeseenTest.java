package trimaran.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trimaran.kernel.Code;
import trimaran.kernel.Entropy;

/** A command that fails in a way nobody foresaw says so in one line; the trace is in a file for who mends the program. */
class UnforeseenTest {

    private static final String TRACE = "the trace is in ";

    @TempDir
    Path folder;

    @Test
    void aFaultOfTheProgramIsOneLineThatNamesTheFileOfItsTrace() throws IOException {
        String said = said(() -> {
            throw new IllegalStateException("no such\nthing");
        });
        assertThat(said).contains("a fault of this program (IllegalStateException: no such thing)", Code.BROKEN.tag());
        Path trace = trace(said);
        assertThat(trace).content().contains("IllegalStateException", "\tat ", "trimaran.operations.UnforeseenTest");
        Files.delete(trace);
    }

    @Test
    void soIsAnErrorOfTheMachine() throws IOException {
        String said = said(() -> {
            throw new StackOverflowError("too deep");
        });
        assertThat(said).contains("a fault of this program (StackOverflowError: too deep)");
        Files.delete(trace(said));
    }

    @Test
    void whatTheDiskRefusesIsSaidInWordsAndNotByAPathAlone() {
        String said = said(() -> {
            throw new UncheckedIOException(new NoSuchFileException("/a/file"));
        });
        assertThat(said).contains("there is no such file: /a/file", Code.BROKEN.tag());
    }

    private static Path trace(String said) {
        return Path.of(said.substring(said.indexOf(TRACE) + TRACE.length(), said.lastIndexOf(" (")));
    }

    /** What a command says whose randomness fails so. */
    private String said(Runnable failing) {
        Entropy entropy = target -> failing.run();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintWriter out = new PrintWriter(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        Voice voice = new Voice(out, new PrintWriter(err, true, StandardCharsets.UTF_8), false);
        Programs none = (role, arguments) -> List.of("none");
        int status = Main.run(
                new Shell(none, entropy, voice),
                "join",
                "access",
                "--folder",
                folder.resolve("own").toString());
        String said = err.toString(StandardCharsets.UTF_8).strip();
        assertThat(status).as(said).isNotZero();
        assertThat(said.lines()).hasSize(1);
        assertThat(said).doesNotContain("\tat ");
        return said;
    }
}
