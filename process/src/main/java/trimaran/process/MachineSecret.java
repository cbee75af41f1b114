package trimaran.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.Entropy;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Reader;
import trimaran.kernel.SecretBytes;
import trimaran.kernel.Writer;

/**
 * The password of a party's own key files: 256 random bits in a file of mode 0600 beside them, for a machine that starts
 * with nobody there to type. Whoever has the account has the keys; a copy of a key file alone is worth nothing. In place of the file
 * MAY stand a symbolic link to it, on a volume that is there only while the machine runs: then who takes the disk has no key either.
 *
 * <p>Layout: {@code "TRIMARAN SECRET\n"}, version 1 (u8), 32 bytes, and the SHA-256 of everything before it.
 */
public final class MachineSecret {

    private static final byte[] MAGIC = "TRIMARAN SECRET\n".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final int SECRET_BYTES = 32;

    /** The exact size of the file. */
    private static final int FILE_BYTES = 16 + 1 + SECRET_BYTES + Digest.SIZE;

    private final SecretBytes secret;

    private MachineSecret(SecretBytes secret) {
        this.secret = secret;
    }

    /** Draws a secret and writes it; refused if there is one already, whose loss would lock every key file. */
    public static Outcome<MachineSecret> create(Path file, Entropy entropy) {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return OwnedFile.refused(file, "is there already");
        }
        SecretBytes secret = SecretBytes.random(entropy, SECRET_BYTES);
        byte[] body = new Writer().raw(MAGIC).u8(VERSION).raw(secret.expose()).toArray();
        try {
            DurableFile.replace(
                    file, new Writer().raw(body).digest(Digest.sha256(body)).toArray(), true);
        } catch (IOException failure) {
            throw DiskFullException.of(failure);
        }
        return Outcome.done(new MachineSecret(secret));
    }

    /** Reads the secret; everything wrong with the file is {@code Code.KEY_FILE}. */
    public static Outcome<MachineSecret> read(Path file) {
        return pointedTo(file)
                .then(there -> OwnedFile.read(there, FILE_BYTES).then(bytes -> {
                    try {
                        return Outcome.done(new MachineSecret(parse(bytes)));
                    } catch (MalformedException foreign) {
                        return OwnedFile.refused(there, "is damaged or no machine secret");
                    }
                }));
    }

    private static Outcome<Path> pointedTo(Path file) {
        if (!Files.isSymbolicLink(file)) {
            return Outcome.done(file);
        }
        try {
            return Outcome.done(file.toRealPath());
        } catch (IOException absent) {
            return OwnedFile.refused(file, "points to what is not there: bring in the volume it lies on");
        }
    }

    private static SecretBytes parse(byte[] bytes) throws MalformedException {
        Reader reader = new Reader(bytes);
        if (!Arrays.equals(reader.raw(MAGIC.length), MAGIC) || reader.u8() != VERSION) {
            throw new MalformedException("not a machine secret of this version");
        }
        SecretBytes secret = SecretBytes.taking(reader.raw(SECRET_BYTES));
        Digest expected = Digest.sha256(Bytes.ofRange(bytes, 0, reader.position()));
        if (!reader.digest().equals(expected)) {
            throw new MalformedException("wrong digest");
        }
        reader.end();
        return secret;
    }

    /** For {@link KeyFile}, with {@link KeyFile#MACHINE_ITERATIONS}: the secret in hexadecimal. The caller wipes it. */
    public char[] password() {
        return HexFormat.of().formatHex(secret.expose()).toCharArray();
    }
}
