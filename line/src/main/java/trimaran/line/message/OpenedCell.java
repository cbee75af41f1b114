package trimaran.line.message;

import java.util.List;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.SecretBytes;
import trimaran.kernel.Writer;
import trimaran.record.CellHead;
import trimaran.record.NewCell;

/**
 * A cell as one tier releases it: its opening statement (commitments), its head, how far the tier's copy reaches, and the
 * tier's shares.
 *
 * @param opening the cell's opening: commitments to K and each share; the station checks shares against it
 * @param openedAt position of the entry that opened the cell, or -1 if that entry is only held
 * @param shares the shares this tier keeps; more than one pair from when it has prepared a refresh until the old one is gone
 * @param isToRoll whether the next writer is to draw a new key, since a party that fell was handed those there are
 */
public record OpenedCell(NewCell opening, long openedAt, CellHead head, List<NumberedShare> shares, boolean isToRoll) {

    /** A pair of the generation in use, and of each that is prepared beside it. */
    static final int SHARES_MAX = 2 * (RefreshStep.UNFINISHED_MAX + 1);

    public OpenedCell {
        shares = List.copyOf(shares);
    }

    /** A cell whose keys no party that fell was handed. */
    public OpenedCell(NewCell opening, long openedAt, CellHead head, List<NumberedShare> shares) {
        this(opening, openedAt, head, shares, false);
    }

    /** Share 1, 2 or 3 of a cell's K, of one generation. */
    public record NumberedShare(int number, long generation, SecretBytes value) {

        static NumberedShare read(Reader reader) throws MalformedException {
            int number = reader.u8();
            if (number < 1 || number > 3) {
                throw new MalformedException("a share has number 1, 2 or 3");
            }
            return new NumberedShare(number, reader.count(), SecretBytes.taking(reader.raw(Digest.SIZE)));
        }

        void write(Writer writer) {
            writer.u8(number).i64(generation).raw(value.expose());
        }
    }

    public static OpenedCell read(Reader reader) throws MalformedException {
        return new OpenedCell(
                NewCell.read(reader),
                reader.i64(),
                CellHead.read(reader),
                reader.list(SHARES_MAX, NumberedShare::read),
                reader.flag());
    }

    public void write(Writer writer) {
        opening.write(writer);
        writer.i64(openedAt);
        head.write(writer);
        writer.list(shares, (w, share) -> share.write(w)).flag(isToRoll);
    }
}
