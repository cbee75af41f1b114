package trimaran.record;

import trimaran.kernel.CellId;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.Writer;

/** What a rule relied on: this cell had exactly so many parts. Has it more at placing, the premise moved. */
public record Premise(CellId cell, long sequence) {

    public static Premise read(Reader reader) throws MalformedException {
        return new Premise(CellId.read(reader), reader.count());
    }

    public void write(Writer writer) {
        cell.write(writer);
        writer.i64(sequence);
    }
}
