package trimaran.station.hl7;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import trimaran.model.Trait;

/**
 * Whose turn it is: messages that speak of the same patient, stay or name are dealt with in the order in which they came, whatever
 * line they came over; all others go beside each other. A message that speaks of several waits for each, and since all that it
 * speaks of is taken at once, no two wait for each other.
 */
final class Turns {

    private final Map<String, CompletableFuture<Boolean>> last = new HashMap<>();

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

    /** Takes a place behind all that came before and speak of any of these. */
    Turn take(Collection<String> subjects) {
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
        return new Turn(own, mine, before);
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
        private final CompletableFuture<Boolean> mine;
        private final List<CompletableFuture<Boolean>> before;

        private Turn(List<String> subjects, CompletableFuture<Boolean> mine, List<CompletableFuture<Boolean>> before) {
            this.subjects = subjects;
            this.mine = mine;
            this.before = before;
        }

        /** Blocks until all that came before are done. */
        void await() {
            before.forEach(CompletableFuture::join);
        }

        void end() {
            synchronized (last) {
                subjects.forEach(subject -> last.remove(subject, mine));
            }
            mine.complete(true);
        }
    }
}
