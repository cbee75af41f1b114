package trimaran.station;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Outcome;
import trimaran.kernel.ResourceId;
import trimaran.record.CellHead;
import trimaran.record.CellKind;
import trimaran.record.NewCell;

/** Finding by trait through the tiers, and by name in the indexes of sessions that may see the whole record. */
final class Searches implements GrowthWatch.Index {

    private final StationSetting setting;
    private final Finder finder;
    private final Folders folders;
    private final TierTable tiers;
    private final Cells cells;
    private final GrowthWatch growth;
    private final HeldView held;
    private final Map<Digest, SystemIndex> indexes = new HashMap<>();

    Searches(StationSetting setting, Finder finder, Folders folders, TierTable tiers, Cells cells, HeldView held) {
        this.held = held;
        this.growth = new GrowthWatch(tiers::up, cells, this);
        this.setting = setting;
        this.finder = finder;
        this.folders = folders;
        this.tiers = tiers;
        this.cells = cells;
    }

    /** Resources that have all of these terms. */
    void find(OwnSession session, List<Term> terms, Consumer<Outcome<List<ResourceId>>> then) {
        hits(
                session,
                terms,
                outcome -> then.accept(outcome.map(hits -> {
                    List<ResourceId> all = new ArrayList<>(hits.getOrDefault(terms.getFirst(), List.of()));
                    terms.forEach(term -> all.retainAll(hits.getOrDefault(term, List.of())));
                    return all;
                })));
    }

    /** Resources that have any of these terms, each once, in the order of the terms. */
    void findAny(OwnSession session, List<Term> terms, Consumer<Outcome<List<ResourceId>>> then) {
        hits(
                session,
                terms,
                outcome -> then.accept(outcome.map(hits -> terms.stream()
                        .flatMap(term -> hits.getOrDefault(term, List.of()).stream())
                        .distinct()
                        .toList())));
    }

    private void hits(OwnSession session, List<Term> terms, Consumer<Outcome<Map<Term, List<ResourceId>>>> then) {
        if (terms.isEmpty()) {
            then.accept(Outcome.refused(Code.BAD_PARAMETER, "a search names at least one trait"));
            return;
        }
        if (session.isClosed()) {
            then.accept(Outcome.refused(Code.SESSION_ENDED, "this session has ended"));
            return;
        }
        Patience.ask(setting.loop(), StationLimits.ANSWER_MILLIS, next -> finder.find(session, terms, next), then);
    }

    Outcome<SystemIndex> index(OwnSession session) {
        if (session.isClosed() || !session.hasSystemScope()) {
            return Outcome.refused(Code.NOT_ALLOWED, "this session's scope is not the whole record");
        }
        indexes.values().removeIf(index -> index.session().isClosed());
        SystemIndex known = indexes.get(session.id());
        if (known == null) {
            known = new SystemIndex(setting, session, folders, tiers, growth::isAllKnown);
            indexes.put(session.id(), known);
            known.build();
            held.openings().forEach(this::appeared);
        }
        return Outcome.done(known);
    }

    /** The index once it holds all that is known at this moment. */
    void currentIndex(OwnSession session, Consumer<Outcome<SystemIndex>> then) {
        switch (index(session)) {
            case Outcome.Refused<SystemIndex> refused -> then.accept(refused);
            case Outcome.Done<SystemIndex>(SystemIndex known) -> growth.whenKnown(() -> known.whenCurrent(then));
        }
    }

    GrowthWatch growth() {
        return growth;
    }

    @Override
    public void lost() {
        indexes.values().forEach(SystemIndex::build);
    }

    @Override
    public boolean isWanted() {
        return !indexes.isEmpty();
    }

    @Override
    public void appeared(NewCell cell) {
        if (cell.kind() == CellKind.IDENTITY) {
            indexes.values().forEach(index -> index.appeared(cell.cell()));
        }
    }

    /** Somebody wrote to a cell; what this station wrote itself is in the index already. */
    void headTold(CellHead head) {
        if (!indexes.isEmpty()
                && cells.get(head.cell()).filter(OpenCell::isCurrent).isEmpty()) {
            indexes.values().forEach(index -> index.headTold(head.cell()));
        }
    }

    /** An index holds what its own session may see; a session without its own lease on the cell opens it first. */
    void identityWritten(OpenCell cell) {
        long now = setting.loop().monotonicNanos();
        for (SystemIndex index : indexes.values()) {
            if (cell.leases().has(index.session().id(), now)) {
                index.take(cell);
            } else {
                index.appeared(cell.id());
            }
        }
    }
}
