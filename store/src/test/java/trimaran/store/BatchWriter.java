package trimaran.store;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.keeper.spi.Store.Change;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.Writer;

/** The process that is killed: writes batch after batch and says the number of each once its write has returned. */
final class BatchWriter {

    /** Values in one batch besides the entry: enough that a batch is far larger than a page. */
    static final int BLOBS = 7;

    private BatchWriter() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
        try (Store store = RocksStore.open(Path.of(arguments[0]), Path.of(arguments[1]))) {
            for (long number = Long.parseLong(arguments[2]); ; number++) {
                store.write(batch(number));
                out.println(number);
            }
        }
    }

    static List<Change> batch(long number) {
        List<Change> changes = new ArrayList<>();
        changes.add(new Change.Put(Space.ENTRIES, key(number), key(number)));
        for (int part = 0; part < BLOBS; part++) {
            changes.add(new Change.Put(Space.BLOBS, blobKey(number, part), blob(number, part)));
        }
        changes.add(new Change.Put(Space.HELD, key(number), key(number)));
        changes.add(new Change.Remove(Space.HELD, key(number - 1)));
        changes.add(new Change.Put(Space.STATE, Bytes.ofText("last"), key(number)));
        return changes;
    }

    static Bytes key(long number) {
        return new Writer().i64(number).toBytes();
    }

    static Bytes blobKey(long number, int part) {
        return Bytes.of(
                Digest.sha256(new Writer().i64(number).u8(part).toArray()).toArray());
    }

    /** Bytes that do not shrink, known from the number alone. */
    static Bytes blob(long number, int part) {
        byte[] content = new byte[500 + (int) (number % 1500)];
        new Random(number * BLOBS + part).nextBytes(content);
        return Bytes.of(content);
    }
}
