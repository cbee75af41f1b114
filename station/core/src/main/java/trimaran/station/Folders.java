package trimaran.station;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.line.message.MessageLimits;
import trimaran.line.message.Request;
import trimaran.record.CellKind;
import trimaran.record.Registry;
import trimaran.record.Statement;

/**
 * Opens cells for sessions and brings them up to date before anything is answered from them. The same opening asked for
 * twice at once is made once.
 */
final class Folders {

    /** Refreshes under way for one opening: enough to hide the line, few enough to stay polite. */
    private static final int FETCHES_AT_ONCE = 8;
    /** How often an answer waits for whoever is just bringing one of its cells up. */
    private static final int ROUNDS_MAX = 8;

    /** What openings need of the station. */
    interface Hulls {
        /** Tiers that are reached, the preferred for reading first. */
        List<TierLine> readers();

        Registry registry();

        /** This session while it lives here, else the station's own. */
        Optional<OwnSession> session(Digest id);
    }

    private record Wish(Digest session, boolean whole, List<CellId> cells) {}

    private final StationSetting setting;
    private final Hulls hulls;
    private final PartFetch.Tools tools;
    private final Cells cells;
    private final HeldView held;
    private final LaterKeys keys;
    private final Map<Wish, List<Consumer<Outcome<List<OpenCell>>>>> opening = new HashMap<>();
    private final Map<OpenCell, List<Consumer<Outcome<OpenCell>>>> refreshing = new HashMap<>();

    Folders(StationSetting setting, Hulls hulls, HeadWatch watch, Cells cells, HeldView held) {
        this.setting = setting;
        this.hulls = hulls;
        this.keys = new LaterKeys(setting, hulls, cells, watch::isLevel);
        this.tools = new PartFetch.Tools(setting, watch, new LeafProofs(watch), new Fetches(setting.loop()), keys);
        this.cells = cells;
        this.held = held;
        held.keys = keys;
    }

    /** All cells of a patient, by the identity cell. */
    void subject(OwnSession session, CellId subject, Request.Purpose purpose, Consumer<Outcome<List<OpenCell>>> then) {
        if (cells.isWhole(subject, session.id())) {
            List<OpenCell> open = cells.ofSubject(subject);
            open.forEach(cell -> readBy(cell, session));
            refresh(open, then);
        } else {
            open(new Wish(session.id(), true, List.of(subject)), session, purpose, then);
        }
    }

    /** One cell. */
    void cell(OwnSession session, CellId cell, Request.Purpose purpose, Consumer<Outcome<OpenCell>> then) {
        several(
                session,
                List.of(cell),
                purpose,
                outcome -> then.accept(outcome.then(found -> found.isEmpty()
                        ? Outcome.refused(Code.NOT_FOUND, "there is no such cell")
                        : Outcome.done(found.getFirst()))));
    }

    /** Some cells, at most {@link MessageLimits#CELLS_MAX}; those open already are not asked for again. */
    void several(
            OwnSession session, List<CellId> wanted, Request.Purpose purpose, Consumer<Outcome<List<OpenCell>>> then) {
        long now = setting.loop().monotonicNanos();
        List<CellId> missing = new ArrayList<>();
        for (CellId cell : new HashSet<>(wanted)) {
            if (cells.get(cell)
                    .filter(open -> open.leases().has(session.id(), now))
                    .isEmpty()) {
                missing.add(cell);
            }
        }
        if (missing.isEmpty()) {
            List<OpenCell> open = new ArrayList<>();
            wanted.forEach(cell -> cells.get(cell).ifPresent(open::add));
            open.forEach(cell -> readBy(cell, session));
            refresh(open, then);
            return;
        }
        missing.sort(null);
        open(new Wish(session.id(), false, missing), session, purpose, outcome -> {
            switch (outcome) {
                case Outcome.Refused<List<OpenCell>> refused -> then.accept(refused);
                case Outcome.Done<List<OpenCell>> done -> {
                    List<OpenCell> all = new ArrayList<>();
                    wanted.forEach(cell -> cells.get(cell).ifPresent(all::add));
                    refresh(all, then);
                }
            }
        });
    }

    private void open(Wish wish, OwnSession session, Request.Purpose purpose, Consumer<Outcome<List<OpenCell>>> then) {
        List<Consumer<Outcome<List<OpenCell>>>> waiting = opening.get(wish);
        if (waiting != null) {
            waiting.add(then);
            return;
        }
        List<Consumer<Outcome<List<OpenCell>>>> fresh = new ArrayList<>(List.of(then));
        opening.put(wish, fresh);
        Consumer<Outcome<List<OpenCell>>> settle = outcome -> {
            opening.remove(wish, fresh);
            fresh.forEach(each -> each.accept(outcome));
        };
        Request.Open request = new Request.Open(wish.cells(), wish.whole(), purpose);
        List<TierLine> readers = hulls.readers();
        OrderReach known = keys.reach(readers);
        new CellOpening(setting, readers, tools.watch()::isLevel, session, request, outcome -> {
                    switch (outcome) {
                        case Outcome.Refused<CellOpening.Opened>(var refusal) ->
                            settle.accept(Outcome.refused(refusal));
                        case Outcome.Done<CellOpening.Opened>(CellOpening.Opened opened) ->
                            refresh(admitted(wish, session, request, known, opened), settle);
                    }
                })
                .run();
    }

