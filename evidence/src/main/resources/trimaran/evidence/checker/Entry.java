import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One entry of the record: header and place, and what the checker asks of them. FORMATS.md has the layouts. */
final class Entry {

    static final int REGISTRY = 3;
    static final int VOID = 2;

    final long index;
    final String place;
    String origin = "";
    byte[] nonce = {};
    String session = "";
    int kind;
    long authored;
    byte[] statement = {};
    byte[] digest = {};
    byte[] leaf = {};
    long time;
    int verdict;
    Key.Signed signature = new Key.Signed(0, new byte[0]);
    int sanction;
    /** What application signed, with the hospital's name to be put before, or nothing. */
    byte[] sanctioned = {};

    Key.Signed sanctionSignature = new Key.Signed(0, new byte[0]);
    final List<Held> held = new ArrayList<>();

    /** A hull's word that it had the entry before it was placed; without a message if it names another, which nobody signs. */
    record Held(int tier, long epoch, long time, byte[] message, Key.Signed signature) {}

    private Entry(long index) {
        this.index = index;
        this.place = "record, " + index;
    }

    static Entry read(long index, byte[] header, byte[] placed) throws FalseException {
        Entry entry = new Entry(index);
        Cursor in = new Cursor(entry.place, header);
        byte[] author = in.bytes();
        entry.author(new Cursor(entry.place, author));
        entry.digest = Cursor.sha256(author);
        entry.signature = Key.Signed.read(in);
        entry.sanction(in);
        in.end();
        entry.placed(new Cursor(entry.place, placed));
        entry.leaf = Cursor.sha256(
                Cursor.ascii("trimaran/leaf/1\n"), entry.nonce, Cursor.sha256(header), Cursor.sha256(placed));
        return entry;
    }

    private void author(Cursor in) throws FalseException {
        int version = in.u8();
        if (version != 3 && version != 4) {
            throw in.unreadable();
        }
        origin = in.digest();
        nonce = in.raw(32);
        session = in.digest();
        kind = in.u8();
        authored = in.i64();
        in.flag();
        boolean[] keyed = {false};
        in.list(() -> {
            in.raw(16 + 32 + 4);
            in.list(() -> in.raw(8 + 4 + 1));
            if (version == 4) {
                keyed[0] |= !Arrays.equals(in.raw(16), new byte[16]);
            }
        });
        // Each value has one form: what names no later key is written as version 3.
        if (version == 4 && !keyed[0]) {
            throw in.unreadable();
        }
        in.list(() -> in.raw(16 + 1 + 16 + 4 * 32));
        statement = in.bytes();
        in.raw(32 + 32 + 8);
        in.end();
    }

    /** On what ground it was placed; of an approval or a refusal, what application must have signed. */
    private void sanction(Cursor in) throws FalseException {
        sanction = in.u8();
        switch (sanction) {
            case 0 -> {}
            case 1 -> {
                byte[] entry = in.raw(32);
                List<byte[]> premises = new ArrayList<>();
                in.list(() -> premises.add(in.raw(24)));
                byte[] version = in.raw(8);
                byte[] expiry = in.raw(8);
                byte[] node = Cursor.sha256(
                        Cursor.ascii("trimaran/approval/1\n"),
                        entry,
                        Cursor.number(premises.size()),
                        Cursor.joined(premises.toArray(byte[][]::new)),
                        version,
                        expiry);
                List<byte[]> siblings = new ArrayList<>();
                in.list(() -> siblings.add(in.raw(32)));
                long turns = in.u32();
                for (int i = 0; i < siblings.size(); i++) {
                    boolean left = (turns >>> i & 1) == 1;
                    node = left ? Tree.node(siblings.get(i), node) : Tree.node(node, siblings.get(i));
                }
                sanctioned = sanctioned(entry, "trimaran/approvals/1\n", node);
                sanctionSignature = Key.Signed.read(in);
            }
            case 2 -> in.u32();
            case 3 -> {
                byte[] entry = in.raw(32);
                byte[] rest = in.raw(2 + 8);
                sanctioned = sanctioned(entry, "trimaran/refusal/1\n", Cursor.joined(entry, rest));
                sanctionSignature = Key.Signed.read(in);
            }
            default -> throw in.unreadable();
        }
    }

    /** Empty if it names another entry: then no signature is true of it. */
    private byte[] sanctioned(byte[] entry, String tag, byte[] rest) throws FalseException {
        if (!Arrays.equals(entry, digest)) {
            return new byte[0];
        }
        return Cursor.joined(Cursor.ascii(tag), java.util.HexFormat.of().parseHex(origin), rest);
    }

    private void placed(Cursor in) throws FalseException {
        if (in.u8() != 1 || in.i64() != index) {
            throw in.unreadable();
        }
        time = in.i64();
        verdict = in.u8();
        in.list(() -> {
            in.raw(8 + 32);
            in.list(in::u32);
        });
        in.list(() -> {
            int tier = in.u8();
            long epoch = in.i64();
            byte[] named = in.raw(32);
            long at = in.i64();
            byte[] message = Cursor.joined(
                    Cursor.ascii("trimaran/held/1\n"),
                    java.util.HexFormat.of().parseHex(origin),
                    new byte[] {(byte) tier},
                    Cursor.number(epoch),
                    named,
                    Cursor.number(at));
            boolean own = Arrays.equals(named, digest);
            held.add(new Held(tier, epoch, at, own ? message : new byte[0], Key.Signed.read(in)));
        });
        in.end();
    }
}
