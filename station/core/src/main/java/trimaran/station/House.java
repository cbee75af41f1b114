package trimaran.station;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.line.message.Request;
import trimaran.record.Annex;
import trimaran.record.CellKind;

/**
 * The house cells: organisations, staff, places, catalogues. Every station finds them by a lookup token no patient has;
 * the first resource of each house cell carries it. A full one is followed by another, so that opening one stays quick.
 */
final class House {

    /** By which writers wait for one another while a house cell is being opened. */
    static final Placing.Slot SLOT = new Placing.Slot(CellId.NONE, CellKind.HOUSE, "house");

    private static final Term TERM = Term.ofPlace("house");

    private final StationSetting setting;
    private final Finder finder;
    private final Folders folders;
    private final Set<CellId> known = new LinkedHashSet<>();
    private final Set<CellId> full = new HashSet<>();
    private List<Digest> tokens = List.of();

    House(StationSetting setting, Finder finder, Folders folders) {
        this.setting = setting;
        this.finder = finder;
        this.folders = folders;
    }

    void learn(CellId cell) {
        known.add(cell);
    }

    /** The house cells there are, asked for anew if none is known. */
    private void cells(OwnSession session, boolean anew, Consumer<Outcome<List<CellId>>> then) {
        if (!known.isEmpty() && !anew) {
            then.accept(Outcome.done(new ArrayList<>(known)));
            return;
        }
        finder.find(session, List.of(TERM), outcome -> {
            switch (outcome) {
                case Outcome.Refused<Map<Term, List<ResourceId>>>(Refusal refusal) -> {
                    // Whoever has no lookup left in this hour still sees the wards this station knows.
                    boolean goesOn = refusal.code() == Code.OVER_BUDGET && !known.isEmpty();
                    then.accept(goesOn ? Outcome.done(new ArrayList<>(known)) : Outcome.refused(refusal));
                }
                case Outcome.Done<Map<Term, List<ResourceId>>>(Map<Term, List<ResourceId>> hits) -> {
                    hits.getOrDefault(TERM, List.of()).forEach(id -> known.add(id.cell()));
                    then.accept(Outcome.done(new ArrayList<>(known)));
                }
            }
        });
    }

    /** All house cells, open. */
    void open(OwnSession session, boolean anew, Consumer<Outcome<List<OpenCell>>> then) {
        cells(session, anew, outcome -> {
            switch (outcome) {
                case Outcome.Refused<List<CellId>>(Refusal refusal) -> then.accept(Outcome.refused(refusal));
                case Outcome.Done<List<CellId>>(List<CellId> found) ->
                    folders.several(session, found, Request.Purpose.ADMINISTRATION, then);
            }
        });
    }

    /** Where a new house resource goes: a house cell with room, or a new one. */
    void target(OwnSession session, Consumer<Outcome<Target>> then) {
        finder.tokens(session, List.of(TERM), token -> {
            switch (token) {
                case Outcome.Refused<Map<Term, List<Digest>>>(Refusal refusal) -> then.accept(Outcome.refused(refusal));
                case Outcome.Done<Map<Term, List<Digest>>>(Map<Term, List<Digest>> found) -> {
                    tokens = found.getOrDefault(TERM, List.of());
                    cells(session, false, outcome -> {
                        switch (outcome) {
                            case Outcome.Refused<List<CellId>>(Refusal refusal) ->
                                then.accept(Outcome.refused(refusal));
                            case Outcome.Done<List<CellId>>(List<CellId> cells) -> withRoom(session, cells, then);
                        }
                    });
                }
            }
        });
    }

    private void withRoom(OwnSession session, List<CellId> cells, Consumer<Outcome<Target>> then) {
        List<CellId> open = cells.stream().filter(cell -> !full.contains(cell)).toList();
        if (open.isEmpty()) {
            then.accept(Outcome.done(Target.alone(session, CellKind.HOUSE, "house", setting.entropy())));
            return;
        }
        CellId last = open.getLast();
        folders.cell(session, last, Request.Purpose.ADMINISTRATION, outcome -> {
            switch (outcome) {
                case Outcome.Refused<OpenCell>(Refusal refusal) -> then.accept(Outcome.refused(refusal));
                case Outcome.Done<OpenCell>(OpenCell cell) -> {
                    if (cell.head().parts() < StationLimits.HOUSE_PARTS_MAX) {
                        then.accept(Outcome.done(Target.of(cell)));
                    } else {
                        full.add(last);
                        withRoom(session, cells, then);
                    }
                }
            }
        });
    }

    /** The tokens that lead every station to the new house cells of a transaction, by the first resource in each. */
    List<Annex.Token> anchors(List<Planned> changes) {
        List<Annex.Token> all = new ArrayList<>();
        Set<CellId> done = new HashSet<>();
        for (Planned change : changes) {
            boolean fresh = change.isWritten()
                    && change.requiredTarget().kind() == CellKind.HOUSE
                    && change.requiredTarget().opening().isPresent();
            if (fresh && done.add(change.requiredTarget().cell())) {
                tokens.forEach(token -> all.add(new Annex.Token(token, change.requiredId(), false)));
            }
        }
        return all;
    }
}
