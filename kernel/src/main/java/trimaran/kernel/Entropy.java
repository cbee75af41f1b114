package trimaran.kernel;

/** Where randomness comes from: the operating system in a party's main, a printed seed in the simulator. */
@FunctionalInterface
public interface Entropy {

    void fill(byte[] target);

    default byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        fill(bytes);
        return bytes;
    }

    default Digest nonce() {
        return Digest.of(bytes(Digest.SIZE));
    }

    default long nextLong() {
        byte[] bytes = bytes(8);
        long value = 0;
        for (byte b : bytes) {
            value = value << 8 | (b & 0xff);
        }
        return value;
    }
}
