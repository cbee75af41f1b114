package trimaran.station;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.line.message.MessageLimits;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.CellKind;
import trimaran.seal.CellKey;

/**
 * Brings the later keys of open cells (DESIGN §6 After a fall), and asks, as an order to roll comes, which of the open cells it means: in
 * the background, a few at a time, while everybody goes on reading. Whoever writes before the answer draws a new key.
 */
final class LaterKeys implements CellKeys.Source {

    /** Cells asked about in one request, as an order came: every station of the house asks at that moment. */
    static final int ASKED_AT_ONCE = 64;

    static final long PAUSE_MILLIS = 250;

    /** A key that is not to be had now, since a tier is away or behind, is asked for again. */
    static final long AGAIN_MILLIS = 5_000;

    /** One that makes no key, too, if seldom: a tier that keeps none of it may get it back, and each time stands on two ledgers. */
    static final long ILL_AGAIN_MILLIS = 300_000;

    private final StationSetting setting;
    private final Folders.Hulls hulls;
    private final Cells cells;
    private final OrderReach.Reach reach;
    private final Set<CellId> askedAgain = new HashSet<>();
    private boolean asking;

    LaterKeys(StationSetting setting, Folders.Hulls hulls, Cells cells, OrderReach.Reach reach) {
        this.reach = reach;
        this.setting = setting;
        this.hulls = hulls;
        this.cells = cells;
    }

    /** Where in the log the last order stands; before it without one. */
    long ordered() {
        return reach(List.of()).last();
    }

    /** How far these tiers have come with that, before they are asked. */
    OrderReach reach(List<TierLine> asked) {
        return OrderReach.of(hulls.registry().rolls(), asked, reach);
    }

    /** A later key goes to the cell it belongs to, which its opening names; what was left out for want of it is read once more. */
    void learn(CellOpening.Gained one) {
        CellKey key = one.gathered().key();
        if (one.opening().kind() != CellKind.KEY) {
            key.wipe();
            return;
        }
        Optional<OpenCell> cell = cells.get(one.opening().subject());
        if (cell.isEmpty()) {
            key.wipe();
            return;
        }
        boolean missed = cell.get().keys().missed().contains(one.opening().cell());
        cell.get().keys().learn(one.opening(), key);
        if (one.openedAt() < 0) {
            // Two tiers hold the entry that draws it: it will have its place, and what is written meanwhile draws no
            // other.
            cell.get().keys().offer(one.opening().cell());
        }
        if (missed) {
            cell.get().readAgain();
        }
    }

    /** @param asked where the last order stands that two of those knew who said so */
    void told(OpenCell cell, boolean toRoll, long asked) {
        cell.keys().told(toRoll, asked);
        if (ordered() > asked) {
            doubt(cell);
        }
    }

    /** An order came: whether it means them nobody was asked yet. */
    void orderCame() {
        cells.all().forEach(this::doubt);
    }

    private void doubt(OpenCell cell) {
        if (cell.kind().mayRoll()) {
            cell.keys().doubt(ordered());
            if (!asking) {
                asking = true;
                setting.loop().after(PAUSE_MILLIS, () -> ask(new ArrayList<>(cells.all())));
            }
        }
    }

    /** As whom the tiers are asked about a cell: a session that has it open, for what it was opened. */
    private record Name(OwnSession session, Request.Purpose purpose) {}

    private Optional<Name> name(OpenCell cell) {
        List<Digest> sessions =
                new ArrayList<>(cell.leases().sessions(setting.loop().monotonicNanos()));
        // Whoever reads now: what their reading needs is written down under their name.
        sessions.sort(
                Comparator.comparing(session -> !session.equals(cell.leases().reader())));
        return sessions.stream()
                .flatMap(id -> hulls.session(id).filter(found -> found.id().equals(id)).stream())
                .map(session -> new Name(session, cell.leases().purpose(session.id())))
                .findFirst();
    }

    private Optional<OwnSession> session(OpenCell cell) {
        return name(cell).map(Name::session);
    }

    // ---- an order came

    private void ask(List<OpenCell> left) {
        left.removeIf(cell -> !isAsked(cell));
        List<TierLine> readers = hulls.readers();
        OrderReach known = reach(readers);
        if (left.isEmpty() || !known.isEnough()) {
            // Too few could say it now, or some did not: in a moment they may. Whoever writes before draws a key.
            asking = cells.all().stream().anyMatch(this::isAsked);
            if (asking) {
                setting.loop().after(AGAIN_MILLIS, () -> ask(new ArrayList<>(cells.all())));
            }
            return;
        }
        OwnSession first = session(left.getFirst()).orElseThrow();
        List<OpenCell> some = left.stream()
                .filter(cell -> session(cell).filter(first::equals).isPresent())
                .limit(ASKED_AT_ONCE)
                .toList();
        left.removeAll(some);
        Request.FindToRoll request =
                new Request.FindToRoll(some.stream().map(OpenCell::id).toList());
        new Asking(new ArrayDeque<>(readers), first, request, (answered, toRoll) -> {
                    some.stream()
                            .filter(cell -> !cell.isForgotten())
                            .forEach(cell -> told(cell, toRoll.contains(cell.id()), known.knownTo(answered)));
                    setting.loop().after(PAUSE_MILLIS, () -> ask(left));
                })
                .next();
    }

