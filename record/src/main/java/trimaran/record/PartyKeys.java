package trimaran.record;

import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.Reader;
import trimaran.kernel.Writer;

/**
 * The public keys of one party in one epoch, each with one purpose.
 *
 * @param cosigner signs cosignatures; a C2SP cosigner key
 * @param log signs checkpoints as the log; only data has one, others repeat an empty key
 * @param statements signs held statements, and at application approvals and refusals; empty for the witness
 * @param line SHA-256 of the SubjectPublicKeyInfo under which it speaks TLS
 * @param sealing ML-KEM-768 key for envelopes, raw; empty for the witness
 * @param generation number of the sealing key
 */
public record PartyKeys(
        Party party, Bytes cosigner, Bytes log, PublicKey statements, Digest line, Bytes sealing, long generation) {

    /** The same keys but for the one to seal to. */
    PartyKeys sealedTo(Bytes key, long number) {
        return new PartyKeys(party, cosigner, log, statements, line, key, number);
    }

    public static PartyKeys read(Reader reader) throws MalformedException {
        return new PartyKeys(
                reader.choice(Party.values()),
                reader.bytes(RecordLimits.KEY_BYTES_MAX),
                reader.bytes(RecordLimits.KEY_BYTES_MAX),
                PublicKey.read(reader),
                reader.digest(),
                reader.bytes(RecordLimits.KEY_BYTES_MAX),
                reader.count());
    }

    public void write(Writer writer) {
        writer.u8(party.ordinal()).bytes(cosigner).bytes(log);
        statements.write(writer);
        writer.digest(line).bytes(sealing).i64(generation);
    }
}
