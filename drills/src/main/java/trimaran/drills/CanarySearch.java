package trimaran.drills;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Looks for every form of every canary at once, in bytes as they are and in what can be inflated out of them. MUST be used by
 * one thread.
 */
final class CanarySearch implements AutoCloseable {

    /** What is taken out of one compressed piece: a canary stands near its beginning or does not matter less for the rest. */
    private static final int INFLATED_BYTES_MAX = 1 << 20;

    /** Less is no compressed piece of anything that holds a canary. */
    private static final int DEFLATED_BYTES_MIN = 16;

    private static final int KEY_BYTES = 4;

    private final boolean[] starts = new boolean[1 << 16];
    private final Map<Integer, List<Canary.Form>> forms = new HashMap<>();
    private final Inflater zlib = new Inflater();
    private final Inflater raw = new Inflater(true);
    private final byte[] inflated = new byte[INFLATED_BYTES_MAX];
    private int longest;

    CanarySearch(List<Canary> canaries) {
        for (Canary canary : canaries) {
            for (Canary.Form form : canary.forms()) {
                byte[] bytes = form.bytes().unsafeArray();
                starts[(bytes[0] & 0xff) << 8 | (bytes[1] & 0xff)] = true;
                forms.computeIfAbsent(key(bytes, 0), any -> new ArrayList<>()).add(form);
                longest = Math.max(longest, bytes.length);
            }
        }
    }

    /** The longest form: pieces of a stream must overlap by as much. */
    int longestBytes() {
        return longest;
    }

    /** Forms found in the first {@code length} bytes as they are. */
    Set<String> plain(byte[] bytes, int length) {
        Set<String> found = new HashSet<>();
        for (int at = 0; at + KEY_BYTES <= length; at++) {
            if (starts[(bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff)]) {
                for (Canary.Form form : forms.getOrDefault(key(bytes, at), List.of())) {
                    if (stands(form.bytes().unsafeArray(), bytes, at, length)) {
                        found.add(form.name() + " " + form.canary().text());
                    }
                }
            }
        }
        return found;
    }

    /** Forms found in whatever begins as a zlib or gzip stream says it does, at any place. */
    Set<String> wrapped(byte[] bytes, int length) {
        Set<String> found = new HashSet<>();
        for (int at = 0; at + DEFLATED_BYTES_MIN <= length; at++) {
            int first = bytes[at] & 0xff;
            int second = bytes[at + 1] & 0xff;
            boolean zlibHead = (first & 0x8f) == 0x08 && (first * 256 + second) % 31 == 0 && (second & 0x20) == 0;
            if (zlibHead) {
                found.addAll(inflated("zlib", zlib, bytes, at, length));
            }
            if (first == 0x1f && second == 0x8b && bytes[at + 2] == 8) {
                found.addAll(inflated("gzip", raw, bytes, afterGzipHead(bytes, at, length), length));
            }
        }
        return found;
    }

    /** Forms found in what inflates as a bare deflate stream (RFC 1951) beginning at one of the first places. */
    Set<String> bare(byte[] bytes, int length, int places) {
        Set<String> found = new HashSet<>();
        for (int at = 0; at < places && at + DEFLATED_BYTES_MIN <= length; at++) {
            if (DeflatePeek.mayGive(bytes, at, length, Canary.LENGTH_MIN)) {
                found.addAll(inflated("deflate", raw, bytes, at, length));
            }
        }
        return found;
    }

    private Set<String> inflated(String how, Inflater inflater, byte[] bytes, int from, int length) {
        if (from >= length) {
            return Set.of();
        }
        inflater.reset();
        inflater.setInput(bytes, from, length - from);
        int size = 0;
        try {
            int step = inflater.inflate(inflated, 0, inflated.length);
            while (step > 0) {
                size += step;
                step = size < inflated.length ? inflater.inflate(inflated, size, inflated.length - size) : 0;
            }
        } catch (DataFormatException ends) {
            // What came out before may hold a canary all the same.
            size = Math.max(size, (int) Math.min(inflated.length, inflater.getBytesWritten()));
        }
        Set<String> found = new HashSet<>();
        plain(inflated, size).forEach(form -> found.add(how + " of " + form));
        return found;
    }

    /** RFC 1952, 2.3: ten bytes, then what the flags announce. */
    private static int afterGzipHead(byte[] bytes, int at, int length) {
        int flags = bytes[at + 3];
        int next = at + 10;
        if ((flags & 4) != 0 && next + 2 <= length) {
            next += 2 + (bytes[next] & 0xff) + ((bytes[next + 1] & 0xff) << 8);
        }
        for (int flag : new int[] {8, 16}) {
            if ((flags & flag) != 0) {
                while (next < length && bytes[next] != 0) {
                    next++;
                }
                next++;
            }
        }
        return (flags & 2) != 0 ? next + 2 : next;
    }

    private static boolean stands(byte[] form, byte[] bytes, int at, int length) {
        if (at + form.length > length) {
            return false;
        }
        for (int i = 0; i < form.length; i++) {
            if (form[i] != bytes[at + i]) {
                return false;
            }
        }
        return true;
    }

    private static int key(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 24
                | (bytes[at + 1] & 0xff) << 16
                | (bytes[at + 2] & 0xff) << 8
                | (bytes[at + 3] & 0xff);
    }

    @Override
    public void close() {
        zlib.end();
        raw.end();
    }
}
