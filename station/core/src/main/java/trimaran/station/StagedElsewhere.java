package trimaran.station;

import java.util.ArrayDeque;
import java.util.List;
import trimaran.kernel.Loop;
import trimaran.kernel.Party;
import trimaran.record.Header;

/** Stages the large items of an entry at tiers that are not asked to place it; a tier that does not take them will fetch. */
final class StagedElsewhere {

    /** How often it is looked whether a tier that takes its pieces has become slow. */
    private static final long LOOK_MILLIS = 250;

    private final Loop loop;
    private final TierTable tiers;

    StagedElsewhere(Loop loop, TierTable tiers) {
        this.loop = loop;
        this.tiers = tiers;
    }

    /** {@code then} runs once every other tier that is reached has them, was asked in vain, or is late with a piece. */
    void elsewhere(Submission submission, Header header, Runnable then) {
        next(submission, header, new ArrayDeque<>(List.of(Party.ACCESS, Party.APPLICATION)), then);
    }

    private void next(Submission submission, Header header, ArrayDeque<Party> others, Runnable then) {
        Party other = submission.entry().isLarge() ? others.poll() : null;
        if (other == null) {
            then.run();
            return;
        }
        TierLine line = tiers.line(other);
        if (!line.isUp() || line.isSlow()) {
            next(submission, header, others, then);
            return;
        }
        boolean[] waits = {true};
        Runnable goOn = () -> {
            if (waits[0]) {
                waits[0] = false;
                next(submission, header, others, then);
            }
        };
        submission.staging(line).bring(header, submission.entry(), brought -> goOn.run());
        lookWhile(waits, line, goOn);
    }

    private void lookWhile(boolean[] waits, TierLine line, Runnable goOn) {
        if (waits[0]) {
            loop.after(LOOK_MILLIS, () -> {
                if (line.isSlow()) {
                    goOn.run();
                }
                lookWhile(waits, line, goOn);
            });
        }
    }
}
