package trimaran.keeper;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import trimaran.kernel.Digest;
import trimaran.kernel.RecordTime;
import trimaran.line.message.LedgerLine;
import trimaran.record.RecordLimits;
import trimaran.record.Registry;
import trimaran.record.Session;
import trimaran.record.Statement;

/**
 * Whoever an order to roll names, as far as the record says who that is, and what they had in the order's window. It counts as the
 * exposure report does ({@code exposure.Reckoning}): a lease that ran into the window counts, all a session was given that ran into
 * it, and of a connector or connected system, which keep what they are given, whatever they ever were. Where the record does not
 * remember a session any more it counts rather too much than too little.
 */
final class RollHolder {

    /** A lease (DESIGN §6): application is done with what it was handed long before. */
    static final long REMEMBERED_MILLIS = 15 * 60_000L;

    /** The role of what carries other systems' messages, which keeps them on its station's disk. */
    private static final String CONNECTOR = "connector";

    /** How far the clocks of two tiers may lie apart: what stands so close outside the window may have been inside. */
    private static final long CLOCKS_APART_MILLIS = RecordLimits.AHEAD_MILLIS_MAX;

    private final Statement.Roll roll;
    private final RecordTime from;
    private final RecordTime to;
    private final Registry registry;
    private final LedgerIndex index;
    private final RecordTime now;
    private final Set<Digest> lines = new HashSet<>();

    /** @param now the record's time: which sessions it has forgotten */
    RollHolder(Statement.Roll roll, Registry registry, LedgerIndex index, RecordTime now) {
        this.roll = roll;
        this.from = roll.from().plusMillis(-CLOCKS_APART_MILLIS);
        this.to = roll.to().plusMillis(CLOCKS_APART_MILLIS);
        this.registry = registry;
        this.index = index;
        this.now = now;
        lines.add(roll.subject());
        // A station that was enrolled anew had another key before, and is the same station.
        registry.station(roll.subject())
                .ifPresent(named -> registry.stations().stream()
                        .filter(one -> one.name().equals(named.name()))
                        .forEach(one -> lines.add(one.line())));
    }

    /** Whether nothing from this time or before counts, whoever had it: application remembers a lease and no more. */
    boolean isOver(RecordTime time) {
        return roll.holder() == Statement.Holder.PARTY && !isRemembered(time);
    }

    /** Whether a line says that they were handed a key they had in the window. */
    boolean had(LedgerLine line) {
        boolean hands = line.act() == LedgerLine.Act.RELEASED || line.act() == LedgerLine.Act.BROKE_GLASS;
        if (!hands || line.time().isAfter(to)) {
            return false;
        }
        return switch (roll.holder()) {
            case PARTY -> line.recipient().equals(roll.subject()) && isRemembered(line.time());
            case STATION ->
                lines.contains(line.recipient()) ? isKept(line.session(), line.time()) : isStrangers(line.session());
            case BADGE -> isBadges(line.session()) ? isKept(line.session(), line.time()) : isStrangers(line.session());
        };
    }

    /** Whether they drew a key in this session, and had it in the window. */
    boolean drew(Digest session, RecordTime time) {
        if (time.isAfter(to) || session.equals(Digest.ZERO)) {
            return false;
        }
        Optional<Session> known = registry.session(session);
        return switch (roll.holder()) {
            case PARTY -> false;
            // Where a session lived that the record has forgotten nobody can tell.
            case STATION -> known.map(one -> lines.contains(one.station())).orElse(true) && isKept(session, time);
            case BADGE -> badge(session).map(roll.subject()::equals).orElse(true) && isKept(session, time);
        };
    }

    private boolean isRemembered(RecordTime time) {
        return !from.isAfter(time.plusMillis(REMEMBERED_MILLIS));
    }

    private boolean isBadges(Digest session) {
        return badge(session).filter(roll.subject()::equals).isPresent();
    }

    /** Nobody knows whose this session was: it may have been theirs. What application asks for is no session's. */
    private boolean isStrangers(Digest session) {
        return !session.equals(Digest.ZERO) && badge(session).isEmpty();
    }

    private Optional<Digest> badge(Digest session) {
        return registry.session(session).map(Session::badge).or(() -> index.badge(session));
    }

    /** Whether what a session of theirs had at this time was there in the window still. */
    private boolean isKept(Digest session, RecordTime time) {
        if (!from.isAfter(time)) {
            return true;
        }
        Optional<Session> known = registry.session(session);
        boolean lived = known.map(one -> !from.isAfter(registry.endOf(one)))
                .orElseGet(() -> !from.isAfter(now.plusMillis(-RecordLimits.LATE_MILLIS)));
        return lived || badge(session).map(this::keeps).orElse(true);
    }

    /** Whether what this badge is given stays where it is, for years. One whose grant is gone may have been such. */
    private boolean keeps(Digest badge) {
        return registry.badge(badge)
                .map(grant -> roll.holder() == Statement.Holder.BADGE
                        ? grant.kind() == Statement.BadgeKind.SERVICE
                        : grant.roles().contains(CONNECTOR))
                .orElse(true);
    }
}
