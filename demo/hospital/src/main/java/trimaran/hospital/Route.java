package trimaran.hospital;

/** By which way a drug is given, in words as a nurse reads them; codes are the EDQM's standard terms. */
enum Route {
    ORAL("voie orale", "20053000"),
    INTRAVENOUS("voie intraveineuse", "20045000"),
    SUBCUTANEOUS("voie sous-cutanée", "20066000"),
    INHALED("voie inhalée", "20020000"),
    TRANSDERMAL("voie transdermique", "20070000"),
    OCULAR("voie ophtalmique", "20047500");

    private final String words;
    private final String code;

    Route(String words, String code) {
        this.words = words;
        this.code = code;
    }

    String words() {
        return words;
    }

    String code() {
        return code;
    }
}
