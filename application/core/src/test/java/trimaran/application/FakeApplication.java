package trimaran.application;

import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import trimaran.kernel.RecordTime;
import trimaran.record.CellKind;

/** An application that says what the test wants. */
record FakeApplication(
        String name, Predicate<DraftItem> concern, Set<CellKind> kinds, BiFunction<DraftView, StateView, Decision> rule)
        implements Application {

    static FakeApplication saying(Decision decision) {
        return new FakeApplication("fake", item -> true, Set.of(), (draft, state) -> decision);
    }

    @Override
    public boolean concerns(DraftItem item) {
        return concern.test(item);
    }

    @Override
    public Set<CellKind> reads(DraftView draft) {
        return kinds;
    }

    @Override
    public Decision decide(DraftView draft, StateView state, Author author, RecordTime now) {
        return rule.apply(draft, state);
    }
}
