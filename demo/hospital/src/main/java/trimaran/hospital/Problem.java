package trimaran.hospital;

import java.util.ArrayList;
import java.util.List;

/**
 * What somebody has had for years, and takes for it.
 *
 * @param fromYears the youngest who usually have it
 * @param percent of those who are older
 */
record Problem(String cim, String name, List<String> drugs, int fromYears, int percent, boolean diabetes) {

    private static final int MOST = 4;

    private static final List<Problem> ALL = List.of(
            new Problem("I10", "Hypertension artérielle", List.of("amlodipine"), 50, 48, false),
            new Problem("E11.9", "Diabète de type 2", List.of("metformine"), 50, 20, true),
            new Problem("E78.0", "Hypercholestérolémie", List.of("atorvastatine"), 50, 26, false),
            new Problem("I48.2", "Fibrillation atriale permanente", List.of("bisoprolol"), 68, 20, false),
            new Problem("E03.9", "Hypothyroïdie", List.of("levothyroxine"), 40, 11, false),
            new Problem("N18.3", "Insuffisance rénale chronique modérée", List.of(), 70, 20, false),
            new Problem("J44.9", "BPCO", List.of("ipratropium"), 55, 10, false),
            new Problem("F17.2", "Tabagisme", List.of("nicotine"), 20, 14, false),
            new Problem("F41.1", "Anxiété généralisée", List.of("escitalopram"), 30, 10, false),
            new Problem("M81.9", "Ostéoporose", List.of("vitamine-d"), 68, 18, false),
            new Problem("H35.3", "Dégénérescence maculaire", List.of(), 76, 12, false),
            new Problem("Z95.5", "Stent coronaire", List.of("clopidogrel"), 55, 8, false),
            new Problem("J45.9", "Asthme", List.of(), 3, 6, false));

    static List<Problem> drawn(Chance chance, int years) {
        List<Problem> drawn = new ArrayList<>();
        for (Problem problem : ALL) {
            if (years >= problem.fromYears() && chance.percent(problem.percent()) && drawn.size() < MOST) {
                drawn.add(problem);
            }
        }
        return drawn;
    }
}
