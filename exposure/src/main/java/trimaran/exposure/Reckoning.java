package trimaran.exposure;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.line.message.LedgerLine;
import trimaran.record.AuthorPart;
import trimaran.record.CellPart;
import trimaran.record.Header;
import trimaran.record.NewCell;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;

/**
 * Reckons whose data a fallen party could have read. It is told all entries first, in the order of the record and then what is only
 * held, and the lines of the ledgers after.
 *
 * <p>What counts as readable, and why:
 *
 * <ul>
 *   <li>application: what stands on a ledger as shown or released to it. It has a pair of each cell, so one release is a key. What it was
 *       shown shortly before may have been in its memory still.
 *   <li>a station: what sessions there were given, what they drew keys for, wrote, printed or exported. Two hulls must have released a
 *       cell; what one released alone is possible. A session that had not ended when the window began may have had in memory
 *       whatever it was ever given, an index of patients included. A connector keeps the messages it took on its disk, so what it
 *       ever wrote is possible.
 *   <li>a badge: the same of its sessions, wherever they lived, and what was exported to it. A connected system keeps what it is given, so
 *       whatever it was given before is possible.
 *   <li>access, data, witness: nothing. They are handed no key; what they see without one is said in SECURITY.md.
 * </ul>
 */
public final class Reckoning {

    /** A lease (DESIGN §6): application is done with what it was shown long before. */
    public static final long REMEMBERED_MILLIS = 15 * 60_000L;

    /** The role of what carries other systems' messages, which keeps them on its station's disk. */
    private static final String CONNECTOR = "connector";

    private final Fallen fallen;
    private final Window window;
    private final CellMap cells = new CellMap();
    private final Map<Digest, SessionLife> sessions = new HashMap<>();
    private final Map<Digest, Statement.Grant> badges = new HashMap<>();
    private final Map<CellId, Trace> traces = new HashMap<>();
    private long lookups;
    private long strangers;

    public Reckoning(Fallen fallen, Window window) {
        this.fallen = fallen;
        this.window = window;
    }

    /**
     * One entry that is not void.
     *
     * @param time from when it counts
     */
    public void entry(Header header, RecordTime time) throws MalformedException {
        AuthorPart author = header.author();
        cells.read(author);
        if (!author.statement().isEmpty()) {
            statement(SignedStatement.decode(author.statement()).statement(), time);
        }
        SessionLife session = sessions.get(author.session());
        if (session == null || !isFallens(session)) {
            return;
        }
        Optional<Certainty> certainty = isKept(session) && !window.isOver(time)
                ? Optional.of(window.contains(time) ? Certainty.CERTAIN : Certainty.POSSIBLE)
                : certainty(session, time);
        if (certainty.isEmpty()) {
            return;
        }
        for (NewCell drawn : author.newCells()) {
            trace(drawn.cell()).whole(Way.DREW, time, certainty.get());
        }
        for (CellPart part : author.parts()) {
            trace(part.cell()).whole(Way.WROTE, time, certainty.get());
        }
    }

    private void statement(Statement statement, RecordTime time) {
        switch (statement) {
            case Statement.SessionOpening opening ->
                sessions.put(
                        SignedStatement.id(opening),
                        new SessionLife(opening.badge(), opening.station(), opening.expiry()));
            case Statement.SessionClosing(Digest session) ->
                sessions.computeIfPresent(session, (id, life) -> life.closedAt(time));
            case Statement.Grant grant -> badges.put(grant.badge().id(), grant);
            default -> {
                // Says nothing of who is shown what.
            }
        }
    }

    /** One line of a tier's ledger. */
    public void line(Party ledger, LedgerLine line) {
        switch (fallen) {
            case Fallen.Tier tier -> shownTo(tier, line);
            case Fallen.Station(Digest station) -> {
                SessionLife session = sessions.get(line.session());
                if (line.recipient().equals(station)
                        || (session != null && session.station().equals(station))) {
                    given(ledger, line, certainty(Optional.ofNullable(session), line.time()));
                } else if (session == null && !line.session().equals(Digest.ZERO)) {
                    stranger(ledger, line);
                }
            }
            case Fallen.Badge(Digest badge) -> {
                SessionLife session = sessions.get(line.session());
                if (session != null && session.badge().equals(badge)) {
                    given(ledger, line, certainty(session, line.time()));
                } else if (line.act() == LedgerLine.Act.EXPORTED
                        && line.recipient().equals(badge)) {
                    // A sealed copy stays readable to the badge it was made for.
                    given(ledger, line, within(line.time()).or(() -> before(line.time())));
                } else if (session == null && !line.session().equals(Digest.ZERO)) {
                    stranger(ledger, line);
                }
            }
        }
    }

