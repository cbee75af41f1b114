package trimaran.station.web;

import java.util.List;
import trimaran.kernel.Outcome;
import trimaran.record.Signer;

/** The badges a person may log in with here. Implemented by the station's main over key files. */
public interface Badges {

    /** Names of badges anybody may see: those of an invented hospital. Empty elsewhere. */
    List<String> shown();

    /** Whether there is a badge of this name; nobody outside MUST be told. The name is as for {@link #open}. */
    boolean has(String name);

    /**
     * Opens a badge.
     *
     * @param name lower case letters, digits and hyphens, so that it is safe in a file name
     * @param pin wiped by the caller afterwards
     * @return what signs in its name; {@code WRONG_PIN} if the two do not belong together or there is no such badge
     */
    Outcome<Signer> open(String name, char[] pin);
}
