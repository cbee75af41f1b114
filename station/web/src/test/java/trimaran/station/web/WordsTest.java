package trimaran.station.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import trimaran.kernel.Party;
import trimaran.station.chart.Language;

class WordsTest {

    private static final Pattern SAID = Pattern.compile("\\b(say|count)\\(\\s*\"([a-z_.0-9-]+)\"\\s*([,)])");

    @Test
    void everySentenceAPageSaysIsThereInBothLanguages() throws IOException {
        Set<String> said = said();
        assertThat(said).hasSizeGreaterThan(150);
        for (Language language : Language.values()) {
            assertThat(said).as(language.name()).allMatch(Words.of(language)::has);
        }
    }

    private static Set<String> said() throws IOException {
        Set<String> said = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().matches(".*\\.(jte|java)"))
                    .toList()) {
                SAID.matcher(Files.readString(file)).results().forEach(found -> {
                    if (String.valueOf(found.group(1)).equals("count")) {
                        said.add(found.group(2) + ".one");
                        said.add(found.group(2) + ".many");
                    } else {
                        said.add(String.valueOf(found.group(2)));
                    }
                });
            }
        }
        return said;
    }

    @Test
    void whatIsSaidByAPartOrAStateIsThereForEach() {
        for (Language language : Language.values()) {
            Words words = Words.of(language);
            for (Party party : Party.TIERS) {
                for (String key :
                        new String[] {"party.", "task.", "afloat.", "silent.", "advice.", "works.", "waits."}) {
                    assertThat(words.has(key + party.word()))
                            .as(key + party.word())
                            .isTrue();
                }
            }
            for (Turnstile.No no : Turnstile.No.values()) {
                boolean byCode = no == Turnstile.No.NOT_TAKEN;
                String key = "login." + no.name().toLowerCase(java.util.Locale.ROOT);
                assertThat(words.has(key)).as(key).isEqualTo(!byCode);
            }
            for (PatientPages.Tab tab : PatientPages.Tab.values()) {
                assertThat(words.has(tab.key())).as(tab.key()).isTrue();
            }
            for (BedForms.Choice choice : BedForms.Choice.values()) {
                assertThat(words.has(choice.key())).as(choice.key()).isTrue();
            }
            for (String reason : DoseForm.REASONS) {
                boolean translated = !DoseForm.reason(reason, words).equals(reason);
                assertThat(translated).as(reason).isEqualTo(language == Language.ENGLISH);
            }
            for (int up = 0; up <= Party.TIERS.size(); up++) {
                assertThat(words.has("hulls." + up)).isTrue();
            }
            for (String situation : new String[] {"all", "two", "alone"}) {
                assertThat(words.has("works." + situation)).isTrue();
                assertThat(words.has("waits." + situation)).isTrue();
            }
        }
    }

    @Test
    void oneAndManyAreCountedAsEachLanguageCounts() {
        assertThat(Words.of(Language.FRENCH).count("kept", 0)).isEqualTo("0 écriture gardée ici, pas encore partagée");
        assertThat(Words.of(Language.ENGLISH).count("kept", 0)).isEqualTo("0 entries kept here, not shared yet");
        assertThat(Words.of(Language.FRENCH).count("kept", 2)).startsWith("2 écritures gardées");
        assertThat(Words.of(Language.ENGLISH).count("kept", 1)).startsWith("1 entry kept");
    }
}
