package trimaran.drills;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a day's messages say in the end, read once more by rules of its own: nothing of the station's connector is in here, so that
 * the two can be held against each other. Written after IHE PAM France 2.11: movements by their ids, in the order in which they
 * happened.
 */
final class DayFold {

    private static final Set<String> IDENTITY = Set.of("A28", "A31", "A40");
    private static final Set<String> MOVES = Set.of("A01", "A02", "A03", "A04", "A05", "A11", "A12", "A13", "Z99");

    /** A movement as it was told last. */
    private record Move(String event, String at, String place, boolean cancelled) {}

    /** A stay by its number: whose it is, and its movements by their ids. */
    private record Stay(String number, Map<String, Move> moves) {}

    /**
     * How a stay ends.
     *
     * @param status of the Encounter
     * @param place PV1-3 of who is present or expected, else empty
     */
    record Ending(String patient, String status, String place, int movements) {}

    private final Map<String, Stay> stays = new TreeMap<>();
    private final Map<String, String> into = new LinkedHashMap<>();
    private final Set<String> seen = new HashSet<>();
    private final Set<String> orders = new LinkedHashSet<>();
    private final Set<String> documents = new LinkedHashSet<>();
    private final Set<String> patients = new HashSet<>();
    private int refused;
    private int waiting;

    DayFold(List<String> messages) {
        messages.forEach(this::take);
    }

    /** By visit number. */
    Map<String, Ending> endings() {
        Map<String, Ending> endings = new TreeMap<>();
        stays.forEach((visit, stay) -> endings.put(visit, ending(stay)));
        return endings;
    }

    /** The number under which somebody goes on after all merges. */
    String goesOnAs(String number) {
        String here = number;
        for (int i = 0; i < into.size() && into.containsKey(here); i++) {
            here = into.getOrDefault(here, here);
        }
        return here;
    }

    /** Filler number and code of results that have a patient. */
    Set<String> orders() {
        return Set.copyOf(orders);
    }

    Set<String> documents() {
        return Set.copyOf(documents);
    }

    /** Messages no receiver can take, told twice counted twice. */
    int refused() {
        return refused;
    }

    /** Results of nobody known. */
    int waiting() {
        return waiting;
    }

    private static List<String[]> segments(String message, String name) {
        List<String[]> found = new ArrayList<>();
        for (String segment : message.split("\r", -1)) {
            if (segment.startsWith(name + "|")) {
                found.add(segment.split("\\|", -1));
            }
        }
        return found;
    }

    private static String field(String message, String name, int number) {
        List<String[]> all = segments(message, name);
        return all.isEmpty() || all.getFirst().length <= number ? "" : all.getFirst()[number];
    }

    private static String first(String field) {
        return field.split("\\^", -1)[0];
    }

    private void take(String message) {
        String[] type = field(message, "MSH", 8).split("\\^", -1);
        String patient = first(field(message, "PID", 3));
        boolean good = switch (type[0]) {
            case "ADT" -> isGood(message, type[1], patient);
            default -> true;
        };
        if (!good) {
            refused++;
            return;
        }
        if (!seen.add(message)) {
            return;
        }
        switch (type[0]) {
            case "ORU" -> {
                if (patients.contains(patient)) {
                    orders.add(first(field(message, "OBR", 3)) + "/" + first(field(message, "OBR", 4)));
                } else {
                    waiting++;
                }
            }
            case "MDM" -> documents.add(first(field(message, "TXA", 12)));
            default -> adt(message, type[1], patient);
        }
    }

    private static boolean isGood(String message, String event, String patient) {
        if (patient.isEmpty()) {
            return false;
        }
        if (IDENTITY.contains(event)) {
            return true;
        }
        return MOVES.contains(event)
                && !first(field(message, "ZBE", 1)).isEmpty()
                && Set.of("INSERT", "UPDATE", "CANCEL").contains(field(message, "ZBE", 4));
    }

    private void adt(String message, String event, String patient) {
        patients.add(patient);
        if (event.equals("A40")) {
            into.put(first(field(message, "MRG", 1)), patient);
            return;
        }
        if (IDENTITY.contains(event)) {
            return;
        }
        Stay stay = stays.computeIfAbsent(
                first(field(message, "PV1", 19)), none -> new Stay(patient, new LinkedHashMap<>()));
        String id = first(field(message, "ZBE", 1));
        Move before = stay.moves().get(id);
        String began = field(message, "ZBE", 6).isEmpty() ? event : field(message, "ZBE", 6);
        boolean cancels = field(message, "ZBE", 4).equals("CANCEL");
        if (cancels && before != null) {
            stay.moves().put(id, new Move(before.event(), before.at(), before.place(), true));
        } else {
            boolean gone = before != null && before.cancelled();
            stay.moves().put(id, new Move(began, field(message, "ZBE", 2), field(message, "PV1", 3), cancels || gone));
        }
    }

    private static Ending ending(Stay stay) {
        String status = "none";
        String place = "";
        List<Move> happened = stay.moves().values().stream()
                .filter(one -> !one.cancelled())
                .sorted(Comparator.comparing(Move::at))
                .toList();
        for (Move move : happened) {
            switch (move.event()) {
                case "A05" -> {
                    if (status.equals("none")) {
                        status = "planned";
                        place = move.place();
                    }
                }
                case "A03" -> {
                    status = "finished";
                    place = "";
                }
                case "A01", "A04" -> {
                    status = "in-progress";
                    place = move.place();
                }
                default -> {
                    if (!status.equals("finished")) {
                        status = "in-progress";
                        place = move.place();
                    }
                }
            }
        }
        String said = status.equals("none") ? "cancelled" : status;
        return new Ending(stay.number(), said, place, stay.moves().size());
    }
}
