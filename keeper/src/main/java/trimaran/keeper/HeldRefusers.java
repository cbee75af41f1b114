package trimaran.keeper;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;

/** Who will not hold, for good, what is held here alone. */
final class HeldRefusers {

    private final Map<Digest, Set<Party>> refusedBy = new HashMap<>();
    private final HeldPatience patience;

    HeldRefusers(HeldPatience patience) {
        this.patience = patience;
    }

    /** Another tier says no once more; whether both others mean it now. */
    boolean isByBoth(Digest entry, Party by, Code reason) {
        boolean forGood = patience.isOver(entry, HeldJudgement.refusedPatienceMillis(reason));
        Set<Party> refusers = refusedBy.computeIfAbsent(entry, none -> EnumSet.noneOf(Party.class));
        if (!forGood) {
            refusers.remove(by);
            return false;
        }
        return refusers.add(by) && refusers.size() == 2;
    }

    void forget(Digest entry) {
        refusedBy.remove(entry);
    }
}
