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
 * @param omitted how many lines a tier left out that others show, of those that did
 * @param contradicted ledgers of which two tiers show different lines under one number
 * @param cut whether there is more than {@link StationLimits#LINES_READ_MAX} lines of a ledger: the oldest are not here
 */
public record LedgerView(
        List<Act> acts, Set<Party> silent, Map<Party, Integer> omitted, Set<Party> contradicted, boolean cut) {

    public LedgerView {
        acts = List.copyOf(acts);
        silent = Set.copyOf(silent);
        omitted = Map.copyOf(omitted);
        contradicted = Set.copyOf(contradicted);
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
     * @param disputed whether another tier shows another line under the number of one of these, or the tiers name two badges
     */
    public record Act(
            RecordTime time,
            LedgerLine.Act kind,
            Digest session,
            Optional<Badge> badge,
            Optional<String> station,
            Set<Party> ledgers,
            boolean disputed) {

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
