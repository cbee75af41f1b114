package trimaran.record;

import java.util.Optional;
import java.util.function.Function;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;

/**
 * What stands around an author part, and no word of a tier and no digest of an entry covers: the ground on which it is placed, and its
 * author's signature. Whoever passes an entry on can put others there; what is false of them is false for good, whatever comes after
 * (DESIGN §5 Validity). How long an approval counts is for {@link Validity} to say.
 */
public record Ground(Registry registry, Verifier verifier) {

    /**
     * Why the ground of this header is none.
     *
     * @param anyEpoch whether application may have signed under an earlier epoch's key, as what was acknowledged counts
     */
    public Optional<Refusal> refusal(Header header, boolean anyEpoch) {
        return switch (header.sanction()) {
            case Sanction.OwnSignatures own ->
                refuse(Code.MALFORMED, "only a registry entry stands on its own signatures");
            case Sanction.Approved(Approval approval) -> approval(header, approval, anyEpoch);
            case Sanction.Unanswered unanswered -> continuity(header);
            case Sanction.Overruled(SignedRefusal refusal) -> continuity(header).or(() -> overruled(header, refusal));
        };
    }

    /**
     * Why no tier that keeps the promise can have held an entry under this header. Where its session is not known yet, its author's
     * signature is not looked at.
     */
    public Optional<Refusal> untrue(Header header, Function<Digest, Optional<Session>> sessions) {
        if (header.author().kind() == EntryKind.REGISTRY) {
            boolean own = header.sanction() instanceof Sanction.OwnSignatures
                    && header.signature().equals(Signature.NONE);
            return own ? Optional.empty() : refuse(Code.MALFORMED, "a registry entry stands on its own signatures");
        }
        return refusal(header, true)
                .or(() -> sessions.apply(header.author().session()).flatMap(session -> unsigned(header, session)));
    }

    /** Why this session did not write it. */
    Optional<Refusal> unsigned(Header header, Session session) {
        return verifier.verify(session.key(), AuthorPart.signedBytes(header.digest()), header.signature())
                ? Optional.empty()
                : refuse(Code.BAD_SIGNATURE, "the author's session did not sign this entry");
    }

    private static Optional<Refusal> continuity(Header header) {
        return header.author().mayContinue()
                ? Optional.empty()
                : refuse(Code.UNAVAILABLE, "this kind of entry needs application's approval");
    }

    private Optional<Refusal> overruled(Header header, SignedRefusal refusal) {
        boolean good = refusal.entry().equals(header.digest())
                && applicationSigned(
                        true,
                        SignedRefusal.signedBytes(registry.origin(), refusal.entry(), refusal.code(), refusal.time()),
                        refusal.signature());
        return good ? Optional.empty() : refuse(Code.BAD_SIGNATURE, "the refusal it carries is not application's");
    }

    private Optional<Refusal> approval(Header header, Approval approval, boolean anyEpoch) {
        if (!approval.entry().equals(header.digest())) {
            return refuse(Code.BAD_SIGNATURE, "the approval names another entry");
        }
        return applicationSigned(anyEpoch, approval.signedBytes(registry.origin()), approval.signature())
                ? Optional.empty()
                : refuse(Code.BAD_SIGNATURE, "the approval is not application's");
    }

    /** Whether application signed; what was acknowledged may have been approved under an earlier epoch's key. */
    private boolean applicationSigned(boolean anyEpoch, byte[] message, Signature signature) {
        for (long epoch = registry.epoch(); epoch >= (anyEpoch ? 1 : registry.epoch()); epoch--) {
            PublicKey key =
                    registry.partyAt(Party.APPLICATION, epoch).orElseThrow().statements();
            if (verifier.verify(key, message, signature)) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Refusal> refuse(Code code, String sentence) {
        return Optional.of(Refusal.of(code, sentence));
    }
}
