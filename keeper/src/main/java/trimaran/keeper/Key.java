package trimaran.keeper;

import java.util.Arrays;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.ResourceId;
import trimaran.kernel.Writer;

/** The keys of a keeper's store, byte by byte; docs/formats.md lists them with their values. */
final class Key {

    /** What lies under a cell in the space of cells: its opening, its parts, its head. */
    enum CellItem {
        OPENING,
        PART,
        HEAD
    }

    static final Bytes FRONTIER = Bytes.ofText("frontier");
    static final Bytes LAST_TIME = Bytes.ofText("last-time");
    static final Bytes NOTE = Bytes.ofText("note");
    static final Bytes COSIGNED = Bytes.ofText("cosigned");
    static final Bytes OFFERED = Bytes.ofText("offered");
    static final Bytes COVERED = Bytes.ofText("covered");
    static final Bytes CUT_BACK = Bytes.ofText("cut-back");
    static final Bytes FORSWORN = Bytes.ofText("forsworn");
    static final Bytes TAILS = Bytes.ofText("tails");
    static final Bytes OTHER_TREE = Bytes.ofText("other-tree");
    static final Bytes LEDGER_HEAD = Bytes.ofText("ledger-head");
    static final Bytes LEDGER_JOINED = Bytes.ofText("ledger-joined");
    static final Bytes LEDGER_BACK = Bytes.ofText("ledger-back");
    static final Bytes SEARCH_CELL = Bytes.ofText("search-cell");
    static final Bytes LOOKUP_CELL = Bytes.ofText("lookup-cell");
    static final Bytes ESCROW_FROM = Bytes.ofText("escrow-from");
    static final Bytes ABSENT = Bytes.ofText("absent--");
    static final Bytes LACKING = Bytes.ofText("lacking-");
    static final Bytes ERASED = Bytes.ofText("erased--");
    static final Bytes ANNOUNCED = Bytes.ofText("announce");
    static final Bytes LEDGER_INDEXED = Bytes.ofText("ledger-indexed");
    private static final int LEDGER_ASIDE = 0x80;
    static final int LEDGER_CELL = 0;
    private static final int LEDGER_SESSION = 1;
    private static final Bytes VOIDED = Bytes.ofText("voided--");

    private Key() {}

    static Bytes number(long value) {
        return new Writer(8).i64(value).toBytes();
    }

    static Bytes digest(Digest digest) {
        return Bytes.of(digest.unsafeArray());
    }

    static Bytes cell(CellId cell) {
        return led(new Writer(CellId.SIZE_BYTES), cell).toBytes();
    }

    private static Writer led(Writer writer, CellId cell) {
        cell.write(writer);
        return writer;
    }

    /** By generation first, so that a generation lies together. */
    static Bytes share(long generation, CellId cell) {
        return led(new Writer(24).i64(generation), cell).toBytes();
    }

    static Bytes cellItem(CellId cell, CellItem item, long sequence) {
        return led(new Writer(25), cell).u8(item.ordinal()).i64(sequence).toBytes();
    }

    static Bytes subject(CellId subject, CellId cell) {
        return led(led(new Writer(32), subject), cell).toBytes();
    }

    static Bytes resource(ResourceId resource) {
        Writer writer = new Writer(24);
        resource.write(writer);
        return writer.toBytes();
    }

    static Bytes token(Digest token, ResourceId resource) {
        Writer writer = new Writer(56).digest(token);
        resource.write(writer);
        return writer.toBytes();
    }

    /** A piece of a blob, kept or staged: they are numbered from 0. */
    static Bytes piece(Digest whole, long number) {
        return new Writer(40).digest(whole).i64(number).toBytes();
    }

    /** What is packed under its digest, of the entry held under a digest or placed at a position. */
    static Bytes packed(Digest digest, Bytes owner) {
        return new Writer(Digest.SIZE + owner.size())
                .digest(digest)
                .raw(owner.unsafeArray())
                .toBytes();
    }

    static Bytes ledgerCopy(Party party, long line) {
        return new Writer(9).u8(party.ordinal()).i64(line).toBytes();
    }

