package trimaran.seal;

import trimaran.kernel.Digest;

/**
 * Where a cell part belongs: which hospital's log, which entry, which of its parts. A sealed part opens nowhere else.
 *
 * @param origin digest of the log's origin
 * @param entryNonce the entry's nonce, drawn by its author
 * @param index the part's number in the entry, 0 to 65535
 */
public record PartPlace(Digest origin, Digest entryNonce, int index) {

    public static final int INDEX_MAX = 0xffff;

    public PartPlace {
        if (index < 0 || index > INDEX_MAX) {
            throw new IllegalArgumentException("a part's index is a u16");
        }
    }
}
