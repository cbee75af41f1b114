package trimaran.kernel;

import java.util.List;
import java.util.Optional;

/**
 * The few things small durable state needs of a file system, below one folder a party owns. Names are relative, with
 * slashes. Failures of the disk are unchecked {@link java.io.UncheckedIOException}s: the process stops and says so.
 */
public interface Disk {

    Optional<Bytes> read(String name);

    /** Replaces the file whole: readers see the old or the new content, and after return the new one survives a power cut. */
    void replace(String name, Bytes content);

    /** Adds to the end; after return the bytes survive a power cut. A cut in the middle may leave a torn tail. */
    void append(String name, Bytes content);

    /** Writes a file that can be derived again, without syncing it. */
    void writeDerived(String name, Bytes content);

    /** Names of the files directly in a folder, sorted; empty if there is none. */
    List<String> list(String folder);

    /** Removes a file that is no longer needed; absent is fine. Never used for anything the record keeps. */
    void remove(String name);
}
