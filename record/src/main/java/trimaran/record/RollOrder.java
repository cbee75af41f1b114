package trimaran.record;

import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Writer;

/**
 * An order to roll that counts: what was handed to somebody within a window is given a new key when it is next written to.
 *
 * @param index where the log has it: a key drawn behind it satisfies it. Times do not tell, since data whose clock was put back gives
 *     all entries the same one for a while.
 */
public record RollOrder(Statement.Roll roll, long index) {

    /** Of an order whose place is not known: no key satisfies it. */
    public static final long UNPLACED = Long.MAX_VALUE;

    /** Whether a key drawn at this position is too old for the order. */
    public boolean asksAnew(long drawn) {
        return drawn < index;
    }

    static void write(Writer writer, Statement.Roll roll) {
        writer.u8(roll.holder().ordinal()).digest(roll.subject());
        roll.from().write(writer);
        roll.to().write(writer);
        roll.time().write(writer);
    }

    static Statement.Roll read(Reader reader) throws MalformedException {
        Statement.Roll roll = new Statement.Roll(
                reader.choice(Statement.Holder.values()),
                reader.digest(),
                RecordTime.read(reader),
                RecordTime.read(reader),
                RecordTime.read(reader));
        if (roll.from().isAfter(roll.to()) || roll.to().isAfter(roll.time())) {
            throw new MalformedException("an order to roll is about a window that is over");
        }
        return roll;
    }
}
