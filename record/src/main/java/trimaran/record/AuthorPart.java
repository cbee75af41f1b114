package trimaran.record;

import java.util.List;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.WallTime;
import trimaran.kernel.Writer;

/**
 * What the author signs: everything about an entry that never changes. It names no place, so nobody signs again because
 * somebody else wrote. Its hash is the entry's digest, under which it is idempotent everywhere.
 *
 * @param origin hash of entry 0, so that no other hospital's entry fits
 * @param nonce 32 random bytes; also the salt of the leaf and part of every blob's associated data
 * @param session the session that signs; {@link Digest#ZERO} for a registry statement that carries its own signatures
 * @param authored the station's wall clock, for display
 * @param mayContinue the author's word that every change is of a kind accepted without approval (DESIGN §5 Continuity);
 *     readers check it against what they open, and what breaks it has no effect
 * @param statement a registry statement in clear, or empty
 * @param annex digest of the deletable annex, {@link Digest#ZERO} for none
 * @param escrow digest of the sealed shares of the new cells, {@link Digest#ZERO} for none
 * @param checkpointSeen size of the largest checkpoint the author knew: every entry is a rollback sensor
 */
public record AuthorPart(
        Digest origin,
        Digest nonce,
        Digest session,
        EntryKind kind,
        WallTime authored,
        boolean mayContinue,
        List<CellPart> parts,
        List<NewCell> newCells,
        Bytes statement,
        Digest annex,
        Digest escrow,
        long checkpointSeen) {

    static final int VERSION = 3;
    /** Each part says under which key it is sealed; written only where one is under a later key, so that each value has one form. */
    static final int KEYED_VERSION = 4;

    private static final byte[] TAG = Bytes.ofText("trimaran/entry/1\n").toArray();

    public AuthorPart {
        parts = List.copyOf(parts);
        newCells = List.copyOf(newCells);
    }

    public Bytes encode() {
        Writer writer = new Writer(512);
        boolean keyed = isKeyed();
        writer.u8(keyed ? KEYED_VERSION : VERSION)
                .digest(origin)
                .digest(nonce)
                .digest(session)
                .u8(kind.ordinal());
        writer.i64(authored.millis()).flag(mayContinue);
        writer.list(parts, (w, part) -> part.write(w, keyed));
        writer.list(newCells, (w, cell) -> cell.write(w));
        writer.bytes(statement).digest(annex).digest(escrow).i64(checkpointSeen);
        return writer.toBytes();
    }

    /** Which of its parts lies in a cell; the first, since in a valid entry there is one. */
    public int partIn(CellId cell) {
        int part = 0;
        while (!parts.get(part).cell().equals(cell)) {
            part++;
        }
        return part;
    }

    private boolean isKeyed() {
        return parts.stream().anyMatch(CellPart::isRolled);
    }

    public static AuthorPart decode(Bytes bytes) throws MalformedException {
        return Reader.whole(bytes, reader -> {
            int version = reader.u8();
            boolean keyed = version == KEYED_VERSION;
            if (version != VERSION && !keyed) {
                throw new MalformedException("unknown entry version " + version);
            }
            AuthorPart author = new AuthorPart(
                    reader.digest(),
                    reader.digest(),
                    reader.digest(),
                    reader.choice(EntryKind.values()),
                    new WallTime(reader.i64()),
                    reader.flag(),
                    reader.list(RecordLimits.PARTS_MAX, r -> CellPart.read(r, keyed)),
                    reader.list(RecordLimits.PARTS_MAX, NewCell::read),
                    reader.bytes(RecordLimits.STATEMENT_BYTES_MAX),
                    reader.digest(),
                    reader.digest(),
                    reader.count());
            if (keyed != author.isKeyed()) {
                throw new MalformedException("an entry of this version has a part under a later key");
            }
            int changes = author.parts().stream()
                    .mapToInt(part -> part.changes().size())
                    .sum();
            if (changes > RecordLimits.CHANGES_MAX) {
                throw new MalformedException("an entry changes " + changes + " resources, over the limit");
            }
            return author;
        });
    }

    /** The digest of an encoded author part: the entry's name. */
    public static Digest digest(Bytes encoded) {
        return Digest.sha256(encoded);
    }

    /** The bytes the session key signs: long parts are signed by digest. */
    public static byte[] signedBytes(Digest entry) {
        return new Writer(64).raw(TAG).digest(entry).toArray();
    }
}
