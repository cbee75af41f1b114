package trimaran.record;

import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.Writer;

/** A signature key of a stated suite. */
public record PublicKey(Suite suite, Bytes key) {

    public static PublicKey read(Reader reader) throws MalformedException {
        return new PublicKey(Suite.read(reader), reader.bytes(RecordLimits.KEY_BYTES_MAX));
    }

    public void write(Writer writer) {
        suite.write(writer);
        writer.bytes(key);
    }

    /** The name under which statements speak of this key: the hash of suite and key. */
    public Digest id() {
        Writer writer = new Writer(key.size() + 8);
        write(writer);
        return Digest.sha256(writer.toArray());
    }
}
