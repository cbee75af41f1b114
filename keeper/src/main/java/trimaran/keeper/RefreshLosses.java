package trimaran.keeper;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import trimaran.kernel.CellId;
import trimaran.kernel.Party;

/** What a tier has lost that keeps a refresh from beginning, in words for status: what a person can do differs. */
final class RefreshLosses {

    /** What it prepared would be without them: it does not take them in, however many refreshes are named. */
    static final String FROZEN =
            "it had prepared a refresh before, which has not ended, and takes none in until then: rebuild it";

    private RefreshLosses() {}

    /** @param begin position of the statement that named the generation that is to be made */
    static Optional<String> hindrance(Party self, Shares shares, RefreshSeeds seeds, long begin) {
        Set<CellId> leftOut = seeds.leftOut();
        List<Shares.Lacking> lost = shares.lacking(one -> one.index() < begin && !leftOut.contains(one.cell()));
        if (!lost.isEmpty()) {
            boolean frozen = lost.stream().anyMatch(one -> shares.isFrozen(one.index()));
            return Optional.of("this tier has lost the shares of " + lost.size()
                    + " cells since the refresh began, and nobody gives them back; "
                    + (frozen ? FROZEN : "rebuild it, or refresh once more"));
        }
        // No digest would cover them, whoever damaged them.
        return seeds.aloneWithout()
                .map(alone -> alone.word() + " says it has no shares of cells of which the two others have some: "
                        + (alone == self && hasFrozen(shares)
                                ? FROZEN
                                : "it has to get them back first; then name a further refresh (--again)"));
    }

    private static boolean hasFrozen(Shares shares) {
        return !shares.lacking(one -> shares.isFrozen(one.index())).isEmpty();
    }
}
