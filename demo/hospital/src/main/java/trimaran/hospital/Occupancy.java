package trimaran.hospital;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which of the free beds cannot be given to anybody just now. */
final class Occupancy {

    /** HL7 table 0116: somebody has to clean it first. */
    static final String SOILED = "H";

    /** HL7 table 0116. */
    static final String CLOSED = "C";

    private static final int SOILED_PERCENT = 20;
    private static final int CLOSED_PERCENT = 8;

    private static final List<String> WHY_CLOSED = List.of(
            "Fuite d'eau, services techniques prévenus",
            "Lit en panne, remplacement demandé",
            "Fermé faute d'effectif jusqu'à lundi",
            "Prise d'oxygène en réparation");

    private final Map<Bed, String> states = new HashMap<>();
    private final Map<Bed, String> notes = new HashMap<>();

    Occupancy(Setting setting, House house, Roster roster) {
        Chance chance = Chance.of(setting.seed(), "beds", setting.beds());
        boolean first = true;
        for (Ward ward : house.wards()) {
            for (Bed bed : ward.beds()) {
                if (roster.isTaken(bed)) {
                    continue;
                }
                int drawn = first ? 0 : chance.below(100);
                first = false;
                if (drawn < SOILED_PERCENT) {
                    states.put(bed, SOILED);
                } else if (drawn < SOILED_PERCENT + CLOSED_PERCENT && !isExpected(roster, bed)) {
                    states.put(bed, CLOSED);
                    notes.put(bed, chance.pick(WHY_CLOSED));
                }
            }
        }
    }

    private static boolean isExpected(Roster roster, Bed bed) {
        return roster.residents().stream()
                .anyMatch(one -> one.presence() == Presence.EXPECTED
                        && one.bed().filter(bed::equals).isPresent());
    }

    /** A code of HL7 table 0116; empty for a bed that is used as beds are. */
    String state(Bed bed) {
        return states.getOrDefault(bed, "");
    }

    String note(Bed bed) {
        return notes.getOrDefault(bed, "");
    }

    static String word(String state) {
        return state.equals(SOILED) ? "À nettoyer" : "Bloqué";
    }

    /** How many beds are in a state. */
    int count(String state) {
        return (int) states.values().stream().filter(state::equals).count();
    }
}
