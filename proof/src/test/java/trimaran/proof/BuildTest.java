package trimaran.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What Maven refuses while it builds: form, faults the compiler sees, and links no list names. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BuildTest {

    private static final String SOUND = """
            package trimaran.planted;

            /** Has no fault. */
            public final class Planted {

                private Planted() {}

                static String word() {
                    return "word";
                }
            }
            """;

    private static final String FAULTY = """
            package trimaran.planted;

            import java.time.LocalDate;
            import java.util.concurrent.TimeUnit;

            /** Has five faults. */
            public final class Planted {

                private Planted() {}

                public String toString() {
                    new IllegalStateException();
                    long millis = TimeUnit.SECONDS.toNanos(1);
                    return LocalDate.now() + new String(new byte[0]) + millis;
                }
            }
            """;

    private static final String NULL_MARKED = "@org.jspecify.annotations.NullMarked\n";

    private static final String STRANGER = """
              <dependencies>
                <dependency>
                  <groupId>com.fasterxml.jackson.core</groupId>
                  <artifactId>jackson-core</artifactId>
                </dependency>
              </dependencies>
            </project>""";

    private static final String TWICE = """
              <dependencies>
                <dependency>
                  <groupId>org.jspecify</groupId>
                  <artifactId>jspecify</artifactId>
                </dependency>
                <dependency>
                  <groupId>org.jspecify</groupId>
                  <artifactId>jspecify</artifactId>
                </dependency>
              </dependencies>
            </project>""";

    private static final String UNVERSIONED = """
            <plugins>
              <plugin>
                <groupId>org.apache.maven.plugins</groupId>
                <artifactId>maven-antrun-plugin</artifactId>
              </plugin>""";

    private Map<String, String> failures = Map.of();

    @BeforeAll
    void build() {
        failures = new PlantedBuild()
                .room("sound", SOUND)
                .room("crooked", SOUND.replace("    static", "  static"))
                .room("idle-import", SOUND.replace(";\n\n/**", ";\n\nimport java.util.List;\n\n/**"))
                .room("faulty", FAULTY)
                .room("null", SOUND.replace("\"word\"", "null").replace("public final", NULL_MARKED + "public final"))
                .room("raw", SOUND.replace("\"word\"", "new java.util.ArrayList().toString()"))
                .room("stranger", SOUND, "</project>", STRANGER)
                .room("twice", SOUND, "</project>", TWICE)
                .room("unversioned", SOUND, "<plugins>", UNVERSIONED)
                .root("older-java", "<version>[25,)</version>", "<version>[99,)</version>")
                .root("older-maven", "<version>[3.8.7,)</version>", "<version>[99,)</version>")
                .failures();
    }

    /** Else what the others fail for may be the planting. */
    @Test
    void aRoomWithoutFaultIsBuilt() {
        assertThat(failures).doesNotContainKey("sound").hasSize(10);
    }

    @Test
    void theFormatterRefusesAnotherFormAndImportsOfNoUse() {
        assertThat(failures.get("crooked")).contains("spotless", "format violations");
        assertThat(failures.get("idle-import")).contains("spotless", "format violations");
    }

    @Test
    void errorProneRefusesWhatThePomNamesAndWhatItKnows() {
        assertThat(failures.get("faulty"))
                .contains(
                        "[JavaTimeDefaultTimeZone]",
                        "[DefaultCharset]",
                        "[TimeUnitMismatch]",
                        "[MissingOverride]",
                        "[DeadException]");
    }

    @Test
    void nullAwayRefusesANullWhereNoneIsPromised() {
        assertThat(failures.get("null")).contains("[NullAway]");
    }

    @Test
    void theCompilersWarningsRefuse() {
        assertThat(failures.get("raw")).contains("warnings found and -Werror specified");
    }

    @Test
    void anAllowListRefusesALibraryItDoesNotName() {
        assertThat(failures.get("stranger"))
                .contains("(allow-list)", "jackson-core", "banned via the exclude/include list");
    }

    @Test
    void theEnforcerRefusesWhatIsSaidTwiceOrWithoutAVersion() {
        assertThat(failures.get("twice")).contains("BanDuplicatePomDependencyVersions failed", "org.jspecify:jspecify");
        assertThat(failures.get("unversioned")).contains("RequirePluginVersions failed", "maven-antrun-plugin");
    }

    @Test
    void theEnforcerRefusesAnOlderKitAndAnOlderMaven() {
        assertThat(failures.get("older-java")).contains("RequireJavaVersion failed");
        assertThat(failures.get("older-maven")).contains("RequireMavenVersion failed");
    }

    /** The list of one room is planted above; every other room has one of the same form, and in it names the groups at least. */
    @Test
    void everyRoomHasAnAllowList() {
        for (House.Room room : House.rooms()) {
            assertThat(lists(House.text(room.folder().resolve("pom.xml"))))
                    .as(room.name())
                    .isTrue();
        }
    }

    @Test
    void aRoomWithoutAnAllowListIsSeen() {
        String pom = House.text(House.root().resolve("kernel/pom.xml"));
        assertThat(lists(pom.replace("<id>allow-list</id>", "<id>another</id>")))
                .isFalse();
        assertThat(lists(pom.replace("<exclude>*:*:*:*:runtime</exclude>", ""))).isFalse();
        assertThat(lists(pom.replace("<include>org.jspecify:jspecify</include>", "<include>*</include>")))
                .isFalse();
    }

    private static boolean lists(String pom) {
        return pom.replaceAll("(?s)<!--.*?-->|\\s+", "")
                .matches(".*<id>allow-list</id><goals><goal>enforce</goal></goals><configuration><rules>"
                        + "<bannedDependencies><message>[^<]*</message>"
                        + "<excludes><exclude>\\*:\\*:\\*:\\*:compile</exclude><exclude>\\*:\\*:\\*:\\*:runtime</exclude></excludes>"
                        + "<includes>(<include>[\\w.-]+\\*?:[\\w.*-]+</include>)+</includes></bannedDependencies>.*");
    }
}
