package trimaran.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a party's machine is started with. */
class ProgramsTest {

    @TempDir
    Path house;

    /** The machine takes the last of two options that differ. */
    @Test
    void furtherOptionsComeAfterTheRolesOwn() throws Exception {
        built(Role.DATA);
        List<String> command = Programs.built(
                        house,
                        Path.of("java"),
                        "  -XX:TieredStopAtLevel=1  -javaagent:/tmp/a.jar -Xmx99m -XX:AOTCache=at/{program}.aot ")
                .command(Role.DATA, List.of("serve", "there"));
        assertThat(command)
                .doesNotContain("-javaagent:/tmp/a.jar")
                .containsSubsequence(
                        Role.DATA.machine().getFirst(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx99m",
                        "-XX:AOTCache=at/data.aot",
                        "-cp",
                        Role.DATA.mainClass(),
                        "serve",
                        "there");
    }

    @Test
    void withoutThemNothingIsAdded() throws Exception {
        built(Role.DATA);
        List<String> command =
                Programs.built(house, Path.of("java"), " ").command(Role.DATA, List.of("serve", "there"));
        assertThat(command).hasSize(1 + Role.DATA.machine().size() + 5).doesNotContain("");
    }

    private void built(Role role) throws Exception {
        Path target = Files.createDirectories(house.resolve(role.module()).resolve("target"));
        Files.writeString(target.resolve("own-1.jar"), "");
        Files.writeString(target.resolve("classpath"), "other.jar");
    }
}
