package trimaran.drills;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Reader;
import trimaran.kernel.SecretBytes;
import trimaran.kernel.Writer;
import trimaran.process.KeyFile;
import trimaran.process.MachineSecret;
import trimaran.record.AuthorPart;
import trimaran.record.RecordLimits;
import trimaran.record.Signature;
import trimaran.shares.AuthenticatedEncryption;
import trimaran.shares.KeyDerivation;

/**
 * Opens the drafts in the outbox of a station whose disk it has, with every key it finds there: by docs/formats.md alone, as whoever
 * took the disk would.
 */
final class OutboxThief {

    private static final byte[] DRAFT =
            Bytes.ofText("trimaran/outbox-draft/1\n").toArray();
    private static final int KIND_ENTRY = 1;
    private static final int OTHER_BYTES_MAX = 64 << 20;

    private final Digest origin;
    private final Path folder;

    /** @param folder of the station, as it was taken */
    OutboxThief(Digest origin, Path folder) {
        this.origin = origin;
        this.folder = folder;
    }

    /** Every draft that opens with what lies in the folder itself, whatever it is called there. */
    List<Bytes> open() throws IOException {
        return Folders.files(folder).stream().flatMap(this::openWith).toList();
    }

    private Stream<Bytes> openWith(Path secret) {
        if (!(MachineSecret.read(secret) instanceof Outcome.Done<MachineSecret>(MachineSecret machine))
                || !(KeyFile.readSecret(folder.resolve("keys/outbox.key"), "outbox", machine.password())
                        instanceof Outcome.Done<SecretBytes>(SecretBytes key))) {
            return Stream.empty();
        }
        return entries().stream().flatMap(entry -> draft(key, entry).stream());
    }

    /** Each that is in the journal, also those it says have left. */
    private List<Bytes> entries() {
        List<Bytes> entries = new ArrayList<>();
        try {
            ByteBuffer journal = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("outbox")));
            while (journal.remaining() > Integer.BYTES) {
                byte[] record = new byte[journal.getInt()];
                journal.get(record);
                journal.getLong();
                if (record[0] == KIND_ENTRY) {
                    entries.add(Bytes.ofRange(record, 1, record.length));
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return entries;
    }

    private Optional<Bytes> draft(SecretBytes key, Bytes entry) {
        try {
            Reader reader = new Reader(entry);
            reader.u8();
            Digest digest = AuthorPart.digest(reader.bytes(RecordLimits.HEADER_BYTES_MAX));
            Signature.read(reader);
            reader.bytes(OTHER_BYTES_MAX);
            reader.bytes(OTHER_BYTES_MAX);
            reader.list(RecordLimits.PARTS_MAX, blob -> blob.bytes(RecordLimits.BLOB_BYTES_MAX));
            byte[] sealed = reader.bytes(OTHER_BYTES_MAX).toArray();
            byte[] message =
                    new Writer(128).raw(DRAFT).digest(origin).digest(digest).toArray();
            SecretBytes once =
                    SecretBytes.taking(KeyDerivation.authenticate(key, message).toArray());
            return AuthenticatedEncryption.open(once, new byte[0], sealed, 0, sealed.length)
                    .map(Bytes::wrap);
        } catch (MalformedException damaged) {
            throw new IllegalStateException("the loot is damaged", damaged);
        }
    }
}
