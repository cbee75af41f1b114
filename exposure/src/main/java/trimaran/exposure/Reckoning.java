package trimaran.exposure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
 *       shown shortly before may have been in its memory still. Of what it was only told that something is written there it has no text;
 *       the kind of resource says something all the same, and so it is possible.
 *   <li>a station: what sessions there were given, what they drew keys for, wrote, printed or exported. Two hulls must have released a
 *       cell; what one released alone is possible. A session that had not ended when the window began may have had in memory
 *       whatever it was ever given, an index of patients included. A connector keeps the messages it took on its disk, so what it
 *       ever wrote or was given is possible, and so is what a station exported: ward copies lie there, too.
 *   <li>a badge: the same of its sessions, wherever they lived. A connected system keeps what it is given, so whatever it was given
 *       before is possible.
 *   <li>access, data, witness: nothing. They are handed no key; what they see without one is said in SECURITY.md.
 * </ul>
 */
public final class Reckoning {

    /** A lease (DESIGN §6): application is done with what it was shown long before. */
    public static final long REMEMBERED_MILLIS = 15 * 60_000L;

    /** Cells on ledgers that the record does not know: drafts that came to nothing, of years. */
    static final int UNKNOWN_CELLS_MAX = 200_000;

    /** The role of what carries other systems' messages, which keeps them on its station's disk. */
    private static final String CONNECTOR = "connector";

