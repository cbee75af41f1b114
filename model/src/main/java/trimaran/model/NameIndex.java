package trimaran.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Finds the number of a name straight from bytes, without making a string of them. Immutable after construction. */
final class NameIndex {

    private final byte[][] keys;
    private final int[] hashes;
    private final int[] numbers;
    private final int mask;

    /** @param names distinct names; a name's number is its position */
    NameIndex(List<String> names) {
        int capacity = Integer.highestOneBit(Math.max(4, names.size() * 4) - 1) << 1;
        keys = new byte[capacity][];
        hashes = new int[capacity];
        numbers = new int[capacity];
        mask = capacity - 1;
        Arrays.fill(numbers, -1);
        for (int number = 0; number < names.size(); number++) {
            byte[] key = names.get(number).getBytes(StandardCharsets.UTF_8);
            int hash = hash(key, 0, key.length);
            int slot = slot(hash);
            while (numbers[slot] >= 0) {
                slot = (slot + 1) & mask;
            }
            keys[slot] = key;
            hashes[slot] = hash;
            numbers[slot] = number;
        }
    }

    static int hash(byte[] bytes, int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = hash * 31 + bytes[i];
        }
        return hash;
    }

    /** The number of the name in the range, or -1. */
    int find(byte[] bytes, int start, int end) {
        return find(bytes, start, end, hash(bytes, start, end));
    }

    /** As {@link #find(byte[], int, int)}, for callers that made the hash while reading. */
    int find(byte[] bytes, int start, int end, int hash) {
        int slot = slot(hash);
        while (numbers[slot] >= 0) {
            if (hashes[slot] == hash && Arrays.equals(keys[slot], 0, keys[slot].length, bytes, start, end)) {
                return numbers[slot];
            }
            slot = (slot + 1) & mask;
        }
        return -1;
    }

    private int slot(int hash) {
        return (hash ^ hash >>> 15) & mask;
    }
}
