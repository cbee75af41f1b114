package trimaran.station;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.CellId;
import trimaran.kernel.MalformedException;
import trimaran.kernel.ResourceId;
import trimaran.line.message.Draft;
import trimaran.record.AuthorPart;
import trimaran.record.CellKind;
import trimaran.record.EntryKind;
import trimaran.record.NewCell;
import trimaran.record.SignedStatement;
import trimaran.record.Statement;

/**
 * Which entries of the outbox lean on which: on the one that opens their session, on those that open their cells or their
 * patient, on the one whose version of a resource they replace. Data would refuse an entry whose ground has no place yet, or place
 * it beside the version it replaces, so it waits for it.
 */
final class Leaning {

    /** A resource somebody changes. */
    private record Written(CellId cell, long local) {}

    /** What the last entry that changes a resource makes of it, while that has no place. */
    record Waiting(String type, long version, boolean removes) {}

    /**
     * Submissions by the session or cell they open, and those that change a resource, in the order written: each leans on the last, and
     * where that is refused the next on the one before.
     */
    private final Map<Object, List<Submission>> openings = new HashMap<>();

    /** In the order written, in which those that waited go on. */
    private final Map<Submission, Set<Submission>> grounds = new LinkedHashMap<>();

    private final DraftBox drafts;

    /** @param drafts what an earlier life of this process wrote says there what it is */
    Leaning(DraftBox drafts) {
        this.drafts = drafts;
    }

    void begin(Submission submission) {
        List<Object> all = grounds(submission.author());
        Set<Submission> found = new LinkedHashSet<>();
        for (Object ground : all) {
            List<Submission> opening = openings.get(ground);
            if (opening != null) {
                found.add(opening.getLast());
            }
        }
        grounds.put(submission, found);
        opened(submission.author())
                .forEach(each -> openings.computeIfAbsent(each, none -> new ArrayList<>(1))
                        .add(submission));
    }

    /** What leans on it waits from now on for what it waited for itself: it may have been refused. */
    void end(Submission submission) {
        Set<Submission> own = grounds.getOrDefault(submission, Set.of()).stream()
                .filter(ground -> !ground.finished)
                .collect(Collectors.toSet());
        grounds.remove(submission);
        grounds.values().stream().filter(all -> all.contains(submission)).forEach(all -> all.addAll(own));
        opened(submission.author())
                .forEach(each -> openings.computeIfPresent(each, (key, all) -> {
                    all.remove(submission);
                    return all.isEmpty() ? null : all;
                }));
    }

    /** Whether something it leans on has no place yet. */
    boolean waits(Submission submission) {
        return grounds.getOrDefault(submission, Set.of()).stream()
                .anyMatch(ground -> !ground.placedSaid && !ground.finished);
    }

    /**
     * Whether what a resource is before it is changed here is neither held nor has its place: were this held first, data might place it
     * first, in conflict.
     */
    boolean isUnheld(Submission submission) {
        Set<Object> changed = new HashSet<>(grounds(submission.author()));
        changed.removeIf(ground -> !(ground instanceof Written));
        return grounds.getOrDefault(submission, Set.of()).stream()
                .filter(ground -> !ground.placedSaid && !ground.finished && !ground.heldAcknowledged)
                .anyMatch(ground -> opened(ground.author()).stream().anyMatch(changed::contains));
    }

    /** Whether something it leans on was refused. */
    boolean isLost(Submission submission) {
        return grounds.getOrDefault(submission, Set.of()).stream().anyMatch(ground -> ground.refused);
    }

    /** The later keys of a cell that entries under way draw. */
    Set<CellId> keysOf(CellId cell) {
        return grounds.keySet().stream()
                .flatMap(submission -> submission.author().newCells().stream())
                .filter(one -> one.kind() == CellKind.KEY && one.subject().equals(cell))
                .map(NewCell::cell)
                .collect(Collectors.toSet());
    }

    /** What becomes of a resource once all that waits here has its place; empty if nothing does that changes it. */
    Optional<Waiting> waiting(ResourceId id) {
        List<Submission> all = openings.getOrDefault(new Written(id.cell(), id.local()), List.of());
        if (all.isEmpty()) {
            return Optional.empty();
        }
        Submission last = all.getLast();
        return last.draft().or(() -> drafts.open(last.entry())).stream()
                .flatMap(draft -> draft.items().stream())
                .filter(item -> item.id().equals(id))
                .map(item -> new Waiting(item.type(), item.replaces() + 1, item.action() == Draft.Action.DELETE))
                .findFirst();
    }

    /** How much of what is under way people wrote, or machines: openings and ends of sessions are none of it. */
    int written() {
        return (int) grounds.keySet().stream()
                .filter(one -> one.author().kind() != EntryKind.REGISTRY)
                .count();
    }

    /** Those that lean on this one. */
    List<Submission> on(Submission ground) {
        return grounds.entrySet().stream()
                .filter(each -> each.getValue().contains(ground))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The session and cells an entry stands on, and the resources it changes. */
    static List<Object> grounds(AuthorPart author) {
        List<Object> all = new ArrayList<>(List.of(author.session()));
        if (statement(author) instanceof Statement.SessionClosing closing) {
            all.add(closing.session());
        }
        author.parts().forEach(part -> {
            all.add(part.cell());
            all.add(part.under());
            part.changes().stream()
                    .filter(change -> change.replaces() > 0)
                    .forEach(change -> all.add(new Written(part.cell(), change.local())));
        });
        author.newCells().forEach(cell -> all.add(cell.subject()));
        return all;
    }

    /** The session and cells it opens, and the resources it makes or changes. */
    static List<Object> opened(AuthorPart author) {
        List<Object> opened = new ArrayList<>();
        author.newCells().forEach(cell -> opened.add(cell.cell()));
        author.parts()
                .forEach(part ->
                        part.changes().forEach(change -> opened.add(new Written(part.cell(), change.local()))));
        if (statement(author) instanceof Statement.SessionOpening opening) {
            opened.add(SignedStatement.id(opening));
        }
        return opened;
    }

    /** What a registry entry says; null of any other. */
    static @Nullable Statement statement(AuthorPart author) {
        try {
            return author.kind() == EntryKind.REGISTRY
                    ? SignedStatement.decode(author.statement()).statement()
                    : null;
        } catch (MalformedException broken) {
            throw new IllegalStateException("a statement of this station's own cannot be read", broken);
        }
    }
}
