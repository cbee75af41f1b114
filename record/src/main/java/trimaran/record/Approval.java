package trimaran.record;

import java.util.List;
import trimaran.kernel.Bytes;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Writer;

/**
 * Application's yes to one entry: on which premises, under which policy, until when. One signature may cover a batch: then
 * the path leads from this approval's hash to the signed root (RFC 6962 node hashing, {@code turns} bit i set when the
 * sibling at step i stands on the left).
 */
public record Approval(
        Digest entry,
        List<Premise> premises,
        long policyVersion,
        RecordTime expiry,
        List<Digest> path,
        long turns,
        Signature signature) {

    private static final byte[] TAG = Bytes.ofText("trimaran/approval/1\n").toArray();
    private static final byte[] ROOT_TAG =
            Bytes.ofText("trimaran/approvals/1\n").toArray();

    public Approval {
        premises = List.copyOf(premises);
        path = List.copyOf(path);
    }

    public static Approval read(Reader reader) throws MalformedException {
        return new Approval(
                reader.digest(),
                reader.list(RecordLimits.PREMISES_MAX, Premise::read),
                reader.count(),
                RecordTime.read(reader),
                reader.list(RecordLimits.PATH_MAX, Reader::digest),
                reader.u32(),
                Signature.read(reader));
    }

    public void write(Writer writer) {
        writer.digest(entry).list(premises, (w, premise) -> premise.write(w)).i64(policyVersion);
        expiry.write(writer);
        writer.list(path, Writer::digest).u32(turns);
        signature.write(writer);
    }

    /** The hash of what is approved, the leaf of a batch. */
    public static Digest leaf(Digest entry, List<Premise> premises, long policyVersion, RecordTime expiry) {
        Writer writer = new Writer(128);
        writer.raw(TAG)
                .digest(entry)
                .list(premises, (w, premise) -> premise.write(w))
                .i64(policyVersion);
        expiry.write(writer);
        return Digest.sha256(writer.toArray());
    }

    /** The bytes application signs: the root of a batch, in which a single approval is its own root. */
    public static byte[] signedBytes(Digest origin, Digest root) {
        return new Writer(96).raw(ROOT_TAG).digest(origin).digest(root).toArray();
    }

    /** The bytes application must have signed for this approval to hold. */
    public byte[] signedBytes(Digest origin) {
        Digest node = leaf(entry, premises, policyVersion, expiry);
        for (int i = 0; i < path.size(); i++) {
            Digest sibling = path.get(i);
            boolean left = (turns >>> i & 1) == 1;
            node = left ? node(sibling, node) : node(node, sibling);
        }
        return signedBytes(origin, node);
    }

    /** The parent of two batch nodes. */
    public static Digest node(Digest left, Digest right) {
        return Digest.sha256(new byte[] {1}, left.unsafeArray(), right.unsafeArray());
    }
}