    /** Whether the tiers are to say of it if an order means it. */
    private boolean isAsked(OpenCell cell) {
        return !cell.isForgotten()
                && cell.keys().isInDoubt()
                && cell.keys().isToRoll()
                && session(cell).isPresent();
    }

    /**
     * Asks each tier which of some cells are to be rolled, one after the other: one alone may have heard as yet that whom an order means
     * was handed a cell. Nothing is opened: an order is nobody's gesture, and no line says that somebody opened what was open.
     */
    private static final class Asking {
        private final ArrayDeque<TierLine> tiers;
        private final OwnSession session;
        private final Request.FindToRoll request;
        private final BiConsumer<Set<Party>, Set<CellId>> then;
        private final Set<CellId> found = new HashSet<>();
        private final Set<Party> answered = EnumSet.noneOf(Party.class);

        /** @param then is told who answered, and the cells any of them says are to be rolled */
        Asking(
                ArrayDeque<TierLine> tiers,
                OwnSession session,
                Request.FindToRoll request,
                BiConsumer<Set<Party>, Set<CellId>> then) {
            this.tiers = tiers;
            this.session = session;
            this.request = request;
            this.then = then;
        }

        void next() {
            TierLine line = tiers.poll();
            if (line == null) {
                then.accept(answered, found);
            } else {
                line.ask(session, request, Response.Cells.class, StationLimits.OPEN_MILLIS, outcome -> {
                    if (outcome instanceof Outcome.Done<Response.Cells>(Response.Cells cells)) {
                        answered.add(line.tier());
                        found.addAll(cells.cells());
                    }
                    next();
                });
            }
        }
    }

    // ---- a part came under a key that is not here

    /** They are asked for in the name of whoever has the cell open, for what they have. What is not to be had is missed, with the reason. */
    @Override
    public void bring(OpenCell cell, List<CellId> keys, Runnable then) {
        Optional<Name> name = name(cell);
        if (name.isEmpty()) {
            keys.forEach(key -> missed(cell, key, Code.SESSION_ENDED));
            setting.loop().run(then);
            return;
        }
        bring(name.get(), cell, keys, then);
    }

    private void bring(Name name, OpenCell cell, List<CellId> keys, Runnable then) {
        if (keys.size() > MessageLimits.CELLS_MAX) {
            List<CellId> rest = keys.subList(MessageLimits.CELLS_MAX, keys.size());
            bring(name, cell, keys.subList(0, MessageLimits.CELLS_MAX), () -> bring(name, cell, rest, then));
            return;
        }
        gain(name.session(), new Request.OpenKeys(cell.id(), keys, name.purpose()), outcome -> {
            switch (outcome) {
                case Outcome.Done<List<CellOpening.Gained>>(List<CellOpening.Gained> gained) -> {
                    gained.forEach(this::learn);
                    keys.stream()
                            .filter(key -> !cell.keys().has(key))
                            .forEach(key -> cell.keys().miss(key, Code.BAD_SHARE));
                    then.run();
                }
                case Outcome.Refused<List<CellOpening.Gained>> refused
                when keys.size() > 1 -> {
                    // One that is ill, or not there yet, must not cost the others.
                    int half = keys.size() / 2;
                    bring(
                            name,
                            cell,
                            keys.subList(0, half),
                            () -> bring(name, cell, keys.subList(half, keys.size()), then));
                }
                case Outcome.Refused<List<CellOpening.Gained>>(var refusal) -> {
                    boolean waited = refusal.equals(CellOpening.NO_KEY_YET)
                            && cell.keys()
                                    .hasWaited(keys.getFirst(), setting.loop().monotonicNanos());
                    missed(cell, keys.getFirst(), waited ? Code.BAD_SHARE : refusal.code());
                    then.run();
                }
            }
        });
    }

    /** It is asked for again: whoever opens the cell next reads what is sealed with it, too. */
    private void missed(OpenCell cell, CellId key, Code why) {
        cell.keys().miss(key, why);
        if (askedAgain.add(key)) {
            setting.loop().after(CellKeys.isLasting(why) ? ILL_AGAIN_MILLIS : AGAIN_MILLIS, () -> again(cell, key));
        }
    }

    private void again(OpenCell cell, CellId key) {
        askedAgain.remove(key);
        if (!cell.isForgotten() && cell.keys().missed().contains(key)) {
            bring(cell, List.of(key), () -> {});
        }
    }

    private void gain(OwnSession session, Request.OpenKeys request, Consumer<Outcome<List<CellOpening.Gained>>> then) {
        new CellOpening(setting, hulls.readers(), session, request, then).run();
    }
}
