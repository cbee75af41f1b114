package trimaran.record;

import java.util.List;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.Writer;

/**
 * The shares of an entry's new cells: for each keeper one envelope, sealed to its key of the present generation, with its
 * pair of each new cell in the order of the header. Every holder keeps all three until their keepers confirm.
 */
public record Escrow(List<Envelope> envelopes) {

    static final int VERSION = 1;

    public static final Escrow NONE = new Escrow(List.of());

    public Escrow {
        envelopes = List.copyOf(envelopes);
    }

    /** One keeper's sealed pairs. */
    public record Envelope(Party tier, long generation, Bytes sealed) {

        static Envelope read(Reader reader) throws MalformedException {
            Party tier = reader.choice(Party.values());
            if (!tier.isTier()) {
                throw new MalformedException("the witness keeps no shares");
            }
            return new Envelope(tier, reader.count(), reader.bytes(RecordLimits.ENVELOPE_BYTES_MAX));
        }

        void write(Writer writer) {
            writer.u8(tier.ordinal()).i64(generation).bytes(sealed);
        }
    }

    /** What binds an envelope to its entry: origin, then the entry's nonce. */
    public static Bytes associatedData(Digest origin, Digest nonce) {
        return new Writer(64).digest(origin).digest(nonce).toBytes();
    }

    public Optional<Envelope> of(Party tier) {
        return envelopes.stream().filter(one -> one.tier() == tier).findFirst();
    }

    public Bytes encode() {
        Writer writer = new Writer(4096).u8(VERSION);
        writer.list(envelopes, (w, one) -> one.write(w));
        return writer.toBytes();
    }

    public static Escrow decode(Bytes bytes) throws MalformedException {
        return Reader.whole(bytes, reader -> {
            int version = reader.u8();
            if (version != VERSION) {
                throw new MalformedException("unknown escrow version " + version);
            }
            List<Envelope> envelopes = reader.list(Party.TIERS.size(), Envelope::read);
            if (envelopes.isEmpty()) {
                throw new MalformedException("an escrow without envelopes is no escrow");
            }
            for (int i = 1; i < envelopes.size(); i++) {
                if (envelopes.get(i - 1).tier().compareTo(envelopes.get(i).tier()) >= 0) {
                    throw new MalformedException("envelopes stand in the order of the tiers, one for each");
                }
            }
            return new Escrow(envelopes);
        });
    }

    /** The digest an author part names: zero if no cell is opened. */
    public Digest digest() {
        return envelopes.isEmpty() ? Digest.ZERO : Digest.sha256(encode());
    }
}
