package trimaran.station;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Loop;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.line.message.OpenedCell;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.CellKind;
import trimaran.record.NewCell;
import trimaran.seal.ShareGathering;

/**
 * One opening: the same request to two tiers, their answers compared, shares combined and checked against the commitments of
 * the entry that opened the cell. Where the two differ, or one does not answer, the third is asked; also where one is late after the
 * other has answered. Where both take their time it is their budget that delays them, and the third would do so, too.
 */
final class CellOpening {

    /**
     * A key and what the tiers say of its cell: how many parts, and whether one says that it is to be rolled.
     *
     * @param openedAt where the log has the entry that opened it; negative if all say that it is only held
     */
    record Gained(NewCell opening, ShareGathering.Gathered gathered, long parts, boolean isToRoll, long openedAt) {}

    /** Each tier keeps two of a cell's three shares. */
    private static final int SHARES_OF_A_TIER = 2;

    /** Its author may have given a tier rubbish, which keeps none of it: that is not "not now", or nobody would ever read the cell. */
    private static final Refusal NO_KEY = Refusal.of(Code.BAD_SHARE, "what two tiers gave makes no key");

    /** The third was asked and has no such key, or not now: it may have come so far in a moment, and one of the two may lie. */
    static final Refusal NO_KEY_YET =
            Refusal.of(Code.UNAVAILABLE, "what two tiers gave makes no key, and the third could not give its own now");

    private static final Refusal LATE =
            Refusal.of(Code.UNAVAILABLE, "two tiers do not agree on this cell, and the third is late");

    private final StationSetting setting;
    private final OwnSession session;
    private final Request request;
    private final List<CellId> named;
    private final boolean whole;
    private final Consumer<Outcome<List<Gained>>> then;
    private final ArrayDeque<TierLine> waiting;
    private final Map<Party, Map<CellId, OpenedCell>> answers = new EnumMap<>(Party.class);
    private long begunNanos;
    private int asked;
    private @Nullable Refusal refusal;
    private boolean missed;
    /** Whether a tier that is reached gave nothing. */
    private boolean declined;

    private boolean done;
    private Loop.Timer patience = () -> {};

    /** @param tiers those that are reached, the preferred ones first */
    CellOpening(
            StationSetting setting,
            List<TierLine> tiers,
            OwnSession session,
            Request.Open request,
            Consumer<Outcome<List<Gained>>> then) {
        this(setting, tiers, session, request, request.cells(), request.wholeSubjects(), then);
    }

    /** Later keys of one cell. */
    CellOpening(
            StationSetting setting,
            List<TierLine> tiers,
            OwnSession session,
            Request.OpenKeys request,
            Consumer<Outcome<List<Gained>>> then) {
        this(setting, tiers, session, request, request.keys(), false, then);
    }

    private CellOpening(
            StationSetting setting,
            List<TierLine> tiers,
            OwnSession session,
            Request request,
            List<CellId> named,
            boolean whole,
            Consumer<Outcome<List<Gained>>> then) {
        this.setting = setting;
        this.session = session;
        this.request = request;
        this.named = named;
        this.whole = whole;
        this.then = then;
        this.waiting = new ArrayDeque<>(tiers);
    }

    void run() {
        if (waiting.size() < 2) {
            setting.loop()
                    .run(() -> then.accept(Outcome.refused(Code.UNAVAILABLE, "two tiers are needed to open a cell")));
            return;
        }
        begunNanos = setting.loop().monotonicNanos();
        askNext();
        askNext();
    }

    /** False if no tier is left to ask. */
    private boolean askNext() {
        TierLine line = waiting.poll();
        if (line == null) {
            return false;
        }
        asked++;
        line.ask(session, request, Response.Opened.class, StationLimits.OPEN_MILLIS, outcome -> {
            asked--;
            answered(line, outcome);
        });
        return true;
    }

    private void answered(TierLine line, Outcome<Response.Opened> outcome) {
        if (done) {
            return;
        }
        switch (outcome) {
            case Outcome.Refused<Response.Opened>(Refusal no) -> {
                declined = true;
                // One tier may be behind: that there is no such cell takes two.
                boolean believed = no.code() != Code.NOT_FOUND || missed;
                missed |= no.code() == Code.NOT_FOUND;
                if (believed && (refusal == null || Approvals.isPassing(refusal.code()))) {
                    refusal = no;
                }
                // A tier that is away or behind is made up for by the third; two that say no mean no.
                if (!askNext() && asked == 0) {
                    finish(answers.size() >= 2);
                }
            }
            case Outcome.Done<Response.Opened>(Response.Opened(List<OpenedCell> cells)) -> {
                Map<CellId, OpenedCell> byCell = new LinkedHashMap<>();
                cells.forEach(cell -> byCell.put(cell.opening().cell(), cell));
                answers.put(line.tier(), byCell);
                if (answers.size() >= 2 || asked == 0) {
                    finish(answers.size() >= 2);
                } else {
                    patience = setting.loop().after(StationLimits.ASK_NEXT_MILLIS, this::askNext);
                }
            }
        }
    }

