package trimaran.station.fhir;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Entropy;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.SecretBytes;
import trimaran.kernel.Writer;
import trimaran.shares.AuthenticatedEncryption;
import trimaran.shares.KeyDerivation;

/**
 * Links from one page to the next (R4 search, paging). A link carries what was asked for and how far the client is, sealed under
 * a key of this door that lives as long as it is open: the door keeps nothing between two pages, a link tells nobody whom it is
 * about, and a changed one is refused.
 */
final class Paging {

    /** The one parameter of such a link. */
    static final String PARAMETER = "_page";

    private static final byte[] USE = Bytes.ofText("trimaran page link 1").unsafeArray();
    private static final int SALT_BYTES = 16;

    private final Entropy entropy;
    private final SecretBytes key;

    Paging(Entropy entropy) {
        this.entropy = entropy;
        this.key = SecretBytes.taking(entropy.bytes(AuthenticatedEncryption.KEY_BYTES));
    }

    /**
     * Where a client is in a list.
     *
     * @param offset how many it had
     * @param after what it had last, so that what came or went before that moves nothing; empty at the beginning
     */
    record Mark(int offset, String after) {
        static final Mark FIRST = new Mark(0, "");
    }

    /** What a link says. */
    record Resumed(Parameters parameters, Mark mark) {}

    /** The value of the parameter. */
    String seal(Address address, Mark mark) {
        Writer plain = new Writer(256)
                .u32(mark.offset())
                .text(mark.after())
                .u16(address.parameters().all().size());
        for (Parameters.Parameter one : address.parameters().all()) {
            plain.text(one.name()).text(one.value());
        }
        byte[] bytes = plain.toArray();
        byte[] salt = entropy.bytes(SALT_BYTES);
        byte[] sealed = new byte[SALT_BYTES + bytes.length + AuthenticatedEncryption.TAG_BYTES];
        System.arraycopy(salt, 0, sealed, 0, SALT_BYTES);
        AuthenticatedEncryption.seal(onceKey(salt), place(address), bytes, bytes.length, sealed, SALT_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    /** What a call at this address goes on with; empty if it begins. */
    Optional<Resumed> resumed(Address address) throws RefusedException {
        Optional<String> link = address.parameters().single(PARAMETER);
        if (link.isEmpty()) {
            return Optional.empty();
        }
        if (address.parameters().all().size() > 1) {
            throw refusal();
        }
        try {
            byte[] sealed = Base64.getUrlDecoder().decode(link.get());
            if (sealed.length < SALT_BYTES + AuthenticatedEncryption.TAG_BYTES) {
                throw refusal();
            }
            byte[] salt = java.util.Arrays.copyOf(sealed, SALT_BYTES);
            byte[] plain = AuthenticatedEncryption.open(
                            onceKey(salt), place(address), sealed, SALT_BYTES, sealed.length)
                    .orElseThrow(Paging::refusal);
            return Optional.of(Reader.whole(Bytes.wrap(plain), from -> read(from, plain.length)));
        } catch (IllegalArgumentException | MalformedException tampered) {
            throw refusal();
        }
    }

    private static Resumed read(Reader from, int longest) throws MalformedException {
        Mark mark = new Mark((int) Math.min(from.u32(), Integer.MAX_VALUE), from.text(longest));
        int count = from.u16();
        List<Parameters.Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parameters.add(new Parameters.Parameter(from.text(longest), from.text(longest)));
        }
        return new Resumed(new Parameters(parameters), mark);
    }

    private static RefusedException refusal() {
        return RefusedException.at(
                Code.BAD_PARAMETER,
                PARAMETER,
                "this link to a page was changed, or the station began anew since; ask for the first page again");
    }

    /** A link counts at the address it was given for. */
    private static byte[] place(Address address) {
        return Bytes.ofText(address.shape() + "/" + address.type() + "/" + address.id())
                .unsafeArray();
    }

    private SecretBytes onceKey(byte[] salt) {
        return SecretBytes.taking(KeyDerivation.authenticate(key, USE, salt).toArray());
    }
}
