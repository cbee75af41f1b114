package trimaran.ledger;

import trimaran.kernel.Bytes;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.Writer;

/**
 * One signature line of a note (C2SP signed-note): who says to have signed, and the bytes. Nothing is verified by parsing.
 *
 * @param keyId the key id, 32 bits, big-endian on the line
 * @param signature what follows the key id, in the form of the signature type
 */
public record NoteSignature(String name, int keyId, Bytes signature) {

    /**
     * The longest signature. Post-quantum signatures reach 4,627 bytes (ML-DSA-87); a line that holds this much, its key id
     * and the longest name stays below {@link #MAX_LINE_BYTES}.
     */
    public static final int MAX_SIGNATURE_BYTES = 5000;

    /** The longest signature line without its newline: 4 bytes of dash and space, name, space, base64 of id and signature. */
    public static final int MAX_LINE_BYTES = 4 + NoteText.MAX_NAME_BYTES + 1 + (MAX_SIGNATURE_BYTES + 4 + 2) / 3 * 4;

    private static final String START = "— ";

    public NoteSignature {
        if (!NoteText.isName(name) || signature.isEmpty() || signature.size() > MAX_SIGNATURE_BYTES) {
            throw new IllegalArgumentException("not a note signature");
        }
    }

    /** Reads a line, given without its newline. */
    public static NoteSignature parseLine(String line) throws MalformedException {
        int space = line.indexOf(' ', START.length());
        if (line.length() > MAX_LINE_BYTES || !line.startsWith(START) || space < 0) {
            throw new MalformedException("not a signature line");
        }
        String name = line.substring(START.length(), space);
        byte[] value = NoteText.base64(line.substring(space + 1)).unsafeArray();
        if (!NoteText.isName(name) || value.length < 5 || value.length > MAX_SIGNATURE_BYTES + 4) {
            throw new MalformedException("not a signature line");
        }
        int keyId = (value[0] & 0xff) << 24 | (value[1] & 0xff) << 16 | (value[2] & 0xff) << 8 | (value[3] & 0xff);
        return new NoteSignature(name, keyId, Bytes.ofRange(value, 4, value.length));
    }

    /** The line without its newline. */
    public String line() {
        byte[] value = new Writer(signature.size() + 4)
                .u32(keyId & 0xffffffffL)
                .raw(signature.unsafeArray())
                .toArray();
        return START + name + " " + NoteText.base64(value);
    }

    public boolean isBy(VerifierKey key) {
        return keyId == key.id() && name.equals(key.name());
    }

    boolean sameKey(NoteSignature other) {
        return keyId == other.keyId && name.equals(other.name);
    }

    /** Layout in frames: name (text), key id (4 bytes), signature (byte string). */
    public void write(Writer writer) {
        writer.text(name).u32(keyId & 0xffffffffL).bytes(signature);
    }

    public static NoteSignature read(Reader reader) throws MalformedException {
        String name = reader.text(NoteText.MAX_NAME_BYTES);
        int keyId = (int) reader.u32();
        Bytes signature = reader.bytes(MAX_SIGNATURE_BYTES);
        if (!NoteText.isName(name) || signature.isEmpty()) {
            throw new MalformedException("not a note signature");
        }
        return new NoteSignature(name, keyId, signature);
    }
}
