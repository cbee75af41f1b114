package trimaran.keeper;

import java.util.function.Supplier;
import trimaran.keeper.spi.Space;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.Reader;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Writer;

/**
 * How many tails this tier took back since data has its present keys. An honest data may cause one: it crashed, its disk lost what it
 * had said it held, and it placed other entries there. One that goes on would have this tier look through its copy before it serves,
 * and sign nothing for long, as often as it likes; so after a second one within a day this tier takes in what a quorum signed, and
 * nothing on data's word alone, for a day or until data has other keys.
 */
final class TailCount {

    /** Tails that make wary: one for a crash, one for the crash in which it is mended. */
    static final int TAILS_MAX = 2;

    /** After a day without a tail data is believed again: else two crashes, years apart, would do. */
    static final long FORGIVEN_MILLIS = 86_400_000;

    /** @param last when the last tail was condemned */
    private record Count(Digest data, RecordTime last, long tails) {

        static Count read(Reader reader) throws trimaran.kernel.MalformedException {
            return new Count(reader.digest(), new RecordTime(reader.i64()), reader.count());
        }
    }

    private final Supplier<Digest> data;
    private final Supplier<RecordTime> now;

    /** Read at the start: a tail that is to go begins a new keeper. */
    private final Count found;

    /** @param data the key data's checkpoints are signed with at present */
    TailCount(KeeperSetting setting, Supplier<Digest> data) {
        this.data = data;
        this.now = setting::now;
        this.found = setting.store()
                .get(Space.STATE, Key.TAILS)
                .map(bytes -> Copy.own(bytes, Count::read))
                .orElse(new Count(Digest.ZERO, RecordTime.ZERO, 0));
    }

    /** Whether nothing is taken in any more that no quorum signed. */
    boolean isWary() {
        return tails() >= TAILS_MAX;
    }

    /** Written with whatever condemns a tail. */
    Bytes oneMore() {
        return new Writer(48)
                .digest(data.get())
                .i64(now.get().millis())
                .i64(tails() + 1)
                .toBytes();
    }

    private long tails() {
        boolean forgiven = now.get().millis() - found.last().millis() >= FORGIVEN_MILLIS;
        return forgiven || !found.data().equals(data.get()) ? 0 : found.tails();
    }
}
