package trimaran.ledger;

import java.util.ArrayList;
import java.util.List;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;

/**
 * The text of a log's signed head (C2SP tlog-checkpoint): origin, size, root, one line each. Extension lines are read and
 * written back for the logs of others; ML-DSA-44 signatures do not cover them, so nothing here signs or accepts a
 * checkpoint that has any.
 */
public record Checkpoint(String origin, TreeHead head, List<String> extensions) {

    public Checkpoint {
        extensions = List.copyOf(extensions);
        if (!isOrigin(origin) || !areLines(extensions)) {
            throw new IllegalArgumentException("not a checkpoint");
        }
    }

    public Checkpoint(String origin, TreeHead head) {
        this(origin, head, List.of());
    }

    private static boolean isOrigin(String origin) {
        return !origin.isEmpty() && NoteText.byteCount(origin) <= NoteText.MAX_NAME_BYTES && NoteText.isLine(origin);
    }

    private static boolean areLines(List<String> lines) {
        for (String line : lines) {
            if (line.isEmpty() || !NoteText.isLine(line)) {
                return false;
            }
        }
        return true;
    }

    public long size() {
        return head.size();
    }

    public Digest root() {
        return head.root();
    }

    /** The note text, ending in a newline. */
    public String text() {
        StringBuilder text = new StringBuilder()
                .append(origin)
                .append('\n')
                .append(head.size())
                .append('\n')
                .append(NoteText.base64(head.root().unsafeArray()))
                .append('\n');
        extensions.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    /** Reads a note's text. Nothing is verified by it. */
    public static Checkpoint parse(String text) throws MalformedException {
        if (!text.endsWith("\n")) {
            throw new MalformedException("checkpoint does not end in a newline");
        }
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        lines.removeLast();
        if (lines.size() < 3 || !areLines(lines)) {
            throw new MalformedException("checkpoint is not three or more non-empty lines");
        }
        if (!isOrigin(lines.getFirst())) {
            throw new MalformedException("checkpoint origin over the limit");
        }
        long size = NoteText.decimal(lines.get(1));
        byte[] root = NoteText.base64(lines.get(2)).unsafeArray();
        if (root.length != Digest.SIZE || !TreeHead.possible(size, Digest.of(root))) {
            throw new MalformedException("checkpoint root is not the root of a tree");
        }
        TreeHead head = new TreeHead(size, Digest.of(root));
        return new Checkpoint(lines.getFirst(), head, lines.subList(3, lines.size()));
    }
}