    private List<OpenCell> admitted(
            Wish wish, OwnSession session, Request.Open request, OrderReach known, CellOpening.Opened opened) {
        long until = setting.loop().monotonicNanos() + leaseMillis(session) * 1_000_000;
        List<OpenCell> open = new ArrayList<>();
        for (CellOpening.Gained one : opened.gained()) {
            if (one.opening().kind() == CellKind.KEY) {
                continue;
            }
            OpenCell cell = cells.add(one.opening(), one.gathered().key());
            cell.leases().add(session.id(), until, request.purpose());
            readBy(cell, session);
            cell.headTold(one.parts());
            keys.told(cell, one.isToRoll(), known.knownTo(one.tellers()));
            open.add(cell);
        }
        opened.gained().stream()
                .filter(one -> one.opening().kind() == CellKind.KEY)
                .forEach(keys::learn);
        if (wish.whole()) {
            wish.cells().forEach(subject -> {
                cells.get(subject).ifPresent(identity -> identity.unread().doubt(opened.doubtful()));
                if (opened.isSure() && opened.doubtful().isEmpty()) {
                    cells.wholeOpened(subject, session.id(), until);
                }
            });
        }
        return open;
    }

    /** Whoever else reads has the keys asked for anew that were not to be had for whoever read before. */
    private static void readBy(OpenCell cell, OwnSession session) {
        if (!cell.leases().reader().equals(session.id()) && cell.keys().forgetPassing()) {
            cell.readAgain();
        }
        cell.leases().readBy(session.id());
    }

    /** An order to roll came. */
    void orderCame() {
        keys.orderCame();
    }

    /** How long this session may keep what is released to it. */
    long leaseMillis(OwnSession session) {
        return session.kind() == Statement.BadgeKind.STATION
                ? hulls.registry().policy().stationLeaseMillis()
                : hulls.registry().policy().leaseMillis();
    }

    // ---- bringing up to date

    /** Fetches what is missing of each cell, then answers. */
    void refresh(List<OpenCell> wanted, Consumer<Outcome<List<OpenCell>>> then) {
        refresh(wanted, ROUNDS_MAX, then);
    }

    private void refresh(List<OpenCell> wanted, int rounds, Consumer<Outcome<List<OpenCell>>> then) {
        ArrayDeque<OpenCell> stale = new ArrayDeque<>();
        for (OpenCell cell : wanted) {
            cell.used(setting.loop().monotonicNanos());
            if (!cell.isCurrent() && cell.kind() != CellKind.SEARCH) {
                stale.add(cell);
            }
        }
        if (stale.isEmpty()) {
            answer(wanted, rounds, then);
            return;
        }
        Refreshing all = new Refreshing(wanted, stale, rounds, then);
        for (int i = 0; i < FETCHES_AT_ONCE; i++) {
            all.next();
        }
    }

    /** Shows what is held, too; by then somebody else may be bringing a cell up, of which nothing counts before it is proven. */
    private void answer(List<OpenCell> wanted, int rounds, Consumer<Outcome<List<OpenCell>>> then) {
        held.whole(wanted, () -> {
            if (wanted.stream().allMatch(cell -> isShowable(cell, rounds))) {
                then.accept(Outcome.done(wanted));
            } else if (rounds > 0) {
                refresh(wanted, rounds - 1, then);
            } else {
                then.accept(Outcome.refused(Code.UNAVAILABLE, "this cell changes faster than it can be shown"));
            }
        });
    }

    /** What was told of meanwhile is fetched once more, and no oftener: a tier that goes on telling of more keeps nobody from reading. */
    private static boolean isShowable(OpenCell cell, int rounds) {
        return cell.kind() == CellKind.SEARCH || (rounds == ROUNDS_MAX ? cell.isCurrent() : cell.isProven());
    }

    private final class Refreshing {
        private final List<OpenCell> wanted;
        private final ArrayDeque<OpenCell> stale;
        private final int rounds;
        private final Consumer<Outcome<List<OpenCell>>> then;
        private int running;
        private boolean over;

        Refreshing(
                List<OpenCell> wanted, ArrayDeque<OpenCell> stale, int rounds, Consumer<Outcome<List<OpenCell>>> then) {
            this.wanted = wanted;
            this.stale = stale;
            this.rounds = rounds;
            this.then = then;
        }

        void next() {
            OpenCell cell = over ? null : stale.poll();
            if (cell == null) {
                return;
            }
            running++;
            one(cell, outcome -> {
                running--;
                if (over) {
                    return;
                }
                if (outcome instanceof Outcome.Refused<OpenCell>(var refusal)) {
                    over = true;
                    then.accept(Outcome.refused(refusal));
                } else if (running == 0 && stale.isEmpty()) {
                    over = true;
                    answer(wanted, rounds, shown -> {
                        then.accept(shown);
                        cells.fetched(wanted);
                    });
                } else {
                    next();
                }
            });
        }
    }

    private void one(OpenCell cell, Consumer<Outcome<OpenCell>> then) {
        List<Consumer<Outcome<OpenCell>>> waiting = refreshing.get(cell);
        if (waiting != null) {
            waiting.add(then);
            return;
        }
        List<Consumer<Outcome<OpenCell>>> fresh = new ArrayList<>(List.of(then));
        refreshing.put(cell, fresh);
        new Bringing(tools, hulls.registry().origin(), hulls.readers(), cell, outcome -> {
                    refreshing.remove(cell, fresh);
                    fresh.forEach(each -> each.accept(outcome));
                })
                .run();
    }
}
