package trimaran.shares;

import java.util.Arrays;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Entropy;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Reader;
import trimaran.kernel.SecretBytes;
import trimaran.kernel.Writer;

/**
 * What is added to the three shares of one cell to refresh them: z1 ⊕ z2 ⊕ z3 = 0, so the key stays and every share
 * changes (DESIGN §6). All keepers taking part know all three; they live in memory only and never touch a disk. What a
 * fallen tier stole before is worth nothing beside what it could steal after.
 */
public record Increments(SecretBytes first, SecretBytes second, SecretBytes third) {

    /** A seed is as strong as a share. */
    public static final int SEED_BYTES = 32;

    public Increments {
        if (first.size() != SharePair.SHARE_BYTES
                || second.size() != SharePair.SHARE_BYTES
                || third.size() != SharePair.SHARE_BYTES) {
            throw new IllegalArgumentException("an increment has 32 bytes");
        }
    }

    /** One keeper's contribution: two random, the third makes them cancel. */
    public static Increments draw(Entropy entropy) {
        SecretBytes first = SecretBytes.random(entropy, SharePair.SHARE_BYTES);
        SecretBytes second = SecretBytes.random(entropy, SharePair.SHARE_BYTES);
        return new Increments(first, second, first.xor(second));
    }

    /**
     * One keeper's contribution for one cell out of a seed it drew for this refresh, so that millions of cells need one
     * exchange of 32 bytes. The seed is as secret as the increments: sent over TLS, kept in memory, wiped after.
     */
    public static Increments derive(SecretBytes seed, long newGeneration, CellId cell) {
        if (seed.size() != SEED_BYTES) {
            throw new IllegalArgumentException("a seed has 32 bytes");
        }
        Writer info = Domain.INCREMENT.begin().i64(newGeneration);
        cell.write(info);
        SecretBytes drawn = KeyDerivation.derive(seed, new byte[0], info.toArray(), 2 * SharePair.SHARE_BYTES);
        SecretBytes first = SecretBytes.taking(Arrays.copyOfRange(drawn.expose(), 0, SharePair.SHARE_BYTES));
        SecretBytes second = SecretBytes.taking(
                Arrays.copyOfRange(drawn.expose(), SharePair.SHARE_BYTES, 2 * SharePair.SHARE_BYTES));
        drawn.wipe();
        return new Increments(first, second, first.xor(second));
    }

    /** The sum of two contributions: unknown to whoever made only one of them. */
    public Increments plus(Increments other) {
        return new Increments(first.xor(other.first), second.xor(other.second), third.xor(other.third));
    }

    /** Whether they add up to nothing. If not, applying them would lose the cell. */
    public boolean cancel() {
        return first.xor(second).equals(third);
    }

    public SecretBytes of(int number) {
        return switch (number) {
            case 1 -> first;
            case 2 -> second;
            case 3 -> third;
            default -> throw new IllegalArgumentException("a cell has shares 1 to 3");
        };
    }

    /** The keeper's pair of the new generation; {@link Code#BAD_SHARE} if the increments do not cancel. */
    public Outcome<SharePair> refresh(SharePair pair) {
        if (!cancel()) {
            return Outcome.refused(Code.BAD_SHARE, "The increments do not cancel.");
        }
        return Outcome.done(new SharePair(
                pair.keeper(),
                pair.lower().xor(of(SharePair.lowerNumber(pair.keeper()))),
                pair.higher().xor(of(SharePair.higherNumber(pair.keeper())))));
    }

    public static Increments read(Reader reader) throws MalformedException {
        return new Increments(increment(reader), increment(reader), increment(reader));
    }

    private static SecretBytes increment(Reader reader) throws MalformedException {
        return SecretBytes.taking(reader.raw(SharePair.SHARE_BYTES));
    }

    public void write(Writer writer) {
        writer.raw(first.expose()).raw(second.expose()).raw(third.expose());
    }

    public void wipe() {
        first.wipe();
        second.wipe();
        third.wipe();
    }
}
