package trimaran.line.message;

import java.util.List;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.SecretBytes;
import trimaran.kernel.Writer;

/** What parties ask of one another while the tiers refresh their shares (DESIGN §6, After a fall). */
public sealed interface RefreshStep {

    /** Cells a tier has no shares of when a refresh begins, that nobody can give it: the digests leave them out. */
    int LEFT_OUT_MAX = 512;

    /** Refreshes named one after the other of which none came to its end: what was prepared of each is handed out until one does. */
    int UNFINISHED_MAX = 7;

    /** From the console: draw the keys of the next generation, or say again which were drawn. Answer: Drawn. */
    record Draw(long generation) implements RefreshStep {}

    /**
     * From a tier: what it adds to the refresh. The first one of a tier for a generation counts. Answer: Done.
     *
     * @param base the generation the sender's shares are of until now
     * @param seed 32 bytes, from which the increments of every cell are derived
     * @param leftOut cells the sender has no shares of
     */
    record Seed(long generation, long base, SecretBytes seed, List<CellId> leftOut) implements RefreshStep {
        public Seed {
            leftOut = List.copyOf(leftOut);
        }
    }

    /** From a tier: who has prepared this generation, as far as is known here. Answer: PreparedWords. */
    record Show(long generation) implements RefreshStep {}

    static RefreshStep read(Reader reader) throws MalformedException {
        int step = reader.u8();
        long generation = reader.count();
        return switch (step) {
            case 0 -> new Draw(generation);
            case 1 ->
                new Seed(
                        generation,
                        reader.count(),
                        SecretBytes.taking(reader.raw(Digest.SIZE)),
                        reader.list(LEFT_OUT_MAX, CellId::read));
            case 2 -> new Show(generation);
            default -> throw new MalformedException("unknown step of a refresh " + step);
        };
    }

    default void write(Writer writer) {
        switch (this) {
            case Draw(long generation) -> writer.u8(0).i64(generation);
            case Seed(long generation, long base, SecretBytes seed, List<CellId> leftOut) ->
                writer.u8(1).i64(generation).i64(base).raw(seed.expose()).list(leftOut, (w, cell) -> cell.write(w));
            case Show(long generation) -> writer.u8(2).i64(generation);
        }
    }
}
