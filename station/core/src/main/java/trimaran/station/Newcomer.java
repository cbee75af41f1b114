package trimaran.station;

import trimaran.kernel.Refusal;
import trimaran.model.NationalIdentity;
import trimaran.model.Resource;
import trimaran.record.EntryKind;
import trimaran.record.Header;
import trimaran.record.Sanction;

/**
 * A patient nobody knows, who comes while too few tiers are reached to be asked about them: a provisional identity, which DESIGN §5 takes
 * in at any time. It is written without the lookup tokens nobody here can make, and {@link LateTokens} brings them. Whatever must not be
 * there twice is none: it waits until it can be looked up.
 */
final class Newcomer {

    private final boolean isOne;
    private final Finder finder;
    private boolean lacks;

    Newcomer(Transaction transaction, References references, Finder finder) {
        this.finder = finder;
        this.isOne = transaction.input().isEmpty()
                && Sealing.mayContinue(transaction.kind(), references)
                && references.changes().stream()
                        .allMatch(change -> change.uniqueTerms().isEmpty())
                && references.changes().stream().anyMatch(Newcomer::isPatient);
    }

    /** A qualified INS is somebody the record may well know: whoever has one is not unknown. */
    private static boolean isPatient(Planned change) {
        return change.change() instanceof Transaction.Change.Create create
                && change.type().equals("Patient")
                && !hasNationalIdentity(create.resource());
    }

    private static boolean hasNationalIdentity(Resource resource) {
        return resource.facts().identifiers().stream()
                .anyMatch(identifier -> NationalIdentity.isNational(identifier.system()));
    }

    /** Whether an entry may be such a one: what other systems tell is never asked about, and is looked up all the same. */
    static boolean isUnasked(Header header) {
        return header.sanction() instanceof Sanction.Unanswered
                && header.author().kind() != EntryKind.CONTINUITY;
    }

    /** Whether they are written without asking: nobody waits for an answer nobody can give. */
    boolean comesAlone() {
        return isOne && finder.isAlone();
    }

    /** Whether this no only says that nobody is there to be asked; remembers that something is lacking then. */
    boolean goesOn(Refusal refusal) {
        boolean goesOn = comesAlone() && Approvals.isPassing(refusal.code());
        lacks |= goesOn;
        return goesOn;
    }

    /** Whether somebody has to bring later what is lacking. */
    boolean lacks() {
        return lacks;
    }
}
