package trimaran.operations;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trimaran.kernel.RecordTime;

/** What a refresh of shares has done once all tiers have gone over, what is still open, until when, and what closes it. */
final class RefreshTold {

    private RefreshTold() {}

    /** @param late until when officers let old sealing keys stay; empty if another command named it */
    static List<String> of(long generation, List<PartyStatus> tiers, Optional<RecordTime> late) {
        List<String> lines = new ArrayList<>();
        lines.add("the shares of all three tiers are of generation " + generation
                + "; shares stolen of one tier before open nothing with shares stolen of another from now on");
        long keys = tiers.stream()
                .mapToLong(tier -> tier.counter("shares.late").orElse(0))
                .max()
                .orElse(0);
        if (keys > 0) {
            String until = late.map(
                            time -> "until " + Instant.ofEpochMilli(time.millis()) + " and the first entry after it")
                    .orElse("until the time officers named (--late) and the first entry after it");
            lines.add("still open: the sealing keys of before stay on the tiers " + until
                    + ", for what stations that were cut off have sealed to them; a tier that fell before had one, too. What is"
                    + " written to them meanwhile this refresh does not cover: once status says that no old keys are left,"
                    + " refresh once more");
        }
        tiers.stream()
                .filter(tier -> tier.counter("shares.unproven").orElse(0) > 0)
                .forEach(tier -> lines.add(tier.party().word()
                        + " cannot show yet that its new shares are those the others prepared; see status, and do not count on it"
                        + " while another is away"));
        return lines;
    }
}
