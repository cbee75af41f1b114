package trimaran.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;

class ConfigurationTest {

    @TempDir
    Path folder = Path.of("");

    @Test
    void eachTypeIsRead() throws IOException {
        Path file = write("""
                # a party

                name = Hôpital = Nord
                  beds=700
                port = 8443
                home = ../home/access
                peers = data.example:1, 127.0.0.1:65535,[::1]:7
                """);
        String read = done(file, keys -> {
            assertThat(keys.path("home")).isEqualTo(folder.toAbsolutePath().resolveSibling("home/access"));
            assertThat(keys.addresses("peers"))
                    .containsExactly(
                            InetSocketAddress.createUnresolved("data.example", 1),
                            InetSocketAddress.createUnresolved("127.0.0.1", 65535),
                            InetSocketAddress.createUnresolved("::1", 7));
            assertThat(keys.has("speed")).isFalse();
            return keys.text("name") + keys.number("beds", 0, 700) + keys.port("port");
        });
        assertThat(read).isEqualTo("Hôpital = Nord7008443");
    }

    /** A party may run under another account than whoever writes its file. */
    @Test
    void whatReplacesAFileIsReadByWhoeverReadIt() throws IOException {
        Path file = folder.resolve("party.conf");
        Configuration.replace(file, "a = 1\n");
        assertThat(file).hasContent("a = 1");
        for (String mode : List.of("rw-r-----", "rw-rw-r--", "rw-------")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
            Configuration.replace(file, "name = Hôpital\n");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo(mode);
            assertThat(Files.readString(file)).isEqualTo("name = Hôpital\n");
        }
    }

    /** The folder is the party's, whoever writes may be root: a link planted there must not lead them to another file. */
    @Test
    void noLinkIsFollowedWhereAFileIsReplaced() throws IOException {
        Path file = write("a = 1\n");
        Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "untouched");
        Path unfinished = file.resolveSibling(file.getFileName() + DurableFile.UNFINISHED);
        Files.createSymbolicLink(unfinished, elsewhere);
        Configuration.replace(file, "a = 2\n");
        Configuration.replaceBeside(file, "beside", trimaran.kernel.Bytes.ofText("b"));
        assertThat(elsewhere).hasContent("untouched");
        assertThat(file).isRegularFile().hasContent("a = 2");
        assertThat(file.resolveSibling("beside")).hasContent("b");
    }

    @Test
    void aFileThatCannotBeReplacedStaysAsItWas() throws IOException {
        Path file = write("a = 1\n");
        Path unfinished = file.resolveSibling(file.getFileName() + DurableFile.UNFINISHED);
        Files.createFile(Files.createDirectory(unfinished).resolve("in the way"));
        assertThatThrownBy(() -> Configuration.replace(file, "a = 2\n")).isInstanceOf(UncheckedIOException.class);
        assertThat(file).hasContent("a = 1");
    }

    @Test
    void aMissingKeyIsNamedWithTheLineWhereTheFileEnds() throws IOException {
        Path file = write("a = 1\n\n# end\n");
        assertThat(refused(file, keys -> keys.text("a") + keys.text("b")))
                .isEqualTo(file + ":3: ends without the key b");
    }

    @Test
    void anUnknownKeyIsNamedWithItsLine() throws IOException {
        Path file = write("a = 1\nprot = 2\n");
        assertThat(refused(file, keys -> keys.text("a"))).isEqualTo(file + ":2: prot is not a key of this file");
    }

    @Test
    void aKeyThatIsThereTwiceIsNamedWithBothLines() throws IOException {
        Path file = write("a = 1\nb = 1\na = 1\n");
        assertThat(refused(file, keys -> keys.text("a") + keys.text("b")))
                .isEqualTo(file + ":3: has the key a again, first in line 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "= 1", "a =", "A = 1", "a b = 1", "1a = 1"})
    void aLineOfAnotherFormIsNamed(String line) throws IOException {
        Path file = write("ok = 1\n" + line + "\n");
        assertThat(refused(file, keys -> keys.text("ok"))).isEqualTo(file + ":2: is not a line key = value");
    }

    @ParameterizedTest
    @CsvSource({"0", "101", "1.5", "1e1", "ten", "99999999999", "-5", "'1 0'"})
    void aNumberOutOfItsRangeIsRefused(String value) throws IOException {
        Path file = write("a = " + value + "\n");
        assertThat(refused(file, keys -> keys.number("a", 1, 100)))
                .isEqualTo(file + ":1: a must be a whole number from 1 to 100");
    }

    @Test
    void theEndsOfARangeAreTaken() throws IOException {
        Path file = write("low = -2\nhigh = 65535\n");
        int sum = done(file, keys -> keys.number("low", -2, 9) + keys.port("high"));
        assertThat(sum).isEqualTo(65533);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536"})
    void aPortOutsideItsRangeIsRefused(String port) throws IOException {
        assertThat(refused(write("p = " + port + "\n"), keys -> keys.port("p"))).contains(":1: p must be");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"host", "host:", ":1", "host:0", "host:65536", "a:1,", "a:1,,b:2", "a b:1", "::1:7", "a/b:1"})
    void anAddressOfAnotherFormIsRefused(String value) throws IOException {
        assertThat(refused(write("peers = " + value + "\n"), keys -> keys.addresses("peers")))
                .contains(":1: peers must be a list of host:port");
    }

    @Test
    void oneAddressTooManyIsRefused() throws IOException {
        String most = String.join(",", Collections.nCopies(Configuration.ADDRESSES_MAX, "a:1"));
        List<InetSocketAddress> addresses = done(write("p = " + most), keys -> keys.addresses("p"));
        assertThat(addresses).hasSize(Configuration.ADDRESSES_MAX);
        assertThat(refused(write("p = " + most + ",a:1"), keys -> keys.addresses("p")))
                .contains("at most");
    }

    @Test
    void aFileThatIsMissingTooLargeOrNotUtf8IsRefused() throws IOException {
        assertThat(refused(folder.resolve("absent"), _ -> "")).contains("missing");
        assertThat(refused(folder, _ -> "")).contains("missing");
        String most = "#".repeat(Configuration.FILE_MAX);
        String fine = done(write(most), _ -> "fine");
        assertThat(fine).isEqualTo("fine");
        assertThat(refused(write(most + "#"), _ -> "")).contains("at most");
        Path file = folder.resolve("latin");
        Files.write(file, "name = H\u00f4pital".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(refused(file, keys -> keys.text("name"))).contains("UTF-8");
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("party.conf"), text);
    }

    private static <T> T done(Path file, Function<Configuration, T> shape) {
        return switch (Configuration.read(file, shape)) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Refused<T>(Refusal refusal) -> throw new AssertionError(refusal);
        };
    }

    private static <T> String refused(Path file, Function<Configuration, T> shape) {
        return switch (Configuration.read(file, shape)) {
            case Outcome.Done<T> _ -> throw new AssertionError("not refused");
            case Outcome.Refused<T>(Refusal refusal) -> {
                assertThat(refusal.code()).isEqualTo(Code.USAGE);
                yield refusal.sentence();
            }
        };
    }
}
