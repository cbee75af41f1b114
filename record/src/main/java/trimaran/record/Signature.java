package trimaran.record;

import trimaran.kernel.Bytes;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.Writer;

/** A signature of a stated suite over bytes that begin with a domain tag. */
public record Signature(Suite suite, Bytes value) {

    /** Stands where a registry entry, which brings its statement's signatures, has none of a session. */
    public static final Signature NONE = new Signature(Suite.ML_DSA_44, Bytes.EMPTY);

    public static Signature read(Reader reader) throws MalformedException {
        return new Signature(Suite.read(reader), reader.bytes(RecordLimits.SIGNATURE_BYTES_MAX));
    }

    public void write(Writer writer) {
        suite.write(writer);
        writer.bytes(value);
    }
}
