package trimaran.station;

import java.util.ArrayDeque;
import java.util.List;
import trimaran.kernel.Party;
import trimaran.record.Header;

/** Stages the large items of an entry at tiers that are not asked to place it; a tier that does not take them will fetch. */
final class StagedElsewhere {

    private final TierTable tiers;

    StagedElsewhere(TierTable tiers) {
        this.tiers = tiers;
    }

    /** {@code then} runs once every other tier that is reached has them or was asked in vain. */
    void elsewhere(Submission submission, Header header, Runnable then) {
        next(submission, header, new ArrayDeque<>(List.of(Party.ACCESS, Party.APPLICATION)), then);
    }

    private void next(Submission submission, Header header, ArrayDeque<Party> others, Runnable then) {
        Party other = submission.entry().isLarge() ? others.poll() : null;
        if (other == null) {
            then.run();
        } else if (!tiers.line(other).isUp()) {
            next(submission, header, others, then);
        } else {
            submission
                    .staging(tiers.line(other))
                    .bring(header, submission.entry(), brought -> next(submission, header, others, then));
        }
    }
}
