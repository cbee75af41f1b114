package trimaran.hospital;

/** What somebody is given to eat. */
enum Diet {
    NORMAL("Normal"),
    LOW_SALT("Sans sel"),
    DIABETIC("Diabétique"),
    LOW_RESIDUE("Sans résidu"),
    MIXED("Mixé, eau gélifiée"),
    RENAL("Pauvre en potassium et en phosphore"),
    NOTHING("À jeun"),
    MILK("Lait maternel ou premier âge"),
    CHILD("Enfant"),
    ENRICHED("Enrichi en protéines");

    private final String words;

    Diet(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
