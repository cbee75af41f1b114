package trimaran.simulator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trimaran.kernel.Digest;
import trimaran.kernel.ResourceId;
import trimaran.station.ResourceVersion;
import trimaran.station.WriteResult;

/**
 * What real stations told those who wrote, held against what is shown later: a resource shows what was written and nothing
 * else, what was called recorded is there once, what was refused is not, and an entry is there whole or not at all. Each
 * version that is written carries a mark no other has.
 */
final class Promises {

    private static final Pattern MARK = Pattern.compile("mark (?<number>\\d+)\"");
    /** References inside a transaction become real ones when it is written. */
    private static final Pattern REFERENCE = Pattern.compile("\"reference\":\"[^\"]*\"");

    /** What somebody was told of what they wrote. */
    enum Told {
        /** Nothing yet, or nothing any more, since the station died. */
        NOTHING,
        WAITING,
        RECORDED,
        REFUSED
    }

    /**
     * One version of one resource as its author handed it in.
     *
     * @param json without id and white space; empty to take the resource back
     */
    record Line(int mark, String type, String json) {}

    /** One transaction. */
    static final class Promise {
        private final RealStation station;
        private final int life;
        private final List<Line> lines;
        private Told told = Told.NOTHING;
        private List<ResourceId> ids = List.of();
        private Optional<Digest> entry = Optional.empty();

        private Promise(RealStation station, List<Line> lines) {
            this.station = station;
            this.life = station.life();
            this.lines = List.copyOf(lines);
        }

        Told told() {
            return told;
        }

        @Override
        public String toString() {
            return station.name() + " " + told + " " + lines;
        }
    }

    private final Hospital hospital;
    private final List<Promise> all = new ArrayList<>();
    private final Map<Integer, Promise> byMark = new HashMap<>();
    private final Set<Digest> refused = new HashSet<>();
    private int marks;

    Promises(Hospital hospital) {
        this.hospital = hospital;
    }

    int nextMark() {
        return ++marks;
    }

    List<Promise> all() {
        return all;
    }

    Promise begin(RealStation station, List<Line> lines) {
        Promise promise = new Promise(station, lines);
        all.add(promise);
        lines.forEach(line -> byMark.put(line.mark(), promise));
        return promise;
    }

    /** The station answers its author. */
    void told(Promise promise, WriteResult result) {
        switch (result) {
            case WriteResult.Recorded recorded -> {
                promise.told = Told.RECORDED;
                known(promise, recorded.entry(), recorded.versions());
                hospital.oracle().acknowledged(recorded.entry(), promise.toString());
                if (refused.contains(recorded.entry())) {
                    broken("acknowledgedIsNeverRefused", promise.toString());
                }
            }
            case WriteResult.Waiting waiting -> {
                promise.told = Told.WAITING;
                known(promise, waiting.entry(), waiting.versions());
            }
            case WriteResult.Refused no -> promise.told = Told.REFUSED;
        }
        hospital.loops().note("told " + promise.told);
    }

    private static void known(Promise promise, Digest entry, List<WriteResult.Changed> changed) {
        promise.entry = Optional.of(entry);
        promise.ids = changed.stream().map(WriteResult.Changed::id).toList();
    }

    /** A station tells its operators that an entry will not be in the record. */
    void refused(Digest entry) {
        refused.add(entry);
        all.stream()
                .filter(promise -> promise.told == Told.RECORDED && promise.entry.equals(Optional.of(entry)))
                .forEach(promise -> broken("acknowledgedIsNeverRefused", promise.toString()));
    }

    /** What must be shown of this resource by the station in this life, since it was called recorded there before. */
    Set<Integer> due(RealStation station, ResourceId id) {
        Set<Integer> due = new LinkedHashSet<>();
        for (Promise promise : all) {
            boolean here = promise.station == station && promise.life == station.life();
            if (here && promise.told == Told.RECORDED) {
                due.addAll(marks(promise, id));
            }
        }
        return due;
    }

    private static Set<Integer> marks(Promise promise, ResourceId id) {
        Set<Integer> marks = new LinkedHashSet<>();
        for (int i = 0; i < promise.ids.size(); i++) {
            Line line = promise.lines.get(i);
            if (promise.ids.get(i).equals(id) && !line.json().isEmpty()) {
                marks.add(line.mark());
            }
        }
        return marks;
    }

