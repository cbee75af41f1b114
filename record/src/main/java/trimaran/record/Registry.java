package trimaran.record;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import trimaran.kernel.Bytes;
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
    private final Map<Digest, RecordTime> closedSessions = new HashMap<>();
    private final Map<Digest, RecordTime> cuts = new HashMap<>();
    private final Set<Digest> revoked = new HashSet<>();
    private final List<Map<Party, PartyKeys>> epochs = new ArrayList<>();
    private long reopenings;
    private Policy policy;

    /** The registry right after entry 0. */
    public Registry(Statement.Founding founding) {
        origin = SignedStatement.id(founding);
        hospital = founding.hospital();
        console = founding.console();
        policy = founding.policy();
        founding.officers().forEach(officer -> officers.put(officer.id(), officer));
        Map<Party, PartyKeys> first = new EnumMap<>(Party.class);
        founding.parties().forEach(keys -> first.put(keys.party(), keys));
        epochs.add(first);
    }

    /** Takes in a statement that was judged valid at this time. */
    public void apply(Statement statement, RecordTime time) {
        switch (statement) {
            case Statement.Founding founding -> {
                // Entry 0 is what this registry was made from.
            }
            case Statement.Grant grant -> {
                badges.put(grant.badge().id(), grant);
                if (grant.kind() == Statement.BadgeKind.OFFICER) {
                    officers.put(grant.badge().id(), grant.badge());
                }
            }
            case Statement.Revocation revocation -> {
                revoked.add(revocation.badge());
                officers.remove(revocation.badge());
                cuts.put(revocation.badge(), time);
            }
            case Statement.StationEnrolment station -> stations.put(station.line(), station);
            case Statement.SessionOpening opening -> {
                Digest id = SignedStatement.id(opening);
                session(opening).ifPresent(session -> sessions.put(id, session));
            }
            case Statement.SessionClosing closing -> closedSessions.putIfAbsent(closing.session(), time);
            case Statement.PolicyChange change -> policy = change.policy();
            case Statement.EpochChange change -> {
                Map<Party, PartyKeys> next = new EnumMap<>(epochs.getLast());
                next.put(change.replaced(), change.keys());
                epochs.add(next);
            }
            case Statement.Cut cut -> cuts.putIfAbsent(cut.subject(), time);
            case Statement.Reopening reopening -> {
                cuts.remove(reopening.subject());
                reopenings++;
            }
        }
    }

    /** The session an opening makes, if its badge is known and not revoked. */
    public Optional<Session> session(Statement.SessionOpening opening) {
        Statement.Grant grant = badges.get(opening.badge());
        if (grant == null || revoked.contains(opening.badge())) {
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
        return epochs.size();
    }

    public PartyKeys party(Party party) {
        return partyAt(party, epoch()).orElseThrow();
    }

    /** A party's keys in a past epoch, to check what it signed then. */
    public Optional<PartyKeys> partyAt(Party party, long epoch) {
        return epoch < 1 || epoch > epochs.size()
                ? Optional.empty()
                : Optional.ofNullable(epochs.get((int) epoch - 1).get(party));
    }

    /** Log keys of data, oldest first, the present one last. */
    public List<Bytes> formerLogs() {
        return epochs.stream()
                .map(keys -> keys.get(Party.DATA))
                .filter(Objects::nonNull)
                .map(PartyKeys::log)
                .distinct()
                .toList();
    }

    public Optional<PublicKey> officer(Digest key) {
        return Optional.ofNullable(officers.get(key));
    }

    public Optional<Statement.Grant> badge(Digest badge) {
        return revoked.contains(badge) ? Optional.empty() : Optional.ofNullable(badges.get(badge));
    }

    public Optional<Statement.StationEnrolment> station(Digest line) {
        return Optional.ofNullable(stations.get(line));
    }

    public Optional<Session> session(Digest id) {
        return Optional.ofNullable(sessions.get(id));
    }

    public boolean sessionClosed(Digest id) {
        return closedSessions.containsKey(id);
    }

    public long reopenings() {
        return reopenings;
    }

    /** Whether a station, badge or session was cut at or before this time. */
    public boolean cutBefore(Digest subject, RecordTime time) {
        RecordTime since = cuts.get(subject);
        return since != null && !since.isAfter(time);
    }

    /** Whether this TLS key may speak to a tier at all: a party, an enrolled station, the operator's console. */
    public boolean maySpeak(Digest line) {
        boolean station = stations.containsKey(line) && !cuts.containsKey(line);
        return station || line.equals(console) || partyOf(line).isPresent();
    }

    public boolean isConsole(Digest line) {
        return line.equals(console);
    }

    public Optional<Party> partyOf(Digest line) {
        return epochs.getLast().values().stream()
                .filter(keys -> keys.line().equals(line))
                .map(PartyKeys::party)
                .findFirst();
    }
}
