package trimaran.application;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Loop;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.kernel.Workbench;
import trimaran.line.message.Receipt;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.Approval;
import trimaran.record.CellKind;
import trimaran.record.NewCell;
import trimaran.record.PartyKeys;
import trimaran.record.Premise;
import trimaran.record.RecordLimits;
import trimaran.record.Registry;
import trimaran.record.SignedRefusal;
import trimaran.record.Signer;
import trimaran.record.Statement;
import trimaran.record.Verifier;

/**
 * Takes a request for approval from its bytes to a signed yes or no (DESIGN §4, §5 "Approval", §6 "Shown to application").
 * Lives on one loop. Yeses of one turn of the loop stand under one signature.
 *
 * <p>What a request shows and what cells say is held only while its decision is made: afterwards every reference to it is
 * let go. The collector overwrites it when it likes, so a fallen application's memory may still tell of the last minutes;
 * the two other tiers' ledgers say of which entries.
 */
public final class Office {

    /**
     * What the tier's main brings.
     *
     * @param registry the keeper's folded registry, asked anew for each request
     * @param speakers who speaks for each party now: the registry's, or where data fell and its successor has not placed that
     *     yet, those two officers named
     * @param signer this tier's key for statements
     * @param workbench where large drafts are looked at; on the loop itself where nobody waits meanwhile
     */
    public record Setting(
            Loop loop,
            Supplier<Registry> registry,
            Function<Party, PartyKeys> speakers,
            Verifier verifier,
            Signer signer,
            CellSource cells,
            List<Application> applications,
            Workbench workbench) {
        public Setting {
            applications = List.copyOf(applications);
        }

        /** Everything on the loop, and whoever the log says speaks for a party. */
        public Setting(
                Loop loop,
                Supplier<Registry> registry,
                Verifier verifier,
                Signer signer,
                CellSource cells,
                List<Application> applications) {
            this(
                    loop,
                    registry,
                    party -> registry.get().party(party),
                    verifier,
                    signer,
                    cells,
                    applications,
                    Runnable::run);
        }
    }

    private record Accepted(Matter matter, ApprovalBatch.Yes yes) {}

    private final Setting setting;
    private List<Accepted> unsigned = new ArrayList<>();
    private int underWay;

    public Office(Setting setting) {
        this.setting = setting;
    }

    /** Requests waiting for cells or a signature, for status. */
    public int underWay() {
        return underWay;
    }

    /**
     * Decides one request. Answers once, on the loop: {@link Response.Approved}, {@link Response.Denied} with a signed
     * refusal if the author may not or a rule says no, or an unsigned refusal for a request that cannot be judged.
     */
    public void approve(Request.Approve request, Consumer<Outcome<Response>> answer) {
        if (underWay >= OfficeLimits.UNDER_WAY_MAX) {
            answer.accept(Outcome.refused(Code.BUSY, "application has too many requests under way"));
            return;
        }
        RequestCheck check =
                new RequestCheck(setting.registry().get(), setting.speakers(), setting.verifier(), setting.cells());
        switch (check.claims(request, now())) {
            case Outcome.Refused<RequestCheck.Claims>(Refusal refusal) -> answer.accept(Outcome.refused(refusal));
            case Outcome.Done<RequestCheck.Claims>(RequestCheck.Claims claims) -> {
                boolean large = request.draft().items().size() > OfficeLimits.LARGE_ITEMS;
                Matter matter = new Matter(claims.entry(), large, answer);
                underWay++;
                matter.deadline = setting.loop()
                        .after(
                                large ? OfficeLimits.DEADLINE_LARGE_MILLIS : OfficeLimits.DEADLINE_MILLIS,
                                () -> expire(matter));
                beside(matter, claims::checked, checked -> checked(matter, checked, request.receipt()));
            }
        }
    }

    /** Large drafts are looked at beside the loop, which meanwhile answers others. The work MUST be pure. */
    private <T> void beside(Matter matter, Supplier<T> work, Consumer<T> then) {
        if (!matter.large) {
            then.accept(work.get());
            return;
        }
        setting.workbench().run(() -> {
            T value = work.get();
            setting.loop().run(() -> {
                if (!matter.closed) {
                    then.accept(value);
                }
            });
        });
    }

    private void checked(Matter matter, Outcome<RequestCheck.Checked> outcome, Receipt receipt) {
        switch (outcome) {
            case Outcome.Refused<RequestCheck.Checked>(Refusal refusal) -> close(matter, Outcome.refused(refusal));
            case Outcome.Done<RequestCheck.Checked>(RequestCheck.Checked checked) -> consider(matter, checked, receipt);
        }
    }

