package trimaran.keeper;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.keeper.spi.Store.Change.Put;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.Writer;
import trimaran.line.message.SealedEntry;
import trimaran.record.Annex;
import trimaran.record.Escrow;
import trimaran.record.Header;
import trimaran.record.Held;
import trimaran.record.RecordLimits;

/** One held entry and the statements that say so, at most one of each tier. It lies in the space HELD and is read from there. */
public record HeldEntry(Header header, SealedEntry entry, List<Held> statements) {

    public HeldEntry {
        statements = List.copyOf(statements);
    }

    /** As it was brought, under the header of this content. */
    static HeldEntry of(EntryContent content, SealedEntry brought, List<Held> statements) {
        Bytes header = content.headerBytes();
        SealedEntry.Item item = header.size() <= RecordLimits.INLINE_MAX
                ? SealedEntry.Item.inline(header)
                : SealedEntry.Item.staged(Digest.sha256(header));
        SealedEntry entry = new SealedEntry(item, brought.annex(), brought.escrow(), brought.blobs(), brought.place());
        return new HeldEntry(content.header(), entry, statements);
    }

    Digest digest() {
        return header.digest();
    }

    Optional<Held> by(Party tier) {
        return statements.stream().filter(one -> one.tier() == tier).findFirst();
    }

    HeldEntry with(Held statement) {
        if (by(statement.tier()).isPresent()) {
            return this;
        }
        List<Held> more = new ArrayList<>(statements);
        more.add(statement);
        return new HeldEntry(header, entry, more);
    }

    /** Two tiers' statements, the two earliest, if there are two. */
    public List<Held> acknowledgement() {
        return statements.size() < 2
                ? List.of()
                : statements.stream()
                        .sorted((a, b) -> a.time().compareTo(b.time()))
                        .limit(2)
                        .toList();
    }

    /** Its annex, inline or packed here. */
    Annex annex(Blobs blobs) {
        SealedEntry.Item item = entry.annex();
        if (item.isNothing()) {
            return Annex.EMPTY;
        }
        try {
            Optional<Bytes> bytes = item.inline().or(() -> blobs.packed().whole(item.digest()));
            return bytes.isEmpty() ? Annex.EMPTY : Annex.decode(bytes.get());
        } catch (MalformedException broken) {
            throw new UnreadableCopyException("the annex of a held entry cannot be read", broken);
        }
    }

    /** The envelopes it brings, inline or packed here; none if they cannot be read. */
    Escrow escrow(Blobs blobs) {
        SealedEntry.Item item = entry.escrow();
        try {
            Optional<Bytes> bytes = item.inline().or(() -> blobs.packed().whole(item.digest()));
            return item.isNothing() || bytes.isEmpty() ? Escrow.NONE : Escrow.decode(bytes.get());
        } catch (MalformedException broken) {
            return Escrow.NONE;
        }
    }

    static HeldEntry decode(Bytes row, Blobs blobs) {
        return Copy.own(row, reader -> {
            SealedEntry entry = SealedEntry.read(reader);
            List<Held> statements = reader.list(3, Held::read);
            Bytes header = entry.header()
                    .inline()
                    .or(() -> blobs.packed().whole(entry.header().digest()))
                    .orElseThrow();
            return new HeldEntry(Copy.own(header, Header::read), entry, statements);
        });
    }

    Store.Change put() {
        Writer writer = new Writer(8192);
        entry.write(writer);
        writer.list(statements, (w, statement) -> statement.write(w));
        return new Put(Space.HELD, Key.digest(digest()), writer.toBytes());
    }
}
