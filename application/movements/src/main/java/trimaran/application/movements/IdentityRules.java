package trimaran.application.movements;

import java.util.Optional;
import trimaran.application.DraftView;
import trimaran.kernel.Code;
import trimaran.kernel.Refusal;
import trimaran.line.message.Draft;

/**
 * Rules on identities. Application is not shown who a patient is, so they speak of what is done and not of what is said; the
 * traits themselves are checked at the station ({@code trimaran.model.NationalIdentity}).
 */
final class IdentityRules {

    private IdentityRules() {}

    /**
     * Two records of one person are joined by Patient.link, which both sides keep and anyone can undo. Deleting one while
     * writing the other is a merge nobody would see.
     */
    static Optional<Refusal> refusal(DraftView draft) {
        boolean deletes = draft.items("Patient").stream().anyMatch(item -> item.action() == Draft.Action.DELETE);
        boolean writes = draft.items("Patient").stream().anyMatch(item -> item.action() != Draft.Action.DELETE);
        return deletes && writes
                ? Optional.of(Refusal.at(
                        Code.RULE, "Patient.link", "a patient is merged by a link, not by deleting the other record"))
                : Optional.empty();
    }
}
