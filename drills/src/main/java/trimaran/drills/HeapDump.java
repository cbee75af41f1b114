package trimaran.drills;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import trimaran.trial.House;
import trimaran.trial.TrialHospital;

/**
 * The heap of a running process as the development kit writes it down ({@code jcmd GC.heap_dump -all}: garbage included), and
 * the byte arrays in it. Format: hprof 1.0.2, as described with the JDK's {@code heapDumper.cpp}.
 */
final class HeapDump {

    private static final long DUMP_SECONDS_MAX = 120;

    private static final int DUMP = 0x0C;
    private static final int DUMP_SEGMENT = 0x1C;

    /** Sizes of the basic types by their hprof number, from 4 (boolean) to 11 (long). */
    private static final int[] TYPE_BYTES = {1, 2, 4, 8, 1, 2, 4, 8};

    private static final int TYPE_FIRST = 4;
    private static final int TYPE_OBJECT = 2;
    private static final int TYPE_BYTE = 8;

    private final DataInputStream in;
    private final int idBytes;

    private HeapDump(DataInputStream in, int idBytes) {
        this.in = in;
        this.idBytes = idBytes;
    }

    /** Has the process write its heap to a new file. */
    static void take(House house, long pid, Path file) {
        try {
            Path said = file.resolveSibling(file.getFileName() + ".out");
            Process jcmd = new ProcessBuilder(
                            house.jcmd(), String.valueOf(pid), "GC.heap_dump", "-all", file.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            if (!jcmd.waitFor(DUMP_SECONDS_MAX, TimeUnit.SECONDS) || jcmd.exitValue() != 0 || !Files.exists(file)) {
                jcmd.destroyForcibly();
                throw new IllegalStateException("no heap dump of " + pid + ": " + TrialHospital.text(said));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    /** Shows every byte array of the dump. */
    static void byteArrays(Path file, Consumer<byte[]> visitor) {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 20))) {
            while (in.readByte() != 0) {
                // The name of the format, ended by a zero.
            }
            int idBytes = in.readInt();
            in.readLong();
            new HeapDump(in, idBytes).records(visitor);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void records(Consumer<byte[]> visitor) throws IOException {
        for (int tag = in.read(); tag >= 0; tag = in.read()) {
            in.readInt();
            long length = Integer.toUnsignedLong(in.readInt());
            if (tag == DUMP || tag == DUMP_SEGMENT) {
                segment(length, visitor);
            } else {
                skip(length);
            }
        }
    }

    private void segment(long length, Consumer<byte[]> visitor) throws IOException {
        long left = length;
        while (left > 0) {
            int tag = in.readUnsignedByte();
            left -= 1 + sub(tag, visitor);
        }
    }

    /** Reads one sub-record and returns its length. */
    private long sub(int tag, Consumer<byte[]> visitor) throws IOException {
        return switch (tag) {
            case 0xFF, 0x05, 0x07 -> skipped(idBytes);
            case 0x01 -> skipped(2L * idBytes);
            case 0x02, 0x03, 0x08 -> skipped(idBytes + 8L);
            case 0x04, 0x06 -> skipped(idBytes + 4L);
            case 0x20 -> classDump();
            case 0x21 -> {
                skip(2L * idBytes + 4);
                long size = Integer.toUnsignedLong(in.readInt());
                skip(size);
                yield 2L * idBytes + 8 + size;
            }
            case 0x22 -> {
                skip(idBytes + 4L);
                long size = Integer.toUnsignedLong(in.readInt()) * idBytes;
                skip(idBytes + size);
                yield 2L * idBytes + 8 + size;
            }
            case 0x23 -> primitives(visitor);
            default -> throw new IOException("unknown record " + tag + " in a heap dump");
        };
    }

    private long primitives(Consumer<byte[]> visitor) throws IOException {
        skip(idBytes + 4L);
        long count = Integer.toUnsignedLong(in.readInt());
        int type = in.readUnsignedByte();
        long size = count * bytesOf(type);
        if (type == TYPE_BYTE) {
            byte[] array = new byte[(int) size];
            in.readFully(array);
            visitor.accept(array);
        } else {
            skip(size);
        }
        return idBytes + 9L + size;
    }

    private long classDump() throws IOException {
        long length = skipped(7L * idBytes + 8);
        int constants = in.readUnsignedShort();
        length += 2;
        for (int i = 0; i < constants; i++) {
            skip(2);
            length += 2 + value();
        }
        int statics = in.readUnsignedShort();
        length += 2;
        for (int i = 0; i < statics; i++) {
            skip(idBytes);
            length += idBytes + value();
        }
        int fields = in.readUnsignedShort();
        return length + 2 + skipped(fields * (idBytes + 1L));
    }

    /** A type and a value of it. */
    private long value() throws IOException {
        int type = in.readUnsignedByte();
        return 1 + skipped(bytesOf(type));
    }

    private int bytesOf(int type) {
        return type == TYPE_OBJECT ? idBytes : TYPE_BYTES[type - TYPE_FIRST];
    }

    private long skipped(long bytes) throws IOException {
        skip(bytes);
        return bytes;
    }

    private void skip(long bytes) throws IOException {
        long left = bytes;
        while (left > 0) {
            long step = in.skip(left);
            if (step <= 0) {
                if (in.read() < 0) {
                    throw new EOFException("the heap dump ends in the middle");
                }
                step = 1;
            }
            left -= step;
        }
    }
}
