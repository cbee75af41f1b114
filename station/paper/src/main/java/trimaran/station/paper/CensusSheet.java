package trimaran.station.paper;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trimaran.station.BedPlace;
import trimaran.station.WardBoard;
import trimaran.station.WardStay;
import trimaran.station.chart.Alert;
import trimaran.station.chart.Allergies;
import trimaran.station.chart.Banner;
import trimaran.station.chart.Chart;
import trimaran.station.chart.FhirTime;
import trimaran.station.chart.Language;
import trimaran.station.chart.Measure;
import trimaran.station.chart.Places;
import trimaran.station.chart.Stay;

/** The first sheets: every bed in order, who waits for one, who comes and who goes. */
final class CensusSheet {

    private static final int BLANK_ROWS = 3;

    private final Pack pack;
    private final WardBoard board;
    private final Language language;
    private final ZoneId zone;

    CensusSheet(Pack pack) {
        this.pack = pack;
        this.board = pack.board();
        this.language = pack.language();
        this.zone = pack.view().zone();
    }

    /** @param anchors where each patient's sheets begin, in the order of {@link WardBoard#present} */
    void write(Html html, List<String> anchors) {
        html.raw("<div class=\"sheet\" id=\"census\" style=\"page: census\">");
        heading(html);
        if (pack.fromCopy()) {
            html.raw("<p class=\"allergies unsaid\">")
                    .text(pack.sourceWords()
                            + language.of(
                                    " Ce qui a été écrit depuis n’y est pas.", " What was written since is not in it."))
                    .raw("</p>");
        }
        html.tag("h2", figures());
        if (board.unreadable() > 0) {
            html.raw("<p class=\"allergies unsaid\">")
                    .text(board.unreadable()
                            + language.of(
                                    " lignes du tableau n’ont pas pu être lues : faites l’appel dans les chambres.",
                                    " lines of the board could not be read: call the roll in the rooms."))
                    .raw("</p>");
        }
        beds(html, anchors);
        people(html, language.of("Pas encore placés", "Not placed yet"), board.unplaced(), anchors);
        people(html, language.of("Entrées attendues", "Expected arrivals"), board.expected(), List.of());
        departures(html);
        phones(html);
        html.raw("</div>");
    }

    private void heading(Html html) {
        html.raw("<div class=\"head\"><table class=\"who\"><tr><td class=\"qr\"></td><td>");
        html.tag("div", "name", SheetKind.CENSUS.title(language));
        html.raw("<div>").tag("b", board.ward().name());
        if (!board.ward().department().isEmpty()) {
            html.text(", " + board.ward().department());
        }
        html.text(", " + board.beds().size() + language.of(" lits", " beds")).raw("</div>");
        html.raw("<div>")
                .text(language.of("Données du ", "Data of "))
                .tag("b", dataAt())
                .raw("</div></td><td class=\"bed\">")
                .tag("div", "number", board.ward().shortName())
                .raw("</td></tr></table></div>");
    }

    String dataAt() {
        return FhirTime.at(pack.dataAt()).words(zone).replace("\u00a0", language.of(" à ", " at "));
    }

    private String figures() {
        List<String> parts = new ArrayList<>();
        int present = board.present().size();
        parts.add(present + language.of(present == 1 ? " présent" : " présents", " present"));
        parts.add(board.freeCount() + language.of(board.freeCount() == 1 ? " libre" : " libres", " free"));
        long soiled = board.emptyCount(BedPlace.State.TO_CLEAN);
        long closed = board.emptyCount(BedPlace.State.CLOSED);
        parts.add(soiled == 0 ? "" : soiled + language.of(" à nettoyer", " to clean"));
        parts.add(closed == 0 ? "" : closed + language.of(closed == 1 ? " bloqué" : " bloqués", " blocked"));
        int unplaced = board.unplaced().size();
        parts.add(
                unplaced == 0
                        ? ""
                        : unplaced
                                + language.of(
                                        unplaced == 1 ? " pas encore placé" : " pas encore placés", " not placed yet"));
        return language.of("Recensement : ", "Census: ")
                + String.join(
                        ", ", parts.stream().filter(part -> !part.isEmpty()).toList());
    }

    // ---- beds

    private void beds(Html html, List<String> anchors) {
        html.raw("<table class=\"grid census\"><thead><tr>")
                .tag("th", "w19", language.of("Lit", "Bed"))
                .tag("th", "Patient")
                .tag("th", "w10", language.of("Âge", "Age"))
                .tag("th", "w34", "Allergies")
                .tag("th", "w22", language.of("Isolement", "Isolation"))
                .tag("th", "w22", language.of("À savoir", "To know"))
                .tag("th", "w10", "Page")
                .tag("th", "w15", language.of("Parti où, quand", "Gone where, when"))
                .raw("</tr></thead><tbody>");
        int number = 0;
        for (WardBoard.Bed bed : board.beds()) {
            String name = Places.bedName(bed.place());
            for (WardStay stay : bed.lying()) {
                row(html, name, stay, state(bed), anchors.get(number));
                number++;
            }
            if (bed.lying().isEmpty()) {
                html.raw("<tr>").tag("td", "strong", name).raw("<td></td><td></td><td></td><td></td>");
                html.cell(state(bed)).raw("<td></td><td></td></tr>");
            }
        }
        html.raw("</tbody></table>");
    }

