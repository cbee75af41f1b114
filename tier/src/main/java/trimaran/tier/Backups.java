package trimaran.tier;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import trimaran.backup.Manifest;
import trimaran.backup.RecordWriter;
import trimaran.backup.SharesWriter;
import trimaran.keeper.BackupReadings;
import trimaran.keeper.Keeper;
import trimaran.keeper.spi.Store;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Disk;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.process.FileDisk;
import trimaran.process.ThreadLoop;

/**
 * Makes a backup when an order for one lies in the tier's folder, beside the keeper, which goes on serving. What comes of it is told
 * in the file {@link #STATE}: the backup's name, then {@code running} with entries done and bytes, {@code done}, or {@code refused}
 * with a code's number and a sentence.
 */
final class Backups implements AutoCloseable {

    static final String STATE = "backup-state";

    /** How often an order is looked for. */
    static final long LOOK_MILLIS = 500;

    /** How often, and when again, the latest checkpoint is looked at that this tier does not hold yet. */
    private static final int TRIES = 100;

    private static final long AGAIN_MILLIS = 100;

    /** Entries between two words of how far it is. */
    private static final long TOLD_ENTRIES = 500;

    private final Keeper keeper;
    private final Disk disk;
    private final ThreadLoop worker;
    private Bytes seen;
    private boolean busy;
    private int tries;
    private volatile boolean ending;

    Backups(Keeper keeper, Path folder, Consumer<Throwable> broken) {
        this.keeper = keeper;
        this.disk = FileDisk.in(folder);
        // An order from before is over: whoever gave it saw this tier end.
        this.seen = order();
        this.worker = ThreadLoop.start(keeper.setting().party().word() + "-backup", broken);
    }

    /** One that cannot be read, another account's perhaps, is none: a tier does not stop serving for want of a backup. */
    private Bytes order() {
        try {
            return disk.read(BackupOrder.FILE).orElse(Bytes.EMPTY);
        } catch (UncheckedIOException unreadable) {
            return Bytes.EMPTY;
        }
    }

    /** Looks from now on. On the keeper's loop. */
    void follow() {
        Bytes order = order();
        if (!busy && !order.equals(seen)) {
            seen = order;
            tries = 0;
            BackupOrder.read(order).ifPresent(this::begin);
        }
        keeper.setting().loop().after(LOOK_MILLIS, this::follow);
    }

    private void begin(BackupOrder order) {
        switch (BackupReadings.of(keeper)) {
            case Outcome.Refused<BackupReadings>(Refusal refusal) -> {
                if (tries++ < TRIES) {
                    // A checkpoint is known here a moment before its last entries are.
                    keeper.setting().loop().after(AGAIN_MILLIS, () -> begin(order));
                } else {
                    refused(order, refusal);
                }
            }
            case Outcome.Done<BackupReadings>(BackupReadings readings) -> {
                busy = true;
                tell(order, "running 0 0 " + readings.size());
                worker.run(() -> {
                    make(order, readings);
                    keeper.setting().loop().run(() -> busy = false);
                });
            }
        }
    }

    private void make(BackupOrder order, BackupReadings readings) {
        try {
            Manifest record = record(order, readings);
            shares(order, readings, record);
            if (readings.isRefreshedSince()) {
                refused(
                        order,
                        Refusal.of(
                                Code.UNAVAILABLE,
                                "the shares of this tier were refreshed while its backup was made: what was written of them opens cells"
                                        + " beside other shares of before; destroy it, and make the backup once more"));
            } else {
                tell(order, "done");
            }
        } catch (Stopped stopped) {
            refused(order, Refusal.of(Code.UNAVAILABLE, "the tier stopped before its backup was whole"));
        } catch (IOException | UncheckedIOException failure) {
            refused(order, Refusal.of(Code.DISK_FULL, "the backup cannot be written: " + failure.getMessage()));
        } catch (Store.StoreFailure failure) {
            refused(order, Refusal.of(Code.HOME_DAMAGED, "the record cannot be read: " + failure.getMessage()));
        } catch (RuntimeException broken) {
            // Whatever it is: the tier goes on serving.
            refused(order, Refusal.of(Code.BROKEN, "the backup broke off: " + broken));
        }
    }

    /** The tier is to end, and nothing reads its store any more. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private Manifest record(BackupOrder order, BackupReadings readings) throws IOException {
        try (RecordWriter writer = new RecordWriter(order.record())) {
            for (long index = 0; index < readings.size(); index++) {
                goOn();
                entry(writer, readings, index);
                if (index % TOLD_ENTRIES == 0) {
                    tell(order, "running " + index + " " + writer.bytes() + " " + readings.size());
                }
            }
            for (Party ledger : Party.TIERS) {
                writer.ledger(ledger);
                readings.lines(ledger, line -> {
                    goOn();
                    unchecked(() -> writer.line(line));
                    return true;
                });
            }
            return writer.finish(order.name(), readings.origin(), readings.party(), readings.epochs(), readings.note());
        }
    }

    private void entry(RecordWriter writer, BackupReadings readings, long index) throws IOException {
        BackupReadings.Whole one = readings.entry(index);
        writer.entry(one.header(), one.place(), one.annex(), one.blobs().size(), one.leafHash());
        for (Digest blob : one.blobs()) {
            Optional<Long> bytes = readings.blobBytes(blob);
            if (bytes.isEmpty()) {
                writer.noBlob();
                continue;
            }
            writer.blob(bytes.get());
            readings.pieces(blob, piece -> {
                goOn();
                unchecked(() -> writer.piece(piece));
                return true;
            });
        }
    }

    private void shares(BackupOrder order, BackupReadings readings, Manifest record) throws IOException {
        try (SharesWriter writer = new SharesWriter(order.shares())) {
            readings.pairs((cell, pair) -> {
                goOn();
                unchecked(() -> writer.pair(cell, pair));
                return true;
            });
            writer.finish(record, readings.fileKey());
        }
    }

    private void goOn() {
        if (ending) {
            throw new Stopped();
        }
    }

    private interface Act {
        void run() throws IOException;
    }

    private static void unchecked(Act act) {
        try {
            act.run();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void refused(BackupOrder order, Refusal refusal) {
        tell(
                order,
                "refused " + refusal.code().number() + " " + refusal.sentence().replace('\n', ' '));
    }

    private void tell(BackupOrder order, String words) {
        try {
            disk.writeDerived(STATE, Bytes.ofText(order.name().hex() + " " + words + "\n"));
        } catch (UncheckedIOException unsaid) {
            // On a full disk nobody hears of it, and whoever waits for the backup ends by itself.
        }
    }

    /** Returns once nothing reads the store for a backup any more. */
    @Override
    public void close() {
        ending = true;
        worker.close();
    }
}
