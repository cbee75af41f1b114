package trimaran.record;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;

/**
 * Who is who, folded from the registry entries of the log in order. Each keeper and each reader folds its own; no party takes
 * another's word for it. Changed only by {@link #apply}, with statements {@link StatementJudgement} let through.
 */
public final class Registry {

    private final Digest origin;
    private final String hospital;
    private final Digest console;
    private final Map<Digest, PublicKey> officers = new HashMap<>();
    private final Map<Digest, Statement.Grant> badges = new HashMap<>();
    private final Map<Digest, Statement.StationEnrolment> stations = new HashMap<>();
    private final Map<Digest, Session> sessions = new HashMap<>();
    private final ArrayDeque<Session> sessionsByAge = new ArrayDeque<>();
    private final Map<Digest, RecordTime> closedSessions = new HashMap<>();
    private final Map<CellId, Long> erased = new HashMap<>();
    private final List<RollOrder> rolls = new ArrayList<>();
    private final Cuts cuts = new Cuts();
    private long lineChanges;
    private final Set<Digest> said = new HashSet<>();
    private final Members members;
    private long exclusions;
    private Policy policy;

    /** The registry right after entry 0. */
    public Registry(Statement.Founding founding) {
        origin = SignedStatement.id(founding);
        hospital = founding.hospital();
        console = founding.console();
        policy = founding.policy();
        founding.officers().forEach(officer -> officers.put(officer.id(), officer));
        members = new Members(founding.parties());
    }

    /** Takes in a statement that was judged valid at this time, and whose place nobody asks for. */
    public void apply(Statement statement, RecordTime time) {
        apply(statement, time, RollOrder.UNPLACED);
    }

    /** Takes in a statement that was judged valid at this time and stands at this position. */
    public void apply(Statement statement, RecordTime time, long index) {
        forgetSessions(time);
        // Counts once only: who kept an old one could bring back what it granted. A session ends by itself.
        if (!(statement instanceof Statement.SessionOpening) && !(statement instanceof Statement.SessionClosing)) {
            said.add(SignedStatement.id(statement));
        }
        if (changesLines(statement)) {
            lineChanges++;
        }
        if (shutsOut(statement)) {
            exclusions++;
        }
        switch (statement) {
            case Statement.Founding founding -> {
                // Entry 0 is what this registry was made from.
            }
            case Statement.Grant grant -> {
                Digest badge = grant.badge().id();
                badges.put(badge, grant);
                if (grant.kind() == Statement.BadgeKind.OFFICER) {
                    officers.put(badge, grant.badge());
                } else {
                    officers.remove(badge);
                }
            }
            case Statement.Revocation revocation -> {
                cuts.revoke(revocation, time);
                officers.remove(revocation.badge());
            }
            case Statement.StationEnrolment station -> stations.put(station.line(), station);
            case Statement.SessionOpening opening -> {
                Digest id = SignedStatement.id(opening);
                session(opening).ifPresent(session -> {
                    sessions.put(id, session);
                    sessionsByAge.add(session);
                });
            }
            case Statement.SessionClosing closing -> closedSessions.putIfAbsent(closing.session(), time);
            case Statement.PolicyChange change -> policy = change.policy();
            case Statement.EpochChange change -> members.change(change);
            case Statement.Cut cut -> cuts.cut(cut, time);
            case Statement.Reopening reopening -> cuts.reopen(reopening);
            case Statement.Erasure erasure -> erased.merge(erasure.cell(), erasure.parts(), Math::max);
            case Statement.Refresh refresh -> members.refresh(refresh);
            case Statement.Roll roll -> rolls.add(new RollOrder(roll, index));
        }
    }

    /**
     * Takes in a cut or reopening that has no place yet: it stops or admits those who ask now. What an entry counts for
     * follows the log alone, so {@link #cutBefore} does not know of it.
     */
    public void announce(Statement statement) {
        if (cuts.announce(statement)) {
            lineChanges++;
        }
    }

    /** Forgets every cut and reopening that was only announced, so that those that still stand are announced anew. */
    public void forgetAnnounced() {
        cuts.forgetAnnounced();
        lineChanges++;
    }

    /** Whether a session that was let in may have to go after this statement. */
    private static boolean shutsOut(Statement statement) {
        return statement instanceof Statement.Cut
                || statement instanceof Statement.Reopening
                || statement instanceof Statement.Revocation
                || statement instanceof Statement.SessionClosing
                || statement instanceof Statement.EpochChange;
    }

