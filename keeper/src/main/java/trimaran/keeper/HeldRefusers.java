package trimaran.keeper;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Loop;
import trimaran.kernel.Party;

/** Who will not hold, for good, what is held here alone. */
final class HeldRefusers {

    private final Map<Digest, Set<Party>> refusedBy = new HashMap<>();

    /** Each for its own reason: two that wait for different things would begin anew with every word of the other. */
    private final Map<Party, HeldPatience> patience = new EnumMap<>(Party.class);

    private final Loop loop;

    HeldRefusers(Loop loop) {
        this.loop = loop;
    }

    /** Another tier says no once more; whether both others mean it now. */
    boolean isByBoth(Digest entry, Party by, Code reason) {
        boolean forGood = patience.computeIfAbsent(by, tier -> new HeldPatience(loop))
                .isOver(entry, HeldJudgement.refusedPatienceMillis(reason));
        Set<Party> refusers = refusedBy.computeIfAbsent(entry, none -> EnumSet.noneOf(Party.class));
        if (!forGood) {
            refusers.remove(by);
            return false;
        }
        return refusers.add(by) && refusers.size() == 2;
    }

    /** It is no longer held, or whoever asked has just been told once more that it is. */
    void forget(Digest entry) {
        refusedBy.remove(entry);
        patience.values().forEach(one -> one.forget(entry));
    }
}