    /** Of the ledger copies: a line that had this number in the copy of a tier's ledger before another took it. */
    static Bytes ledgerAside(Party party, long number, Digest chain) {
        return new Writer(41)
                .u8(LEDGER_ASIDE | party.ordinal())
                .i64(number)
                .digest(chain)
                .toBytes();
    }

    /** Under which key a tier spoke when lines of its ledger were last copied here. */
    static Bytes ledgerCopySpeaker(Party party) {
        return new Writer(9)
                .raw(Bytes.ofText("copiedby").unsafeArray())
                .u8(party.ordinal())
                .toBytes();
    }

    /** How far the copy kept of a tier's ledger reaches. */
    static Bytes ledgerCopyHead(Party party) {
        return new Writer(9)
                .raw(Bytes.ofText("copied--").unsafeArray())
                .u8(party.ordinal())
                .toBytes();
    }

    /** Of the ledger index: a line that names this cell, the newest line of a tier first. */
    static Bytes ledgerCell(CellId cell, Party party, long line) {
        return led(new Writer(26).u8(LEDGER_CELL), cell)
                .u8(party.ordinal())
                .i64(~line)
                .toBytes();
    }

    /** Of the ledger index: the badge of a session. */
    static Bytes ledgerSession(Digest session) {
        return new Writer(33).u8(LEDGER_SESSION).digest(session).toBytes();
    }

    static Bytes registryEntry(long index) {
        return new Writer(16).raw(Bytes.ofText("registry").toArray()).i64(index).toBytes();
    }

    static Bytes epochStatement(long epoch) {
        return new Writer(16).raw(Bytes.ofText("epoch---").toArray()).i64(epoch).toBytes();
    }

    /** What a tier adds to a refresh, sealed under the file key of the generation that goes with it. */
    static Bytes seed(long generation, Party party) {
        return refresh("seed----", generation, party);
    }

    /** A tier's word that it has prepared a generation. */
    static Bytes prepared(long generation, Party party) {
        return refresh("prepared", generation, party);
    }

    private static Bytes refresh(String what, long generation, Party party) {
        return new Writer(17)
                .raw(Bytes.ofText(what).toArray())
                .i64(generation)
                .u8(party.ordinal())
                .toBytes();
    }

    static Bytes absent(CellId cell, long sequence) {
        return led(new Writer(32).raw(ABSENT.unsafeArray()), cell).i64(sequence).toBytes();
    }

    static Bytes lacking(CellId cell) {
        return led(new Writer(24).raw(LACKING.unsafeArray()), cell).toBytes();
    }

    static Bytes erased(CellId cell) {
        return led(new Writer(24).raw(ERASED.unsafeArray()), cell).toBytes();
    }

    /** A cut or reopening accepted on sight, by the order of acceptance. */
    static Bytes announced(long number) {
        return new Writer(16).raw(ANNOUNCED.unsafeArray()).i64(number).toBytes();
    }

    /** The void place of an entry that was held. */
    static Bytes voided(Digest entry) {
        return new Writer(40).raw(VOIDED.unsafeArray()).digest(entry).toBytes();
    }

    static Bytes placement(CellId ward, CellId subject) {
        return led(led(new Writer(40).raw(Bytes.ofText("ward----").toArray()), ward), subject)
                .toBytes();
    }

    /** The cell whose name begins at a byte of a key. */
    static CellId cellAt(Bytes key, int from) {
        return Copy.own(Bytes.ofRange(key.unsafeArray(), from, from + CellId.SIZE_BYTES), CellId::read);
    }

    /** The first key after every key that begins with this prefix. */
    static Bytes after(Bytes prefix) {
        byte[] end = prefix.toArray();
        for (int i = end.length - 1; i >= 0; i--) {
            if (end[i] != (byte) 0xff) {
                end[i]++;
                return Bytes.ofRange(end, 0, i + 1);
            }
        }
        // A prefix of 0xff only: more of them than any key is long come after every key.
        byte[] last = new byte[end.length + 64];
        Arrays.fill(last, (byte) 0xff);
        return Bytes.wrap(last);
    }
}
