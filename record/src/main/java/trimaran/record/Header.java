package trimaran.record;

import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.Writer;

/**
 * An entry without its sealed content: author part, the author's signature, and the ground on which it is placed. Keeps the
 * exact author bytes beside the decoded part, since the signed bytes are the stored bytes.
 */
public final class Header {

    private final Bytes authorBytes;
    private final AuthorPart author;
    private final Signature signature;
    private final Sanction sanction;
    private final Digest digest;

    private Header(Bytes authorBytes, AuthorPart author, Signature signature, Sanction sanction, Digest digest) {
        this.authorBytes = authorBytes;
        this.author = author;
        this.signature = signature;
        this.sanction = sanction;
        this.digest = digest;
    }

    /** @throws MalformedException if the author bytes are not an author part */
    public static Header of(Bytes authorBytes, Signature signature, Sanction sanction) throws MalformedException {
        AuthorPart author = AuthorPart.decode(authorBytes);
        return new Header(authorBytes, author, signature, sanction, AuthorPart.digest(authorBytes));
    }

    /** A header around a part this process has just made. */
    public static Header of(AuthorPart author, Signature signature, Sanction sanction) {
        Bytes encoded = author.encode();
        return new Header(encoded, author, signature, sanction, AuthorPart.digest(encoded));
    }

    public static Header read(Reader reader) throws MalformedException {
        return of(reader.bytes(RecordLimits.HEADER_BYTES_MAX), Signature.read(reader), Sanction.read(reader));
    }

    public void write(Writer writer) {
        writer.bytes(authorBytes);
        signature.write(writer);
        sanction.write(writer);
    }

    public Bytes encode() {
        Writer writer = new Writer(authorBytes.size() + 6000);
        write(writer);
        return writer.toBytes();
    }

    /** The same entry on another ground, for instance with a fresh approval. */
    public Header with(Sanction other) {
        return new Header(authorBytes, author, signature, other, digest);
    }

    /** The entry's digest. */
    public Digest digest() {
        return digest;
    }

    public AuthorPart author() {
        return author;
    }

    public Bytes authorBytes() {
        return authorBytes;
    }

    public Signature signature() {
        return signature;
    }

    public Sanction sanction() {
        return sanction;
    }
}
