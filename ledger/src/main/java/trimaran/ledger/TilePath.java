package trimaran.ledger;

import java.util.ArrayList;
import java.util.List;
import trimaran.kernel.MalformedException;

/**
 * The name of a log's static file (C2SP tlog-tiles, "Merkle Tree" and "Log entries"), the same on disk and in URLs. Each
 * tile has one name, and only that one is read.
 */
public sealed interface TilePath {

    /** A full tile or bundle holds 256 hashes or entries; a partial one from 1 to 255. */
    int WIDTH = 256;

    /** The name of the log's newest checkpoint. */
    String CHECKPOINT = "checkpoint";

    /** The name of the policy by which the checkpoint is to be judged (C2SP tlog-policy). */
    String POLICY = "policy";

    int MAX_LEVEL = 63;

    /** The longest name: a bundle's, with seven elements for the 19 digits of the largest index, is 49 characters. */
    int MAX_TEXT = 64;

    /** The tile's place within its level. */
    long index();

    /** How many hashes or entries it holds, 1 to 256. */
    int width();

    String text();

    default boolean isFull() {
        return width() == WIDTH;
    }

    /** {@code tile/<L>/<N>[.p/<W>]}: hashes of tree level 8 L, from {@code 256 N} on. */
    record Hashes(int level, long index, int width) implements TilePath {

        public Hashes {
            check(index, width);
            if (level < 0 || level > MAX_LEVEL) {
                throw new IllegalArgumentException("no tile level " + level);
            }
        }

        @Override
        public String text() {
            return "tile/" + level + "/" + place(index, width);
        }
    }

    /** {@code tile/entries/<N>[.p/<W>]}: the log entries from {@code 256 N} on. */
    record Entries(long index, int width) implements TilePath {

        public Entries {
            check(index, width);
        }

        @Override
        public String text() {
            return "tile/entries/" + place(index, width);
        }
    }

    /** @throws MalformedException for anything but the one name of a tile or entry bundle */
    static TilePath parse(String text) throws MalformedException {
        if (text.length() > MAX_TEXT) {
            throw new MalformedException("tile path of " + text.length() + " characters");
        }
        List<String> parts = new ArrayList<>(List.of(text.split("/", -1)));
        long width = WIDTH;
        if (parts.size() >= 4 && parts.get(parts.size() - 2).endsWith(".p")) {
            width = NoteText.decimal(parts.removeLast());
            String place = parts.removeLast();
            parts.add(place.substring(0, place.length() - 2));
        }
        if (parts.size() < 3 || width < 1 || width > WIDTH) {
            throw new MalformedException("not a tile path");
        }
        // Whatever else is wrong with the place, its elements or their number shows when the name is written again.
        String digits = String.join("", parts.subList(2, parts.size())).replace("x", "");
        TilePath path = of(parts.get(1), NoteText.decimal(withoutZeros(digits)), (int) width);
        if (!path.text().equals(text)) {
            throw new MalformedException("tile path is not canonical");
        }
        return path;
    }

    private static TilePath of(String kind, long index, int width) throws MalformedException {
        if (kind.equals("entries")) {
            return new Entries(index, width);
        }
        long level = NoteText.decimal(kind);
        if (level > MAX_LEVEL) {
            throw new MalformedException("tile level over " + MAX_LEVEL);
        }
        return new Hashes((int) level, index, width);
    }

    private static String withoutZeros(String digits) {
        String rest = digits.replaceFirst("^0+", "");
        return rest.isEmpty() ? "0" : rest;
    }

    private static void check(long index, int width) {
        if (index < 0 || width < 1 || width > WIDTH) {
            throw new IllegalArgumentException("no tile " + index + " of width " + width);
        }
    }

    /** Three digits for each path element, an x before all but the last. */
    private static String place(long index, int width) {
        StringBuilder path = new StringBuilder(digits(index % 1000));
        for (long rest = index / 1000; rest > 0; rest /= 1000) {
            path.insert(0, "x" + digits(rest % 1000) + "/");
        }
        if (width < WIDTH) {
            path.append(".p/").append(width);
        }
        return path.toString();
    }

    private static String digits(long three) {
        return three < 10 ? "00" + three : three < 100 ? "0" + three : Long.toString(three);
    }
}