    /** Grows whenever a session that was let in may have to go by the log: who keeps sessions then looks again. */
    public long exclusions() {
        return exclusions;
    }

    /** The generation of shares in which cells are opened now. */
    public long generation() {
        return members.generation();
    }

    /** Whether what was sealed to a tier's keys of a generation is not taken in at this time any more. */
    public boolean isOver(Party tier, long generation, RecordTime time) {
        return members.isOver(tier, generation, time);
    }

    /** The epoch in which a generation of shares was named; 1 for the one the hospital was founded with. */
    public long epochOf(long generation) {
        return members.epochOf(generation);
    }

    /** Whether other keys may speak after this statement than before. */
    private static boolean changesLines(Statement statement) {
        return switch (statement) {
            case Statement.StationEnrolment _, Statement.EpochChange _ -> true;
            case Statement.Cut _, Statement.Reopening _ -> true;
            case Statement.Founding _, Statement.Grant _, Statement.Revocation _, Statement.PolicyChange _ -> false;
            case Statement.SessionOpening _, Statement.SessionClosing _ -> false;
            case Statement.Erasure _, Statement.Refresh _, Statement.Roll _ -> false;
        };
    }

    /** Grows whenever {@link #lines} may have changed: who keeps lines open then looks again. */
    public long lineChanges() {
        return lineChanges;
    }

    /** Sessions nothing can come from any more, {@link RecordLimits#LATE_MILLIS} after their end. The same at every reader. */
    private void forgetSessions(RecordTime time) {
        while (!sessionsByAge.isEmpty() && isOver(sessionsByAge.getFirst().expiry(), time)) {
            Digest id = sessionsByAge.removeFirst().id();
            sessions.remove(id);
            closedSessions.remove(id);
        }
    }

    /** Whether what was written in a session that ended then comes too late now. */
    static boolean isOver(RecordTime expiry, RecordTime time) {
        return time.millis() - expiry.millis() > RecordLimits.LATE_MILLIS;
    }

    /** How many of a cell's first parts are erased, by law and not by loss. */
    public long erased(CellId cell) {
        return erased.getOrDefault(cell, 0L);
    }

    /** Cells of which something was erased. */
    public Set<CellId> erasedCells() {
        return Set.copyOf(erased.keySet());
    }

    /** Orders to roll, as they came into the record. */
    public List<RollOrder> rolls() {
        return List.copyOf(rolls);
    }

    /** Sessions remembered. */
    public int sessions() {
        return sessions.size();
    }

    /** The session an opening makes, if its badge is known and not revoked. */
    public Optional<Session> session(Statement.SessionOpening opening) {
        Statement.Grant grant = badges.get(opening.badge());
        if (grant == null || cuts.isRevoked(opening.badge())) {
            return Optional.empty();
        }
        return Optional.of(new Session(
                SignedStatement.id(opening),
                opening.sessionKey(),
                opening.badge(),
                opening.station(),
                grant.kind(),
                grant.roles(),
                grant.scopes(),
                grant.wards(),
                opening.opened(),
                opening.expiry()));
    }

    public Digest origin() {
        return origin;
    }

    public String hospital() {
        return hospital;
    }

    public Policy policy() {
        return policy;
    }

    /** The membership in force: 1 at the founding. */
    public long epoch() {
        return members.epoch();
    }

    public PartyKeys party(Party party) {
        return partyAt(party, epoch()).orElseThrow();
    }

    /** A party's keys in a past epoch, to check what it signed then. */
    public Optional<PartyKeys> partyAt(Party party, long epoch) {
        return members.at(party, epoch);
    }

    /** Log keys of data, oldest first, the present one last. */
    public List<Bytes> formerLogs() {
        return members.logs();
    }

    public Optional<PublicKey> officer(Digest key) {
        return Optional.ofNullable(officers.get(key));
    }

    /** The numbers of all officers. */
    public Set<Digest> officers() {
        return Set.copyOf(officers.keySet());
    }

    /** What is cut now, by the log or by what was announced, the oldest first: of several of one thing the first. */
    public List<Statement.Cut> cuts() {
        return cuts.standing();
    }

    /** The tiers that are closed, as the log says. */
    public Set<Party> cutTiers() {
        return tiers(cuts::isClosed);
    }

