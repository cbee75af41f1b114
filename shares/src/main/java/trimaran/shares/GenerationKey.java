package trimaran.shares;

import java.util.Arrays;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Entropy;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.SecretBytes;
import trimaran.kernel.Writer;

/**
 * The file key under which one keeper stores its shares and private sealing key of one generation. Deleting a generation
 * means destroying this key, backups of it included (DESIGN §6): what was sealed under it is noise from then on. Layout of
 * what it seals:
 *
 * <pre>
 * version 1 (u8) ‖ suite 1 (u8) ‖ salt (16) ‖ ciphertext ‖ tag (16)
 * key = HKDF-SHA256(file key, salt, tag ‖ keeper (u8) ‖ generation (i64) ‖ cell, or name (u32 length, UTF-8))
 * AES-256-GCM, zero nonce, associated data = version ‖ suite
 * </pre>
 *
 * @param secret 32 random bytes, kept in a file of its own
 */
public record GenerationKey(Party keeper, long generation, SecretBytes secret) {

    /** Enough for a PKCS#8 key or a pair; bulk never lies here. */
    public static final int CONTENT_BYTES_MAX = 16 * 1024;

    public static final int KEY_BYTES = 32;
    public static final int SALT_BYTES = 16;
    private static final int VERSION = 1;
    private static final int SUITE_AES256GCM = 1;
    private static final int CONTENT_AT = 2 + SALT_BYTES;
    public static final int OVERHEAD_BYTES = CONTENT_AT + AuthenticatedEncryption.TAG_BYTES;
    private static final byte[] HEADER = {VERSION, SUITE_AES256GCM};

    public GenerationKey {
        if (!keeper.isTier() || generation < 0 || secret.size() != KEY_BYTES) {
            throw new IllegalArgumentException("a file key belongs to a tier and a generation and has 32 bytes");
        }
    }

    public static GenerationKey draw(Party keeper, long generation, Entropy entropy) {
        return new GenerationKey(keeper, generation, SecretBytes.random(entropy, KEY_BYTES));
    }

    /** Seals this keeper's pair of a cell for its disk: 98 bytes. */
    public Bytes sealPair(CellId cell, SharePair pair, Entropy entropy) {
        if (pair.keeper() != keeper) {
            throw new IllegalArgumentException("another keeper's pair");
        }
        Writer plain = new Writer(2 * SharePair.SHARE_BYTES);
        pair.write(plain);
        byte[] secretContent = plain.toArray();
        Bytes sealed = seal(pairInfo(cell), secretContent, entropy);
        Arrays.fill(secretContent, (byte) 0);
        return sealed;
    }

    /** The pair; {@link Code#BAD_SHARE} under another key, generation, keeper or cell, or if altered. */
    public Outcome<SharePair> openPair(CellId cell, Bytes sealed) throws MalformedException {
        if (sealed.size() != OVERHEAD_BYTES + 2 * SharePair.SHARE_BYTES) {
            throw new MalformedException("not a stored pair's length");
        }
        Optional<byte[]> plain = open(pairInfo(cell), sealed);
        return plain.isPresent()
                ? Outcome.done(SharePair.read(keeper, new Reader(plain.get())))
                : Outcome.refused(Code.BAD_SHARE, "The stored pair of cell " + cell.handle() + " does not open.");
    }

    /** Seals another secret of this generation, such as the private sealing key, under a name of its own. */
    public Bytes sealSecret(String name, SecretBytes content, Entropy entropy) {
        if (content.size() > CONTENT_BYTES_MAX) {
            throw new IllegalArgumentException("a stored secret has at most 16 KiB");
        }
        return seal(secretInfo(name), content.expose(), entropy);
    }

    /** The secret stored under this name; {@link Code#KEY_FILE} under another key, generation or name, or if altered. */
    public Outcome<SecretBytes> openSecret(String name, Bytes sealed) throws MalformedException {
        if (sealed.size() < OVERHEAD_BYTES || sealed.size() > OVERHEAD_BYTES + CONTENT_BYTES_MAX) {
            throw new MalformedException("not a stored secret's length");
        }
        Optional<byte[]> plain = open(secretInfo(name), sealed);
        return plain.isPresent()
                ? Outcome.done(SecretBytes.taking(plain.get()))
                : Outcome.refused(Code.KEY_FILE, "The stored secret " + name + " does not open.");
    }

    /** Forgets the key in memory; the keeper destroys its file and the file's backups. */
    public void destroy() {
        secret.wipe();
    }

    private Bytes seal(byte[] info, byte[] plain, Entropy entropy) {
        byte[] salt = entropy.bytes(SALT_BYTES);
        byte[] sealed = new byte[OVERHEAD_BYTES + plain.length];
        System.arraycopy(HEADER, 0, sealed, 0, HEADER.length);
        System.arraycopy(salt, 0, sealed, HEADER.length, SALT_BYTES);
        SecretBytes onceKey = KeyDerivation.derive(secret, salt, info, AuthenticatedEncryption.KEY_BYTES);
        AuthenticatedEncryption.seal(onceKey, HEADER, plain, plain.length, sealed, CONTENT_AT);
        onceKey.wipe();
        return Bytes.wrap(sealed);
    }

    private Optional<byte[]> open(byte[] info, Bytes sealed) throws MalformedException {
        if (sealed.at(0) != VERSION || sealed.at(1) != SUITE_AES256GCM) {
            throw new MalformedException("unknown version or suite of a stored secret");
        }
        byte[] content = sealed.unsafeArray();
        byte[] salt = Arrays.copyOfRange(content, HEADER.length, CONTENT_AT);
        SecretBytes onceKey = KeyDerivation.derive(secret, salt, info, AuthenticatedEncryption.KEY_BYTES);
        Optional<byte[]> plain = AuthenticatedEncryption.open(onceKey, HEADER, content, CONTENT_AT, content.length);
        onceKey.wipe();
        return plain;
    }

    private byte[] pairInfo(CellId cell) {
        Writer writer = place(Domain.STORED_PAIR);
        cell.write(writer);
        return writer.toArray();
    }

    private byte[] secretInfo(String name) {
        return place(Domain.STORED_SECRET).text(name).toArray();
    }

    private Writer place(Domain domain) {
        return domain.begin().u8(keeper.ordinal()).i64(generation);
    }
}