    /** What is to be known of the bed itself; empty for one somebody simply lies in. */
    private String state(WardBoard.Bed bed) {
        BedPlace place = bed.place();
        String words = switch (place.state()) {
            case READY -> bed.lying().isEmpty() && bed.reserved().isEmpty() ? language.of("libre", "free") : "";
            case TO_CLEAN -> language.of("à nettoyer", "to clean");
            case CLOSED -> language.of("bloqué", "blocked");
            case OTHER -> place.stateWords();
        };
        List<String> parts = new ArrayList<>(List.of(words, place.note()));
        bed.reserved()
                .forEach(stay -> parts.add(language.of("réservé : ", "reserved: ")
                        + name(pack.chart(stay))
                        + (stay.start().isEmpty() ? "" : ", " + new FhirTime(stay.start()).shortWords(zone))));
        return String.join(", ", parts.stream().filter(part -> !part.isEmpty()).toList());
    }

    private void row(Html html, String bed, WardStay stay, String state, String anchor) {
        Chart chart = pack.chart(stay);
        html.raw("<tr>").tag("td", "strong", bed);
        html.tag("td", "strong", name(chart));
        html.cell(age(chart));
        allergies(html, chart.allergies());
        html.cell(joined(chart.alerts(Alert.Kind.ISOLATION), one -> one.words().replaceFirst("^Isolement ", "")));
        html.cell(toKnow(chart, state));
        html.raw("<td><a class=\"page\" href=\"#" + anchor + "\"></a></td><td></td></tr>");
    }

    /** Whose name cannot be printed whole is told by number and birth date. */
    private String name(Chart chart) {
        if (!chart.available()) {
            return language.of("Dossier indisponible", "Record not available");
        }
        Banner banner = chart.banner();
        String name = banner.nameWords(language);
        return Letters.isWhole(name)
                ? name
                : name + " (IPP " + banner.ipp() + ", " + banner.birthWords(zone, language) + ")";
    }

    private String age(Chart chart) {
        Banner banner = chart.banner();
        return banner.sexLetter(language) + "\u00a0"
                + banner.age()
                        .map(one -> one.words(language).replaceFirst("\u00a0(ans|years)$", ""))
                        .orElse("?");
    }

    private void allergies(Html html, Allergies allergies) {
        switch (allergies.state()) {
            case KNOWN ->
                html.tag(
                        "td",
                        "strong",
                        joined(allergies.known(), one -> one.substance().text().toUpperCase(java.util.Locale.FRENCH)));
            case NONE_KNOWN -> html.cell(language.of("aucune", "none"));
            case NOT_RECORDED -> html.tag("td", "strong", language.of("NON RENSEIGNÉES", "NOT RECORDED"));
            case UNAVAILABLE -> html.tag("td", "strong", language.of("INDISPONIBLES", "NOT AVAILABLE"));
        }
    }

    private String toKnow(Chart chart, String state) {
        List<String> parts = new ArrayList<>();
        chart.banner().attributes().forEach(one -> parts.add(one.words(language)));
        for (Measure one : chart.critical()) {
            parts.add(language.of("critique ", "critical ") + one.what().text() + " "
                    + one.value().words(language));
        }
        chart.alerts().stream()
                .filter(one -> one.kind() != Alert.Kind.ISOLATION)
                .forEach(one -> parts.add(one.words()));
        parts.add(state);
        return String.join(", ", parts.stream().filter(part -> !part.isEmpty()).toList());
    }

    private static <T> String joined(List<T> all, java.util.function.Function<T, String> words) {
        return String.join(", ", all.stream().map(words).toList());
    }

    // ---- below the beds

    private void people(Html html, String title, List<WardStay> stays, List<String> anchors) {
        if (stays.isEmpty()) {
            return;
        }
        html.tag("h2", title + language.of(" : ", ": ") + stays.size());
        html.raw("<table class=\"grid\">")
                .heads(
                        "Patient",
                        language.of("Âge", "Age"),
                        "Allergies",
                        language.of("Lit, quand", "Bed, when"),
                        "IPP",
                        "Page")
                .raw("<tbody>");
        for (int i = 0; i < stays.size(); i++) {
            WardStay stay = stays.get(i);
            Chart chart = pack.chart(stay);
            html.raw("<tr>").tag("td", "strong", name(chart));
            html.cell(age(chart));
            allergies(html, chart.allergies());
            String bed = stay.bed()
                    .flatMap(board::bed)
                    .map(one -> Places.bedName(one.place()) + ", ")
                    .orElse("");
            html.cell(bed + (stay.start().isEmpty() ? "" : new FhirTime(stay.start()).shortWords(zone)));
            html.cell(chart.banner().ipp());
            String page = anchors.isEmpty()
                    ? ""
                    : "<a class=\"page\" href=\"#" + anchors.get(anchors.size() - stays.size() + i) + "\"></a>";
            html.raw("<td>" + page + "</td></tr>");
        }
        html.raw("</tbody></table>");
    }

    private void departures(Html html) {
        List<String> leaving = new ArrayList<>();
        for (WardStay stay : board.present()) {
            Chart chart = pack.chart(stay);
            Optional<FhirTime> end = chart.stay().flatMap(Stay::expectedEnd);
            end.ifPresent(time -> leaving.add(chart.banner().nameWords(language) + ", " + time.shortWords(zone)));
        }
        if (!leaving.isEmpty()) {
            html.tag("h2", language.of("Sorties prévues : ", "Expected departures: ") + leaving.size());
            html.tag("p", String.join(" ; ", leaving) + ".");
        }
    }

    private void phones(Html html) {
        html.tag("h2", language.of("Qui appeler", "Whom to call"));
        String own = board.ward().phone();
        html.raw("<table class=\"grid even\"><tbody><tr>")
                .tag("td", "strong", board.ward().name())
                .cell(own.isEmpty() ? language.of("téléphone non renseigné", "telephone not recorded") : own)
                .raw("<td></td><td></td></tr>");
        html.blankRows(BLANK_ROWS, 4, "write").raw("</tbody></table>");
    }
}
