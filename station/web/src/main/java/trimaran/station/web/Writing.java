package trimaran.station.web;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.model.Resource;
import trimaran.model.Trait;
import trimaran.station.ResourceVersion;
import trimaran.station.StationState;
import trimaran.station.Transaction;
import trimaran.station.Transaction.Change;
import trimaran.station.WriteResult;

/** Writes what a form says, and says what became of it. */
final class Writing {

    /** Looking up whether it is there already is refused or not possible: care is not refused for that. */
    private static final Set<Code> NOT_LOOKED_UP =
            Set.of(Code.UNAVAILABLE, Code.OVER_BUDGET, Code.NOT_HELD, Code.STALE);

    private static final int ENOUGH_TIERS = 2;

    private final Inside inside;

    Writing(Inside inside) {
        this.inside = inside;
    }

    static Change create(Map<String, Object> resource) {
        return new Change.Create(checked(resource));
    }

    /** A resource that is the only one with this identifier, wherever and by whomever it is written. */
    static Change createOnce(Map<String, Object> resource, String system, String value) {
        return new Change.Create(checked(resource), "", List.of(Trait.identifier(system, value)), "", true);
    }

    /** A resource whose id follows from what it says, so that the record takes it once. */
    static Change createNamed(Map<String, Object> resource, String id) {
        return new Change.Create(checked(resource), "", List.of(), id);
    }

    static Change update(ResourceId id, long version, Map<String, Object> resource) {
        return new Change.Update(id, version, checked(resource), "");
    }

    /** What this door makes of checked fields is a resource, or this door is broken. */
    private static Resource checked(Map<String, Object> resource) {
        return switch (Json.checked(resource)) {
            case Outcome.Done<Resource>(Resource value) -> value;
            case Outcome.Refused<Resource>(Refusal refusal) ->
                throw new IllegalStateException("a form made no resource: " + refusal.code() + " " + refusal.place());
        };
    }

    /**
     * Writes changes as one entry: all or none. The same form again, also after this station was started anew, writes nothing more;
     * unless too few hulls answer to tell, for then what was done at the bed counts more than a line too many.
     */
    WriteResult write(Ground ground, List<Change> changes) {
        boolean once = changes.stream().anyMatch(one -> one instanceof Change.Create create && create.elseRefused());
        Transaction plain = Transaction.clinical(
                changes.stream().map(Writing::unconditional).toList());
        boolean update = changes.stream().anyMatch(Change.Update.class::isInstance);
        Transaction careful = once ? Transaction.clinical(changes) : update ? plain : plain.named(ground.input());
        return written(inside, ground.seat().care(), careful, plain);
    }

    /**
     * Writes a movement under its form's name; where too few hulls answer to look that up, without: what is changed is guarded by its
     * version, and what is made lies in this station's memory till it is shared ({@link WaitingMoves}).
     */
    static WriteResult move(Inside inside, Care care, List<Change> changes, String input) {
        Transaction plain = Transaction.clinical(
                changes.stream().map(Writing::unconditional).toList());
        return written(inside, care, Transaction.clinical(changes).named(input), plain);
    }

    /** A reason for opening a record, under its form's name or without: nobody is kept from a patient for a lookup. */
    static WriteResult reason(Inside inside, Care care, Map<String, Object> reason, String input) {
        Transaction plain = Transaction.of(create(reason));
        return written(inside, care, plain.named(input), plain);
    }

    /** @param plain what is written where the other cannot be looked up */
    private static WriteResult written(Inside inside, Care care, Transaction careful, Transaction plain) {
        if (up(inside) < ENOUGH_TIERS) {
            return care.write(plain);
        }
        WriteResult result = care.write(careful);
        return result instanceof WriteResult.Refused(Refusal refusal) && NOT_LOOKED_UP.contains(refusal.code())
                ? care.write(plain)
                : result;
    }

    /** Whether every hull answers, as far as this station knows. */
    static boolean allUp(Inside inside) {
        return up(inside) == Party.TIERS.size();
    }

    /** Whether so many hulls answer that nobody has to take one's word for it that something is not there. */
    static boolean enoughUp(Inside inside) {
        return up(inside) >= ENOUGH_TIERS;
    }

    private static long up(Inside inside) {
        return inside.record().state().tiers().values().stream()
                .filter(StationState.TierState::up)
                .count();
    }

    private static Change unconditional(Change change) {
        return change instanceof Change.Create create && create.elseRefused()
                ? new Change.Create(create.resource(), create.fullUrl(), List.of(), "")
                : change;
    }

    /**
     * What the person is told.
     *
     * @param what was written, in words
     * @param undoable whether the one thing written can be taken back for a while
     * @param again the page once more, with what was typed, if it was refused
     */
    Reply answer(
            Ground ground,
            Act act,
            String what,
            boolean undoable,
            List<Change> changes,
            WriteResult result,
            Function<Integer, Reply> again) {
        return switch (result) {
            case WriteResult.Recorded recorded -> {
                List<ResourceId> ids = recorded.versions().stream()
                        .map(WriteResult.Changed::id)
                        .toList();
                Said.State state = recorded.conflict()
                        ? Said.State.CONFLICT
                        : reviewed(ground, ids) ? Said.State.REVIEW : Said.State.SAVED;
                Optional<Said.Undo> undo = undoable && !recorded.conflict()
                        ? recorded.versions().stream().findFirst().map(one -> new Said.Undo(one.id(), one.version()))
                        : Optional.empty();
                yield said(ground, act, new Said(state, what, ground.patient(), ground.now(), ids, undo));
            }
            case WriteResult.Waiting waiting -> {
                inside.kept().writes().add(ground.patient(), shownHere(ground, changes, waiting));
                List<ResourceId> ids =
                        waiting.versions().stream().map(WriteResult.Changed::id).toList();
                Said.State state = ids.isEmpty() ? Said.State.UNSURE : Said.State.LOCAL;
                yield said(ground, act, new Said(state, what, ground.patient(), ground.now(), ids, Optional.empty()));
            }
            case WriteResult.Refused(Refusal refusal) -> {
                if (refusal.code() == Code.SESSION_ENDED || refusal.code() == Code.SESSION_UNKNOWN) {
                    yield ended(ground);
                }
                ground.entered()
                        .refuse(ground.words()
                                .say("form.refused", ground.words().refusal(refusal.code())));
                yield again.apply(refusal.code().httpStatus());
            }
        };
    }

    private static Reply said(Ground ground, Act act, Said said) {
        ground.seat().say(said);
        return Reply.to(ground.record().href(act.tab()));
    }

    /** What was typed waits for the same badge, and the screen is locked. */
    private Reply ended(Ground ground) {
        inside.kept()
                .drafts()
                .keep(
                        ground.seat().badge(),
                        ground.visit().path(),
                        ground.visit().form());
        inside.lock(ground.seat(), ground.now());
        return Inside.toLogIn(ground.visit())
                .cookie(Cookies.drop(Cookies.SEAT, ground.visit().secure()));
    }

    /** Whether it was taken without application's approval. */
    private static boolean reviewed(Ground ground, List<ResourceId> ids) {
        return ground.seat().read(ground.patient())
                        instanceof Outcome.Done<List<ResourceVersion>>(List<ResourceVersion> all)
                && all.stream().anyMatch(one -> one.continuity() && ids.contains(one.id()));
    }

    private static List<ResourceVersion> shownHere(Ground ground, List<Change> changes, WriteResult.Waiting waiting) {
        return waiting.versions().isEmpty() ? List.of() : WaitingMoves.versions(changes, waiting, ground.now());
    }
}
