package trimaran.exposure;

import java.util.ArrayList;
import java.util.List;

/**
 * Whom a letter goes to, as the record names them.
 *
 * @param name as on an envelope
 * @param number the hospital's number of the patient; empty if the record has none
 * @param address its lines, the last one with post code and town; none if the record has none that counts now
 * @param known whether a street, a house or a free text is among them
 * @param minor whether the letter goes to whoever answers for them
 * @param dead whether nobody is to be written to under this name
 * @param merged whether another record has taken the place of this one
 */
public record Addressee(
        String name, String number, List<String> address, boolean known, boolean minor, boolean dead, boolean merged) {
    public Addressee {
        address = List.copyOf(address);
    }

    /** Why somebody has to look before this one is posted, all that is so with commas between; empty for nothing. */
    public String remark() {
        List<String> all = new ArrayList<>();
        if (dead) {
            all.add("décès noté : à adresser aux ayants droit");
        }
        if (minor) {
            all.add("mineur : vérifier à qui écrire (secret demandé, représentants)");
        }
        if (merged) {
            all.add("dossier fusionné avec un autre : une seule lettre suffit");
        }
        if (name.isEmpty()) {
            all.add("nom absent du dossier");
        }
        if (address.isEmpty()) {
            all.add("adresse absente du dossier");
        } else if (!known) {
            all.add("adresse incomplète");
        }
        return String.join(", ", all);
    }
}
