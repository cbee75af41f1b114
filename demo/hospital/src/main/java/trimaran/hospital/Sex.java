package trimaran.hospital;

/** Administrative sex (R4, administrative-gender), as far as the demonstration has it. */
enum Sex {
    FEMALE("female", "F", "2"),
    MALE("male", "H", "1");

    private final String code;
    private final String letter;
    private final String digit;

    Sex(String code, String letter, String digit) {
        this.code = code;
        this.letter = letter;
        this.digit = digit;
    }

    String code() {
        return code;
    }

    String letter() {
        return letter;
    }

    /** The first digit of a French national number. */
    String digit() {
        return digit;
    }
}