    /** A station shows a resource: every version is one that was written, each once, and none is missing that is due. */
    void shown(String by, ResourceId id, List<ResourceVersion> versions, Set<Integer> due) {
        Set<Integer> seen = new HashSet<>();
        for (ResourceVersion version : versions) {
            if (version.isDeleted()) {
                continue;
            }
            String text = new String(version.json().unsafeArray(), StandardCharsets.UTF_8);
            Optional<Line> line = line(text);
            if (line.isEmpty() || !isSame(line.get(), id, text)) {
                broken("openedIsWhatWasSigned", by + " shows " + id + " as " + text);
            } else if (!seen.add(line.get().mark())) {
                broken("placedOnce", by + " shows twice: " + line.get());
            }
        }
        due.stream()
                .filter(mark -> !seen.contains(mark))
                .forEach(mark -> broken("recordedIsShown", by + " lacks " + byMark.get(mark)));
    }

    private Optional<Line> line(String text) {
        Matcher mark = MARK.matcher(text);
        if (!mark.find()) {
            return Optional.empty();
        }
        int number = Integer.parseInt(text, mark.start("number"), mark.end("number"), 10);
        return Optional.ofNullable(byMark.get(number))
                .flatMap(promise -> promise.lines.stream()
                        .filter(line -> line.mark() == number)
                        .findFirst());
    }

    private static boolean isSame(Line line, ResourceId id, String text) {
        String head = "{\"resourceType\":\"" + line.type() + "\"";
        String expected = head + ",\"id\":\"" + id + "\"" + line.json().substring(head.length());
        if (!line.json().contains("urn:uuid:")) {
            return expected.equals(text);
        }
        return REFERENCE
                .matcher(expected)
                .replaceAll("")
                .equals(REFERENCE.matcher(text).replaceAll(""));
    }

    /**
     * Resources somebody was told of, with the marks that must be shown in the end: what was called recorded, and what waited
     * in an outbox that is empty now and was not shown as refused.
     */
    Map<ResourceId, Set<Integer>> dueAtTheEnd() {
        Map<ResourceId, Set<Integer>> due = new LinkedHashMap<>();
        for (Promise promise : all) {
            boolean shownRefused = promise.entry.map(refused::contains).orElse(false);
            boolean owed = promise.told == Told.RECORDED
                    || (promise.told == Told.WAITING && promise.station.hasBroughtAll() && !shownRefused);
            for (ResourceId id : promise.ids) {
                Set<Integer> marks = due.computeIfAbsent(id, none -> new LinkedHashSet<>());
                if (owed) {
                    marks.addAll(marks(promise, id));
                }
            }
        }
        return due;
    }

    /** In the end: nothing that was refused is there, and of each transaction all or nothing. */
    void end(Set<Integer> present) {
        for (Promise promise : all) {
            List<Line> written = promise.lines.stream()
                    .filter(line -> !line.json().isEmpty())
                    .toList();
            long there = written.stream()
                    .filter(line -> present.contains(line.mark()))
                    .count();
            boolean no = promise.told == Told.REFUSED
                    || promise.entry.map(refused::contains).orElse(false);
            if (no && there > 0) {
                broken("refusedIsNotThere", promise.toString());
            }
            // What nobody was told of, nobody has changed since.
            if (promise.told == Told.NOTHING && there > 0 && there < written.size()) {
                broken("allOrNothing", there + " of " + promise);
            }
        }
    }

    /** The mark under which a resource was first written. */
    Optional<Integer> markOf(ResourceId id) {
        return all.stream()
                .filter(promise -> promise.ids.contains(id))
                .map(promise -> promise.lines.get(promise.ids.indexOf(id)).mark())
                .findFirst();
    }

    /** The mark of a version that is shown. */
    Optional<Integer> mark(ResourceVersion version) {
        return version.isDeleted()
                ? Optional.empty()
                : line(new String(version.json().unsafeArray(), StandardCharsets.UTF_8))
                        .map(Line::mark);
    }

    /** How often what was told, to see that a run was about something. */
    String summary() {
        Map<Told, Integer> counts = new EnumMap<>(Told.class);
        all.forEach(promise -> counts.merge(promise.told, 1, Integer::sum));
        return counts.toString();
    }

    private void broken(String invariant, String what) {
        hospital.oracle().broken(invariant, what);
    }
}
