package trimaran.operations;

import java.util.ArrayList;
import java.util.List;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.record.Registry;
import trimaran.record.Signer;
import trimaran.record.StatementJudgement;

/** The officers who sign what a command says. */
final class Officers {

    private Officers() {}

    /**
     * The two officers a granting statement takes.
     *
     * @param act what needs them, as a sentence begins with it
     */
    static List<Signer> two(Home hospital, Registry registry, List<String> badges, String act) throws RefusedException {
        requireTwo(badges, act);
        return signing(hospital, registry, badges);
    }

    /** Before anybody is asked for anything. */
    static void requireTwo(List<String> badges, String act) throws RefusedException {
        if (badges.size() != StatementJudgement.OFFICERS_TO_GRANT) {
            throw new RefusedException(Code.OFFICERS_MISSING, act + " needs two officers: --officer A --officer B");
        }
    }

    /**
     * Opens the badges of different officers of this hospital; told here rather than by the first party that refuses.
     *
     * @param badges key files, or names of officers in this home
     */
    static List<Signer> signing(Home hospital, Registry registry, List<String> badges) throws RefusedException {
        List<Signer> signers = new ArrayList<>();
        for (String badge : badges) {
            Signer signer = Pins.officer(hospital, badge);
            Digest key = signer.publicKey().id();
            if (registry.officer(key).isEmpty()) {
                throw new RefusedException(Code.KEY_FILE, badge + " is no officer of this hospital");
            }
            if (signers.stream().anyMatch(one -> one.publicKey().id().equals(key))) {
                throw new RefusedException(
                        Code.OFFICERS_MISSING, "one officer cannot sign twice; name another beside " + badge);
            }
            signers.add(signer);
        }
        return signers;
    }
}
