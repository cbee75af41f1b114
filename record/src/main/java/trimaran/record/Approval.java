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
 * the path leads from this approval's hash to the signed root.
 */
public record Approval(
        Digest entry,
        List<Premise> premises,
        long policyVersion,
        RecordTime expiry,
        BatchPath path,
        Signature signature) {

    private static final byte[] TAG = Bytes.ofText("trimaran/approval/1\n").toArray();
    private static final byte[] SEEN_TAG =
            Bytes.ofText("trimaran/approval-seen/1\n").toArray();
    private static final byte[] ROOT_TAG =
            Bytes.ofText("trimaran/approvals/1\n").toArray();

    public Approval {
        premises = List.copyOf(premises);
    }

    public static Approval read(Reader reader) throws MalformedException {
        return new Approval(
                reader.digest(),
                reader.list(RecordLimits.PREMISES_MAX, Premise::read),
                reader.count(),
                RecordTime.read(reader),
                BatchPath.read(reader),
                Signature.read(reader));
    }

    public void write(Writer writer) {
        writer.digest(entry).list(premises, (w, premise) -> premise.write(w)).i64(policyVersion);
        expiry.write(writer);
        path.write(writer);
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

    /**
     * The hash of one content application was shown in full and judged, which it puts right behind the approval's leaf into the batch it
     * signs: so a reader knows that this very text was judged, whatever the author's station said it was.
     */
    public static Digest seen(Digest entry, Bytes content) {
        return Digest.sha256(
                SEEN_TAG, entry.unsafeArray(), Digest.sha256(content).unsafeArray());
    }

    /** Whether application, when it signed this, had been shown this very content and judged it. */
    public boolean saw(Bytes content) {
        return !path.siblings().isEmpty()
                && (path.turns() & 1) == 0
                && path.siblings().getFirst().equals(seen(entry, content));
    }

    /** The bytes application signs: the root of a batch, in which a single approval is its own root. */
    public static byte[] signedBytes(Digest origin, Digest root) {
        return new Writer(96).raw(ROOT_TAG).digest(origin).digest(root).toArray();
    }

    /** The bytes application must have signed for this approval to hold. */
    public byte[] signedBytes(Digest origin) {
        return signedBytes(origin, path.root(leaf(entry, premises, policyVersion, expiry)));
    }
}
