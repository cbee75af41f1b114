package trimaran.record;

import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Writer;

/**
 * An order to roll that counts: what was handed to somebody within a window is given a new key when it is next written to.
 *
 * @param placed when it began to count: a key drawn later satisfies it
 */
public record RollOrder(Statement.Roll roll, RecordTime placed) {

    /** Whether a key drawn at this time is too old for the order; one of the same millisecond is. */
    public boolean asksAnew(RecordTime drawn) {
        return !drawn.isAfter(placed);
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
