package trimaran.seal;

/**
 * Padmé, from "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs" (arXiv 1806.03160, §4.3): a
 * length keeps only as many leading significant bits as its own exponent has bits. Adds at most 12 %, and leaks
 * O(log log) bits of a length instead of O(log).
 */
final class Padding {

    private Padding() {}

    /** The padded length for {@code length} bytes. */
    static int padded(int length) {
        if (length < 2) {
            return length;
        }
        int exponent = 31 - Integer.numberOfLeadingZeros(length);
        int keptBits = 32 - Integer.numberOfLeadingZeros(exponent);
        int mask = (1 << (exponent - keptBits)) - 1;
        return (length + mask) & ~mask;
    }
}
