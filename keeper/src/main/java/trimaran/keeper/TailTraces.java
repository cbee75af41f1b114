package trimaran.keeper;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trimaran.keeper.spi.Space;
import trimaran.keeper.spi.Store;
import trimaran.keeper.spi.Store.Change.Put;
import trimaran.keeper.spi.Store.Change.Remove;
import trimaran.keeper.spi.Store.Change.TakeBack;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Reader;
import trimaran.record.Annex;
import trimaran.record.EntryKind;
import trimaran.record.Header;
import trimaran.record.NewCell;
import trimaran.record.Registry;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;
import trimaran.record.Verdict;

/**
 * What a tail wrote where an earlier entry may have written before: lookup tokens, who is in a ward, void places, and cuts that
 * were announced until they had their place. A row does not say what stood there before, so the entries before the tail are
 * gone through once, for the keys the tail touched.
 */
final class TailTraces {

    private final KeeperSetting setting;
    private final Store store;
    private final long end;
    private final long size;
    private final Set<Bytes> tokens = new HashSet<>();
    private final Set<Bytes> placements = new HashSet<>();
    private final Set<Bytes> voids = new HashSet<>();
    private final List<Bytes> announced = new ArrayList<>();

    /** @param end where the tail begins, of a copy of this size */
    TailTraces(KeeperSetting setting, long end, long size) {
        this.setting = setting;
        this.store = setting.store();
        this.end = end;
        this.size = size;
    }

    /** The changes that leave of each key what the entries before the tail say. The tail still has to be there. */
    List<Store.Change> taken() {
        entries(end, size, this::touched);
        Map<Bytes, Bytes> before = new HashMap<>();
        if (!tokens.isEmpty() || !placements.isEmpty()) {
            annexesBefore(before);
        }
        if (!voids.isEmpty()) {
            entries(0, end, stored -> voidBefore(stored, before));
        }
        List<Store.Change> batch = new ArrayList<>();
        for (Bytes key : tokens) {
            batch.add(
                    before.containsKey(key)
                            ? new Put(Space.TOKENS, key, before.get(key))
                            : new TakeBack(Space.TOKENS, key));
        }
        for (Set<Bytes> keys : List.of(placements, voids)) {
            for (Bytes key : keys) {
                batch.add(
                        before.containsKey(key)
                                ? new Put(Space.STATE, key, before.get(key))
                                : new Remove(Space.STATE, key));
            }
        }
        announce(batch);
        return batch;
    }

    private interface Visitor {
        void visit(Copy.Stored stored);
    }

    private void entries(long from, long to, Visitor visitor) {
        store.scan(Space.ENTRIES, Key.number(from), Key.number(to), (key, value) -> {
            visitor.visit(Copy.stored(Copy.own(key, Reader::count), value));
            return true;
        });
    }

    private void touched(Copy.Stored stored) {
        Header header = stored.header();
        if (stored.place().verdict() == Verdict.VOID) {
            // Whoever held the entry anew since has taken the row away, and wants none.
            Bytes key = Key.voided(header.digest());
            if (store.get(Space.STATE, key).isPresent()) {
                voids.add(key);
            }
            return;
        }
        store.get(Space.ANNEXES, Key.number(stored.index()))
                .map(TailTraces::annex)
                .ifPresent(annex -> {
                    annex.tokens().forEach(token -> tokens.add(Key.token(token.value(), token.resource())));
                    annex.placements().forEach(one -> placements.add(Key.placement(one.ward(), one.subject())));
                });
        actingOnSight(header).ifPresent(announced::add);
    }

    /** The cut or reopening that an entry gave its place. */
    static Optional<Bytes> actingOnSight(Header header) {
        if (header.author().kind() != EntryKind.REGISTRY) {
            return Optional.empty();
        }
        Bytes statement = header.author().statement();
        Statement said = decoded(statement).statement();
        boolean acts = said instanceof Statement.Cut || said instanceof Statement.Reopening;
        return acts ? Optional.of(statement) : Optional.empty();
    }

    private void voidBefore(Copy.Stored stored, Map<Bytes, Bytes> before) {
        if (stored.place().verdict() == Verdict.VOID) {
            Bytes key = Key.voided(stored.header().digest());
            if (voids.contains(key)) {
                before.put(key, Key.number(stored.index()));
            }
        }
    }

