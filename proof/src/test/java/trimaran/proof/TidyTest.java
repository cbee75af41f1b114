package trimaran.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The form of the house: what can be read off its texts without understanding them. */
class TidyTest {

    private static final int LINES_PER_FILE = 400;
    private static final int LINES_PER_METHOD = 60;

    /** Each is one switch over a closed choice with a line or two a case: cut apart, the table would be harder to check. */
    private static final Set<String> FLAT = Set.of("RequestCodec.encode", "Memory.value", "FakeTier.handle");

    /** Words a reader of the house has no use for; written in halves, so that this list does not find itself. */
    private static final Pattern LOOSE_ENDS = words("TO" + "DO", "FIX" + "ME", "X" + "XX");

    private static final Pattern MACHINES =
            Pattern.compile("(?<![\\w.])/(wor" + "k|ro" + "ot|fa" + "rm|tmp/w" + "t|tmp/h" + "ub)/");
    private static final Pattern MAKING = Pattern.compile("(?i)\\b(" + "cla" + "ude|anthro" + "pic|open" + "ai|chat"
            + "gpt|copi" + "lot|sub-?ag" + "ents?|language mo" + "dels?" + "|iss" + "ue #?\\d+|A"
            + "I[- ](assistant|generated|written)|the br" + "ief says)\\b");

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(#[^)]*)?\\)");
    private static final Pattern ASSERTION =
            Pattern.compile("\\b(assert\\w*|fail|refuses|holdsAndRefuses|expect\\w*|check\\w*)\\(");
    private static final Pattern LOOSE_NAME = Pattern.compile("\\w*(Manager|Util|Utils|Impl|Helper|Base|Data|Info)");

    @Test
    void theTextsAreRead() {
        assertThat(House.texts()).hasSizeGreaterThan(300);
        assertThat(java()).hasSizeGreaterThan(300);
    }

    @Test
    void noFileIsLong() {
        for (Path file : java()) {
            assertThat(House.text(file).lines().count()).as("lines of %s", file).isLessThanOrEqualTo(LINES_PER_FILE);
        }
    }

    @Test
    void noMethodIsLong() {
        List<Methods.Method> methods = Methods.of(java());
        assertThat(methods).hasSizeGreaterThan(3000);
        assertThat(methods)
                .filteredOn(method -> method.lines() > LINES_PER_METHOD)
                .extracting(Methods.Method::name)
                .isSubsetOf(FLAT);
    }

    @Test
    void aLongMethodIsSeen() {
        String text = "class Planted { void go() {\n" + "go();\n".repeat(LINES_PER_METHOD - 1) + "}\nvoid rest() {} }";
        assertThat(Methods.of("Planted", text))
                .filteredOn(method -> method.lines() > LINES_PER_METHOD)
                .extracting(Methods.Method::name)
                .containsExactly("Planted.go");
    }

    @Test
    void noLooseEndsNoTabsNoMachineNoMaking() {
        for (Path file : House.texts()) {
            List<String> found = loose(House.text(House.root().resolve(file)));
            assertThat(found).as(file.toString()).isEmpty();
        }
    }

    @Test
    void looseEndsTabsMachinesAndMakingAreSeen() {
        assertThat(loose("// TO" + "DO later")).hasSize(1);
        assertThat(loose("\tx")).hasSize(1);
        assertThat(loose("see /wor" + "k/main")).hasSize(1);
        assertThat(loose("by Cla" + "ude")).hasSize(1);
        assertThat(loose("see iss" + "ue 2")).hasSize(1);
        assertThat(loose("the workplace, a session's agent, target/work/x, todos"))
                .isEmpty();
    }

    @Test
    void everyTestAsserts() {
        assertThat(tests()).hasSizeGreaterThan(60);
        for (Path file : tests()) {
            assertThat(asserts(House.text(file))).as(file.toString()).isTrue();
        }
    }

    @Test
    void aTestWithoutAnAssertionIsSeen() {
        assertThat(asserts("class XTest { @Test void itRuns() { new X().go(); } }"))
                .isFalse();
        assertThat(asserts("class XTest { @Test void itRuns() { assertThat(x).isTrue(); } }"))
                .isTrue();
    }

    @Test
    void everyRoomSaysWhatItIsFor() {
        for (House.Room room : House.rooms()) {
            assertThat(House.text(room.folder().resolve("src/main/java/module-info.java")))
                    .as(room.name())
                    .containsPattern("(?s)/\\*\\*.{40,}\\*/\\s*@");
        }
    }

    @Test
    void noNameIsEmpty() {
        assertThat(java())
                .extracting(file -> file.getFileName().toString().replace(".java", ""))
                .filteredOn(name -> LOOSE_NAME.matcher(name).matches())
                .isEmpty();
        assertThat(LOOSE_NAME.matcher("EntryManager").matches()).isTrue();
    }

    @Test
    void linksLeadSomewhere() {
        for (Path file : House.texts()) {
            if (file.toString().endsWith(".md")) {
                assertThat(dangling(
                                House.root().resolve(file),
                                House.text(House.root().resolve(file))))
                        .as(file.toString())
                        .isEmpty();
            }
        }
    }

    @Test
    void aDanglingLinkIsSeen() {
        Path page = House.root().resolve("README.md");
        assertThat(dangling(page, "[a](STYLE.md) [b](https://example.org/x) [c](gone.md#x)"))
                .containsExactly("gone.md");
    }

    @Test
    void bothLanguagesSayTheSameThings() {
        for (Path file : House.texts()) {
            String name = file.getFileName().toString();
            if (name.matches("(.*[_-])?fr\\.properties")) {
                Path french = House.root().resolve(file);
                Path english = french.resolveSibling(name.replace("fr.properties", "en.properties"));
                assertThat(english).exists();
                assertThat(differing(House.text(french), House.text(english)))
                        .as(name)
                        .isEmpty();
            }
        }
    }

    @Test
    void aMissingTranslationIsSeen() {
        assertThat(differing("a = un\nb=deux\n# c=x\n", "a=one\n")).containsExactly("b");
        assertThat(differing("a=un\n", "a=one\nc=three\n")).containsExactly("c");
    }

    private static Set<String> differing(String one, String other) {
        Set<String> left = keys(one);
        Set<String> right = keys(other);
        Set<String> differing = new TreeSet<>(left);
        differing.addAll(right);
        left.retainAll(right);
        differing.removeAll(left);
        return differing;
    }

    private static Set<String> keys(String text) {
        Set<String> keys = new TreeSet<>();
        text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .forEach(line -> keys.add(line.split("[=:]", 2)[0].strip()));
        return keys;
    }

    private static List<String> dangling(Path page, String text) {
        return LINK.matcher(text)
                .results()
                .map(link -> link.group(1))
                .filter(target -> !target.matches("[a-z]+:.*"))
                .filter(target -> !Files.exists(page.resolveSibling(target)))
                .toList();
    }

    private static boolean asserts(String text) {
        return ASSERTION.matcher(text).find() || text.contains(" extends StoreConformance");
    }

    private static List<String> loose(String text) {
        List<String> found = new ArrayList<>();
        Map.of("loose end", LOOSE_ENDS, "machine", MACHINES, "making", MAKING, "tab", Pattern.compile("\t"))
                .forEach((kind, pattern) -> pattern.matcher(text)
                        .results()
                        .map(MatchResult::group)
                        .forEach(word -> found.add(kind + ": " + word)));
        return found;
    }

    private static Pattern words(String... words) {
        return Pattern.compile("\\b(" + String.join("|", words) + ")\\b");
    }

    private static List<Path> java() {
        return House.texts().stream()
                .filter(file -> file.toString().endsWith(".java"))
                .map(House.root()::resolve)
                .toList();
    }

    private static List<Path> tests() {
        return java().stream()
                .filter(file -> file.toString().endsWith("Test.java"))
                .toList();
    }
}
