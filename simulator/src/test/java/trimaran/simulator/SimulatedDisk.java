package trimaran.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import trimaran.kernel.Bytes;
import trimaran.kernel.Disk;
import trimaran.kernel.Writer;

/**
 * Small files in memory. What returned survives a crash; a derived file does not. A planned failure leaves of the write it
 * meets nothing, a beginning, or all of it, and the writer cannot know which.
 */
final class SimulatedDisk implements Disk {

    /** How much of the next write is on the disk when it fails. */
    enum Failure {
        UNDONE,
        TORN,
        DONE
    }

    private final Map<String, Bytes> files = new TreeMap<>();
    private final Map<String, Bytes> derived = new TreeMap<>();

    private Optional<Failure> planned = Optional.empty();

    /** The next synced write fails, as when the power goes under it. */
    void failNextWrite(Failure failure) {
        planned = Optional.of(failure);
    }

    /** Turns a bit of a file, if it is there and holds anything. */
    void flipBit(String name, SplittableRandom random) {
        Bytes content = files.getOrDefault(name, Bytes.EMPTY);
        if (!content.isEmpty()) {
            byte[] turned = content.toArray();
            turned[random.nextInt(turned.length)] ^= (byte) (1 << random.nextInt(8));
            files.put(name, Bytes.wrap(turned));
        }
    }

    private void failIfPlanned(Runnable undone, Runnable torn, Runnable done) {
        Optional<Failure> failure = planned;
        planned = Optional.empty();
        if (failure.isEmpty()) {
            done.run();
            return;
        }
        switch (failure.get()) {
            case UNDONE -> undone.run();
            case TORN -> torn.run();
            case DONE -> done.run();
        }
        throw new UncheckedIOException(new IOException("the disk failed during a write"));
    }

    @Override
    public Optional<Bytes> read(String name) {
        return Optional.ofNullable(files.getOrDefault(name, derived.get(name)));
    }

    /** Replacing is all or nothing, also when it fails. */
    @Override
    public void replace(String name, Bytes content) {
        failIfPlanned(() -> {}, () -> {}, () -> files.put(name, content));
    }

    @Override
    public void append(String name, Bytes content) {
        failIfPlanned(
                () -> {},
                () -> add(name, Bytes.ofRange(content.unsafeArray(), 0, content.size() / 2)),
                () -> add(name, content));
    }

    private void add(String name, Bytes content) {
        Bytes before = files.getOrDefault(name, Bytes.EMPTY);
        files.put(
                name,
                new Writer(before.size() + content.size())
                        .raw(before.unsafeArray())
                        .raw(content.unsafeArray())
                        .toBytes());
    }

    @Override
    public void writeDerived(String name, Bytes content) {
        derived.put(name, content);
    }

    @Override
    public List<String> list(String folder) {
        String prefix = folder.isEmpty() ? "" : folder + "/";
        return files.keySet().stream()
                .filter(name -> name.startsWith(prefix) && name.indexOf('/', prefix.length()) < 0)
                .map(name -> name.substring(prefix.length()))
                .toList();
    }

    @Override
    public void remove(String name) {
        files.remove(name);
        derived.remove(name);
    }

    /** The power goes. */
    void crash() {
        derived.clear();
    }
}
