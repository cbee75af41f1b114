package trimaran.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Entropy;
import trimaran.kernel.Refusal;
import trimaran.process.Configuration;

/**
 * The badge that opens the sealed copies a station keeps of wards: a key file where its holder wants it, and beside the station its public
 * half and the lines of the configuration that say so.
 *
 * <p>They are written in this order, each durably: a station MUST NOT seal to a badge nobody has. Where that broke off, a key file is
 * left that opens nothing yet; the next attempt takes it up under its PIN. So one badge may be several stations', too.
 */
final class WardBadge {

    private WardBadge() {}

    static boolean isThere(Path file) {
        return Files.exists(file);
    }

    /**
     * Makes the badge, unless it is there already, and has the station seal to it from its next start on.
     *
     * @param wards as {@link PartyConfiguration#keepCopies}
     * @param reader likewise
     * @return its public half
     */
    static Bytes give(Path file, char[] pin, Path station, String wards, String reader, Entropy entropy)
            throws RefusedException, IOException {
        Bytes open = isThere(file) ? takenUp(file, pin) : Badges.createWard(file, pin, entropy);
        Configuration.replaceBeside(station.resolve(PartyConfiguration.FILE), PartyConfiguration.WARD_BADGE, open);
        PartyConfiguration.keepCopies(station, wards, reader);
        return open;
    }

    private static Bytes takenUp(Path file, char[] pin) throws RefusedException {
        try {
            return Badges.openWard(file, pin);
        } catch (RefusedException closed) {
            Refusal refusal = closed.refusal();
            throw new RefusedException(
                    refusal.code(),
                    refusal.code() == Code.WRONG_PIN
                            ? file
                                    + " is there already and opens with another PIN; type that one, or name a file that is"
                                    + " not there"
                            : file
                                    + " is there already and no ward badge that can be read; name a file that is not there");
        }
    }
}
