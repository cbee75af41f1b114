package trimaran.station.hl7;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import trimaran.kernel.Digest;
import trimaran.model.Trait;

/**
 * Whose turn it is: messages that speak of the same patient, stay or name are dealt with in the order in which they came, whatever
 * line they came over; all others go beside each other. A message that speaks of several waits for each, and since all that it
 * speaks of is taken at once, no two wait for each other.
 *
 * <p>A message told to come again keeps its place: whatever its line sent behind it and is under way meanwhile is told the same, or a
 * correction would be overwritten by what it corrects.
 */
final class Turns {

    private final Map<String, CompletableFuture<Boolean>> last = new HashMap<>();

    /** The first message of each line told to come again, by what it speaks of; for as long as others wait behind it. */
    private final Map<String, Map<Object, Digest>> passed = new HashMap<>();

    /** All that a message speaks of: numbers of patients and stays, and the name by which doubles are looked for. */
    static Set<String> subjects(Message message) {
        Set<String> subjects = new LinkedHashSet<>();
        for (Segment pid : message.all("PID")) {
            pid.values(3).forEach(number -> subjects.add("patient " + number.component(1)));
            subjects.add("stay " + pid.value(18).component(1));
            for (Value name : pid.values(5)) {
                subjects.add("name " + Trait.plain(name.component(1)) + " " + pid.text(7));
            }
        }
        for (Segment mrg : message.all("MRG")) {
            mrg.values(1).forEach(number -> subjects.add("patient " + number.component(1)));
        }
        message.first("PV1")
                .ifPresent(pv1 -> subjects.add("stay " + pv1.value(19).component(1)));
        subjects.removeAll(Set.of("patient ", "stay ", "name  "));
        return subjects;
    }

    /**
     * Takes a place behind all that came before and speak of any of these.
     *
     * @param line equal for what one sender sends in its order
     * @param message the same when it comes again
     */
    Turn take(Collection<String> subjects, Object line, Digest message) {
        CompletableFuture<Boolean> mine = new CompletableFuture<>();
        List<CompletableFuture<Boolean>> before = new ArrayList<>();
        List<String> own = List.copyOf(new LinkedHashSet<>(subjects));
        synchronized (last) {
            for (String subject : own) {
                CompletableFuture<Boolean> other = last.put(subject, mine);
                if (other != null) {
                    before.add(other);
                }
            }
        }
        return new Turn(own, line, message, mine, before);
    }

    /** Subjects somebody has or waits for. */
    int taken() {
        synchronized (last) {
            return last.size();
        }
    }

    /** A place in the order. Whoever took it MUST end it. */
    final class Turn {
        private final List<String> subjects;
        private final Object line;
        private final Digest message;
        private final CompletableFuture<Boolean> mine;
        private final List<CompletableFuture<Boolean>> before;

        private Turn(
                List<String> subjects,
                Object line,
                Digest message,
                CompletableFuture<Boolean> mine,
                List<CompletableFuture<Boolean>> before) {
            this.subjects = subjects;
            this.line = line;
            this.message = message;
            this.mine = mine;
            this.before = before;
        }

        /** Blocks until all that came before are done; whether this one may go on, or would overtake one that comes again. */
        boolean await() {
            before.forEach(CompletableFuture::join);
            synchronized (last) {
                return subjects.stream()
                        .map(subject -> passed.getOrDefault(subject, Map.of()).getOrDefault(line, message))
                        .allMatch(message::equals);
            }
        }

        /** @param again whether it was told to come again */
        void end(boolean again) {
            synchronized (last) {
                for (String subject : subjects) {
                    if (last.remove(subject, mine)) {
                        passed.remove(subject);
                    } else if (again) {
                        passed.computeIfAbsent(subject, none -> new HashMap<>()).putIfAbsent(line, message);
                    } else {
                        passed.getOrDefault(subject, new HashMap<>()).remove(line, message);
                    }
                }
            }
            mine.complete(true);
        }
    }
}
