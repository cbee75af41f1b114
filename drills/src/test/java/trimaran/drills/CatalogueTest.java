package trimaran.drills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Party;
import trimaran.trial.House;

/** Which of the project's fifty drills are played, by the drills themselves and by the document that lists them. */
class CatalogueTest {

    private static final int FIFTY = 50;

    /** As many of the fifty have to be played. */
    private static final int PLAYED_MIN = 40;

    /** A row of the table of drills: names in code signs, then numbers. */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[^|]+) \\| ([^|]+) \\|");

    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    @Test
    void atLeastFortyOfTheFiftyArePlayed() {
        Set<Integer> played = new TreeSet<>();
        Catalogue.drills().forEach(drill -> played.addAll(numbers(drill.numbers())));
        assertThat(played).allMatch(number -> number >= 1 && number <= FIFTY).hasSizeGreaterThanOrEqualTo(PLAYED_MIN);
    }

    @Test
    void theDocumentSaysTheSameNumbersOfEachDrill() throws IOException {
        String document = Files.readString(House.found().folder().resolve("docs/drills.md"));
        assertThat(differences(document, Catalogue.drills())).isEmpty();
    }

    @Test
    void aDocumentThatSaysAnotherNumberIsFound() {
        List<Drill> drills = List.of(drill("one", "17"), drill("other", "–"), drill("each-access", "8"));
        String said =
                "## The drills\n\n| `one` | 17 | so |\n| `other` | – | so |\n| `each-access` | 8 | so |\n\n## Next\n";
        assertThat(differences(said, drills)).isEmpty();
        assertThat(differences(said.replace("| 17 |", "| 16 |"), drills)).hasSize(1);
        assertThat(differences(said.replace("| – |", "| 17 |"), drills)).hasSize(1);
        assertThat(differences(said.replace("| `one` | 17 |", "| `one`, `other` | 17 |"), drills))
                .as("a drill of no number beside one that has it, and in two rows")
                .hasSize(2);
        assertThat(differences(said.replace("`each-access`", "`each-access`, `each-data`"), drills))
                .containsExactly("no drill each-data");
        assertThat(differences(said.replace("| `other` | – | so |\n", ""), drills))
                .containsExactly("other stands in 0 rows");
    }

    @Test
    void whatIsNoNumberIsRefused() {
        assertThat(numbers("1–3, 49")).containsExactly(1, 2, 3, 49);
        assertThat(numbers("–")).isEmpty();
        for (String none : List.of("", "x", "3-1-2", "1;2")) {
            assertThatIllegalArgumentException().isThrownBy(() -> numbers(none));
        }
    }

    /** Where rows and drills differ: each drill stands in one row, and the numbers of a row are those of its drills together. */
    private static List<String> differences(String document, List<Drill> drills) {
        int from = document.indexOf("## The drills");
        String table = document.substring(from, document.indexOf("\n## ", from + 1));
        Map<String, Drill> named = new TreeMap<>();
        Map<String, Integer> rows = new TreeMap<>();
        drills.forEach(drill -> {
            named.put(drill.name(), drill);
            rows.put(drill.name(), 0);
        });
        List<String> different = new ArrayList<>();
        Matcher row = ROW.matcher(table);
        while (row.find()) {
            String drillsSaid = String.valueOf(row.group(1));
            Set<Integer> said = numbers(String.valueOf(row.group(2)).strip());
            Set<Integer> claimed = new TreeSet<>();
            boolean alike = true;
            for (String name : names(drillsSaid)) {
                Drill drill = named.get(name);
                if (drill == null) {
                    different.add("no drill " + name);
                } else {
                    rows.merge(name, 1, Integer::sum);
                    Set<Integer> own = numbers(drill.numbers());
                    alike &= own.isEmpty() == said.isEmpty();
                    claimed.addAll(own);
                }
            }
            if (!alike || !said.equals(claimed)) {
                different.add(drillsSaid + " is said to play " + said + ", and plays " + claimed);
            }
        }
        rows.forEach((name, count) -> {
            if (count != 1) {
                different.add(name + " stands in " + count + " rows");
            }
        });
        return different;
    }

    /** A row may mean a drill for each party, or each tier. */
    private static List<String> names(String cell) {
        List<String> names = new ArrayList<>();
        Matcher name = NAME.matcher(cell);
        while (name.find()) {
            String one = String.valueOf(name.group(1));
            if (one.endsWith("-PARTY")) {
                Stream.of(Party.values()).forEach(party -> names.add(one.replace("PARTY", party.word())));
            } else if (one.endsWith("-TIER")) {
                Party.TIERS.forEach(party -> names.add(one.replace("TIER", party.word())));
            } else {
                names.add(one);
            }
        }
        return names;
    }

    /** {@code 18, 39}, {@code 1–3}, or a dash for none. */
    private static Set<Integer> numbers(String text) {
        Set<Integer> numbers = new TreeSet<>();
        if (text.equals("–")) {
            return numbers;
        }
        for (String part : text.split(", ", -1)) {
            if (!part.matches("\\d+(–\\d+)?")) {
                throw new IllegalArgumentException("no numbers of drills: " + text);
            }
            String[] ends = part.split("–", -1);
            for (int i = Integer.parseInt(ends[0]); i <= Integer.parseInt(ends[ends.length - 1]); i++) {
                numbers.add(i);
            }
        }
        return numbers;
    }

    private static Drill drill(String name, String numbers) {
        return Drill.withstood(name, numbers, "nothing", "nothing", scene -> {});
    }
}
