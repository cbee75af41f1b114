package trimaran.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.record.PartyKeys;

/** What a party says of itself after {@code keys}: its public keys, or a station's line key. */
final class Cards {

    static final String FILE = "card";

    /** A card of the largest keys takes 8 kB. */
    private static final int BYTES_MAX = 64 << 10;

    private Cards() {}

    /** @param file a party's card */
    static PartyKeys party(Party party, Path file) throws RefusedException {
        try {
            PartyKeys keys = Reader.whole(bytes(file), PartyKeys::read);
            if (keys.party() != party) {
                throw new RefusedException(Code.KEY_FILE, "the card " + file + " is not of " + party.word());
            }
            return keys;
        } catch (MalformedException damaged) {
            throw unreadable(file);
        }
    }

    /** What two people compare, one at the machine that made the keys and one where officers sign for them. */
    static String compared(Path file) throws RefusedException {
        return "fingerprint of this card: " + Digest.sha256(bytes(file)).hex().replaceAll("(.{8})(?=.)", "$1 ");
    }

    /** @return SHA-256 of the key under which the station speaks TLS */
    static Digest station(Path file) throws RefusedException {
        try {
            return Reader.whole(bytes(file), Reader::digest);
        } catch (MalformedException damaged) {
            throw unreadable(file);
        }
    }

    private static Bytes bytes(Path file) throws RefusedException {
        try (var in = Files.newInputStream(file)) {
            return Bytes.wrap(in.readNBytes(BYTES_MAX));
        } catch (IOException absent) {
            throw unreadable(file);
        }
    }

    private static RefusedException unreadable(Path file) {
        return new RefusedException(Code.KEY_FILE, "the card " + file + " is missing or damaged");
    }
}