    private void annexesBefore(Map<Bytes, Bytes> before) {
        PastRegistry registry = new PastRegistry();
        store.scan(Space.ANNEXES, Key.number(0), Key.number(end), (key, value) -> {
            Annex annex = annex(value);
            if (annex.tokens().stream().anyMatch(this::isTouched)) {
                tokensBefore(Copy.own(key, Reader::count), annex, before);
            }
            boolean touched = annex.placements().stream()
                    .anyMatch(one -> placements.contains(Key.placement(one.ward(), one.subject())));
            if (touched) {
                long index = Copy.own(key, Reader::count);
                placementsBefore(index, annex, registry.before(index), before);
            }
            return true;
        });
    }

    private boolean isTouched(Annex.Token token) {
        return tokens.contains(Key.token(token.value(), token.resource()));
    }

    private void tokensBefore(long index, Annex annex, Map<Bytes, Bytes> before) {
        Bytes entry = store.get(Space.ENTRIES, Key.number(index)).orElseThrow();
        CopyGroup.ownTokens(Copy.stored(index, entry).header(), annex).stream()
                .filter(this::isTouched)
                .forEach(token -> before.put(
                        Key.token(token.value(), token.resource()),
                        new CopyRows.TokenRow(token.unique(), index).encode()));
    }

    private void placementsBefore(long index, Annex annex, Registry registry, Map<Bytes, Bytes> before) {
        Copy.Stored stored =
                Copy.stored(index, store.get(Space.ENTRIES, Key.number(index)).orElseThrow());
        for (Annex.Placement one : CopyGroup.ownPlacements(stored.header(), annex, this::opening)) {
            Bytes row = Key.placement(one.ward(), one.subject());
            boolean counts = one.state() == Annex.Placement.State.LEFT || isPersons(registry, stored.header());
            if (placements.contains(row) && counts) {
                before.put(row, CopyGroup.placement(one, stored.place()));
            }
        }
    }

    private Optional<NewCell> opening(CellId cell) {
        return store.get(Space.CELLS, Key.cellItem(cell, Key.CellItem.OPENING, 0))
                .map(CopyRows::openingOf)
                .map(Copy.Opening::cell);
    }

    private static boolean isPersons(Registry registry, Header header) {
        return registry.session(header.author().session())
                .filter(session -> session.kind() == Statement.BadgeKind.PERSON)
                .isPresent();
    }

    /** The registry as each entry found it: it forgets old sessions, so that one folded to the end would not know them. */
    private final class PastRegistry {
        private final List<Long> left = new ArrayList<>();
        private final Registry registry;
        private int next;

        PastRegistry() {
            if (!(setting.founding().statement() instanceof Statement.Founding founding)) {
                throw new IllegalArgumentException("entry 0 is a founding statement");
            }
            registry = new Registry(founding);
            store.scan(Space.STATE, Key.registryEntry(0), Key.registryEntry(end), (key, value) -> {
                left.add(Copy.own(Bytes.ofRange(key.unsafeArray(), 8, 16), Reader::count));
                return true;
            });
        }

        /** For positions that only grow. */
        Registry before(long index) {
            for (; next < left.size() && left.get(next) < index; next++) {
                long at = left.get(next);
                Copy.Stored stored =
                        Copy.stored(at, store.get(Space.ENTRIES, Key.number(at)).orElseThrow());
                registry.apply(
                        decoded(stored.header().author().statement()).statement(),
                        stored.place().effectiveTime(),
                        at);
            }
            return registry;
        }
    }

    /** A cut was on disk until it had its place; now it has none, and acts on sight as before (Announcements drops what does not). */
    private void announce(List<Store.Change> batch) {
        Set<Bytes> known = new HashSet<>();
        long[] next = {0};
        store.scan(Space.STATE, Key.ANNOUNCED, Key.after(Key.ANNOUNCED), (key, value) -> {
            known.add(value);
            next[0] = Copy.own(Bytes.ofRange(key.unsafeArray(), 8, 16), Reader::count) + 1;
            return true;
        });
        for (Bytes statement : announced) {
            if (known.add(statement)) {
                batch.add(new Put(Space.STATE, Key.announced(next[0]++), statement));
            }
        }
    }

    private static SignedStatement decoded(Bytes statement) {
        try {
            return SignedStatement.decode(statement);
        } catch (MalformedException broken) {
            throw new UnreadableCopyException("a placed registry statement cannot be read", broken);
        }
    }

    private static Annex annex(Bytes bytes) {
        try {
            return Annex.decode(bytes);
        } catch (MalformedException broken) {
            throw new UnreadableCopyException("an annex of this copy cannot be read", broken);
        }
    }
}
