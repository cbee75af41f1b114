package trimaran.line.tls;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import trimaran.kernel.Bytes;

/** The few ASN.1 values a certificate needs, in DER (ITU-T X.690). Written only, never read. */
final class Der {

    private static final int BIT_STRING = 0x03;
    private static final int OBJECT_ID = 0x06;
    private static final int SEQUENCE = 0x30;

    private Der() {}

    static byte[] sequence(byte[]... parts) {
        return tagged(SEQUENCE, parts);
    }

    /** A bit string of whole bytes. */
    static byte[] bits(byte[] content) {
        return tagged(BIT_STRING, new byte[] {0}, content);
    }

    /** An object identifier by its content bytes in hexadecimal, as the specifications print them. */
    static byte[] objectId(String hex) {
        return tagged(OBJECT_ID, Bytes.ofHex(hex).toArray());
    }

    static byte[] text(int tag, String text) {
        return tagged(tag, text.getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] tagged(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(tag);
        int length = content.size();
        if (length < 0x80) {
            whole.write(length);
        } else if (length < 0x100) {
            whole.write(0x81);
            whole.write(length);
        } else if (length < 0x10000) {
            whole.write(0x82);
            whole.write(length >>> 8);
            whole.write(length);
        } else {
            throw new IllegalArgumentException("no certificate of ours is that long: " + length);
        }
        whole.writeBytes(content.toByteArray());
        return whole.toByteArray();
    }
}
