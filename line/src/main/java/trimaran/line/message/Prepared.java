package trimaran.line.message;

import java.util.List;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.Writer;
import trimaran.record.Signature;

/**
 * A tier's signed word that its shares of a new generation are on its disk and stay there (DESIGN §6). Each share is kept by two
 * tiers, so two tiers come to the same digest of it; the old generation goes only when all three have said the same. It can be
 * shown to anyone: it says nothing of any share.
 *
 * @param base the generation they were made from
 * @param seeds hash over the three seeds and the cells left out: with others, other shares would have come about
 * @param lower digest over the commitments to all shares of the smaller number the tier keeps
 * @param higher of the larger number
 * @param leftOut cells at least one tier has no shares of, ascending; no digest covers them
 * @param size how many entries of the log the tier had
 */
public record Prepared(
        Party keeper,
        long generation,
        long base,
        Digest seeds,
        Digest lower,
        Digest higher,
        List<CellId> leftOut,
        long size,
        Signature signature) {

    private static final byte[] TAG = Bytes.ofText("trimaran/prepared/1\n").toArray();

    public Prepared {
        leftOut = List.copyOf(leftOut);
    }

    /** @throws IllegalArgumentException unless this tier keeps that share */
    public Digest digest(int number) {
        if (!keeper.keepsShare(number)) {
            throw new IllegalArgumentException(keeper.word() + " keeps no share " + number);
        }
        return number == (keeper.keepsShare(1) ? 1 : 2) ? lower : higher;
    }

    /** Whether two tiers made the same generation: from the same seeds, with the same copies of the share both keep. */
    public boolean agrees(Prepared other) {
        if (other.keeper == keeper
                || other.generation != generation
                || other.base != base
                || !other.seeds.equals(seeds)
                || !other.leftOut.equals(leftOut)) {
            return false;
        }
        for (int number = 1; number <= Party.TIERS.size(); number++) {
            if (keeper.keepsShare(number) && other.keeper.keepsShare(number)) {
                return digest(number).equals(other.digest(number));
            }
        }
        return false;
    }

    public static Prepared read(Reader reader) throws MalformedException {
        Party keeper = reader.choice(Party.values());
        if (!keeper.isTier()) {
            throw new MalformedException("the witness keeps no share");
        }
        return new Prepared(
                keeper,
                reader.count(),
                reader.count(),
                reader.digest(),
                reader.digest(),
                reader.digest(),
                reader.list(Party.TIERS.size() * RefreshStep.LEFT_OUT_MAX, CellId::read),
                reader.count(),
                Signature.read(reader));
    }

    public void write(Writer writer) {
        fields(writer);
        signature.write(writer);
    }

    public Bytes encode() {
        Writer writer = new Writer(2700);
        write(writer);
        return writer.toBytes();
    }

    /** The bytes the keeper signs with its key for statements. */
    public byte[] signedBytes(Digest origin) {
        Writer writer = new Writer(256).raw(TAG).digest(origin);
        fields(writer);
        return writer.toArray();
    }

    /** The same word with its signature. */
    public Prepared signed(Signature by) {
        return new Prepared(keeper, generation, base, seeds, lower, higher, leftOut, size, by);
    }

    private void fields(Writer writer) {
        writer.u8(keeper.ordinal())
                .i64(generation)
                .i64(base)
                .digest(seeds)
                .digest(lower)
                .digest(higher)
                .list(leftOut, (w, cell) -> cell.write(w))
                .i64(size);
    }
}
