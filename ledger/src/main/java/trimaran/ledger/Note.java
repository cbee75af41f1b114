package trimaran.ledger;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import trimaran.kernel.Bytes;
import trimaran.kernel.MalformedException;

/**
 * A text with signature lines (C2SP signed-note). Signatures of unknown keys are kept and mean nothing; whether one is
 * valid is asked of a {@link NoteVerifier}. The text MUST be ignored until a trusted key's signature has been verified.
 * Any note that was parsed is written back byte for byte.
 *
 * @param text ends in a newline
 * @param signatures at least one, in the order of their lines
 */
public record Note(String text, List<NoteSignature> signatures) {

    /** The specification asks for at least 16. A policy names at most 64 keys, so no more can ever count. */
    public static final int MAX_SIGNATURES = 64;

    /** Text, for which 64 KiB is generous, and {@link #MAX_SIGNATURES} lines. */
    public static final int MAX_TEXT_BYTES = 64 * 1024;

    public static final int MAX_BYTES = MAX_TEXT_BYTES + 1 + MAX_SIGNATURES * (NoteSignature.MAX_LINE_BYTES + 1);

    public Note {
        signatures = List.copyOf(signatures);
        if (!isText(text) || signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
            throw new IllegalArgumentException("not a signed note");
        }
    }

    private static boolean isText(String text) {
        return text.endsWith("\n")
                && NoteText.byteCount(text) <= MAX_TEXT_BYTES
                && NoteText.isWellFormed(text)
                && NoteText.isFreeOfControls(text);
    }

    public static Note parse(Bytes source) throws MalformedException {
        if (source.size() > MAX_BYTES) {
            throw new MalformedException("note of " + source.size() + " bytes");
        }
        String whole = NoteText.decode(source.unsafeArray(), 0, source.size());
        int blank = whole.lastIndexOf("\n\n");
        if (blank < 0 || !whole.endsWith("\n")) {
            throw new MalformedException("note without signatures");
        }
        String text = whole.substring(0, blank + 1);
        if (NoteText.byteCount(text) > MAX_TEXT_BYTES) {
            throw new MalformedException("note text over the limit");
        }
        return new Note(text, parseLines(whole.substring(blank + 2)));
    }

    /** Reads signature lines alone, each ending in a newline: what a witness answers (C2SP tlog-witness). */
    public static List<NoteSignature> parseLines(Bytes source) throws MalformedException {
        if (source.size() > MAX_BYTES) {
            throw new MalformedException("signature lines of " + source.size() + " bytes");
        }
        return parseLines(NoteText.decode(source.unsafeArray(), 0, source.size()));
    }

    private static List<NoteSignature> parseLines(String lines) throws MalformedException {
        List<NoteSignature> signatures = new ArrayList<>();
        int start = 0;
        while (start < lines.length()) {
            int end = lines.indexOf('\n', start);
            if (end < 0 || signatures.size() == MAX_SIGNATURES) {
                throw new MalformedException(end < 0 ? "signature line without newline" : "too many signatures");
            }
            signatures.add(NoteSignature.parseLine(lines.substring(start, end)));
            start = end + 1;
        }
        if (signatures.isEmpty()) {
            throw new MalformedException("note without signatures");
        }
        return List.copyOf(signatures);
    }

    public Bytes encode() {
        StringBuilder whole = new StringBuilder(text).append('\n');
        for (NoteSignature signature : signatures) {
            whole.append(signature.line()).append('\n');
        }
        return Bytes.wrap(whole.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** This note with one more signature, which takes the place of every earlier one by the same key. */
    public Note with(NoteSignature signature) {
        List<NoteSignature> lines = new ArrayList<>(signatures);
        lines.removeIf(signature::sameKey);
        lines.add(signature);
        return new Note(text, lines);
    }

    /** The lines that say to be by this key; normally none or one. */
    public List<NoteSignature> by(VerifierKey key) {
        int id = key.id();
        return signatures.stream()
                .filter(line -> line.keyId() == id && line.name().equals(key.name()))
                .toList();
    }
}
