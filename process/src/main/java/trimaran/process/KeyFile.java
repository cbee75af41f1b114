package trimaran.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.KeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Entropy;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Reader;
import trimaran.kernel.Refusal;
import trimaran.kernel.SecretBytes;
import trimaran.kernel.Writer;

/**
 * A key pair, or another secret, in a file of its own under a password: AES-256-GCM (NIST SP 800-38D) with a key from
 * PBKDF2-HMAC-SHA256 (RFC 8018). A file serves one purpose, which is authenticated with the rest of its head, so that a
 * key made for one thing is never used for another.
 *
 * <p>Layout: {@code "TRIMARAN KEY\n"}, version 1 (u8), purpose (text), iterations (u32), salt (16 bytes), nonce (12 bytes);
 * all these are the associated data; then the sealed content (bytes) and the SHA-256 of everything before it. The digest
 * is no protection: it tells a damaged file from a wrong password. The content is an algorithm name as Java knows it
 * (text), the private key as PKCS#8 (bytes) and the public key as X.509 (bytes); or an empty name, the secret, nothing.
 */
public final class KeyFile {

    /** For a password a person remembers; nearly three times the floor of 210,000, and an unlocking takes half a second. */
    public static final int BADGE_ITERATIONS = 600_000;

    /** For a machine's own 256 random bits, which nobody guesses: only what RFC 8018 calls a minimum. */
    public static final int MACHINE_ITERATIONS = 1_000;

    /** More would let a foreign file hold the reader up for longer than ten seconds. */
    public static final int ITERATIONS_MAX = 10_000_000;

    /** Longest purpose, in bytes. */
    public static final int PURPOSE_MAX = 64;

    /** Largest file: an ML-DSA pair with its seed and both encodings takes about 7 KiB. */
    public static final int FILE_MAX = 64 * 1024;

    private static final byte[] MAGIC = "TRIMARAN KEY\n".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final int SALT_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BITS = 256;
    private static final int ALGORITHM_MAX = 32;

    private KeyFile() {}

    /** What the file seals: a pair, or under the empty name a plain secret. */
    private record Content(String algorithm, Bytes secret, Bytes open) {}

    /** The file's parts: the head as associated data, and what it names. */
    private record Sealed(Bytes head, String purpose, int iterations, Bytes salt, Bytes nonce, Bytes content) {}

    /**
     * Writes a new file; an existing one is never overwritten ({@link Code#KEY_FILE}).
     *
     * @param password the caller wipes it
     */
    public static Outcome<Path> write(
            Path file, String purpose, KeyPair keys, char[] password, int iterations, Entropy entropy) {
        Content content =
                new Content(keys.getPrivate().getAlgorithm(), encoded(keys.getPrivate()), encoded(keys.getPublic()));
        return writeNew(file, purpose, content, password, iterations, entropy);
    }

    /** As {@link #write}, for a secret that is no key pair: at most 32 KiB. */
    public static Outcome<Path> writeSecret(
            Path file, String purpose, SecretBytes secret, char[] password, int iterations, Entropy entropy) {
        Content content = new Content("", Bytes.of(secret.expose()), Bytes.EMPTY);
        return writeNew(file, purpose, content, password, iterations, entropy);
    }

    /** The key pair; {@link Code#WRONG_PIN} for a wrong password, {@link Code#KEY_FILE} for everything else. */
    public static Outcome<KeyPair> read(Path file, String purpose, char[] password) {
        return open(file, purpose, password).then(content -> pair(file, content));
    }

    public static Outcome<SecretBytes> readSecret(Path file, String purpose, char[] password) {
        return open(file, purpose, password)
                .then(content -> content.algorithm().isEmpty()
                        ? Outcome.done(SecretBytes.taking(content.secret().toArray()))
                        : OwnedFile.refused(file, "holds a key pair, not a plain secret"));
    }

    /** Puts the same content under another password, in one step. */
    public static Outcome<Path> changePassword(
            Path file, String purpose, char[] old, char[] fresh, int iterations, Entropy entropy) {
        return open(file, purpose, old).map(content -> {
            replace(file, seal(purpose, content, fresh, iterations, entropy));
            return file;
        });
    }

    private static Bytes encoded(Key key) {
        byte[] encoded = key.getEncoded();
        if (encoded == null) {
            throw new IllegalArgumentException("the key does not leave its device");
        }
        return Bytes.wrap(encoded);
    }

