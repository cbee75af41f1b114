package trimaran.station.paper;

import trimaran.station.chart.Language;

/** A form to write on: vital signs and notes. */
final class BlankSheet {

    private static final int VITAL_ROWS = 10;
    private static final int VITAL_CELLS = 11;
    private static final int NOTE_ROWS = 9;

    private final Language language;

    BlankSheet(Language language) {
        this.language = language;
    }

    void write(Html html) {
        html.tag(
                "p",
                language.of(
                        "Feuille vierge numérotée. Au retour, présentez le code : la bonne page s’ouvre.",
                        "Numbered blank form. When the system is back show it the code: the right page opens."));
        html.tag("h2", language.of("Constantes", "Vital signs"));
        html.raw("<table class=\"grid blank\">")
                .heads(
                        language.of("Date, heure", "Date, time"),
                        language.of("Tension", "Pressure"),
                        language.of("Pouls", "Pulse"),
                        language.of("Temp.", "Temp."),
                        "SpO₂",
                        language.of("O₂ L/min", "O₂ L/min"),
                        language.of("Fréq. resp.", "Resp. rate"),
                        language.of("Douleur /10", "Pain /10"),
                        language.of("Diurèse mL", "Urine mL"),
                        language.of("Glycémie", "Glucose"),
                        language.of("Nom", "Name"))
                .raw("<tbody>")
                .blankRows(VITAL_ROWS, VITAL_CELLS, "write")
                .raw("</tbody></table>");
        html.tag("h2", language.of("Transmissions, notes et visites", "Notes and visits"));
        html.raw("<table class=\"grid notes\"><thead><tr>")
                .tag("th", "hour", language.of("Heure", "Time"))
                .tag(
                        "th",
                        language.of(
                                "Ce qui se passe, ce qu’on fait, ce qu’il faut surveiller",
                                "What happens, what is done, what to watch"))
                .tag("th", "sign", language.of("Nom, signature", "Name, signature"))
                .raw("</tr></thead><tbody>")
                .blankRows(NOTE_ROWS, 3, "write")
                .raw("</tbody></table>");
    }
}