    private void shownTo(Fallen.Tier tier, LedgerLine line) {
        if (!line.recipient().equals(tier.recipient())) {
            return;
        }
        boolean remembered = line.time().plusMillis(REMEMBERED_MILLIS).compareTo(window.from()) >= 0;
        Optional<Certainty> certainty =
                within(line.time()).or(() -> remembered ? before(line.time()) : Optional.empty());
        Way way = line.act() == LedgerLine.Act.SHOWN_TO_APPLICATION ? Way.SHOWN : Way.OPENED;
        certainty.ifPresent(sure -> line.cells().forEach(cell -> trace(cell).whole(way, line.time(), sure)));
    }

    private void given(Party ledger, LedgerLine line, Optional<Certainty> certainty) {
        if (certainty.isEmpty()) {
            return;
        }
        RecordTime time = line.time();
        Certainty sure = certainty.get();
        for (CellId cell : line.cells()) {
            switch (line.act()) {
                case RELEASED -> trace(cell).pair(Way.OPENED, time, ledger, sure);
                case BROKE_GLASS -> trace(cell).pair(Way.BROKE_GLASS, time, ledger, sure);
                case PRINTED -> trace(cell).whole(Way.PRINTED, time, sure);
                case EXPORTED -> trace(cell).whole(Way.EXPORTED, time, sure);
                // What was shown to application was before this station, too, which wrote it.
                case SHOWN_TO_APPLICATION -> trace(cell).whole(Way.WROTE, time, sure);
                case LOOKED_UP -> {
                    // Names no cell.
                }
            }
        }
        if (line.act() == LedgerLine.Act.LOOKED_UP && sure == Certainty.CERTAIN) {
            lookups++;
        }
    }

    /** Nobody knows where this session lived: it may have been the fallen party's. */
    private void stranger(Party ledger, LedgerLine line) {
        if (window.isOver(line.time())) {
            return;
        }
        strangers++;
        given(ledger, line, Optional.of(Certainty.POSSIBLE));
    }

    private boolean isFallens(SessionLife session) {
        return switch (fallen) {
            case Fallen.Tier _ -> false;
            case Fallen.Station(Digest station) -> session.station().equals(station);
            case Fallen.Badge(Digest badge) -> session.badge().equals(badge);
        };
    }

    /** Whether what the session wrote or was given stays where it fell, for years. */
    private boolean isKept(SessionLife session) {
        return Optional.ofNullable(badges.get(session.badge()))
                .filter(grant -> grant.kind() == Statement.BadgeKind.SERVICE)
                .filter(grant -> fallen instanceof Fallen.Badge || grant.roles().contains(CONNECTOR))
                .isPresent();
    }

    private Optional<Certainty> certainty(Optional<SessionLife> session, RecordTime time) {
        return session.isEmpty() ? within(time).or(() -> before(time)) : certainty(session.get(), time);
    }

    private Optional<Certainty> certainty(SessionLife session, RecordTime time) {
        boolean stays = fallen instanceof Fallen.Badge && isKept(session);
        boolean lived = !window.isBefore(session.end());
        return within(time).or(() -> stays || lived ? before(time) : Optional.empty());
    }

    private Optional<Certainty> within(RecordTime time) {
        return window.contains(time) ? Optional.of(Certainty.CERTAIN) : Optional.empty();
    }

    /** Before the window, or as close behind it as clocks lie apart. */
    private Optional<Certainty> before(RecordTime time) {
        return window.isOver(time) ? Optional.empty() : Optional.of(Certainty.POSSIBLE);
    }

    private Trace trace(CellId cell) {
        return traces.computeIfAbsent(cell, none -> new Trace());
    }

    /** What follows from all that was told. */
    public Exposure exposure() {
        return Exposure.of(cells, traces, lookups, strangers);
    }
}
