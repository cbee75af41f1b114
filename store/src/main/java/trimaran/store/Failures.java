package trimaran.store;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import trimaran.keeper.spi.Store.StoreFailure;

/** What RocksDB reports, as a sentence the person at the machine can act on. */
final class Failures {

    /** Done to a store at first. */
    static final String OPENED = "opened";

    private Failures() {}

    /** @param done what could not be done to the store, as a participle */
    static StoreFailure of(Path folder, String done, RocksDBException failure) {
        return new StoreFailure(sentence(folder, done, failure), failure);
    }

    static String damaged(Path folder, String how) {
        return "the store in " + folder + " is damaged: rebuild this party from the others (" + how + ")";
    }

    private static String sentence(Path folder, String done, RocksDBException failure) {
        String text = String.valueOf(failure.getMessage());
        Status.@Nullable Code code =
                failure.getStatus() == null ? null : failure.getStatus().getCode();
        // The engine gives no code for these two, only the words of the operating system and its own.
        if (text.contains("While lock file") || text.contains("lock hold by current process")) {
            return "the store in " + folder + " is open in another process";
        }
        if (text.contains("No space left on device") || text.contains("Disk quota exceeded")) {
            return "the disk under the store in " + folder + " is full";
        }
        // A table that is missing, as in a copy that was broken off, is no corruption to it; nothing makes it come back
        // either.
        if (code == Status.Code.Corruption || (done.equals(OPENED) && text.contains("No such file or directory"))) {
            return damaged(folder, text);
        }
        if (text.contains("Column families not opened")) {
            return "the store in " + folder + " was written by another version (" + text + ")";
        }
        return "the store in " + folder + " could not be " + done + " (" + text + ")";
    }
}
