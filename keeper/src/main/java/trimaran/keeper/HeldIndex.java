package trimaran.keeper;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Party;
import trimaran.record.Annex;
import trimaran.record.EntryKind;
import trimaran.record.Held;
import trimaran.record.NewCell;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;

/**
 * What a tier has in memory of the entries it holds: their names in order of arrival, who said that it holds them, and where to
 * find one by the tokens it brings, the cells and the session it opens. The entries themselves lie on disk: an hour's would not
 * fit a small machine's memory.
 */
final class HeldIndex {

    /** What an entry, and each token it brings or cell it opens, takes in memory, with the sets that name it elsewhere. */
    static final int MARK_BYTES = 256;

    private final Party self;
    private final LinkedHashMap<Digest, Mark> marks = new LinkedHashMap<>();
    private final Map<Digest, Set<Digest>> tokens = new HashMap<>();
    private final Map<CellId, Set<Digest>> cells = new HashMap<>();
    private final Map<CellId, Set<Digest>> patients = new HashMap<>();
    private final Map<Digest, Digest> sessions = new HashMap<>();
    private long bytes;

    HeldIndex(Party self) {
        this.self = self;
    }

    /**
     * One held entry.
     *
     * @param by a bit for each tier that said it holds it
     * @param sinceMillis when this tier said so; -1 if it did not
     */
    record Mark(byte by, boolean registry, long sinceMillis) {

        boolean by(Party tier) {
            return (by & 1 << tier.ordinal()) != 0;
        }

        int words() {
            return Integer.bitCount(by);
        }
    }

    private Mark mark(HeldEntry one) {
        int by = 0;
        for (Held word : one.statements()) {
            by |= 1 << word.tier().ordinal();
        }
        long since = one.by(self).map(word -> word.time().millis()).orElse(-1L);
        return new Mark((byte) by, one.header().author().kind() == EntryKind.REGISTRY, since);
    }

    Map<Digest, Mark> marks() {
        return marks;
    }

    long bytes() {
        return bytes;
    }

    static long bytes(HeldEntry one, Annex annex) {
        int named = annex.tokens().size() + 2 * one.header().author().newCells().size();
        return (long) MARK_BYTES * (1 + named);
    }

    void add(HeldEntry one, Annex annex) {
        Digest entry = one.digest();
        if (marks.put(entry, mark(one)) != null) {
            return;
        }
        bytes += bytes(one, annex);
        annex.tokens().forEach(token -> name(tokens, token.value(), entry));
        for (NewCell cell : one.header().author().newCells()) {
            name(cells, cell.cell(), entry);
            name(patients, cell.subject(), entry);
        }
        opening(one).ifPresent(session -> sessions.put(session, entry));
    }

    void remove(HeldEntry one, Annex annex) {
        Digest entry = one.digest();
        if (marks.remove(entry) == null) {
            return;
        }
        bytes -= bytes(one, annex);
        annex.tokens().forEach(token -> unname(tokens, token.value(), entry));
        for (NewCell cell : one.header().author().newCells()) {
            unname(cells, cell.cell(), entry);
            unname(patients, cell.subject(), entry);
        }
        opening(one).ifPresent(session -> sessions.remove(session, entry));
    }

    private static <T> void name(Map<T, Set<Digest>> names, T name, Digest entry) {
        names.computeIfAbsent(name, none -> new LinkedHashSet<>(2)).add(entry);
    }

    private static <T> void unname(Map<T, Set<Digest>> names, T name, Digest entry) {
        Set<Digest> under = names.getOrDefault(name, Set.of());
        if (under.contains(entry) && under.size() == 1) {
            names.remove(name);
        } else if (!under.isEmpty()) {
            under.remove(entry);
        }
    }

    /** Entries that bring a lookup token, so that a patient is found whose entry has no place yet. */
    List<Digest> bringing(Digest token) {
        return List.copyOf(tokens.getOrDefault(token, Set.of()));
    }

    List<Digest> opening(CellId cell) {
        return List.copyOf(cells.getOrDefault(cell, Set.of()));
    }

    /** Entries that open a cell of this patient. */
    List<Digest> openingFor(CellId patient) {
        return List.copyOf(patients.getOrDefault(patient, Set.of()));
    }

    Optional<Digest> openingSession(Digest session) {
        return Optional.ofNullable(sessions.get(session));
    }

    private static Optional<Digest> opening(HeldEntry one) {
        return statement(one).map(SignedStatement::id);
    }

    /** The session's opening this entry is, if it is one. */
    static Optional<Statement.SessionOpening> statement(HeldEntry one) {
        if (one.header().author().kind() != EntryKind.REGISTRY) {
            return Optional.empty();
        }
        try {
            return SignedStatement.decode(one.header().author().statement()).statement()
                            instanceof Statement.SessionOpening opening
                    ? Optional.of(opening)
                    : Optional.empty();
        } catch (MalformedException malformed) {
            return Optional.empty();
        }
    }
}
