package trimaran.operations;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.process.FileDisk;

/**
 * What was imported, by the hash of its content, so that no input goes in twice and an import that broke off goes on. One
 * line of 64 hexadecimal digits an input, on disk before the next is told done.
 *
 * <p>Trust: whoever adds a line here keeps an input out; whoever removes one has it sent again under the same idempotency
 * key.
 */
final class ImportJournal {

    private static final String FILE = "journal";
    private static final int DIGITS = 2 * Digest.SIZE;

    private final FileDisk disk;
    private final Set<Digest> done = new HashSet<>();
    private final Set<Digest> claimed = new HashSet<>();

    ImportJournal(Path folder) {
        disk = FileDisk.in(folder);
        String text = disk.read(FILE)
                .map(bytes -> new String(bytes.unsafeArray(), StandardCharsets.US_ASCII))
                .orElse("");
        for (String line : text.split("\n", -1)) {
            // A line torn by a power cut names nothing: its input is sent again.
            if (line.length() == DIGITS && line.matches("[0-9a-f]+")) {
                done.add(Digest.ofHex(line));
            }
        }
        if (!text.isEmpty() && !text.endsWith("\n")) {
            disk.append(FILE, Bytes.ofText("\n"));
        }
    }

    /** Whether this input is to be sent now: it is not in, and nobody else is sending the same bytes. */
    synchronized boolean claim(Digest input) {
        return !done.contains(input) && claimed.add(input);
    }

    /** The input was not taken; it may be sent again. */
    synchronized void release(Digest input) {
        claimed.remove(input);
    }

    synchronized boolean contains(Digest input) {
        return done.contains(input);
    }

    synchronized void add(Digest input) {
        if (done.add(input)) {
            disk.append(FILE, Bytes.ofText(input.hex() + "\n"));
        }
    }

    synchronized int size() {
        return done.size();
    }
}
