package trimaran.station;

import java.util.List;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Entropy;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Reader;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.kernel.WallTime;
import trimaran.kernel.Writer;
import trimaran.record.PublicKey;
import trimaran.record.Signature;
import trimaran.record.Signer;
import trimaran.record.Verifier;
import trimaran.seal.BadgeSeal;
import trimaran.shares.SealingKeyPair;
import trimaran.shares.SealingPublicKey;

/**
 * A sealed ward copy as it lies on a station's disk. What stands in front in clear says of which ward it is and of when, so that the
 * right one is found without a badge; nothing in clear is about a patient.
 *
 * <p>Layout: version 1 (u8), time it was made (i64 ms), ward, list of its codes (text), name (text), short name (text), SHA-256 of
 * the badge's public key, sealed {@link WardCopy} (bytes, {@link BadgeSeal} bound to all before), signature of the station's badge
 * over {@code trimaran/ward-copy/1\n} and all before.
 *
 * <p>Trust: whoever changes it has it refused; whoever puts an older one in its place has an older one printed, under its own date.
 */
public record WardCopyFile(
        WallTime made,
        ResourceId ward,
        List<String> codes,
        String name,
        String shortName,
        Digest badge,
        Bytes content,
        Signature signature) {

    private static final int VERSION = 1;
    private static final int TEXT_BYTES = 4096;
    private static final int CODES = 64;
    private static final byte[] TAG = Bytes.ofText("trimaran/ward-copy/1\n").toArray();

    /** What a seal is longer than its content at most, padding included. */
    private static final int SEALED_BYTES = BadgeSeal.CONTENT_BYTES_MAX + (BadgeSeal.CONTENT_BYTES_MAX >> 2);

    public WardCopyFile {
        codes = List.copyOf(codes);
    }

    /** Under which name a badge stands in the copies that are sealed to it, and in the ledgers. */
    public static Digest badge(SealingPublicKey key) {
        return Digest.sha256(key.raw());
    }

    /** Long work: for a workbench. {@code TOO_LARGE} for a ward of more than a seal takes in. */
    static Outcome<WardCopyFile> seal(
            WardCopy copy, WallTime made, SealingPublicKey badge, Signer station, Entropy entropy) {
        WardPlace place = copy.board().ward();
        WardCopyFile open = new WardCopyFile(
                made,
                place.id(),
                place.codes().stream().limit(CODES).map(WardCopyFile::bounded).toList(),
                bounded(place.name()),
                bounded(place.shortName()),
                badge(badge),
                Bytes.EMPTY,
                Signature.NONE);
        return BadgeSeal.seal(badge, open.head(), copy.encode(), entropy).map(sealedContent -> {
            byte[] message = open.with(sealedContent, Signature.NONE).message();
            return open.with(sealedContent, station.sign(message));
        });
    }

    /** Whether a station made it, and nobody altered it since. */
    boolean isMadeBy(PublicKey station, Verifier verifier) {
        return verifier.verify(station, message(), signature);
    }

    private static String bounded(String text) {
        return text.length() <= TEXT_BYTES / 4 ? text : text.substring(0, TEXT_BYTES / 4);
    }

    private WardCopyFile with(Bytes sealedContent, Signature signed) {
        return new WardCopyFile(made, ward, codes, name, shortName, badge, sealedContent, signed);
    }

    /**
     * What was copied: {@code NOT_ALLOWED} for another badge than it is sealed to, {@code BAD_SIGNATURE} for a copy this station did not
     * make or that was altered.
     *
     * @param station the badge of the station on whose disk it lies
     */
    public Outcome<WardCopy> open(SealingKeyPair keys, PublicKey station, Verifier verifier) {
        if (!isMadeBy(station, verifier)) {
            return Outcome.refused(Code.BAD_SIGNATURE, "this copy was altered, or is another station's");
        }
        if (!badge(keys.publicKey()).equals(badge)) {
            return Outcome.refused(Code.NOT_ALLOWED, "this copy is sealed to another badge");
        }
        try {
            return switch (BadgeSeal.open(keys, head(), content)) {
                case Outcome.Done<Bytes>(Bytes plain) -> Outcome.done(WardCopy.decode(plain));
                case Outcome.Refused<Bytes>(Refusal refusal) -> Outcome.refused(refusal);
            };
        } catch (MalformedException foreign) {
            return Outcome.refused(Code.BAD_PROOF, "this copy holds something else than a ward");
        }
    }

    /** Whether a person means this ward, by its code, its name, what it is called for short, or its id. */
    public boolean isCalled(String wanted) {
        return codes.stream().anyMatch(wanted::equalsIgnoreCase)
                || name.equalsIgnoreCase(wanted)
                || shortName.equalsIgnoreCase(wanted)
                || ward.toString().equals(wanted);
    }

    private Bytes head() {
        Writer writer = new Writer().u8(VERSION).i64(made.millis());
        ward.write(writer);
        return writer.list(codes, Writer::text)
                .text(name)
                .text(shortName)
                .digest(badge)
                .toBytes();
    }

    private byte[] message() {
        return new Writer(content.size() + 1024)
                .raw(TAG)
                .raw(head().unsafeArray())
                .bytes(content)
                .toArray();
    }

    public Bytes encode() {
        Writer writer =
                new Writer(content.size() + 1024).raw(head().unsafeArray()).bytes(content);
        signature.write(writer);
        return writer.toBytes();
    }

    public static WardCopyFile decode(Bytes bytes) throws MalformedException {
        return Reader.whole(bytes, WardCopyFile::read);
    }

    private static WardCopyFile read(Reader reader) throws MalformedException {
        if (reader.u8() != VERSION) {
            throw new MalformedException("not a ward copy of this version");
        }
        return new WardCopyFile(
                new WallTime(reader.i64()),
                ResourceId.read(reader),
                reader.list(CODES, r -> r.text(TEXT_BYTES)),
                reader.text(TEXT_BYTES),
                reader.text(TEXT_BYTES),
                reader.digest(),
                reader.bytes(SEALED_BYTES),
                Signature.read(reader));
    }
}
