package trimaran.station.paper;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trimaran.station.chart.Allergies;
import trimaran.station.chart.Banner;
import trimaran.station.chart.Chart;
import trimaran.station.chart.Language;
import trimaran.station.chart.Stay;

/** What stands on top of every sheet about a patient: who it is, and what can kill. */
final class Heading {

    /** Characters of bold 11 points that fit one line of the sheet, counted narrowly so that no line is ever too long. */
    static final int LINE_CHARACTERS = 62;

    /** A heading of more lines is written into the sheet's body, where it may be as long as it must. */
    static final int LINES_MAX = 4;

    private final Pack pack;
    private final Chart chart;
    private final String bed;
    private final Language language;
    private final ZoneId zone;

    Heading(Pack pack, Chart chart, String bed) {
        this.pack = pack;
        this.chart = chart;
        this.bed = bed;
        this.language = pack.language();
        this.zone = pack.view().zone();
    }

    /** Lines the allergies take: the page keeps as much room. */
    int lines() {
        int lines = (words().length() + LINE_CHARACTERS - 1) / LINE_CHARACTERS;
        return Math.clamp(lines, 1, LINES_MAX);
    }

    private boolean fits() {
        return words().length() <= LINE_CHARACTERS * LINES_MAX;
    }

    /** Allergies that are too many for the heading, at the head of the body. */
    void overflow(Html html) {
        if (!fits()) {
            html.raw("<div class=\"allergies known\">").text(words()).raw("</div>");
        }
    }

    private String words() {
        Allergies allergies = chart.allergies();
        List<String> parts = new ArrayList<>();
        String state = allergies.stateWords(language);
        String list = String.join(
                ", ", allergies.known().stream().map(one -> one.words(language)).toList());
        parts.add(
                allergies.known().isEmpty()
                        ? state
                        : state.toUpperCase(java.util.Locale.FRENCH) + language.of("\u00a0: ", ": ") + list);
        parts.add(allergies.adviceWords(language));
        return String.join(". ", parts.stream().filter(part -> !part.isEmpty()).toList());
    }

    private String style() {
        return switch (chart.allergies().state()) {
            case KNOWN -> "known";
            case NONE_KNOWN -> "none";
            case NOT_RECORDED, UNAVAILABLE -> "unsaid";
        };
    }

    void write(Html html, SheetKind kind) {
        Banner banner = chart.banner();
        html.raw("<div class=\"head\"><table class=\"who\"><tr><td class=\"qr\"></td><td>");
        html.tag("div", "name", chart.available() ? banner.nameWords(language) : unavailable());
        html.raw("<div>");
        banner.atBirth()
                .ifPresent(name -> html.text(language.of(banner.sex().equals("male") ? "né " : "née ", "born "))
                        .tag("b", name.familyWords())
                        .raw("&#160;&#160; "));
        html.tag("b", banner.birthWords(zone, language))
                .text(" (" + banner.ageWords(language) + ")")
                .raw("&#160;&#160; ")
                .text(banner.sexWords(language));
        attributes(html, banner);
        html.raw("</div><div class=\"id\">");
        identity(html, banner);
        html.raw("</div><div>");
        html.tag("b", kind.title(language));
        html.raw("</div></td>");
        html.raw("<td class=\"bed\">");
        bed(html);
        html.raw("</td></tr></table>");
        String words = fits()
                ? words()
                : chart.allergies().stateWords(language)
                        + language.of("\u00a0: voir en tête de la feuille", ": see at the head of the sheet");
        html.raw("<div class=\"allergies " + style() + "\">").text(words).raw("</div></div>");
    }

    private String unavailable() {
        return language.of("Dossier indisponible", "Record not available");
    }

    private void attributes(Html html, Banner banner) {
        banner.attributes()
                .forEach(one -> html.raw("&#160;&#160; <b class=\"frame\">")
                        .text(one.words(language))
                        .raw("</b>"));
        boolean whole = Letters.isWhole(banner.nameWords(language))
                && banner.atBirth()
                        .map(name -> Letters.isWhole(name.familyWords()))
                        .orElse(true);
        if (!whole) {
            html.raw("&#160;&#160; <b class=\"frame\">")
                    .text(language.of("Nom incomplet : voir IPP", "Name incomplete: see IPP"))
                    .raw("</b>");
        }
        if (banner.dead()) {
            html.raw("&#160;&#160; ").tag("b", language.of("décédé", "deceased"));
        }
    }

    private void identity(Html html, Banner banner) {
        boolean shown = banner.shownIns().isPresent();
        html.text((shown ? "INS " : "") + banner.insWords(language) + " ")
                .tag("b", banner.state().words(language));
        html.raw("&#160;&#160; ")
                .text("IPP ")
                .tag("b", banner.ipp().isEmpty() ? language.of("non renseigné", "not recorded") : banner.ipp());
        Optional<Stay> stay = chart.stay();
        stay.filter(one -> !one.number().isEmpty())
                .ifPresent(one -> html.raw("&#160;&#160; ")
                        .text(language.of("Séjour ", "Stay "))
                        .tag("b", one.number()));
    }

    /** The number large, the rest of the bed's name below. */
    private void bed(Html html) {
        int space = bed.indexOf(' ');
        html.tag("div", "number", space < 0 ? bed : bed.substring(0, space));
        html.tag("div", space < 0 ? "" : bed.substring(space + 1));
        html.tag("div", pack.board().ward().shortName());
    }
}
