import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One pass over the whole record: the tree is built from every position, the registry folded, and each entry of the window looked at.
 * Time never goes back in a record, so the whole entries around a bare hash say that it is not of the window.
 */
final class Passage {

    private static final int PIECE_BYTES_MAX = 8 << 20;
    private static final int BUFFER_BYTES = 1 << 16;

    private final Fold fold;
    private final Tree tree;
    private final long from;
    private final long to;
    private long last = -1;
    private long bareSince = -1;
    private long entries;
    private long late;
    private int before;
    private int after;

    Passage(Fold fold, Tree tree, long from, long to) {
        this.fold = fold;
        this.tree = tree;
        this.from = from;
        this.to = to;
    }

    /** @return how many entries the window has */
    long through(Path file, long size) throws IOException, FalseException {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES))) {
            for (long index = 0; index < size; index++) {
                one(in, index);
            }
            if (in.read() >= 0) {
                throw new FalseException("record", "va au-delà du point de contrôle", "goes beyond the checkpoint");
            }
        } catch (EOFException cut) {
            throw new FalseException("record", "finit avant le point de contrôle", "ends before the checkpoint");
        }
        if (bareSince >= 0 && last <= to) {
            throw hidden();
        }
        return entries;
    }

    private void one(DataInputStream in, long index) throws IOException, FalseException {
        int kind = in.readUnsignedByte();
        if (kind == 0) {
            bareSince = bareSince < 0 ? index : bareSince;
            tree.append(piece(in, 32, index));
        } else if (kind == 1) {
            byte[] header = piece(in, in.readInt(), index);
            Entry entry = Entry.read(index, header, piece(in, in.readInt(), index));
            whole(entry);
            fold.take(entry, isIn(entry) || isHeldIn(entry));
            tree.append(entry.leaf);
        } else {
            throw new FalseException("record, " + index, "ni empreinte ni entrée", "neither a hash nor an entry");
        }
    }

    private static byte[] piece(DataInputStream in, int count, long index) throws IOException, FalseException {
        if (count < 0 || count > PIECE_BYTES_MAX) {
            throw new FalseException("record, " + index, "longueur impossible", "an impossible length");
        }
        byte[] bytes = new byte[count];
        in.readFully(bytes);
        return bytes;
    }

    private boolean isIn(Entry entry) {
        return entry.time >= from && entry.time <= to;
    }

    /** A hull acknowledged it in the window, and it was placed after. */
    private boolean isHeldIn(Entry entry) {
        return entry.time > to && entry.held.stream().anyMatch(held -> held.time() >= from && held.time() <= to);
    }

    private void whole(Entry entry) throws FalseException {
        if (entry.time < last) {
            throw new FalseException(entry.place, "le temps recule", "time goes back");
        }
        if (bareSince >= 0 && entry.time >= from && last <= to) {
            throw hidden();
        }
        bareSince = -1;
        last = entry.time;
        if (isIn(entry)) {
            entries++;
        } else if (entry.kind != Entry.REGISTRY && isHeldIn(entry)) {
            late++;
        } else if (entry.kind != Entry.REGISTRY && (entry.time < from ? ++before : ++after) > 1) {
            // One on each side shows where the window begins and ends; more is nobody's to have.
            throw new FalseException(entry.place, "est hors de la période", "is outside the window");
        }
    }

    /** How many were held in the window and placed after it. */
    long late() {
        return late;
    }

    /** Whether an entry after the window says that it is over. */
    boolean isOver() {
        return last > to;
    }

    private FalseException hidden() {
        return new FalseException(
                "record, " + bareSince,
                "une entrée de la période n'est là que par son empreinte",
                "an entry of the window is there by its hash only");
    }
}
