package trimaran.station;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import trimaran.kernel.Code;
import trimaran.kernel.Loop;
import trimaran.kernel.Party;

/**
 * The tiers that were asked to open cells and said no, though they had heard of all that a quorum covers: where two others open the
 * same cells, they answer not everything. What a tier may say alone is no such no, nor is what comes of its line or of this station.
 */
final class Naysayers {

    /** Its budget is its own, of a cut or an end it may have heard before the others, and who asks too much at once is told so here. */
    private static final Set<Code> OF_ONE_TIER = EnumSet.of(Code.OVER_BUDGET, Code.CUT, Code.SESSION_ENDED, Code.BUSY);

    private final Loop loop;
    private final long begunNanos;
    private final Set<TierLine> said = new HashSet<>();

    /** For what is asked from now on. */
    Naysayers(Loop loop) {
        this.loop = loop;
        this.begunNanos = loop.monotonicNanos();
    }

    /** A question that was given up is no answer. */
    void said(TierLine line, Code code) {
        if (!OF_ONE_TIER.contains(code) && millis() < StationLimits.CALL_MILLIS) {
            said.add(line);
        }
    }

    /** Those whose line has stood since before they were asked, and still does: a line that fell says no to all that waits for it. */
    Stream<Party> still() {
        return said.stream()
                .filter(line -> line.isUp() && line.upMillis() > millis() + StationLimits.SETTLED_MILLIS)
                .map(TierLine::tier);
    }

    private long millis() {
        return (loop.monotonicNanos() - begunNanos) / 1_000_000;
    }
}
