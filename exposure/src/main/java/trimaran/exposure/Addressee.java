package trimaran.exposure;

import java.util.List;

/**
 * Whom a letter goes to, as the record names them.
 *
 * @param name as on an envelope
 * @param number the hospital's number of the patient; empty if the record has none
 * @param address its lines, the last one with post code and town; none if the record has none
 * @param minor whether the letter goes to whoever answers for them
 * @param dead whether nobody is to be written to under this name
 */
public record Addressee(String name, String number, List<String> address, boolean minor, boolean dead) {
    public Addressee {
        address = List.copyOf(address);
    }

    /** Why somebody has to look before this one is posted; empty for nothing. */
    public String remark() {
        if (dead) {
            return "décès noté : à adresser aux ayants droit";
        }
        return address.isEmpty() ? "adresse absente du dossier" : "";
    }
}
