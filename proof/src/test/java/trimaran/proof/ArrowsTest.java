package trimaran.proof;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static trimaran.proof.Plant.holdsAndRefuses;
import static trimaran.proof.Plant.refuses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Which room may know which: what one party's process links, another's fall cannot teach it. */
class ArrowsTest {

    private static final String ACCESS_MAIN = "trimaran.access.AccessMain";
    private static final String DATA_MAIN = "trimaran.data.DataMain";

    /** The rooms in a keeper's, the witness's or a relay's process. */
    private static final String[] KEEPERS = {
        "trimaran.kernel..",
        "trimaran.ledger..",
        "trimaran.record..",
        "trimaran.line..",
        "trimaran.shares..",
        "trimaran.keeper..",
        "trimaran.store..",
        "trimaran.process..",
        "trimaran.party..",
        "trimaran.backup..",
        "trimaran.tier..",
        "trimaran.access..",
        "trimaran.data..",
        "trimaran.witness..",
        "trimaran.relay.."
    };

    private static final Map<String, List<String>> PARTIES = Map.of(
            "trimaran.access", List.of("trimaran.application..", "trimaran.data..", "trimaran.witness.."),
            "trimaran.application", List.of("trimaran.access..", "trimaran.data..", "trimaran.witness.."),
            "trimaran.data", List.of("trimaran.access..", "trimaran.application..", "trimaran.witness.."),
            "trimaran.witness", List.of("trimaran.access..", "trimaran.application..", "trimaran.data.."));

    /** An importer that reads no class file lets every wall stand. */
    @Test
    void everyRoomIsRead() {
        for (House.Room room : House.rooms()) {
            String inside = room.classes().toUri().toString();
            assertThat(House.classes().stream()
                            .filter(type -> type.getSource()
                                    .orElseThrow()
                                    .getUri()
                                    .toString()
                                    .startsWith(inside)))
                    .as(room.name())
                    .hasSizeGreaterThan(0);
        }
        assertThat(House.classes()).hasSizeGreaterThan(500);
    }

    @Test
    void noTierLinksAnother() {
        PARTIES.forEach((party, others) -> {
            ArchRule wall = noClasses()
                    .that()
                    .resideInAPackage(party + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others.toArray(String[]::new));
            holdsAndRefuses(
                    wall, party, "Class<?> other = " + (party.endsWith("data") ? ACCESS_MAIN : DATA_MAIN) + ".class;");
        });
    }

    @Test
    void aKeeperOpensNothingAndParsesNothing() {
        ArchRule wall = noClasses()
                .that()
                .resideInAnyPackage(KEEPERS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "trimaran.seal..",
                        "trimaran.model..",
                        "trimaran.application..",
                        "trimaran.station..",
                        "trimaran.operations..",
                        "com.fasterxml..",
                        "io.helidon..",
                        "picocli..",
                        "javax.xml..",
                        "org.xml..",
                        "org.w3c..",
                        "java.net.http..",
                        "java.sql..");
        for (String room : List.of("trimaran.keeper", "trimaran.relay")) {
            holdsAndRefuses(
                    wall,
                    room,
                    "Class<?> opener = trimaran.seal.PartSeal.class;",
                    "Class<?> parser = trimaran.model.ElementTable.class;",
                    "Class<?> office = trimaran.application.Office.class;",
                    "com.fasterxml.jackson.core.JsonFactory json;",
                    "io.helidon.webserver.WebServer web;",
                    "picocli.CommandLine line;",
                    "javax.xml.parsers.SAXParser xml;",
                    "java.net.http.HttpClient http;");
        }
    }

    @Test
    void onlyWhatHoldsSharesCiphers() {
        ArchRule wall = noClasses()
                .that()
                .resideInAnyPackage(KEEPERS)
                .and()
                .resideOutsideOfPackage("trimaran.shares..")
                // Key files under a machine's secret.
                .and()
                .doNotHaveFullyQualifiedName("trimaran.process.KeyFile")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("javax.crypto..");
        holdsAndRefuses(
                wall, "trimaran.keeper", "javax.crypto.Cipher cipher;", "Class<?> mac = javax.crypto.Mac.class;");
        refuses(wall, "trimaran.process", "javax.crypto.SecretKeyFactory keys;");
        refuses(wall, "trimaran.witness", "javax.crypto.spec.SecretKeySpec key;");
    }

