package trimaran.record;

import java.util.List;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.Writer;

/**
 * A registry statement with the signatures that make it count. Its hash without the signatures is its id; a session is named
 * by the id of its opening, the hospital by the id of its founding.
 */
public record SignedStatement(Statement statement, List<Signed> signatures) {

    private static final byte[] TAG = Bytes.ofText("trimaran/statement/1\n").toArray();

    public SignedStatement {
        signatures = List.copyOf(signatures);
    }

    /** One signature and the id of the key it claims to be by. */
    public record Signed(Digest key, Signature signature) {

        static Signed read(Reader reader) throws MalformedException {
            return new Signed(reader.digest(), Signature.read(reader));
        }

        void write(Writer writer) {
            writer.digest(key);
            signature.write(writer);
        }
    }

    public static SignedStatement signed(Digest origin, Statement statement, List<Signer> signers) {
        byte[] message = signedBytes(origin, statement);
        return new SignedStatement(
                statement,
                signers.stream()
                        .map(signer -> new Signed(signer.publicKey().id(), signer.sign(message)))
                        .toList());
    }

    /** The bytes signed; the founding statement is signed under a zero origin, since it becomes the origin. */
    public static byte[] signedBytes(Digest origin, Statement statement) {
        return new Writer(128).raw(TAG).digest(origin).digest(id(statement)).toArray();
    }

    public static Digest id(Statement statement) {
        return Digest.sha256(statement.encode());
    }

    public Digest id() {
        return id(statement);
    }

    public Bytes encode() {
        return new Writer(1024)
                .bytes(statement.encode())
                .list(signatures, (w, one) -> one.write(w))
                .toBytes();
    }

    public static SignedStatement decode(Bytes bytes) throws MalformedException {
        return Reader.whole(
                bytes,
                reader -> new SignedStatement(
                        Statement.decode(reader.bytes(RecordLimits.STATEMENT_BYTES_MAX)),
                        reader.list(RecordLimits.STATEMENT_SIGNATURES_MAX, Signed::read)));
    }
}
