package trimaran.keeper;

import java.util.ArrayList;
import java.util.List;
import trimaran.line.message.MessageLimits;

/** What a check found wrong: the first faults in words, as many as a report takes, and how many there are. */
final class CheckFaults {

    private final List<String> first = new ArrayList<>();
    private long count;

    void add(String sentence) {
        count++;
        if (first.size() < MessageLimits.COUNTERS_MAX) {
            first.add(sentence);
        }
    }

    /** Adds the sentence unless this is so. */
    void require(boolean isSo, String sentence) {
        if (!isSo) {
            add(sentence);
        }
    }

    List<String> first() {
        return List.copyOf(first);
    }

    long count() {
        return count;
    }
}
