package trimaran.station.paper;

import trimaran.station.chart.Language;

/** What a sheet is, and the letter its code bears. */
public enum SheetKind {
    CENSUS('R'),
    PATIENT('F'),
    DOSES('D'),
    BLANK('V');

    private final char letter;

    SheetKind(char letter) {
        this.letter = letter;
    }

    public char letter() {
        return letter;
    }

    String title(Language language) {
        return switch (this) {
            case CENSUS -> language.of("Classeur du service", "Ward pack");
            case PATIENT -> language.of("Fiche du patient", "Patient sheet");
            case DOSES -> language.of("Plan de soins : donné 24 h, dû 48 h", "Doses: given 24 h, due 48 h");
            case BLANK ->
                language.of("Constantes et transmissions, feuille vierge", "Vital signs and notes, blank form");
        };
    }
}