    @Test
    void theWitnessHoldsNoCopy() {
        ArchRule wall = noClasses()
                .that()
                .resideInAPackage("trimaran.witness..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("trimaran.keeper..", "trimaran.store..", "trimaran.tier..", "org.rocksdb..");
        holdsAndRefuses(
                wall,
                "trimaran.witness",
                "trimaran.keeper.spi.Store store;",
                "trimaran.store.RocksStore store;",
                "org.rocksdb.RocksDB engine;");
    }

    @Test
    void onlyTheStoreKnowsItsEngine() {
        ArchRule wall = noClasses()
                .that()
                .resideOutsideOfPackage("trimaran.store..")
                .and()
                // A thief reads a stolen store's files one by one, with what was removed in them.
                .doNotHaveFullyQualifiedName("trimaran.drills.ShareThief")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.rocksdb..");
        holdsAndRefuses(wall, "trimaran.keeper", "org.rocksdb.RocksDB engine;");
    }

    @Test
    void aPackageNamesOnlyWhatItsLineAllows() {
        lines().forEach((name, allowed) -> {
            ArchRule wall = classes()
                    .that()
                    .resideInAPackage(name)
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(allowed.toArray(String[]::new));
            wall.check(House.classes());
            if (name.matches(".*\\.(kernel|message|application)")) {
                refuses(wall, name, "java.util.logging.Logger logger;");
            }
        });
    }

    /** Else a new package of a tier would stand outside the walls. */
    @Test
    void everyPackageInAPartyHasALine() {
        Set<String> parties = new TreeSet<>(Arrays.asList(KEEPERS));
        parties.add("trimaran.application..");
        parties.add("trimaran.seal..");
        parties.add("trimaran.model..");
        Set<String> found = new TreeSet<>();
        for (JavaClass type : House.classes()) {
            String name = type.getPackageName();
            if (parties.stream().anyMatch(party -> (name + ".").startsWith(party.substring(0, party.length() - 1)))) {
                found.add(name);
            }
        }
        assertThat(lines().keySet()).containsAll(found);
        assertThat(found).as("no line is for a package that is gone").containsAll(lines().keySet());
    }

    /** A room for trying things out must not be carried along by what is delivered. */
    @Test
    void noRoomLinksTheRoomsForTrying() {
        for (String module : House.modules()) {
            String pom = House.text(House.root().resolve(module).resolve("pom.xml"));
            if (!module.matches("simulator|trial|drills|proof|bench|spec")) {
                assertThat(linked(pom))
                        .as(module)
                        .doesNotContain("simulator", "trial", "drills", "proof", "bench", "spec");
            }
        }
        assertThat(linked("<dependency>\n <groupId>trimaran</groupId>\n <artifactId>proof</artifactId>"))
                .containsExactly("proof");
    }

    /** Invented patients belong to what an operator starts, and to nothing a hospital runs; tests may read them anywhere. */
    @Test
    void onlyOperationsLinksTheInventedHospital() {
        assertThat(House.modules()).contains("demo/hospital");
        assertThat(House.modules())
                .filteredOn(module -> !module.equals("drills"))
                .filteredOn(module -> linked(delivered(
                                House.text(House.root().resolve(module).resolve("pom.xml"))))
                        .contains("hospital"))
                .containsExactly("operations");
        String hospital =
                "<dependency>\n <groupId>trimaran</groupId>\n <artifactId>hospital</artifactId>%s</dependency>";
        assertThat(linked(delivered(hospital.formatted("")))).containsExactly("hospital");
        assertThat(linked(delivered(hospital.formatted("<scope>test</scope>")))).isEmpty();
    }

    /** A pom without what its tests alone link. */
    private static String delivered(String pom) {
        return Pattern.compile(
                        "<dependency>(?:(?!</dependency>).)*<scope>test</scope>\\s*</dependency>", Pattern.DOTALL)
                .matcher(pom)
                .replaceAll("");
    }

    private static List<String> linked(String pom) {
        return Pattern.compile("<dependency>\\s*<groupId>trimaran</groupId>\\s*<artifactId>([^<]+)</artifactId>")
                .matcher(pom)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static Map<String, List<String>> lines() {
        Map<String, List<String>> lines = new TreeMap<>();
        for (String line : Resources.lines("rooms.txt")) {
            String[] sides = line.split(": ", 2);
            List<String> allowed = new ArrayList<>(List.of(sides[1].split(" ")));
            allowed.addAll(List.of(sides[0], "java.lang", "java.lang.annotation", "org.jspecify.annotations"));
            allowed.addAll(List.of("java.util", "java.util.function", "java.util.stream", "java.util.regex"));
            lines.put(sides[0], allowed);
        }
        assertThat(lines).hasSizeGreaterThan(20);
        return lines;
    }
}
