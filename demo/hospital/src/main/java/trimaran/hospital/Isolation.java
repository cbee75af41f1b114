package trimaran.hospital;

/** How others are kept from catching something. */
enum Isolation {
    NONE("", ""),
    CONTACT("isolation-contact", "Isolement contact"),
    DROPLET("isolation-gouttelettes", "Isolement gouttelettes"),
    AIR("isolation-air", "Isolement air"),
    PROTECTIVE("isolation-protecteur", "Isolement protecteur");

    private final String code;
    private final String words;

    Isolation(String code, String words) {
        this.code = code;
        this.words = words;
    }

    String code() {
        return code;
    }

    String words() {
        return words;
    }
}