    private static Outcome<Path> writeNew(
            Path file, String purpose, Content content, char[] password, int iterations, Entropy entropy) {
        byte[] sealed = seal(purpose, content, password, iterations, entropy);
        if (sealed.length > FILE_MAX) {
            throw new IllegalArgumentException("a key file of " + sealed.length + " bytes");
        }
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return OwnedFile.refused(file, "is there already");
        }
        replace(file, sealed);
        return Outcome.done(file);
    }

    private static void replace(Path file, byte[] content) {
        try {
            DurableFile.replace(file, content, true);
        } catch (IOException failure) {
            throw DiskFullException.of(failure);
        }
    }

    private static byte[] seal(String purpose, Content content, char[] password, int iterations, Entropy entropy) {
        if (iterations < MACHINE_ITERATIONS || iterations > ITERATIONS_MAX) {
            throw new IllegalArgumentException(iterations + " iterations");
        }
        if (password.length == 0) {
            throw new IllegalArgumentException("an empty password");
        }
        if (purpose.isEmpty() || purpose.getBytes(StandardCharsets.UTF_8).length > PURPOSE_MAX) {
            throw new IllegalArgumentException("a purpose has 1 to " + PURPOSE_MAX + " bytes");
        }
        byte[] salt = entropy.bytes(SALT_BYTES);
        byte[] nonce = entropy.bytes(NONCE_BYTES);
        byte[] head = new Writer()
                .raw(MAGIC)
                .u8(VERSION)
                .text(purpose)
                .u32(iterations)
                .raw(salt)
                .raw(nonce)
                .toArray();
        byte[] plain = new Writer(8192)
                .text(content.algorithm())
                .bytes(content.secret())
                .bytes(content.open())
                .toArray();
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, head, salt, nonce, password, iterations)
                    .doFinal(plain);
            byte[] body = new Writer(8192).raw(head).bytes(sealed).toArray();
            return new Writer(8192).raw(body).digest(Digest.sha256(body)).toArray();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK seals with AES-GCM under PBKDF2", missing);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private static Outcome<Content> open(Path file, String purpose, char[] password) {
        return OwnedFile.read(file, FILE_MAX).then(bytes -> {
            try {
                Sealed sealed = parse(bytes);
                if (!sealed.purpose().equals(purpose)) {
                    return OwnedFile.refused(file, "holds a key for another purpose");
                }
                return unseal(file, sealed, password);
            } catch (MalformedException foreign) {
                return OwnedFile.refused(file, "is damaged or no key file");
            }
        });
    }

    private static Sealed parse(byte[] bytes) throws MalformedException {
        Reader reader = new Reader(bytes);
        if (!Arrays.equals(reader.raw(MAGIC.length), MAGIC) || reader.u8() != VERSION) {
            throw new MalformedException("not a key file of this version");
        }
        String purpose = reader.text(PURPOSE_MAX);
        long iterations = reader.u32();
        if (iterations < MACHINE_ITERATIONS || iterations > ITERATIONS_MAX) {
            throw new MalformedException("iterations out of range");
        }
        Bytes salt = Bytes.wrap(reader.raw(SALT_BYTES));
        Bytes nonce = Bytes.wrap(reader.raw(NONCE_BYTES));
        Bytes head = Bytes.ofRange(bytes, 0, reader.position());
        Bytes content = reader.bytes(FILE_MAX);
        Digest expected = Digest.sha256(Bytes.ofRange(bytes, 0, reader.position()));
        if (!reader.digest().equals(expected)) {
            throw new MalformedException("wrong digest");
        }
        reader.end();
        return new Sealed(head, purpose, (int) iterations, salt, nonce, content);
    }

    private static Outcome<Content> unseal(Path file, Sealed sealed, char[] password) throws MalformedException {
        if (password.length == 0) {
            return wrongPassword(file);
        }
        byte @Nullable [] plain = null;
        try {
            Cipher cipher = cipher(
                    Cipher.DECRYPT_MODE,
                    sealed.head().unsafeArray(),
                    sealed.salt().unsafeArray(),
                    sealed.nonce().unsafeArray(),
                    password,
                    sealed.iterations());
            plain = cipher.doFinal(sealed.content().unsafeArray());
            return Outcome.done(Reader.whole(
                    Bytes.wrap(plain),
                    content -> new Content(
                            content.text(ALGORITHM_MAX), content.bytes(FILE_MAX), content.bytes(FILE_MAX))));
        } catch (AEADBadTagException wrong) {
            return wrongPassword(file);
        } catch (GeneralSecurityException broken) {
            return OwnedFile.refused(file, "cannot be opened");
        } finally {
            if (plain != null) {
                Arrays.fill(plain, (byte) 0);
            }
        }
    }

    private static Outcome<Content> wrongPassword(Path file) {
        return Outcome.refused(Refusal.of(Code.WRONG_PIN, "the password does not open the key file " + file));
    }

    private static Outcome<KeyPair> pair(Path file, Content content) {
        try {
            KeyFactory factory = KeyFactory.getInstance(content.algorithm());
            KeySpec open = new X509EncodedKeySpec(content.open().unsafeArray());
            KeySpec secret = new PKCS8EncodedKeySpec(content.secret().unsafeArray());
            return Outcome.done(new KeyPair(factory.generatePublic(open), factory.generatePrivate(secret)));
        } catch (GeneralSecurityException foreign) {
            return OwnedFile.refused(file, "holds no key pair this version knows");
        }
    }

    private static Cipher cipher(int mode, byte[] head, byte[] salt, byte[] nonce, char[] password, int iterations)
            throws GeneralSecurityException {
        PBEKeySpec spec = new PBEKeySpec(password, salt, iterations, KEY_BITS);
        try {
            SecretKey stretched =
                    SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec);
            byte[] key = encoded(stretched).unsafeArray();
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(head);
            Arrays.fill(key, (byte) 0);
            return cipher;
        } finally {
            spec.clearPassword();
        }
    }
}
