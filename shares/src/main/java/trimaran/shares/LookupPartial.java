package trimaran.shares;

import java.util.List;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.SecretBytes;
import trimaran.kernel.Writer;

/**
 * A keeper's part of a lookup token: HMAC-SHA256 of the station's term under lookup secret s1, s2 or s3 (DESIGN §8). The
 * token is the exclusive or of all three, so a keeper, holding two, can neither compute a token nor test a guess.
 *
 * @param number which s, 1 to 3
 */
public record LookupPartial(int number, Digest value) {

    public LookupPartial {
        if (number < 1 || number > 3) {
            throw new IllegalArgumentException("there are lookup secrets 1 to 3");
        }
    }

    /** What a keeper answers: the partials of the two secrets it holds, lower number first. */
    public static List<LookupPartial> answer(SharePair secrets, Digest term) {
        int lower = SharePair.lowerNumber(secrets.keeper());
        int higher = SharePair.higherNumber(secrets.keeper());
        return List.of(
                new LookupPartial(lower, partial(secrets.lower(), term)),
                new LookupPartial(higher, partial(secrets.higher(), term)));
    }

    /** One partial: HMAC(s, tag ‖ term). */
    public static Digest partial(SecretBytes lookupSecret, Digest term) {
        return KeyDerivation.authenticate(
                lookupSecret, Domain.LOOKUP_PARTIAL.begin().toArray(), term.unsafeArray());
    }

    public static LookupPartial read(Reader reader) throws MalformedException {
        int number = reader.u8();
        if (number < 1 || number > 3) {
            throw new MalformedException("there are lookup secrets 1 to 3");
        }
        return new LookupPartial(number, reader.digest());
    }

    public void write(Writer writer) {
        writer.u8(number).digest(value);
    }
}
