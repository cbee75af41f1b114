package trimaran.trial;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * One process that runs many commands of the command line, for hospitals of one house; it ends with this program. What it takes and
 * says is the protocol of {@code trimaran.operations.ManyMain}. MAY be used from many threads.
 */
final class ManyCommands {

    private static final Map<House, ManyCommands> RUNNING = new HashMap<>();

    private final Process process;
    private final DataOutputStream orders;
    private final Map<Integer, CompletableFuture<Integer>> waiting = new ConcurrentHashMap<>();
    private int orderCount;
    private boolean ended;

    private ManyCommands(Process process) {
        this.process = process;
        this.orders = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    }

    /** Empty for a house each of whose commands is to be a process of its own. */
    static Optional<ManyCommands> of(House house, Supplier<ProcessBuilder> environment) {
        return house.manyCommands().map(command -> {
            synchronized (RUNNING) {
                ManyCommands running = RUNNING.get(house);
                if (running == null || running.hasEnded()) {
                    running = begun(environment.get().command(command));
                    RUNNING.put(house, running);
                }
                return running;
            }
        });
    }

    private static ManyCommands begun(ProcessBuilder builder) {
        try {
            ManyCommands many = new ManyCommands(
                    builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
            Leash.hold(many.process.toHandle());
            Thread.ofPlatform().daemon().name("ends of commands").start(many::hear);
            return many;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Runs a command to its end. @return its exit status */
    int run(List<String> arguments, Path out, Path err, long secondsMax) {
        try {
            Files.createDirectories(Objects.requireNonNull(out.toAbsolutePath().getParent()));
            return order(arguments, out, err).get(secondsMax, TimeUnit.SECONDS);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        } catch (ExecutionException gone) {
            throw new IllegalStateException(arguments + " came to no end", gone.getCause());
        } catch (TimeoutException slow) {
            // Whatever it holds up, it holds up others that run beside it.
            process.destroyForcibly();
            throw new IllegalStateException(
                    arguments + " takes too long: " + TrialHospital.text(out) + TrialHospital.text(err), slow);
        }
    }

    private synchronized CompletableFuture<Integer> order(List<String> arguments, Path out, Path err)
            throws IOException {
        if (ended) {
            throw new EOFException("the process that runs commands has ended");
        }
        CompletableFuture<Integer> end = new CompletableFuture<>();
        int number = ++orderCount;
        waiting.put(number, end);
        orders.writeInt(number);
        orders.writeInt(arguments.size());
        for (String argument : arguments) {
            orders.writeUTF(argument);
        }
        orders.writeUTF(out.toAbsolutePath().toString());
        orders.writeUTF(err.toAbsolutePath().toString());
        orders.flush();
        return end;
    }

    private synchronized boolean hasEnded() {
        return ended || !process.isAlive();
    }

    private void hear() {
        try (DataInputStream ends = new DataInputStream(process.getInputStream())) {
            while (true) {
                int number = ends.readInt();
                int status = ends.readInt();
                Optional.ofNullable(waiting.remove(number)).ifPresent(end -> end.complete(status));
            }
        } catch (IOException over) {
            end(over);
        }
    }

    private synchronized void end(IOException why) {
        ended = true;
        waiting.values().forEach(end -> end.completeExceptionally(why));
    }
}