    private void finish(boolean enough) {
        patience.cancel();
        if (!enough) {
            done = true;
            then.accept(Outcome.refused(why()));
            return;
        }
        List<Gained> gained = new ArrayList<>();
        Optional<Refusal> problem = Optional.empty();
        for (CellId cell : cells()) {
            switch (gather(cell)) {
                case Outcome.Done<Gained>(Gained one) -> gained.add(one);
                case Outcome.Refused<Gained>(Refusal no) -> {
                    // A later key may have come to one tier only so far: what is sealed with it is not shown here yet
                    // either.
                    if (whole || named.contains(cell)) {
                        problem = problem.or(() -> Optional.of(isOfKeys() ? noKey() : no));
                    }
                }
            }
        }
        boolean disputed =
                gained.stream().anyMatch(one -> !one.gathered().disputed().isEmpty());
        if (problem.isEmpty() && !disputed) {
            conclude(gained, problem);
        } else {
            letThirdSay(gained, problem);
        }
    }

    /**
     * Only the third could say more. It gets a moment, and where it is asked only now as long besides as the two took, whom a budget may
     * have delayed; what hangs on it is asked for anew.
     */
    private void letThirdSay(List<Gained> gained, Optional<Refusal> problem) {
        long tookMillis = askNext() ? (setting.loop().monotonicNanos() - begunNanos) / 1_000_000 : 0;
        if (asked == 0) {
            conclude(gained, problem);
        } else {
            patience = setting.loop()
                    .after(StationLimits.ASK_NEXT_MILLIS + tookMillis, () -> conclude(gained, problem.map(no -> LATE)));
        }
    }

    private void conclude(List<Gained> gained, Optional<Refusal> problem) {
        done = true;
        gained.forEach(this::report);
        boolean late = problem.filter(LATE::equals).isPresent();
        if (problem.isPresent() && (!whole || late || gained.isEmpty())) {
            then.accept(Outcome.refused(problem.get()));
        } else {
            then.accept(Outcome.done(gained));
        }
    }

    private Refusal noKey() {
        return declined ? NO_KEY_YET : NO_KEY;
    }

    private boolean isOfKeys() {
        return request instanceof Request.OpenKeys;
    }

    /** Every cell any tier told of, in the order told. */
    private List<CellId> cells() {
        Map<CellId, Boolean> all = new LinkedHashMap<>();
        answers.values().forEach(cells -> cells.keySet().forEach(cell -> all.put(cell, true)));
        return new ArrayList<>(all.keySet());
    }

    private Outcome<Gained> gather(CellId cell) {
        Map<NewCell, Integer> votes = new HashMap<>();
        long parts = 0;
        boolean toRoll = false;
        long openedAt = -1;
        for (Map<CellId, OpenedCell> answer : answers.values()) {
            OpenedCell told = answer.get(cell);
            if (told != null) {
                votes.merge(told.opening(), 1, Integer::sum);
                parts = Math.max(parts, told.head().parts());
                toRoll |= told.isToRoll();
                openedAt = Math.max(openedAt, told.openedAt());
            }
        }
        NewCell opening = null;
        for (Map.Entry<NewCell, Integer> vote : votes.entrySet()) {
            if (vote.getValue() >= 2) {
                opening = vote.getKey();
            }
        }
        if (opening == null || opening.kind() == CellKind.LOOKUP) {
            return Outcome.refused(Code.UNAVAILABLE, "two tiers do not agree on this cell yet");
        }
        if (votes.size() > 1) {
            setting.events().accept(new StationEvent.SharesDiffer(cell));
        }
        long found = parts;
        boolean roll = toRoll;
        long at = openedAt;
        NewCell agreed = opening;
        return ShareGathering.gatherNewest(cell, agreed.keyCommitment(), given(cell, agreed))
                .map(gathered -> new Gained(agreed, gathered, found, roll, at));
    }

    /** A cell that one tier opened is there, though the two others have not come so far: that is "not now" and never "no". */
    private Refusal why() {
        boolean behind = refusal != null && refusal.code() == Code.NOT_FOUND && !answers.isEmpty();
        return refusal == null || behind
                ? Refusal.of(Code.UNAVAILABLE, "two tiers are needed to open a cell")
                : refusal;
    }

    /** What the tiers that agree on the opening gave of the shares they keep. */
    private List<ShareGathering.Given> given(CellId cell, NewCell opening) {
        List<ShareGathering.Given> given = new ArrayList<>();
        answers.forEach((tier, cells) -> {
            OpenedCell told = cells.get(cell);
            if (told != null && told.opening().equals(opening)) {
                told.shares().stream()
                        .filter(share -> tier.keepsShare(share.number()))
                        .map(share -> new ShareGathering.Given(
                                share.generation(), new ShareGathering.Copy(tier, share.number(), share.value())))
                        .forEach(given::add);
            }
        });
        return given;
    }

    private void report(Gained one) {
        CellId cell = one.opening().cell();
        one.gathered().liars().forEach(tier -> setting.events().accept(new StationEvent.BadShare(tier, cell)));
        if (one.gathered().liars().isEmpty() && !one.gathered().disputed().isEmpty()) {
            setting.events().accept(new StationEvent.SharesDiffer(cell));
        }
        answers.forEach((tier, told) -> {
            OpenedCell own = told.get(cell);
            if (own == null || own.shares().size() < SHARES_OF_A_TIER) {
                setting.events().accept(new StationEvent.NoShare(tier, cell, one.openedAt()));
            }
        });
    }
}
