package trimaran.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every limit of the rooms at whose doors others stand is named by a test, which goes just over it. */
class LimitsTest {

    /** Folders of the rooms that take what others send. */
    private static final List<String> ROOMS = List.of(
            "line",
            "cut",
            "relay",
            "keeper",
            "station/core",
            "station/chart",
            "station/fhir",
            "station/hl7",
            "station/paper",
            "station/web");

    /**
     * How often, or how much at a time, a party does something by itself, and what it reads of its own disk: nothing from outside
     * comes up to these.
     */
    private static final Set<String> PACES = Set.of(
            "HeldExchange.OFFERS_MAX",
            "ShareRecovery.MISSES_MAX",
            "Folders.ROUNDS_MAX",
            "Drafting.ATTEMPTS_MAX",
            "GrowthWatch.TRIES_MAX",
            "RegistryFold.STATEMENTS_MAX",
            "StationLimits.APPROVE_BYTES_MAX",
            "TlsContext.SESSIONS_MAX");

    /** Limits whose test is still to be written. This list only gets shorter. */
    private static final Set<String> OWED = Set.of();

    private static final Pattern LIMIT = Pattern.compile(
            "\\bstatic final (?:int|long|double|Duration) ((?:[A-Z0-9]+_)*(?:MAX|LIMIT)(?:_[A-Z0-9]+)*)\\b");

    @Test
    void everyLimitIsNamedByATest() {
        Set<String> limits = limits();
        assertThat(limits).hasSizeGreaterThan(60);
        Set<String> unnamed = unnamed(limits, tests());
        unnamed.removeAll(PACES);
        unnamed.removeAll(OWED);
        assertThat(unnamed).as("limits no test goes over").isEmpty();
    }

    @Test
    void whatIsExcusedIsThereAndNeedsIt() {
        Set<String> unnamed = unnamed(limits(), tests());
        assertThat(unnamed).containsAll(PACES).containsAll(OWED);
    }

    @Test
    void aLimitNoTestGoesOverIsSeen() {
        String planted = """
                final class Planted {
                    static final int ITEMS_MAX = 3;
                    private static final long MAX_BYTES = 9;
                    static final int MAXIMAL = 1;
                }
                """;
        Set<String> limits = limitsOf("Planted", planted);
        assertThat(limits).containsExactlyInAnyOrder("Planted.ITEMS_MAX", "Planted.MAX_BYTES");
        assertThat(unnamed(limits, List.of("take(Planted.ITEMS_MAX + 1); take(Other.MAX_BYTES + 1);")))
                .containsExactly("Planted.MAX_BYTES");
    }

    private static Set<String> limits() {
        Set<String> limits = new TreeSet<>();
        for (Path file : House.texts()) {
            String path = file.toString();
            boolean ours = ROOMS.stream().anyMatch(room -> path.startsWith(room + "/src/main/java/"));
            if (ours && path.endsWith(".java")) {
                String type = file.getFileName().toString().replace(".java", "");
                limits.addAll(limitsOf(type, House.text(House.root().resolve(file))));
            }
        }
        return limits;
    }

    private static Set<String> limitsOf(String type, String text) {
        Set<String> limits = new TreeSet<>();
        LIMIT.matcher(text).results().forEach(found -> limits.add(type + "." + found.group(1)));
        return limits;
    }

    /** The texts of all tests but this one, which names what has none. */
    private static List<String> tests() {
        List<String> tests = new ArrayList<>();
        for (Path file : House.texts()) {
            String path = file.toString();
            if (path.contains("src/test/java/") && path.endsWith(".java") && !path.startsWith("proof/")) {
                tests.add(House.text(House.root().resolve(file)));
            }
        }
        return tests;
    }

    private static Set<String> unnamed(Set<String> limits, List<String> tests) {
        Set<String> unnamed = new TreeSet<>();
        for (String limit : limits) {
            Pattern name = Pattern.compile("(?<![A-Za-z])" + Pattern.quote(limit) + "\\b");
            if (tests.stream().noneMatch(test -> name.matcher(test).find())) {
                unnamed.add(limit);
            }
        }
        return unnamed;
    }
}
