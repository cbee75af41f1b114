package trimaran.station;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.line.message.LedgerLine;
import trimaran.record.Statement;

/**
 * Who was handed a patient's cells, as the release ledgers of the tiers that answered say it (DESIGN §6), and what they left open.
 *
 * @param acts what was done with the cells, the newest first
 * @param silent tiers that did not answer, or not to the end: their ledgers are read in the others' copies
 * @param differences where the tiers do not say the same
 * @param cut whether there is more than {@link StationLimits#LINES_READ_MAX} lines of a ledger: the oldest are not here
 */
public record LedgerView(List<Act> acts, Set<Party> silent, Differences differences, boolean cut) {

    public LedgerView {
        acts = List.copyOf(acts);
        silent = Set.copyOf(silent);
    }

    /**
     * Where the tiers that answered do not say the same.
     *
     * @param omitted how many lines a tier left out that two others show, of those that did
     * @param alone how many lines a tier alone shows and another does not: it may have made them up, or the other may hide them
     * @param contradicted ledgers of which two tiers show different lines under one number
     * @param ahead ledgers of which a line is shown whose time has not come
     * @param flooded tiers of which so many lines were read of a ledger that their older ones were not, where another's all were
     * @param twoBadges how many acts the tiers name two badges for
     */
    public record Differences(
            Map<Party, Integer> omitted,
            Map<Party, Integer> alone,
            Set<Party> contradicted,
            Set<Party> ahead,
            Set<Party> flooded,
            int twoBadges) {

        public static final Differences NONE = new Differences(Map.of(), Map.of(), Set.of(), Set.of(), Set.of(), 0);

        public Differences {
            omitted = Map.copyOf(omitted);
            alone = Map.copyOf(alone);
            contradicted = Set.copyOf(contradicted);
            ahead = Set.copyOf(ahead);
            flooded = Set.copyOf(flooded);
        }
    }

    /** How many tiers answered to the end. */
    public int answered() {
        return Party.TIERS.size() - silent.size();
    }

    /**
     * One thing done once, though two or three tiers have a line of it.
     *
     * @param time of the first line
     * @param session zero where application asked by itself
     * @param ledgers the tiers that have a line of it in their own ledgers
     * @param disputed whether another tier shows another line under the number of one of these, its time has not come, or the tiers
     *     name two badges
     * @param alone the one tier that shows it, if another that should does not
     */
    public record Act(
            RecordTime time,
            LedgerLine.Act kind,
            Digest session,
            Optional<Badge> badge,
            Optional<String> station,
            Set<Party> ledgers,
            boolean disputed,
            Optional<Party> alone) {

        public Act {
            ledgers = Set.copyOf(ledgers);
        }

        /** Whether application was handed the cells, to judge what a session wants to write. */
        public boolean isToApplication() {
            return session.equals(Digest.ZERO);
        }
    }

    /**
     * Whose session it was. The record knows badges by their keys alone: what a person is called stands with the badge.
     *
     * @param roles as granted now; empty if the registry knows the badge no more
     */
    public record Badge(Digest id, Optional<Statement.BadgeKind> kind, List<String> roles) {
        public Badge {
            roles = List.copyOf(roles);
        }
    }
}
