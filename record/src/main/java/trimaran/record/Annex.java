package trimaran.record;

import java.util.List;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.ResourceId;
import trimaran.kernel.Writer;

/** What an entry tells keepers besides its header and may be deleted later: lookup tokens and placement statements. */
public record Annex(List<Token> tokens, List<Placement> placements) {

    public static final Annex EMPTY = new Annex(List.of(), List.of());
    static final int VERSION = 1;

    public Annex {
        tokens = List.copyOf(tokens);
        placements = List.copyOf(placements);
    }

    /**
     * A lookup token (DESIGN §8) that leads to a resource.
     *
     * @param unique whether no other live resource may carry it: client-chosen ids, conditional creates
     */
    public record Token(Digest value, ResourceId resource, boolean unique) {

        static Token read(Reader reader) throws MalformedException {
            return new Token(reader.digest(), ResourceId.read(reader), reader.flag());
        }

        void write(Writer writer) {
            writer.digest(value);
            resource.write(writer);
            writer.flag(unique);
        }
    }

    /** Says which patient is, or is expected, in which ward; keepers count the ward's patients by it. */
    public record Placement(CellId subject, CellId ward, State state) {

        /** Order is the wire value. */
        public enum State {
            PRESENT,
            EXPECTED,
            LEFT
        }

        static Placement read(Reader reader) throws MalformedException {
            return new Placement(CellId.read(reader), CellId.read(reader), reader.choice(State.values()));
        }

        void write(Writer writer) {
            subject.write(writer);
            ward.write(writer);
            writer.u8(state.ordinal());
        }
    }

    public boolean isEmpty() {
        return tokens.isEmpty() && placements.isEmpty();
    }

    public Bytes encode() {
        Writer writer = new Writer(64 + tokens.size() * 49 + placements.size() * 17).u8(VERSION);
        writer.list(tokens, (w, token) -> token.write(w)).list(placements, (w, one) -> one.write(w));
        return writer.toBytes();
    }

    public static Annex decode(Bytes bytes) throws MalformedException {
        return Reader.whole(bytes, reader -> {
            int version = reader.u8();
            if (version != VERSION) {
                throw new MalformedException("unknown annex version " + version);
            }
            Annex annex = new Annex(
                    reader.list(RecordLimits.ANNEX_ITEMS_MAX, Token::read),
                    reader.list(RecordLimits.ANNEX_ITEMS_MAX, Placement::read));
            if (annex.isEmpty()) {
                throw new MalformedException("an annex that says nothing is no annex");
            }
            return annex;
        });
    }

    /** The digest an author part names: zero for an empty annex. */
    public Digest digest() {
        return isEmpty() ? Digest.ZERO : Digest.sha256(encode());
    }
}
