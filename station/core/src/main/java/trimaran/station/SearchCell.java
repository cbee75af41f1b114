package trimaran.station;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.CellKind;
import trimaran.record.EntryKind;
import trimaran.record.Header;
import trimaran.record.Held;
import trimaran.record.Place;
import trimaran.seal.CellKey;

/**
 * The search cell, whose key makes the first step of every lookup token, open under the station's own session. The first
 * station of a hospital opens it, and the lookup cell with it; the first of each in the log counts.
 */
final class SearchCell implements Finder.SearchKey {

    private static final CellId NONE = CellId.NONE;

    private final StationSetting setting;
    private final TierTable tiers;
    private final Folders folders;
    private final Cells cells;
    private final java.util.function.Supplier<Drafting.Desks> desks;
    private final java.util.function.Supplier<Optional<OwnSession>> service;
    private final List<Consumer<Outcome<CellKey>>> waiting = new ArrayList<>();
    private boolean making;
    private @Nullable CellId found;

    SearchCell(
            StationSetting setting,
            TierTable tiers,
            Folders folders,
            Cells cells,
            java.util.function.Supplier<Drafting.Desks> desks,
            java.util.function.Supplier<Optional<OwnSession>> service) {
        this.setting = setting;
        this.tiers = tiers;
        this.folders = folders;
        this.cells = cells;
        this.desks = desks;
        this.service = service;
    }

    @Override
    public void get(Consumer<Outcome<CellKey>> then) {
        Optional<OwnSession> session = service.get();
        if (session.isEmpty()) {
            then.accept(Outcome.refused(Code.UNAVAILABLE, "this station has not joined the tiers yet"));
            return;
        }
        Optional<CellId> id = id();
        if (id.isPresent()) {
            open(session.get(), id.get(), then);
            return;
        }
        waiting.add(then);
        if (!making) {
            making = true;
            greetAll(session.get(), true);
        }
    }

    private void open(OwnSession session, CellId id, Consumer<Outcome<CellKey>> then) {
        Optional<OpenCell> open = cells.get(id)
                .filter(cell -> cell.leases().has(session.id(), setting.loop().monotonicNanos()));
        if (open.isPresent()) {
            open.get().used(setting.loop().monotonicNanos());
            then.accept(Outcome.done(open.get().keys().own()));
        } else {
            folders.cell(
                    session,
                    id,
                    Request.Purpose.SERVICE,
                    outcome -> then.accept(outcome.map(cell -> cell.keys().own())));
        }
    }

    /** The search cell, as the tiers that are reached name it. */
    Optional<CellId> id() {
        if (found != null) {
            return Optional.of(found);
        }
        for (TierLine line : tiers.up()) {
            Optional<CellId> named =
                    line.welcome().map(Response.Welcome::search).filter(cell -> !cell.equals(NONE));
            if (named.isPresent()) {
                found = named.get();
                return named;
            }
        }
        return Optional.empty();
    }

    /** Somebody else may have opened it since the lines were. */
    private void greetAll(OwnSession session, boolean mayMake) {
        List<TierLine> up = tiers.up();
        int[] left = {up.size()};
        if (up.size() < 2) {
            settle(Outcome.refused(Code.UNAVAILABLE, "two tiers are needed to look something up"));
            return;
        }
        for (TierLine line : up) {
            line.greetAgain(outcome -> {
                if (--left[0] == 0) {
                    Optional<CellId> id = id();
                    if (id.isPresent()) {
                        open(session, id.get(), this::settle);
                    } else if (mayMake) {
                        make(session);
                    } else {
                        settle(Outcome.refused(Code.UNAVAILABLE, "no tier names the search cell yet"));
                    }
                }
            });
        }
    }

    private void make(OwnSession session) {
        Drafting.Desks all = desks.get();
        List<Target> targets = List.of(
                Target.alone(session, CellKind.SEARCH, "", setting.entropy()),
                Target.alone(session, CellKind.LOOKUP, "", setting.entropy()));
        Sealing.Ground ground = Sealing.Ground.of(
                setting, all.registry().registry(), session, all.watch().size());
        switch (all.sealing().sealOpening(ground, EntryKind.ADMINISTRATIVE, targets)) {
            case Outcome.Refused<Sealing.Sealed>(Refusal refusal) -> settle(Outcome.refused(refusal));
            case Outcome.Done<Sealing.Sealed>(Sealing.Sealed sealed) -> {
                targets.forEach(target -> {
                    target.shares().ifPresent(trimaran.seal.CellShares::wipe);
                    target.key().wipe();
                });
                Submission submission = new Submission(
                        sealed.entry(),
                        sealed.author(),
                        sealed.digest(),
                        sealed.draft(),
                        true,
                        new Made(),
                        setting.loop().monotonicNanos());
                all.outbox()
                        .add(
                                sealed.digest(),
                                sealed.entry(),
                                () -> all.courier().begin(submission));
            }
        }
    }

    private final class Made implements Submission.Fate {
        @Override
        public void placed(Header header, Place place) {
            Optional<OwnSession> session = service.get();
            if (session.isPresent()) {
                greetAll(session.get(), false);
            } else {
                settle(Outcome.refused(Code.UNAVAILABLE, "this station's session has ended"));
            }
        }

        @Override
        public void held(Header header, List<Held> statements) {
            settle(Outcome.refused(Code.UNAVAILABLE, "the search cell has no place yet"));
        }

        @Override
        public void refused(Refusal refusal) {
            settle(Outcome.refused(refusal));
        }

        @Override
        public void waiting(Refusal reason) {
            settle(Outcome.refused(reason));
        }
    }

    private void settle(Outcome<CellKey> outcome) {
        making = false;
        List<Consumer<Outcome<CellKey>>> told = List.copyOf(waiting);
        waiting.clear();
        told.forEach(each -> each.accept(outcome));
    }
}