    private final Fallen fallen;
    private final Window window;
    private final CellMap cells = new CellMap();
    private final Map<Digest, SessionLife> sessions = new HashMap<>();
    private final Map<Digest, String> stations = new HashMap<>();
    private final Set<Digest> services = new HashSet<>();
    private final Set<Digest> connectors = new HashSet<>();
    private final Map<CellId, Trace> traces = new HashMap<>();
    private Optional<RecordTime> founded = Optional.empty();
    private int unknown;
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
        cells.read(author, time);
        if (!author.statement().isEmpty()) {
            statement(SignedStatement.decode(author.statement()).statement(), time);
        }
        SessionLife session = sessions.get(author.session());
        if (session == null || !isFallens(session)) {
            return;
        }
        Optional<Certainty> certainty = certainty(session, time);
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
            case Statement.Founding founding -> founded = Optional.of(founding.time());
            case Statement.SessionOpening opening ->
                sessions.put(
                        SignedStatement.id(opening),
                        new SessionLife(opening.badge(), opening.station(), opening.expiry()));
            case Statement.SessionClosing(Digest session) ->
                sessions.computeIfPresent(session, (id, life) -> life.closedAt(time));
            case Statement.StationEnrolment station -> stations.put(station.line(), station.name());
            case Statement.Grant grant -> {
                // Whoever was one once may have kept what came then.
                if (grant.kind() == Statement.BadgeKind.SERVICE) {
                    services.add(grant.badge().id());
                }
                if (grant.roles().contains(CONNECTOR)) {
                    connectors.add(grant.badge().id());
                }
            }
            default -> {
                // Says nothing of who is shown what.
            }
        }
    }

    /** One line of a tier's ledger. */
    public void line(Party ledger, LedgerLine line) {
        if (line.act() == LedgerLine.Act.LEDGERS_READ) {
            // By an officer, over no cell: a ledger names cells and sessions, and opens none.
            return;
        }
        switch (fallen) {
            case Fallen.Tier tier -> shownTo(tier, line);
            case Fallen.Station(String name) -> {
                SessionLife session = sessions.get(line.session());
                boolean answered = name.equals(stations.get(line.recipient()));
                if (session != null && (answered || isFallens(session))) {
                    boolean kept = line.act() == LedgerLine.Act.EXPORTED;
                    given(ledger, line, kept ? lasting(line.time()) : certainty(session, line.time()));
                } else if (answered) {
                    given(ledger, line, lasting(line.time()));
                } else if (session == null) {
                    stranger(ledger, line);
                }
            }
            case Fallen.Badge(Digest badge) -> {
                SessionLife session = sessions.get(line.session());
                if (session != null && session.badge().equals(badge)) {
                    given(ledger, line, certainty(session, line.time()));
                } else if (session == null) {
                    stranger(ledger, line);
                }
            }
        }
    }

    private void shownTo(Fallen.Tier tier, LedgerLine line) {
        if (!line.recipient().equals(tier.recipient())) {
            return;
        }
        boolean remembered = !window.isBefore(line.time().plusMillis(REMEMBERED_MILLIS));
        Optional<Certainty> certainty = remembered ? lasting(line.time()) : within(line.time());
        boolean isNamed = line.act() == LedgerLine.Act.NAMED_TO_APPLICATION;
        Way way = isNamed ? Way.NAMED : line.act() == LedgerLine.Act.SHOWN_TO_APPLICATION ? Way.SHOWN : Way.OPENED;
        certainty
                .map(sure -> isNamed ? Certainty.POSSIBLE : sure)
                .ifPresent(sure -> line.cells().forEach(cell -> trace(cell).whole(way, line.time(), sure)));
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
                // What application was shown or told of was before this station, too, which wrote it.
                case SHOWN_TO_APPLICATION, NAMED_TO_APPLICATION -> trace(cell).whole(Way.WROTE, time, sure);
                case LOOKED_UP, LEDGERS_READ -> {
                    // Name no cell.
                }
            }
        }
        if (line.act() == LedgerLine.Act.LOOKED_UP && sure == Certainty.CERTAIN) {
            lookups++;
        }
    }

    /** Nobody knows where this session lived: it may have been the fallen party's. */
    private void stranger(Party ledger, LedgerLine line) {
        // What application asks for is no session's.
        if (window.isOver(line.time()) || line.session().equals(Digest.ZERO)) {
            return;
        }
        strangers++;
        given(ledger, line, Optional.of(Certainty.POSSIBLE));
    }

    private boolean isFallens(SessionLife session) {
        return switch (fallen) {
            case Fallen.Tier _ -> false;
            case Fallen.Station(String name) -> name.equals(stations.get(session.station()));
            case Fallen.Badge(Digest badge) -> session.badge().equals(badge);
        };
    }

    /** Whether what the session wrote or was given stays where it fell, for years. */
    private boolean isKept(SessionLife session) {
        return (fallen instanceof Fallen.Badge ? services : connectors).contains(session.badge());
    }

    private Optional<Certainty> certainty(SessionLife session, RecordTime time) {
        boolean lived = !window.isBefore(session.end());
        return isKept(session) || lived ? lasting(time) : within(time);
    }

    /** Of what stays where it came to until the window. */
    private Optional<Certainty> lasting(RecordTime time) {
        return within(time).or(() -> before(time));
    }

    private Optional<Certainty> within(RecordTime time) {
        return window.contains(time) ? Optional.of(Certainty.CERTAIN) : Optional.empty();
    }

    /** Before the window, or as close behind it as clocks lie apart. */
    private Optional<Certainty> before(RecordTime time) {
        return window.isOver(time) ? Optional.empty() : Optional.of(Certainty.POSSIBLE);
    }

    private Trace trace(CellId handed) {
        CellId cell = cells.owner(handed);
        if (cells.find(cell).isEmpty() && !traces.containsKey(cell)) {
            unknown++;
            if (unknown > UNKNOWN_CELLS_MAX) {
                // A ledger full of what the record does not know is no ledger of it: said, and not kept.
                return new Trace();
            }
        }
        return traces.computeIfAbsent(cell, none -> new Trace());
    }

    /** Whether the record knows a station of the fallen one's name, or a session of its badge: of anybody else nothing is found. */
    public boolean knowsFallen() {
        return switch (fallen) {
            case Fallen.Tier _ -> true;
            case Fallen.Station(String name) -> stations.containsValue(name);
            case Fallen.Badge(Digest badge) ->
                sessions.values().stream().anyMatch(session -> session.badge().equals(badge));
        };
    }

    /**
     * What is missing although everything was read.
     *
     * @param party the fallen one as whoever asked calls it
     */
    public List<Remark> lacks(Exposure exposure, String party) {
        List<Remark> lacks = new ArrayList<>();
        if (unknown > UNKNOWN_CELLS_MAX) {
            lacks.add(Remark.of("flooded", UNKNOWN_CELLS_MAX));
        } else if (exposure.unknownCells() > 0) {
            lacks.add(Remark.of("unknownCells", exposure.unknownCells()));
        }
        if (founded.filter(time -> time.isAfter(window.to())).isPresent()) {
            lacks.add(Remark.of("beforeAll"));
        }
        if (!knowsFallen()) {
            lacks.add(Remark.of("unknownFallen", party));
        }
        return lacks;
    }

    /** What follows from all that was told. */
    public Exposure exposure() {
        return Exposure.of(cells, traces, lookups, strangers);
    }
}
