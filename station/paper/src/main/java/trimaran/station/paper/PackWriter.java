package trimaran.station.paper;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.ResourceId;
import trimaran.station.WardBoard;
import trimaran.station.WardStay;
import trimaran.station.chart.Chart;
import trimaran.station.chart.FhirTime;
import trimaran.station.chart.Language;
import trimaran.station.chart.Places;

/** Makes the PDF of a ward pack. One at a time is enough for any ward; each takes its memory with it when it is done. */
public final class PackWriter {

    /** The engine's own lines would repeat what stands on the sheets. Held, or it would be forgotten. */
    private static final List<Logger> ENGINE_LOGS = List.of(
            Logger.getLogger("com.openhtmltopdf"),
            Logger.getLogger("org.apache.pdfbox"),
            Logger.getLogger("org.apache.fontbox"));

    static {
        ENGINE_LOGS.forEach(log -> log.setLevel(Level.OFF));
    }

    /** Sheets that begin somewhere, in the order they lie in. */
    record Begin(String anchor, SheetKind kind, Optional<ResourceId> patient) {}

    private final Pack pack;
    private final Language language;
    private final Html html = new Html();
    private final List<Begin> begins = new ArrayList<>();

    private PackWriter(Pack pack) {
        this.pack = pack;
        this.language = pack.language();
    }

    /** The pack as PDF; {@code TOO_LARGE} for more patients than a ward has. */
    public static Outcome<byte[]> pdf(Pack pack) {
        int patients = pack.board().present().size();
        if (patients > Pack.PATIENTS_MAX) {
            return Outcome.refused(
                    Code.TOO_LARGE, "a pack has at most " + Pack.PATIENTS_MAX + " patients; this ward has " + patients);
        }
        PackWriter writer = new PackWriter(pack);
        return Outcome.done(writer.write());
    }

    private byte[] write() {
        String document = document();
        try (ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 20)) {
            PdfRendererBuilder builder = new PdfRendererBuilder();
            font(builder, "inter-regular.ttf", "Sheet", 400);
            font(builder, "inter-bold.ttf", "Sheet", 700);
            font(builder, "inter-id.ttf", "Sheet Id", 400);
            font(builder, "dejavu-sans.ttf", "Sheet Wide", 400);
            font(builder, "dejavu-sans-bold.ttf", "Sheet Wide", 700);
            // Nothing here is anybody's address: what a text looks like is never fetched.
            builder.useUriResolver((base, uri) -> uri.startsWith("#") ? uri : null);
            // An archive's PDF bears all it needs: no font of this machine is looked for, and it is read as it is in
            // thirty years.
            builder.usePdfAConformance(PdfRendererBuilder.PdfAConformance.PDFA_2_U);
            builder.useColorProfile(ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData());
            builder.withProducer("Trimaran");
            builder.withHtmlContent(document, null);
            builder.toStream(out);
            builder.run();
            return new Stamp(pack, begins).on(out.toByteArray());
        } catch (IOException broken) {
            throw new UncheckedIOException("a pack is made in memory alone", broken);
        }
    }

    private static void font(PdfRendererBuilder builder, String file, String family, int weight) {
        builder.useFont(() -> resource(file), family, weight, FontStyle.NORMAL, true);
    }

    static InputStream resource(String file) {
        return Objects.requireNonNull(PackWriter.class.getResourceAsStream(file), file);
    }

    /** The whole pack as XHTML. */
    String document() {
        List<WardStay> present = pack.board().present();
        List<String> anchors = new ArrayList<>();
        for (int i = 0; i < present.size(); i++) {
            anchors.add("p" + i);
        }
        begins.add(new Begin("census", SheetKind.CENSUS, Optional.empty()));
        html.raw("<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"" + language.of("fr", "en") + "\"><head>")
                .tag(
                        "title",
                        SheetKind.CENSUS.title(language) + ", "
                                + pack.board().ward().name())
                .raw("<style>" + style() + "</style>");
        html.raw("<bookmarks>").raw("<bookmark name=\"census\" href=\"#census\"/>");
        for (String anchor : anchors) {
            for (SheetKind kind : kinds()) {
                String name = anchor + kind.letter();
                html.raw("<bookmark name=\"" + name + "\" href=\"#" + name + "\"/>");
            }
        }
        html.raw("</bookmarks></head><body>");
        int foot = html.length();
        CensusSheet census = new CensusSheet(pack);
        census.write(
                html,
                anchors.stream()
                        .map(anchor -> anchor + SheetKind.PATIENT.letter())
                        .toList());
        for (int i = 0; i < present.size(); i++) {
            patient(present.get(i), anchors.get(i));
        }
        // It stands before all sheets, and says what only they know.
        html.insert(foot, foot(html.lacksLetters()));
        return html.raw("</body></html>").toString();
    }

    private static List<SheetKind> kinds() {
        return List.of(SheetKind.PATIENT, SheetKind.DOSES, SheetKind.BLANK);
    }

    private void patient(WardStay stay, String anchor) {
        Chart chart = pack.chart(stay);
        Heading heading = new Heading(pack, chart, bed(stay));
        for (SheetKind kind : kinds()) {
            String name = anchor + kind.letter();
            begins.add(new Begin(name, kind, Optional.of(stay.patient())));
            html.raw("<div class=\"sheet\" id=\"" + name + "\" style=\"page: h" + heading.lines() + "\">");
            heading.write(html, kind);
            heading.overflow(html);
            switch (kind) {
                case PATIENT -> new PatientSheet(pack, chart).write(html);
                case DOSES -> new DoseSheet(pack, chart).write(html);
                case BLANK -> new BlankSheet(language).write(html);
                case CENSUS -> throw new IllegalStateException("the census is no patient's");
            }
            html.raw("</div>");
        }
    }

    private String bed(WardStay stay) {
        return stay.bed()
                .flatMap(pack.board()::bed)
                .map(WardBoard.Bed::place)
                .map(Places::bedName)
                .orElse(language.of("sans lit", "no bed"));
    }

    private String foot(boolean lacksLetters) {
        Html html = new Html();
        boolean fictive =
                pack.charts().values().stream().anyMatch(chart -> chart.banner().fictive());
        html.raw("<div class=\"foot\"><div>")
                .text((pack.hospital().isEmpty() ? "" : pack.hospital() + ", ")
                        + pack.board().ward().name())
                .raw("</div><div>")
                .tag("b", language.of("Données du ", "Data of ") + new CensusSheet(pack).dataAt() + ".")
                .tag("b", pack.fromCopy() ? language.of(" Copie scellée.", " Sealed copy.") : "")
                .text(fictive ? language.of(" Fictif.", " Fictitious.") : "")
                .raw("</div><div>")
                .text(language.of("Imprimé à ", "Printed at ")
                        + FhirTime.hour(pack.view().now(), pack.view().zone()) + " " + pack.printedBy())
                .tag("b", lacksLetters ? " " + Letters.words(language) : "")
                .raw("</div></div>");
        return html.toString();
    }

    private static String style() {
        try (InputStream css = resource("sheet.css")) {
            StringBuilder all = new StringBuilder(new String(css.readAllBytes(), StandardCharsets.UTF_8));
            all.append("@page census{margin-top:40mm}");
            for (int lines = 1; lines <= Heading.LINES_MAX; lines++) {
                all.append("@page h")
                        .append(lines)
                        .append("{margin-top:")
                        .append(43 + 5 * lines)
                        .append("mm}");
            }
            return all.toString();
        } catch (IOException broken) {
            throw new UncheckedIOException("the style lies in the program itself", broken);
        }
    }
}
