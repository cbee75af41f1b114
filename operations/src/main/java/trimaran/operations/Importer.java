package trimaran.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import trimaran.process.DiskFullException;

/**
 * Sends files to the station's FHIR door, several at once, each once. What the door refuses is said and does not stop the
 * rest; what it cannot take now is tried again, and what refers to something that has not come yet is sent once more after
 * everything else, for as long as that brings something in.
 */
final class Importer {

    /** More would only wait at the door. */
    static final int CLIENTS_MAX = 64;

    /** Tries of one input while the door is busy or away, with waits that grow to {@link #PAUSE_MILLIS_MAX}. */
    private static final int TRIES_MAX = 30;

    private static final long PAUSE_MILLIS_MIN = 100;
    private static final long PAUSE_MILLIS_MAX = 5_000;

    /** Without a terminal a line is said this often. */
    private static final long LINE_MILLIS = 5_000;

    private final FhirDoor door;
    private final ImportJournal journal;
    private final Voice voice;
    private final int clients;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong known = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final long beganNanos = System.nanoTime();
    private ImportDeferred deferred = new ImportDeferred();
    private long totalBytes;
    private long lastLineNanos = System.nanoTime();

    Importer(FhirDoor door, ImportJournal journal, Voice voice, int clients) {
        this.door = door;
        this.journal = journal;
        this.voice = voice;
        this.clients = clients;
    }

    /** @return whether everything is in */
    boolean run(List<List<Path>> groups) throws IOException, InterruptedException {
        for (List<Path> group : groups) {
            for (Path file : group) {
                totalBytes += Files.size(file);
            }
        }
        for (List<Path> group : groups) {
            group(group, Optional.empty());
        }
        again(groups);
        voice.bar("");
        double seconds = (System.nanoTime() - beganNanos) / 1e9;
        voice.print(String.format(
                java.util.Locale.ROOT,
                "%d imported, %d there before, %d refused; %.1f MB in %.1f s",
                sent.get(),
                known.get(),
                refused.get(),
                bytes.get() / 1e6,
                seconds));
        return refused.get() == 0;
    }

    private void again(List<List<Path>> groups) throws IOException, InterruptedException {
        ImportDeferred before = deferred;
        long in = -1;
        while (before.count() > 0 && sent.get() > in) {
            in = sent.get();
            deferred = new ImportDeferred();
            for (List<Path> group : groups) {
                group(group, Optional.of(before));
            }
            before = deferred;
        }
        before.reasons().forEach(this::refuse);
        long untold = before.count() - before.reasons().size();
        if (untold > 0) {
            refused.addAndGet(untold);
            voice.say("and " + untold + " more that refer to what is not there");
        }
    }

    /** @param only what to send; empty for all */
    private void group(List<Path> group, Optional<ImportDeferred> only) throws IOException, InterruptedException {
        Semaphore room = new Semaphore(clients);
        for (Path file : group) {
            if (only.isPresent() && !only.get().contains(file)) {
                continue;
            }
            if (ImportPlan.isLines(file)) {
                lines(file, only, room);
            } else {
                begin(room, file, 0, () -> ImportInput.file(file));
            }
        }
        room.acquire(clients);
    }

    private void lines(Path file, Optional<ImportDeferred> only, Semaphore room)
            throws IOException, InterruptedException {
        ImportLines.each(file, new ImportLines.Taker() {
            @Override
            public void line(long number, byte[] content) throws InterruptedException {
                if (only.isEmpty() || only.get().contains(file, number)) {
                    begin(room, file, number, () -> ImportInput.line(file, number, content));
                }
            }

            @Override
            public void tooLong(long number) {
                if (only.isEmpty()) {
                    refuse(
                            file + ":" + number,
                            "is longer than " + (ImportLines.LINE_BYTES_MAX >> 20) + " MiB; send it as a .json file");
                }
            }
        });
    }

    /** Makes an input; reading and hashing it is part of the parallel work. */
    @FunctionalInterface
    private interface Source {
        Optional<ImportInput> input() throws IOException;
    }

    private void begin(Semaphore room, Path file, long line, Source source) throws InterruptedException {
        String name = line == 0 ? file.toString() : file + ":" + line;
        room.acquire();
        Thread.ofVirtual().start(() -> {
            try {
                Optional<ImportInput> input = source.input();
                if (input.isEmpty()) {
                    refuse(name, "is no FHIR resource in JSON");
                } else {
                    send(input.get(), file, line);
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            } catch (IOException unreadable) {
                refuse(name, String.valueOf(unreadable.getMessage()));
            } catch (DiskFullException full) {
                refuse(name, "the disk is full, the journal cannot be kept");
            } finally {
                room.release();
            }
        });
    }

    private void send(ImportInput input, Path file, long line) throws InterruptedException {
        if (!journal.claim(input.key())) {
            known.incrementAndGet();
            progress(input.sizeBytes());
            return;
        }
        String why = "";
        for (int tried = 0; tried < TRIES_MAX; tried++) {
            try {
                FhirDoor.Said said = door.send(input.method(), input.path(), input.body(), input.key());
                if (said.isDone()) {
                    journal.add(input.key());
                    sent.incrementAndGet();
                    progress(input.sizeBytes());
                    return;
                }
                why = said.why();
                if (said.lacksReference()) {
                    journal.release(input.key());
                    deferred.add(file, line, input.name(), why);
                    return;
                }
                if (!said.isTransient()) {
                    break;
                }
            } catch (IOException unreached) {
                why = "the station is not reached: see trimaran status, then import again, which goes on from here";
            }
            Thread.sleep(Math.min(PAUSE_MILLIS_MAX, PAUSE_MILLIS_MIN << Math.min(tried, 6)));
        }
        journal.release(input.key());
        progress(input.sizeBytes());
        refuse(input.name(), why);
    }

    private void refuse(String name, String why) {
        refused.incrementAndGet();
        voice.bar("");
        voice.say(name + ": " + why);
    }

    private synchronized void progress(long more) {
        long now = bytes.addAndGet(more);
        long percent = totalBytes == 0 ? 100 : Math.min(100, now * 100 / totalBytes);
        int filled = (int) percent * 30 / 100;
        String line = String.format(
                java.util.Locale.ROOT,
                "[%s%s] %3d %%  %d in, %d refused, %.1f MB/s",
                "#".repeat(filled),
                ".".repeat(30 - filled),
                percent,
                sent.get() + known.get(),
                refused.get(),
                now * 1e3 / Math.max(1, System.nanoTime() - beganNanos));
        if (voice.terminal()) {
            voice.bar(line);
        } else if (System.nanoTime() - lastLineNanos > LINE_MILLIS * 1_000_000) {
            lastLineNanos = System.nanoTime();
            voice.progress(line);
        }
    }
}
