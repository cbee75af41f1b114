package trimaran.station.paper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import trimaran.kernel.CellId;
import trimaran.kernel.Outcome;
import trimaran.kernel.ResourceId;
import trimaran.station.BedPlace;
import trimaran.station.WardBoard;
import trimaran.station.WardStay;
import trimaran.station.chart.Chart;
import trimaran.station.chart.ChartFold;
import trimaran.station.chart.Language;

/** Names in any script on paper: whole, or said to be incomplete, with what identifies the patient all the same. */
class LettersTest {

    /** As it is written and as it must be readable on paper; invented. */
    private static final Map<String, String> READABLE = Map.of(
            "Παπαδοπούλου Ελένη", "ΠΑΠΑΔΟΠΟΎΛΟΥ Ελένη",
            "Їжакевич Ольга", "ЇЖАКЕВИЧ Ольга",
            "Nguyễn Thị Ánh", "NGUYỄN Thị Ánh",
            // The same letters with their marks apart, as some senders write them.
            "Tra\u0302\u0300n Hu\u031b\u01a1ng", "TR\u1ea6N H\u01b0\u01a1ng",
            "Łukaszewicz Żaneta", "ŁUKASZEWICZ Żaneta",
            "Սարոյան Անի", "ՍԱՐՈՅԱՆ Անի",
            "Yıldız Çağrı", "YILDIZ Çağrı");

    private static final List<String> NOT_READABLE = List.of("محفوظ نجيب", "王 小明", "शर्मा अनिता", "כהן דוד", "김 민지");

    @Test
    void aNameOfLettersWrittenOneAfterAnotherIsWholeOnEverySheet() throws IOException {
        List<String> names = new ArrayList<>(READABLE.keySet());
        List<String> pages = pages(names, Language.FRENCH);
        for (int i = 0; i < names.size(); i++) {
            String name = READABLE.getOrDefault(names.get(i), "");
            assertThat(sheets(pages, i)).as(name).hasSizeGreaterThanOrEqualTo(3).allMatch(page -> page.contains(name));
            assertThat(pages.getFirst()).as("census").contains(name.split(" ", -1)[0]);
        }
        assertThat(pages).noneMatch(page -> page.contains(Letters.MISSING) || page.contains("Nom incomplet"));
    }

    @Test
    void aNameThatCannotBePrintedIsSaidToBeAndIdentifiedByNumberAndBirthDate() throws IOException {
        List<String> pages = pages(NOT_READABLE, Language.FRENCH);
        for (int i = 0; i < NOT_READABLE.size(); i++) {
            assertThat(sheets(pages, i))
                    .as(NOT_READABLE.get(i))
                    .hasSizeGreaterThanOrEqualTo(3)
                    .allMatch(page -> page.contains(Letters.MISSING)
                            && page.contains("Nom incomplet : voir IPP")
                            && page.contains("14/03/1944"));
            assertThat(pages.getFirst()).as("census").contains("(IPP", ipp(i));
        }
        assertThat(pages.getFirst()).contains("14/03/1944");
        assertThat(pages).allMatch(page -> page.contains(Letters.MISSING + " : lettre non imprimable."));
        assertThat(pages(NOT_READABLE.subList(1, 2), Language.ENGLISH))
                .anyMatch(page -> page.contains("Name incomplete: see IPP"))
                .allMatch(page -> page.contains(Letters.MISSING + ": a letter that cannot be printed."));
    }

    /** Whatever letter somebody writes, a sheet prints it or its place: none goes missing. */
    @Test
    void noLetterOfAnyScriptIsDropped() {
        for (int letter = 0x20; letter <= 0x2ffff; letter++) {
            if (Character.isLetterOrDigit(letter)) {
                String printed = Letters.printed("a" + Character.toString(letter) + "b");
                assertThat(printed.codePointCount(0, printed.length()))
                        .as(Integer.toHexString(letter))
                        .isGreaterThanOrEqualTo(3);
            }
        }
        assertThat(Letters.printed("\ud83e\uddff\ue000")).isEqualTo(Letters.MISSING + Letters.MISSING);
        assertThat(Letters.printed("No\u200eel\u00ad")).isEqualTo("Noel");
    }

    private static List<String> sheets(List<String> pages, int patient) {
        return pages.stream()
                .skip(1)
                .filter(page -> page.contains("IPP " + ipp(patient)))
                .toList();
    }

    private static String ipp(int patient) {
        return "99000" + (1000 + patient);
    }

    private static List<String> pages(List<String> names, Language language) throws IOException {
        List<WardBoard.Bed> beds = new ArrayList<>();
        Map<ResourceId, Chart> charts = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            ResourceId patient = new ResourceId(new CellId(0, 5 + i), 5);
            String[] parts = names.get(i).split(" ", 2);
            charts.put(
                    patient,
                    ChartFold.of(
                            List.of(Wards.version(patient, "Patient", """
                    {"resourceType":"Patient","identifier":[{"system":"urn:trimaran:demo:ipp","value":"%s",
                    "type":{"coding":[{"code":"PI"}]}}],"birthDate":"1944-03-14","gender":"female",
                    "name":[{"use":"usual","family":"%s","given":["%s"]}]}""".formatted(ipp(i), parts[0], parts[1]))),
                            Wards.VIEW));
            BedPlace bed = Wards.bed(patient, "3" + i, BedPlace.State.READY, "");
            WardStay stay = new WardStay(patient, patient, Optional.of(bed.id()), WardStay.Presence.PRESENT, "");
            beds.add(new WardBoard.Bed(bed, List.of(stay), List.of()));
        }
        Pack pack = Wards.pack(beds, List.of(), List.of(), charts, language);
        if (!(PackWriter.pdf(pack) instanceof Outcome.Done<byte[]>(byte[] pdf))) {
            throw new AssertionError("no pack was made");
        }
        String folder = System.getProperty("pack.folder");
        if (folder != null) {
            Files.write(Path.of(folder, "letters-" + names.size() + ".pdf"), pdf);
        }
        List<String> pages = new ArrayList<>();
        try (PDDocument document = Loader.loadPDF(pdf)) {
            for (int i = 1; i <= document.getNumberOfPages(); i++) {
                PDFTextStripper stripper = new PDFTextStripper();
                stripper.setStartPage(i);
                stripper.setEndPage(i);
                stripper.setSortByPosition(true);
                pages.add(stripper.getText(document).replace('\u00a0', ' '));
            }
        }
        return pages;
    }
}
