package trimaran.station.paper;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.junit.jupiter.api.Test;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.ResourceId;
import trimaran.station.BedPlace;
import trimaran.station.WardBoard;
import trimaran.station.WardStay;
import trimaran.station.chart.Chart;
import trimaran.station.chart.ChartFold;
import trimaran.station.chart.Language;

/** A ward on paper: somebody must be able to work from it. */
class PackTest {

    private static byte[] pdf(Pack pack) {
        return switch (PackWriter.pdf(pack)) {
            case Outcome.Done<byte[]>(byte[] bytes) -> bytes;
            case Outcome.Refused<byte[]>(var refusal) -> throw new AssertionError(refusal.toString());
        };
    }

    private static List<String> pages(PDDocument document) throws IOException {
        List<String> pages = new ArrayList<>();
        for (int i = 1; i <= document.getNumberOfPages(); i++) {
            PDFTextStripper stripper = new PDFTextStripper();
            stripper.setStartPage(i);
            stripper.setEndPage(i);
            stripper.setSortByPosition(true);
            pages.add(stripper.getText(document).replace('\u00a0', ' '));
        }
        return pages;
    }

    @Test
    void aWardOfThirtyIsPrintedInTimeAndEverySheetSaysWhoseItIsHowOldAndWhich() throws IOException {
        Pack pack = Wards.pack(30, Language.FRENCH);
        pdf(Wards.pack(1, Language.FRENCH));
        long began = System.nanoTime();
        byte[] pdf = pdf(pack);
        double seconds = (System.nanoTime() - began) / 1e9;
        // For whoever wants to look at it: -Dpack.folder=DIR.
        String folder = System.getProperty("pack.folder");
        if (folder != null) {
            Files.write(Path.of(folder, "pack.pdf"), pdf);
        }
        try (PDDocument document = Loader.loadPDF(pdf)) {
            List<String> pages = pages(document);
            System.out.printf(
                    "a pack of %d patients: %d pages, %d KB, %.1f s%n",
                    pack.board().present().size(), pages.size(), pdf.length >> 10, seconds);
            assertThat(pack.board().present()).hasSize(30);
            assertThat(seconds).isLessThan(10);
            for (int i = 0; i < pages.size(); i++) {
                assertThat(pages.get(i))
                        .contains("Données du 24/11/2026 à 08:10", "page " + (i + 1) + " sur " + pages.size(), "Fictif")
                        .containsPattern("MED-A-261124-0810-%03d-[2-9A-HJ-NP-Z]{4}".formatted(i + 1));
            }
            everyPatientHasTheirSheets(pack, pages);
        }
    }

    private static void everyPatientHasTheirSheets(Pack pack, List<String> pages) {
        for (WardStay stay : pack.board().present()) {
            Chart chart = pack.chart(stay);
            String name = chart.banner().nameWords(Language.FRENCH);
            String birth = chart.banner().birthWords(Wards.PARIS, Language.FRENCH);
            List<String> own = pages.stream()
                    .filter(page -> page.contains("IPP " + chart.banner().ipp() + " "))
                    .toList();
            assertThat(own).as(name).hasSizeGreaterThanOrEqualTo(3).allMatch(page -> page.contains(birth));
            String all = String.join("\n", own).replaceAll("\\s+", " ");
            assertThat(all).contains(name.split(" ", -1)[0]);
            assertThat(own)
                    .allMatch(page -> page.toLowerCase(java.util.Locale.FRENCH)
                            .contains(chart.allergies()
                                    .stateWords(Language.FRENCH)
                                    .toLowerCase(java.util.Locale.FRENCH)));
            chart.active().forEach(one -> {
                for (String word : one.drugWords(Language.FRENCH).split(" ", -1)) {
                    assertThat(all).contains(word);
                }
            });
        }
    }

