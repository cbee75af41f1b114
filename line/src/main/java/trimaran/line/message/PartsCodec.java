package trimaran.line.message;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.Writer;
import trimaran.record.CellHead;

/**
 * What a fetch found, as bytes. A header is some five kilobytes, most of it signatures, and one entry mostly has a part in each of a
 * patient's cells: it is written where it comes first, and only named after that.
 */
final class PartsCodec {

    private PartsCodec() {}

    static void write(Writer writer, Response.Parts parts) {
        Set<Digest> written = new HashSet<>();
        writer.list(parts.cells(), (w, cell) -> {
            w.list(cell.parts(), (x, part) -> {
                SealedEntry.Item header = part.header();
                boolean again = header.inline().isPresent() && !written.add(header.digest());
                (again ? SealedEntry.Item.staged(header.digest()) : header).write(x);
                x.bytes(part.place()).u16(part.part());
                part.blob().write(x);
            });
            cell.head().write(w);
            w.flag(cell.more());
        });
    }

    static Response.Parts read(Reader reader) throws MalformedException {
        Map<Digest, SealedEntry.Item> headers = new HashMap<>();
        return new Response.Parts(reader.list(
                MessageLimits.STRETCHES_MAX,
                r -> new Response.CellParts(
                        r.list(MessageLimits.ENTRIES_MAX, x -> part(x, headers)), CellHead.read(r), r.flag())));
    }

    private static Response.SealedPart part(Reader reader, Map<Digest, SealedEntry.Item> headers)
            throws MalformedException {
        SealedEntry.Item header = header(SealedEntry.Item.read(reader), headers);
        return new Response.SealedPart(
                header, reader.bytes(MessageLimits.CONTENT_BYTES_MAX), reader.u16(), SealedEntry.Item.read(reader));
    }

    private static SealedEntry.Item header(SealedEntry.Item told, Map<Digest, SealedEntry.Item> headers)
            throws MalformedException {
        if (told.inline().isEmpty()) {
            return told.erased() ? told : headers.getOrDefault(told.digest(), told);
        }
        if (headers.putIfAbsent(told.digest(), told) != null) {
            throw new MalformedException("a header that came before has one encoding");
        }
        return told;
    }
}
