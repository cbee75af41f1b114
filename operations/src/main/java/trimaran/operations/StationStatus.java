package trimaran.operations;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.process.StatusSocket;

/**
 * How the station on this machine is: whether it runs, what waits in its outbox, how its buddy is and what it keeps of a ward.
 *
 * @param counts what it counts, by name; empty where it says nothing
 * @param silence why it says nothing although it is up and on this machine; empty otherwise
 */
record StationStatus(boolean isUp, Map<String, Long> counts, String silence) {

    private static final String WAITING = "waiting";
    private static final String TO_REVIEW = "to-review";
    private static final String BUDDY_REACHED = "buddy-reached";
    private static final String BUDDY_KEPT = "buddy-kept";
    private static final String WARD_HEARD = "ward-heard";
    private static final String WARD_ENTRIES = "ward-entries";
    private static final String WARD_STAY = "ward-stay";
    private static final String WARD_BROUGHT = "ward-brought";

    /** @param folder the station's own; one elsewhere tells nobody here what it counts */
    static StationStatus ask(Path folder, boolean isUp) {
        if (!isUp || !Files.isDirectory(folder)) {
            return new StationStatus(isUp, Map.of(), "");
        }
        return switch (StatusSocket.read(folder.resolve("status.sock"))) {
            case Outcome.Done<SortedMap<String, Long>>(var counts) -> new StationStatus(true, counts, "");
            case Outcome.Refused<SortedMap<String, Long>>(Refusal refusal) ->
                new StationStatus(true, Map.of(), refusal.sentence());
        };
    }

    Map<String, Object> json() {
        Map<String, Object> map = new LinkedHashMap<>(counts);
        map.put("up", isUp);
        if (!silence.isEmpty()) {
            map.put("silence", silence);
        }
        return map;
    }

    /** For a person: what has to be looked at after whether it is up. */
    String text() {
        StringBuilder text = new StringBuilder(isUp ? "up" : "down");
        if (!silence.isEmpty()) {
            text.append(", and what waits there is not known: ").append(silence);
        }
        if (has(WAITING) && of(WAITING) > 0) {
            text.append(String.format(", %,d writes wait for the hulls", of(WAITING)));
        }
        if (has(TO_REVIEW) && of(TO_REVIEW) > 0) {
            text.append(String.format(", %,d written without application are to be reviewed", of(TO_REVIEW)));
        }
        if (has(BUDDY_REACHED)) {
            text.append(of(BUDDY_REACHED) == 1 ? ", its buddy is reached" : ", its buddy is NOT reached")
                    .append(String.format(" and keeps %,d of them", of(BUDDY_KEPT)));
        }
        if (has(WARD_HEARD)) {
            text.append(
                            of(WARD_HEARD) == 1
                                    ? ", the ward it is buddy of is heard"
                                    : ", the ward it is buddy of is SILENT")
                    .append(String.format(
                            ": keeps %,d of its writes, has brought %,d, %,d stay until the ward is back",
                            of(WARD_ENTRIES), of(WARD_BROUGHT), of(WARD_STAY)));
        }
        return text.toString();
    }

    private boolean has(String name) {
        return counts.containsKey(name);
    }

    private long of(String name) {
        return counts.getOrDefault(name, 0L);
    }
}
