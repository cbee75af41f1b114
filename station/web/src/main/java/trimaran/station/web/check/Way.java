package trimaran.station.web.check;

import java.util.List;
import java.util.Optional;
import trimaran.station.chart.Language;

/** By which way a drug goes in; codes are the EDQM's standard terms, words as they stand in French prescriptions. */
public enum Way {
    ORAL("20053000", "voie orale", "by mouth"),
    INTRAVENOUS("20045000", "voie intraveineuse", "intravenous"),
    SUBCUTANEOUS("20066000", "voie sous-cutanée", "subcutaneous"),
    INTRAMUSCULAR("20035000", "voie intramusculaire", "intramuscular"),
    INHALED("20020000", "voie inhalée", "inhaled"),
    TRANSDERMAL("20070000", "voie transdermique", "transdermal"),
    OCULAR("20047500", "voie ophtalmique", "ocular"),
    RECTAL("20061000", "voie rectale", "rectal");

    private final String code;
    private final String words;
    private final String english;

    Way(String code, String words, String english) {
        this.code = code;
        this.words = words;
        this.english = english;
    }

    /** As a resource names it. */
    public String code() {
        return code;
    }

    /** As a resource says it: the record is French. */
    public String words() {
        return words;
    }

    public String words(Language language) {
        return language == Language.FRENCH ? words : english;
    }

    public static Optional<Way> of(String name) {
        return List.of(values()).stream().filter(one -> one.name().equals(name)).findFirst();
    }
}