    /** The tiers that are closed, by the log or by what was announced. */
    public Set<Party> cutTiersOnSight() {
        return tiers(cuts::isShut);
    }

    /** Whether everything is closed ("couper tout"), by the log or by what was announced: then no station is served. */
    public boolean isAllCut() {
        return cuts.isAllShut();
    }

    private static Set<Party> tiers(Predicate<Digest> isCut) {
        Set<Party> tiers = EnumSet.noneOf(Party.class);
        for (Party tier : Party.TIERS) {
            if (isCut.test(Statement.Target.subjectOf(tier))) {
                tiers.add(tier);
            }
        }
        return tiers;
    }

    public Optional<Statement.Grant> badge(Digest badge) {
        return cuts.isRevoked(badge) ? Optional.empty() : Optional.ofNullable(badges.get(badge));
    }

    public Optional<Statement.StationEnrolment> station(Digest line) {
        return Optional.ofNullable(stations.get(line));
    }

    public Collection<Statement.StationEnrolment> stations() {
        return List.copyOf(stations.values());
    }

    public Optional<Session> session(Digest id) {
        return Optional.ofNullable(sessions.get(id));
    }

    /** When a session ends, or ended: by itself, or as it was closed. */
    public RecordTime endOf(Session session) {
        RecordTime closed = closedSessions.getOrDefault(session.id(), session.expiry());
        return closed.isAfter(session.expiry()) ? session.expiry() : closed;
    }

    public boolean sessionClosed(Digest id) {
        return closedSessions.containsKey(id);
    }

    public long reopenings() {
        return cuts.reopenings();
    }

    /** Reopenings of the log and those announced that have no place in it yet. */
    public long reopeningsOnSight() {
        return cuts.reopeningsOnSight();
    }

    /**
     * Whether a station, badge or session, or everything, was cut, or a badge revoked, at or before this time, as the log says.
     * For what was held: its holders' clocks and the officers' are compared.
     */
    public boolean cutBefore(Digest subject, RecordTime time) {
        return cuts.before(subject, time);
    }

    /** Whether the log says so by now, whatever the clocks: for what nobody held before, which stands behind the cut. */
    public boolean cutByLog(Digest subject) {
        return cuts.byLog(subject);
    }

    /**
     * Whether this station, badge or session itself is cut or revoked, by the log or on sight. A cut of everything is none of
     * these: who is cut by it goes on afterwards, who is cut by name is to forget what it knows.
     */
    public boolean isCutByName(Digest subject) {
        return cuts.isShut(subject) || cuts.isRevoked(subject);
    }

    /**
     * Whether whoever asks now under this station, badge or session is to be refused: by the log, or by a cut on sight. Once the
     * log says so it counts, whatever the clock of whoever asks: a cut must take hold within a second everywhere.
     */
    public boolean isCut(Digest subject) {
        return isCutByName(subject) || isAllCut();
    }

    /** Whether a badge counts no more, for good. */
    public boolean revoked(Digest badge) {
        return cuts.isRevoked(badge);
    }

    /** Whether this very statement was taken in before. */
    public boolean said(Digest statement) {
        return said.contains(statement);
    }

    /** Whether this TLS key may speak to a tier at all: a party, an enrolled station, the operator's console. */
    public boolean maySpeak(Digest line) {
        boolean station = stations.containsKey(line) && !isShutOut(line);
        Set<Party> shut = cutTiersOnSight();
        return station
                || line.equals(console)
                || partyOf(line).filter(party -> !shut.contains(party)).isPresent();
    }

    /** All keys of which {@link #maySpeak} is true, unchangeable, so that another thread may be given them. */
    public Set<Digest> lines() {
        Set<Digest> lines = new HashSet<>();
        stations.keySet().stream().filter(station -> !isShutOut(station)).forEach(lines::add);
        lines.add(console);
        Set<Party> shut = cutTiersOnSight();
        members.present().stream().filter(keys -> !shut.contains(keys.party())).forEach(keys -> lines.add(keys.line()));
        return Set.copyOf(lines);
    }

    private boolean isShutOut(Digest station) {
        return cuts.isShut(station) || isAllCut();
    }

    public boolean isConsole(Digest line) {
        return line.equals(console);
    }

    public Optional<Party> partyOf(Digest line) {
        return members.present().stream()
                .filter(keys -> keys.line().equals(line))
                .map(PartyKeys::party)
                .findFirst();
    }
}
