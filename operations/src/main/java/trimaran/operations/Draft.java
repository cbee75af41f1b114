package trimaran.operations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import trimaran.kernel.Code;
import trimaran.kernel.Entropy;

/**
 * A folder that comes to be whole or not at all: filled beside its place and renamed at the end. Whatever ends the filling, a
 * refusal, a full disk or Ctrl-C, nothing stays of it.
 */
final class Draft {

    /** For the filling to notice that it is over: it waits for processes that are ended, and for nothing else. */
    private static final long ABANDON_MILLIS = 10_000;

    private final Path folder;
    private final Thread filler = Thread.currentThread();
    private final CountDownLatch ended = new CountDownLatch(1);

    private Draft(Path folder) {
        this.folder = folder;
    }

    /** Fills a folder that does not count yet. */
    @FunctionalInterface
    interface Filling {
        void fill(Path draft) throws IOException, RefusedException;
    }

    /** @param place where the folder will be; absent or empty */
    static void fill(Path place, Entropy entropy, Filling filling) throws RefusedException {
        Path target = place.toAbsolutePath().normalize();
        String name = "." + target.getFileName() + ".founding-" + HexFormat.of().formatHex(entropy.bytes(4));
        Draft draft = new Draft(target.resolveSibling(name));
        Thread onStop = Thread.ofPlatform().unstarted(draft::abandon);
        Runtime.getRuntime().addShutdownHook(onStop);
        try {
            Home.ownFolder(draft.folder);
            filling.fill(draft.folder);
            Files.deleteIfExists(target);
            move(draft.folder, target);
        } catch (IOException failure) {
            throw PartyProcess.refused(failure);
        } catch (UncheckedIOException failure) {
            throw PartyProcess.refused(new IOException(failure));
        } finally {
            remove(draft.folder);
            draft.ended.countDown();
            forget(onStop);
        }
    }

    /** The process was asked to stop meanwhile. */
    private void abandon() {
        filler.interrupt();
        ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
        try {
            if (!ended.await(ABANDON_MILLIS, TimeUnit.MILLISECONDS)) {
                remove(folder);
            }
        } catch (InterruptedException nobody) {
            Thread.currentThread().interrupt();
        }
    }

    static void forget(Thread onStop) {
        try {
            Runtime.getRuntime().removeShutdownHook(onStop);
        } catch (IllegalStateException stopping) {
            // It runs, and has just been told that there is nothing left to do.
            return;
        }
    }

    private static void move(Path draft, Path target) throws IOException, RefusedException {
        if (Thread.currentThread().isInterrupted()) {
            throw new RefusedException(Code.UNAVAILABLE, "interrupted; nothing was founded");
        }
        try {
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException elsewhere) {
            // Both lie in one folder, so only a file system that cannot rename folders at all comes here.
            Files.move(draft, target);
        }
    }

    /** Removes a folder that was not finished; after one that was renamed there is nothing left to remove. */
    static void remove(Path draft) {
        try (Stream<Path> inside = Files.walk(draft)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException | UncheckedIOException gone) {
            // It was renamed, or the disk failed, which the founding itself has told.
        }
    }
}
