package trimaran.operations;

import java.util.ArrayList;
import java.util.List;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.record.Registry;
import trimaran.record.Signer;

/** The officers who sign what a command says. */
final class Officers {

    private Officers() {}

    /**
     * Opens their badges: so many different officers of this hospital, told here rather than by the first party that refuses.
     *
     * @param badges key files, or names of officers in this home
     * @param act what needs them, as a sentence begins with it
     */
    static List<Signer> signing(Home hospital, Registry registry, List<String> badges, int needed, String act)
            throws RefusedException {
        if (badges.size() != needed) {
            throw new RefusedException(
                    Code.OFFICERS_MISSING,
                    act + " needs "
                            + (needed == 1 ? "one officer: --officer A" : "two officers: --officer A --officer B"));
        }
        List<Signer> signers = new ArrayList<>();
        for (String badge : badges) {
            Signer signer = Pins.officer(hospital, badge);
            Digest key = signer.publicKey().id();
            if (registry.officer(key).isEmpty()) {
                throw new RefusedException(Code.KEY_FILE, badge + " is no officer of this hospital");
            }
            if (signers.stream().anyMatch(one -> one.publicKey().id().equals(key))) {
                throw new RefusedException(Code.OFFICERS_MISSING, "one officer cannot sign twice");
            }
            signers.add(signer);
        }
        return signers;
    }
}