    /** Settles what needs no cell, then asks for the cells the applications want. */
    private void consider(Matter matter, RequestCheck.Checked checked, Receipt receipt) {
        Optional<Refusal> denied = Roles.refusal(checked.author(), checked.draft());
        if (denied.isPresent()) {
            deny(matter, denied.get());
            return;
        }
        Optional<Refusal> closed = closed(checked.draft());
        if (closed.isPresent()) {
            deny(matter, closed.get());
            return;
        }
        Optional<Refusal> orphan = unanswered(checked.draft());
        if (orphan.isPresent()) {
            close(matter, Outcome.refused(orphan.get()));
            return;
        }
        Reviewing reviewing = new Reviewing(setting.registry().get(), setting.cells(), setting.applications());
        reviewing.settle(checked.draft(), checked.author(), setting.loop(), () -> matter.closed, settled -> {
            switch (settled) {
                case Outcome.Refused<DraftView>(Refusal refusal)
                when refusal.code() == Code.UNAVAILABLE -> close(matter, Outcome.refused(refusal));
                case Outcome.Refused<DraftView>(Refusal refusal) -> deny(matter, refusal);
                case Outcome.Done<DraftView>(DraftView draft) -> read(matter, checked.with(draft), receipt);
            }
        });
    }

    private void read(Matter matter, RequestCheck.Checked checked, Receipt receipt) {
        List<CellState> fresh = new ArrayList<>();
        List<CellId> wanted = new ArrayList<>();
        Optional<Refusal> unreadable = choose(checked, fresh, wanted);
        if (unreadable.isPresent()) {
            close(matter, Outcome.refused(unreadable.get()));
        } else if (wanted.isEmpty()) {
            decide(matter, checked, fresh);
        } else {
            setting.cells().open(checked.entry(), receipt, wanted, opened -> opened(matter, checked, fresh, opened));
        }
    }

    private Optional<Refusal> unanswered(DraftView draft) {
        return draft.items().stream()
                .filter(item -> setting.applications().stream().noneMatch(one -> one.concerns(item)))
                .findFirst()
                .map(item -> Refusal.at(Code.NOT_SUPPORTED, item.type(), "no application answers for this type"));
    }

    /** What an application officers closed would have to answer for is refused; what may continue without it goes on. */
    private Optional<Refusal> closed(DraftView draft) {
        Registry registry = setting.registry().get();
        return concerned(draft).stream()
                .filter(one -> registry.isCut(Statement.Target.subjectOfApplication(one.name())))
                .findFirst()
                .map(one -> Refusal.of(Code.CUT, "the application " + one.name() + " is closed"));
    }

    private List<Application> concerned(DraftView draft) {
        return setting.applications().stream()
                .filter(one -> draft.items().stream().anyMatch(one::concerns))
                .toList();
    }

    /** Sorts the cells the draft lets be read: those this entry opens are empty, others are opened if somebody wants them. */
    private Optional<Refusal> choose(RequestCheck.Checked checked, List<CellState> fresh, List<CellId> wanted) {
        DraftView draft = checked.draft();
        Set<CellKind> kinds = EnumSet.noneOf(CellKind.class);
        concerned(draft).forEach(one -> kinds.addAll(one.reads(draft)));
        draft.fresh().forEach(cell -> {
            NewCell opening = draft.touched().get(cell);
            if (opening != null && kinds.contains(opening.kind())) {
                fresh.add(CellState.empty(opening));
            }
        });
        for (CellId cell : checked.reads()) {
            if (draft.fresh().contains(cell) || wanted.contains(cell)) {
                continue;
            }
            Optional<NewCell> opening = setting.cells().opening(cell);
            if (opening.isEmpty()) {
                return Optional.of(
                        Refusal.of(Code.UNAVAILABLE, "the draft wants a cell read that application does not know yet"));
            }
            if (!ReadPolicy.permits(draft, checked.author(), opening.get())) {
                return Optional.of(
                        Refusal.of(Code.NOT_ALLOWED, "the draft wants a cell read that the policy does not allow"));
            }
            if (kinds.contains(opening.get().kind())) {
                wanted.add(cell);
            }
        }
        return Optional.empty();
    }

    private void opened(
            Matter matter, RequestCheck.Checked checked, List<CellState> fresh, Outcome<List<OpenCell>> opened) {
        if (matter.closed) {
            return;
        }
        switch (opened) {
            case Outcome.Refused<List<OpenCell>>(Refusal refusal) -> close(matter, Outcome.refused(refusal));
            case Outcome.Done<List<OpenCell>>(List<OpenCell> cells) -> {
                List<CellState> states = new ArrayList<>(fresh);
                try {
                    for (OpenCell cell : cells) {
                        states.add(CellState.fold(cell));
                    }
                } catch (MalformedException malformed) {
                    close(matter, Outcome.refused(Code.BROKEN, "a cell of the record cannot be read"));
                    return;
                }
                decide(matter, checked, states);
            }
        }
    }

