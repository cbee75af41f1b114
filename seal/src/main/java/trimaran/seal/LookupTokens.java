package trimaran.seal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.SecretBytes;
import trimaran.shares.AuthenticatedEncryption;
import trimaran.shares.Domain;
import trimaran.shares.KeyDerivation;
import trimaran.shares.LookupPartial;

/**
 * The station's side of finding by a trait without showing it (DESIGN §8): a term out of the trait under the key of the
 * search cell, then a token out of the keepers' partials of that term.
 *
 * <pre>
 * t = HMAC-SHA256(HKDF-SHA256(K of the search cell, no salt, tag), type ‖ 0x00 ‖ normalised value)
 * token = HMAC(s1, tag ‖ t) ⊕ HMAC(s2, tag ‖ t) ⊕ HMAC(s3, tag ‖ t)
 * </pre>
 */
public final class LookupTokens {

    private LookupTokens() {}

    /**
     * The term t that goes to the keepers; it hides the trait from them.
     *
     * @param type what the value is, such as {@code ins} or an identifier's system; without the character 0
     * @param value normalised by the caller: two spellings of one trait must come here as one
     */
    public static Digest term(CellKey searchCell, String type, String value) {
        if (type.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a type of trait has no character 0");
        }
        SecretBytes key = KeyDerivation.derive(
                searchCell.secret(),
                new byte[0],
                Domain.SEARCH_KEY.begin().toArray(),
                AuthenticatedEncryption.KEY_BYTES);
        return KeyDerivation.authenticate(
                key, type.getBytes(StandardCharsets.UTF_8), new byte[] {0}, value.getBytes(StandardCharsets.UTF_8));
    }

    /** The token, from the three partials of one term in any order. */
    public static Digest token(Digest one, Digest two, Digest three) {
        byte[] token = one.toArray();
        for (int i = 0; i < token.length; i++) {
            token[i] ^= (byte) (two.unsafeArray()[i] ^ three.unsafeArray()[i]);
        }
        return Digest.of(token);
    }

    /**
     * The tokens to look for.
     *
     * @param tokens one, or where two holders of an s differ every token their answers allow: look for each
     * @param disputed numbers of the s whose holders differ: alarm
     */
    public record Candidates(List<Digest> tokens, Set<Integer> disputed) {
        public Candidates {
            tokens = List.copyOf(tokens);
            disputed = Set.copyOf(disputed);
        }
    }

    /** What the partials of two or three keepers allow; {@link Code#UNAVAILABLE} while one of the three is missing. */
    public static Outcome<Candidates> candidates(List<LookupPartial> partials) {
        List<List<Digest>> byNumber = new ArrayList<>();
        Set<Integer> disputed = new TreeSet<>();
        for (int number = 1; number <= 3; number++) {
            int wanted = number;
            List<Digest> values = partials.stream()
                    .filter(each -> each.number() == wanted)
                    .map(LookupPartial::value)
                    .distinct()
                    .toList();
            if (values.isEmpty()) {
                return Outcome.refused(Code.UNAVAILABLE, "Two keepers are needed to look something up.");
            }
            if (values.size() > 2) {
                return Outcome.refused(Code.BAD_SHARE, "More answers than a lookup secret has holders.");
            }
            if (values.size() == 2) {
                disputed.add(number);
            }
            byNumber.add(values);
        }
        Set<Digest> tokens = new LinkedHashSet<>();
        for (Digest one : byNumber.get(0)) {
            for (Digest two : byNumber.get(1)) {
                for (Digest three : byNumber.get(2)) {
                    tokens.add(token(one, two, three));
                }
            }
        }
        return Outcome.done(new Candidates(List.copyOf(tokens), disputed));
    }
}
