package trimaran.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import trimaran.exposure.Addressee;
import trimaran.exposure.Fallen;
import trimaran.exposure.Letter;
import trimaran.exposure.Window;
import trimaran.kernel.Bytes;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.model.JsonTree;

/** Whom a letter goes to, and what is asked for before one is written. */
class ExposureLettersTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

    private static final Fallen APPLICATION = new Fallen.Tier(Party.APPLICATION);

    @TempDir
    Path scratch;

    private static Addressee of(String json) {
        return ExposureLetters.addressee(
                JsonTree.glimpse(Bytes.ofText(json.replace('\'', '"'))).orElseThrow(), TODAY);
    }

    @Test
    void aPersonIsAddressedByTheNameInUseAndTheFirstAddress() {
        Addressee anne = of("""
                {'resourceType':'Patient','identifier':[{'system':'urn:x','value':'1'},
                {'type':{'coding':[{'code':'PI'}]},'system':'urn:y','value':'80041127'}],
                'name':[{'use':'official','family':'Petit','given':['Anne']},{'use':'usual','family':'Quatrevent','given':['Anne','Lise']}],
                'birthDate':'1951-02-03','address':[{'line':['3 rue des Essais','bâtiment B'],'postalCode':'14000','city':'Caen'}]}""");
        assertThat(anne)
                .isEqualTo(new Addressee(
                        "Anne Quatrevent",
                        "80041127",
                        List.of("3 rue des Essais", "bâtiment B", "14000 Caen"),
                        true,
                        false,
                        false,
                        false));
        assertThat(anne.remark()).isEmpty();
    }

    @Test
    void childrenAndTheDeadAreToldApart() {
        assertThat(of("{'birthDate':'2008-11-25'}").minor()).isTrue();
        assertThat(of("{'birthDate':'2008-11-24'}").minor()).isFalse();
        assertThat(of("{'birthDate':'2008'}").minor()).isTrue();
        assertThat(of("{'birthDate':'2007'}").minor()).isFalse();
        assertThat(of("{}").minor()).isFalse();
        assertThat(of("{'deceasedBoolean':true}").dead()).isTrue();
        assertThat(of("{'deceasedBoolean':false}").dead()).isFalse();
        assertThat(of("{'deceasedDateTime':'2026-11-21'}").dead()).isTrue();
        assertThat(of("{'name':[{'text':'X inconnu 12'}],'address':[{'text':'sans domicile'}]}"))
                .isEqualTo(new Addressee("X inconnu 12", "", List.of("sans domicile"), true, false, false, false));
    }

    @Test
    void nobodyIsWrittenToAtAFormerAddressOrUnderAFormerName() {
        Addressee moved = of("""
                {'name':[{'use':'maiden','family':'Petit'},{'use':'usual','family':'Fini','period':{'end':'2020'}},
                {'use':'official','family':'Quatrevent','given':['Anne']}],
                'identifier':[{'use':'old','type':{'coding':[{'code':'PI'}]},'value':'1'},{'type':{'coding':[{'code':'PI'}]},'value':'2'}],
                'address':[{'use':'old','line':['1 ancienne rue'],'city':'Caen'},{'line':['2 rue finie'],'period':{'end':'2026-11-23'}},
                {'use':'temp','line':['4 rue de passage']},{'use':'home','line':['3 rue des Essais'],'period':{'end':'2026-11-24'}}]}""");
        assertThat(moved.name()).isEqualTo("Anne Quatrevent");
        assertThat(moved.number()).isEqualTo("2");
        assertThat(moved.address()).containsExactly("3 rue des Essais");
        assertThat(of("{'name':[{'use':'old','family':'X'}],'address':[{'use':'old','line':['1 ancienne rue']}]}")
                        .remark())
                .contains("nom absent du dossier")
                .contains("adresse absente du dossier");
        assertThat(of("{'name':[{'family':'X'}],'address':[{'city':'Caen'}]}").remark())
                .isEqualTo("adresse incomplète");
        assertThat(of("{'name':[{'family':'X'}],'address':[{'line':['r']}],'link':[{'type':'replaced-by'}]}")
                        .remark())
                .contains("fusionné");
        assertThat(of("{'active':false}").merged()).isTrue();
        assertThat(of("{'active':true}").merged()).isFalse();
    }

    @Test
    void noFieldOfTheListIsRunByATableProgram() {
        assertThat(ExposureLetters.field("=HYPERLINK(\"x\")\nzwei")).isEqualTo("\"'=HYPERLINK(\"\"x\"\") zwei\"");
        assertThat(ExposureLetters.field("\n\t=1+1")).isEqualTo("\"'=1+1\"");
        assertThat(ExposureLetters.field("-1")).isEqualTo("\"'-1\"");
        assertThat(ExposureLetters.field("rue d’Essai")).isEqualTo("\"rue d’Essai\"");
        assertThat(ExposureLetters.field("")).isEqualTo("\"\"");
    }

    private LetterOptions options(String... arguments) {
        LetterOptions options = new LetterOptions();
        new CommandLine(CommandLine.Model.CommandSpec.create()
                        .addMixin("letters", CommandLine.Model.CommandSpec.forAnnotatedObject(options)))
                .parseArgs(arguments);
        return options;
    }

    private void refused(String sentence, String... arguments) {
        assertThatThrownBy(() -> options(arguments).check(home(), APPLICATION))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(sentence);
    }

    private Home home() throws IOException {
        Home home = new Home(scratch.resolve("home"));
        Path client = Files.createDirectories(home.clients().resolve("bench"));
        Files.writeString(client.resolve("badge.key"), "x");
        return home;
    }

    @Test
    void whatIsMissingOrTooLongIsSaidBeforeAnythingIsAsked() throws IOException, RefusedException {
        Path facts = Files.writeString(scratch.resolve("faits.txt"), "Ce qui s’est passé.\n\nCe qui a été fait.\n");
        Path letters = scratch.resolve("letters");
        String to = letters.toString();
        options().check(home(), APPLICATION);
        options("--letters", to, "--client", "bench", "--facts", facts.toString(), "--contact", "la DPO")
                .check(home(), APPLICATION);
        refused("go with --letters", "--client", "bench");
        refused("takes --client", "--letters", to);
        refused("no client", "--letters", to, "--client", "nobody", "--facts", facts.toString(), "--contact", "la DPO");
        refused(
                "longer than " + Letter.CONTACT_MAX,
                "--letters",
                to,
                "--client",
                "bench",
                "--facts",
                facts.toString(),
                "--contact",
                "x".repeat(Letter.CONTACT_MAX + 1));
        refused(
                "is there already",
                "--letters",
                scratch.toString(),
                "--client",
                "bench",
                "--facts",
                facts.toString(),
                "--contact",
                "la DPO");
        Path other = Files.writeString(scratch.resolve("long.txt"), "é".repeat(Letter.FACTS_MAX + 1));
        refused(
                "longer than " + Letter.FACTS_MAX,
                "--letters",
                to,
                "--client",
                "bench",
                "--facts",
                other.toString(),
                "--contact",
                "la DPO");
        Files.writeString(other, " \n");
        refused(
                "says nothing",
                "--letters",
                to,
                "--client",
                "bench",
                "--facts",
                other.toString(),
                "--contact",
                "la DPO");
        Files.write(other, new byte[] {(byte) 0xC3, 0x28});
        refused("UTF-8", "--letters", to, "--client", "bench", "--facts", other.toString(), "--contact", "la DPO");
        assertThat(letters).doesNotExist();
    }

    @Test
    void aMarkBeforeTheTextIsNoneOfItsLettersAndWhoFellReadsNoNames() throws IOException, RefusedException {
        String to = scratch.resolve("letters").toString();
        Path bom = Files.writeString(scratch.resolve("bom.txt"), "\uFEFFCe qui s’est passé.");
        LetterOptions good =
                options("--letters", to, "--client", "bench", "--facts", bom.toString(), "--contact", "la DPO");
        RecordTime now = new RecordTime(1);
        assertThat(good.letter("H", "p", new Window(now, now), now, ZoneOffset.UTC)
                        .facts())
                .containsExactly("Ce qui s’est passé.");
        Home home = home();
        assertThatThrownBy(() -> good.check(home, new Fallen.Station(Home.STATION)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("whoever fell");
    }
}