    private void decide(Matter matter, RequestCheck.Checked checked, List<CellState> states) {
        RecordTime now = now();
        beside(matter, () -> decision(checked, states, now), decision -> {
            switch (decision) {
                case Decision.Refused(Refusal refusal) -> refuse(matter, refusal);
                case Decision.Accepted(List<Premise> premises) -> accept(matter, premises, checked.seen());
            }
        });
    }

    /** The first no of any application concerned, or everybody's yes with all premises. */
    private Decision decision(RequestCheck.Checked checked, List<CellState> states, RecordTime now) {
        StateView state = new StateView(states);
        TreeMap<CellId, Premise> premises = new TreeMap<>();
        for (Application application : concerned(checked.draft())) {
            switch (ask(application, checked, state, now)) {
                case Decision.Refused refused -> {
                    return refused;
                }
                case Decision.Accepted(List<Premise> relied) ->
                    relied.forEach(premise -> premises.put(premise.cell(), premise));
            }
        }
        return Decision.accepted(List.copyOf(premises.values()));
    }

    private void accept(Matter matter, List<Premise> premises, Optional<Digest> seen) {
        if (unsigned.isEmpty()) {
            // Whatever decides before this runs comes under the same signature.
            setting.loop().run(this::sign);
        }
        unsigned.add(new Accepted(matter, new ApprovalBatch.Yes(matter.entry, premises, seen)));
    }

    private static Decision ask(
            Application application, RequestCheck.Checked checked, StateView state, RecordTime now) {
        DraftView draft = checked.draft();
        try {
            return application.decide(draft, state.of(application.reads(draft)), checked.author(), now);
        } catch (RuntimeException broken) {
            // One application's fault stays its own: the office and the others go on.
            return Decision.refused(Code.BROKEN, "the application " + application.name() + " failed", "");
        }
    }

    private void sign() {
        List<Accepted> batch =
                unsigned.stream().filter(one -> !one.matter().closed).toList();
        unsigned = new ArrayList<>();
        if (batch.isEmpty()) {
            return;
        }
        Registry registry = setting.registry().get();
        List<Approval> approvals = ApprovalBatch.sign(
                batch.stream().map(Accepted::yes).toList(),
                registry.origin(),
                registry.policy().version(),
                now().plusMillis(RecordLimits.APPROVAL_MILLIS),
                setting.signer());
        for (int i = 0; i < batch.size(); i++) {
            close(batch.get(i).matter(), Outcome.done(new Response.Approved(approvals.get(i))));
        }
    }

    /** A rule's no is signed; a failure is nobody's judgement and is not. */
    private void refuse(Matter matter, Refusal refusal) {
        if (refusal.code() == Code.BROKEN) {
            close(matter, Outcome.refused(refusal));
        } else {
            deny(matter, refusal);
        }
    }

    private void deny(Matter matter, Refusal refusal) {
        RecordTime now = now();
        byte[] signed = SignedRefusal.signedBytes(setting.registry().get().origin(), matter.entry, refusal.code(), now);
        SignedRefusal no = new SignedRefusal(
                matter.entry, refusal.code(), now, setting.signer().sign(signed));
        close(matter, Outcome.done(new Response.Denied(no, refusal.code(), refusal.sentence(), refusal.place())));
    }

    private void expire(Matter matter) {
        if (!matter.closed) {
            close(matter, Outcome.refused(Code.TOO_SLOW, "application could not read what the rule needs in time"));
        }
    }

    private void close(Matter matter, Outcome<Response> outcome) {
        matter.closed = true;
        matter.deadline.cancel();
        underWay--;
        matter.answer.accept(outcome);
    }

    /** This tier's wall clock, which record time follows; a place time may differ by its bounded skew. */
    private RecordTime now() {
        return new RecordTime(setting.loop().wallTime().millis());
    }

    /** One request under way. It knows the entry's name and whom to answer, and nothing of what was shown. */
    private static final class Matter {

        final Digest entry;
        final boolean large;
        final Consumer<Outcome<Response>> answer;
        Loop.Timer deadline = () -> {};
        boolean closed;

        Matter(Digest entry, boolean large, Consumer<Outcome<Response>> answer) {
            this.entry = entry;
            this.large = large;
            this.answer = answer;
        }
    }
}
