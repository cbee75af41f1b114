package trimaran.record;

import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Writer;

/** Application's no to one entry, signed, so that an entry written all the same carries the reason with it. */
public record SignedRefusal(Digest entry, Code code, RecordTime time, Signature signature) {

    private static final byte[] TAG = Bytes.ofText("trimaran/refusal/1\n").toArray();

    public static SignedRefusal read(Reader reader) throws MalformedException {
        return new SignedRefusal(reader.digest(), Code.read(reader), RecordTime.read(reader), Signature.read(reader));
    }

    public void write(Writer writer) {
        writer.digest(entry);
        code.write(writer);
        time.write(writer);
        signature.write(writer);
    }

    public static byte[] signedBytes(Digest origin, Digest entry, Code code, RecordTime time) {
        Writer writer = new Writer(128).raw(TAG).digest(origin).digest(entry);
        code.write(writer);
        time.write(writer);
        return writer.toArray();
    }
}