    @Test
    void nothingIsSmallerThanTenPointsAndNothingIsColoured() throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf(Wards.pack(4, Language.FRENCH)))) {
            Map<Float, String> small = new HashMap<>();
            new PDFTextStripper() {
                @Override
                protected void processTextPosition(TextPosition text) {
                    if (text.getFontSizeInPt() < 9.99f && !text.getUnicode().isBlank()) {
                        small.merge(text.getFontSizeInPt(), text.getUnicode(), String::concat);
                    }
                }
            }.getText(document);
            assertThat(small).isEmpty();
            PDFRenderer renderer = new PDFRenderer(document);
            for (int i = 0; i < document.getNumberOfPages(); i++) {
                BufferedImage image = renderer.renderImageWithDPI(i, 50);
                for (int x = 0; x < image.getWidth(); x++) {
                    for (int y = 0; y < image.getHeight(); y++) {
                        int pixel = image.getRGB(x, y);
                        assertThat((pixel >> 16 & 0xff) == (pixel & 0xff) && (pixel >> 8 & 0xff) == (pixel & 0xff))
                                .isTrue();
                    }
                }
            }
        }
    }

    @Test
    void theCodeOfEverySheetCanBeScannedAndLeadsToItsPatient() throws Exception {
        Pack pack = Wards.pack(3, Language.FRENCH);
        Set<String> seen = new HashSet<>();
        try (PDDocument document = Loader.loadPDF(pdf(pack))) {
            PDFRenderer renderer = new PDFRenderer(document);
            for (int i = 0; i < document.getNumberOfPages(); i++) {
                BufferedImage image = renderer.renderImageWithDPI(i, 110, ImageType.GRAY);
                String scanned = scanned(image.getSubimage(0, 0, image.getWidth() / 4, image.getHeight() / 5));
                assertThat(SheetCode.isWhole(scanned)).isTrue();
                seen.add(scanned.substring(scanned.indexOf('/', 3) + 1));
            }
        }
        List<String> wanted = new ArrayList<>(List.of("R/-"));
        pack.board()
                .present()
                .forEach(stay -> List.of("F/", "D/", "V/").forEach(kind -> wanted.add(kind + stay.patient())));
        assertThat(seen).containsExactlyInAnyOrderElementsOf(wanted);
    }

    private static String scanned(BufferedImage image) throws Exception {
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        return new QRCodeReader()
                .decode(
                        new BinaryBitmap(new HybridBinarizer(
                                new RGBLuminanceSource(image.getWidth(), image.getHeight(), pixels))),
                        Map.of(DecodeHintType.TRY_HARDER, true))
                .getText();
    }

    @Test
    void whoseRecordCannotBeOpenedHasSheetsThatSaySo() throws IOException {
        ResourceId patient = new ResourceId(new CellId(0, 5), 5);
        BedPlace bed = Wards.bed(patient, "301", BedPlace.State.READY, "");
        WardStay stay = new WardStay(patient, patient, Optional.of(bed.id()), WardStay.Presence.PRESENT, "");
        Pack pack = Wards.pack(
                List.of(new WardBoard.Bed(bed, List.of(stay), List.of())),
                List.of(),
                List.of(),
                Map.of(),
                Language.FRENCH);
        try (PDDocument document = Loader.loadPDF(pdf(pack))) {
            List<String> pages = pages(document);
            assertThat(pages).hasSize(4);
            assertThat(pages.subList(1, 4))
                    .allMatch(
                            page -> page.contains("Dossier indisponible") && page.contains("Allergies indisponibles"));
            assertThat(pages.getFirst()).contains("INDISPONIBLES");
        }
    }

    /** Whatever somebody wrote is text, and nothing is fetched or cut off for it. */
    @Test
    void whatPeopleWroteIsTextAndNothingElse() throws IOException {
        ResourceId patient = new ResourceId(new CellId(0, 5), 5);
        BedPlace bed = Wards.bed(patient, "301 <porte>", BedPlace.State.READY, "");
        WardStay stay = new WardStay(patient, patient, Optional.of(bed.id()), WardStay.Presence.PRESENT, "");
        Chart chart = ChartFold.of(
                List.of(
                        Wards.version(
                                patient,
                                "Patient",
                                "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"<b>&amp;\\\"'\\u0085x\"}]}"),
                        Wards.version(
                                new ResourceId(new CellId(0, 5), 6),
                                "AllergyIntolerance",
                                "{\"resourceType\":\"AllergyIntolerance\",\"code\":{\"text\":\""
                                        + "très longue ".repeat(60) + "fin\"}}")),
                Wards.VIEW);
        Pack pack = Wards.pack(
                List.of(new WardBoard.Bed(bed, List.of(stay), List.of())),
                List.of(),
                List.of(),
                Map.of(patient, chart),
                Language.ENGLISH);
        try (PDDocument document = Loader.loadPDF(pdf(pack))) {
            List<String> pages = pages(document);
            assertThat(pages)
                    .filteredOn(page -> page.contains("Patient sheet"))
                    .isNotEmpty()
                    .allMatch(page -> page.contains("<B>&AMP;\"'") && page.contains("see at the head of the sheet"));
            assertThat(pages).filteredOn(page -> page.contains("FIN")).hasSizeGreaterThanOrEqualTo(3);
        }
    }

    /** Allergies stand on every sheet; those that are too long for its heading stand whole at the head of its body. */
    @Test
    void allergiesTooLongForTheHeadingStandWholeInTheBody() {
        int state = "ALLERGIES CONNUES : ".length();
        int longest = Heading.LINE_CHARACTERS * Heading.LINES_MAX - state;
        assertThat(heading("A".repeat(1)).lines()).isEqualTo(1);
        assertThat(heading("A".repeat(longest)).lines()).isEqualTo(Heading.LINES_MAX);
        assertThat(overflow("A".repeat(longest))).isEmpty();
        assertThat(heading("A".repeat(longest + 1)).lines()).isEqualTo(Heading.LINES_MAX);
        assertThat(overflow("A".repeat(longest + 1))).contains("A".repeat(longest + 1));
    }

    private static String overflow(String allergy) {
        Html html = new Html();
        heading(allergy).overflow(html);
        return html.toString();
    }

    private static Heading heading(String allergy) {
        Chart chart = ChartFold.of(
                List.of(Wards.version(
                        new ResourceId(new CellId(0, 5), 6),
                        "AllergyIntolerance",
                        "{\"resourceType\":\"AllergyIntolerance\",\"code\":{\"text\":\"" + allergy + "\"}}")),
                Wards.VIEW);
        return new Heading(Wards.pack(List.of(), List.of(), List.of(), Map.of(), Language.FRENCH), chart, "301");
    }

    @Test
    void oneMoreThanAPackHoldsIsRefused() {
        ResourceId patient = new ResourceId(new CellId(0, 5), 5);
        WardStay stay = new WardStay(patient, patient, Optional.empty(), WardStay.Presence.PRESENT, "");
        Pack pack = Wards.pack(
                List.of(), Collections.nCopies(Pack.PATIENTS_MAX + 1, stay), List.of(), Map.of(), Language.FRENCH);
        assertThat(PackWriter.pdf(pack))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        no -> assertThat(no.refusal().code()).isEqualTo(Code.TOO_LARGE));
    }

    /** Whoever holds a sheet sees that it was printed with nobody asked. */
    @Test
    void whatComesFromASealedCopySaysSoAndWhatIsLiveDoesNot() throws IOException {
        Pack live = Wards.pack(1, Language.FRENCH);
        Pack copied = Wards.fromCopy(live);
        assertThat(copied.sourceWords()).contains("Copie scellée");
        assertThat(live.sourceWords()).isEmpty();
        try (PDDocument copy = Loader.loadPDF(pdf(copied));
                PDDocument read = Loader.loadPDF(pdf(live))) {
            assertThat(pages(copy)).allMatch(page -> page.contains("Copie scellée."));
            assertThat(pages(read)).noneMatch(page -> page.contains("Copie scellée"));
        }
    }
}
