package trimaran.station;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
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
     * @param tellers who says so
     */
    record Gained(
            NewCell opening,
            ShareGathering.Gathered gathered,
            long parts,
            boolean isToRoll,
            long openedAt,
            Set<Party> tellers) {}

    /**
     * What came of it.
     *
     * @param doubtful cells of the patient that one tier tells of, which could not be opened, and which no two deny that have all a
     *     quorum covered: one of the tiers may lie, and another not have come so far
     * @param isSure whether two of those that answered had all that a quorum covered as they were asked: one of them is honest, so that
     *     there is nothing besides. Or no third is reached
     */
    record Opened(List<Gained> gained, List<CellId> doubtful, boolean isSure) {}

    /** What is sealed with a later key says itself that it is missing, and in a lookup cell nobody reads. */
    private static final Set<CellKind> WITHOUT_CONTENT = EnumSet.of(CellKind.KEY, CellKind.LOOKUP);

    /** Each tier keeps two of a cell's three shares. */
    private static final int SHARES_OF_A_TIER = 2;

    /** Its author may have given the tiers rubbish: that is not "not now", or nobody would ever read the cell. */
    private static final Refusal NO_KEY = Refusal.of(Code.BAD_SHARE, "what three tiers gave makes no key");

    /** The third has no such key, or is not reached, or not now: it may give its own in a moment, and one of the two may lie. */
    static final Refusal NO_KEY_YET =
            Refusal.of(Code.UNAVAILABLE, "what two tiers gave makes no key, and the third could not give its own now");

    private static final Refusal LATE =
            Refusal.of(Code.UNAVAILABLE, "two tiers do not agree on this cell, and the third is late");

    private final StationSetting setting;
    private final OwnSession session;
    private final Request request;
    private final List<CellId> named;
    private final boolean whole;
    private final Predicate<Party> isLevel;
    private final Consumer<Outcome<Opened>> then;
    private final boolean isThirdReached;
    private final ArrayDeque<TierLine> waiting;
    /** Who had all that a quorum covered as it was asked: what comes to it after its answer is not in that. */
    private final Set<Party> level = EnumSet.noneOf(Party.class);

    private final Map<Party, Map<CellId, OpenedCell>> answers = new EnumMap<>(Party.class);
    private final Naysayers naysayers;
    private long begunNanos;
    private int asked;
    private @Nullable Refusal refusal;
    private boolean missed;
    private boolean done;
    private Loop.Timer patience = () -> {};

    /**
     * @param tiers those that are reached, the preferred ones first
     * @param isLevel whether a tier has all that a quorum covers: those that have are asked first
     */
    CellOpening(
            StationSetting setting,
            List<TierLine> tiers,
            Predicate<Party> isLevel,
            OwnSession session,
            Request.Open request,
            Consumer<Outcome<Opened>> then) {
        this(setting, tiers, isLevel, session, request, request.cells(), request.wholeSubjects(), then);
    }

    /** Later keys of one cell. */
    CellOpening(
            StationSetting setting,
            List<TierLine> tiers,
            OwnSession session,
            Request.OpenKeys request,
            Consumer<Outcome<List<Gained>>> then) {
        this(
                setting,
                tiers,
                tier -> true,
                session,
                request,
                request.keys(),
                false,
                outcome -> then.accept(outcome.map(Opened::gained)));
    }

    private CellOpening(
            StationSetting setting,
            List<TierLine> tiers,
            Predicate<Party> isLevel,
            OwnSession session,
            Request request,
            List<CellId> named,
            boolean whole,
            Consumer<Outcome<Opened>> then) {
        this.setting = setting;
        this.isLevel = isLevel;
        this.session = session;
        this.request = request;
        this.named = named;
        this.whole = whole;
        this.then = then;
        this.naysayers = new Naysayers(setting.loop());
        this.isThirdReached = tiers.size() > 2;
        this.waiting = new ArrayDeque<>(tiers.stream()
                .sorted(Comparator.comparing((TierLine line) -> !isLevel.test(line.tier())))
                .toList());
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
        if (isLevel.test(line.tier())) {
            level.add(line.tier());
        }
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
                if (level.contains(line.tier())) {
                    naysayers.said(line, no.code());
                }
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
        List<CellId> doubtful = new ArrayList<>();
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
                    if (isDoubtful(cell)) {
                        doubtful.add(cell);
                    }
                }
            }
        }
        boolean disputed =
                gained.stream().anyMatch(one -> !one.gathered().disputed().isEmpty());
        boolean isSure = !isThirdReached || levelAnswers().count() >= 2;
        Opened opened = new Opened(gained, doubtful, isSure);
        if (problem.isEmpty() && !disputed && isSure) {
            conclude(opened, problem);
        } else {
            letThirdSay(opened, problem);
        }
    }

    /**
     * Only the third could say more. It gets a moment, and where it is asked only now as long besides as the two took, whom a budget may
     * have delayed; what hangs on it is asked for anew.
     */
    private void letThirdSay(Opened opened, Optional<Refusal> problem) {
        long tookMillis = askNext() ? (setting.loop().monotonicNanos() - begunNanos) / 1_000_000 : 0;
        if (asked == 0) {
            conclude(opened, problem);
        } else {
            patience = setting.loop()
                    .after(
                            StationLimits.ASK_NEXT_MILLIS + tookMillis,
                            () -> conclude(opened, problem.map(no -> isOfKeys() ? no : LATE)));
        }
    }

    private void conclude(Opened opened, Optional<Refusal> problem) {
        done = true;
        opened.gained().forEach(this::report);
        boolean late = problem.filter(LATE::equals).isPresent();
        if (problem.isPresent() && (!whole || late || opened.gained().isEmpty())) {
            then.accept(Outcome.refused(problem.get()));
        } else {
            then.accept(Outcome.done(opened));
        }
    }

    private Stream<Party> levelAnswers() {
        return answers.keySet().stream().filter(level::contains);
    }

    /** A cell somebody tells of and that was not opened: unless two say that it is not there who would know. */
    private boolean isDoubtful(CellId cell) {
        boolean isContent = answers.values().stream()
                .flatMap(told -> Optional.ofNullable(told.get(cell)).stream())
                .noneMatch(told -> WITHOUT_CONTENT.contains(told.opening().kind()));
        return whole
                && isContent
                && levelAnswers()
                                .filter(tier -> !Optional.ofNullable(answers.get(tier))
                                        .orElseThrow()
                                        .containsKey(cell))
                                .count()
                        < 2;
    }

    private Refusal noKey() {
        return answers.size() < Party.TIERS.size() ? NO_KEY_YET : NO_KEY;
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
        Set<Party> tellers = EnumSet.noneOf(Party.class);
        for (Map.Entry<Party, Map<CellId, OpenedCell>> answer : answers.entrySet()) {
            OpenedCell told = answer.getValue().get(cell);
            if (told != null) {
                tellers.add(answer.getKey());
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
                .map(gathered -> new Gained(agreed, gathered, found, roll, at, tellers));
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
        naysayers
                .still()
                .forEach(tier -> setting.events().accept(new StationEvent.NoShare(tier, cell, one.openedAt())));
        answers.forEach((tier, told) -> {
            OpenedCell own = told.get(cell);
            if (own == null || own.shares().size() < SHARES_OF_A_TIER) {
                setting.events().accept(new StationEvent.NoShare(tier, cell, one.openedAt()));
            }
        });
    }
}
