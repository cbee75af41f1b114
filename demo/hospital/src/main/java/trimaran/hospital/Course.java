package trimaran.hospital;

import java.util.List;

/**
 * How a stay runs: where vital signs and results stand when somebody comes and where they settle under treatment. Pulse, pressure
 * and breathing are told as what is added to what is usual for the age.
 *
 * @param temperature in degrees Celsius
 * @param pulse a minute, added
 * @param systolic in mmHg, added
 * @param breaths a minute, added
 * @param saturation percent
 * @param pain of ten
 * @param oxygen litres a minute at the beginning; 0 for none
 * @param settledDays days until it has settled
 * @param task what nurses do for it every day
 * @param shifts results that are not as usual
 */
record Course(
        Pair temperature,
        Pair pulse,
        Pair systolic,
        Pair breaths,
        Pair saturation,
        Pair pain,
        int oxygen,
        int settledDays,
        String task,
        List<Shift> shifts) {

    /** Where something begins and where it settles. */
    record Pair(double from, double to) {

        /** @param settled from 0 at the beginning to 1 */
        double at(double settled) {
            return from + (to - from) * settled;
        }
    }

    /** What a course does to a result: a value at the beginning and one once settled. */
    record Shift(String analysis, double from, double to) {

        double at(double settled) {
            return from + (to - from) * settled;
        }
    }

    private static final String USUAL_TASK = "Hydratation, surveillance du transit";

    private static final List<Shift> INFLAMED =
            List.of(new Shift("CRP", 182, 34), new Shift("LEUCO", 16.8, 9.4), new Shift("PLAQ", 390, 330));

    private static final List<Shift> SEPTIC = List.of(
            new Shift("CRP", 264, 58),
            new Shift("LEUCO", 19.4, 11.2),
            new Shift("LACT", 4.6, 1.3),
            new Shift("CREAT", 186, 104),
            new Shift("PLAQ", 128, 190));

    static final Course STABLE = new Course(
            pair(36.8, 36.8),
            pair(0, 0),
            pair(0, 0),
            pair(0, 0),
            pair(97, 97),
            pair(1, 1),
            0,
            1,
            USUAL_TASK,
            List.of());

    static final Course FEVER = new Course(
            pair(39.2, 36.9),
            pair(24, 2),
            pair(-8, 0),
            pair(6, 0),
            pair(95, 97),
            pair(3, 1),
            0,
            4,
            USUAL_TASK,
            INFLAMED);

    static final Course LUNG_FEVER = new Course(
            pair(39.3, 37.0),
            pair(26, 4),
            pair(-6, 0),
            pair(10, 2),
            pair(89, 96),
            pair(2, 1),
            3,
            5,
            "Position demi-assise, aspirations si besoin",
            INFLAMED);

    static final Course SEPSIS = new Course(
            pair(39.6, 37.4),
            pair(38, 8),
            pair(-38, -8),
            pair(12, 4),
            pair(90, 96),
            pair(4, 2),
            6,
            8,
            "Diurèse horaire, surveillance des marbrures",
            SEPTIC);

    static final Course VENTILATED = new Course(
            pair(38.6, 37.3),
            pair(22, 6),
            pair(-22, -4),
            pair(2, 0),
            pair(92, 96),
            pair(0, 0),
            10,
            9,
            "Diurèse horaire, soins de bouche toutes les quatre heures",
            SEPTIC);

    static final Course DYSPNOEA = new Course(
            pair(36.9, 36.8),
            pair(22, 2),
            pair(18, -4),
            pair(10, 2),
            pair(88, 95),
            pair(1, 0),
            2,
            5,
            "Pesée chaque matin, bilan des entrées et sorties",
            List.of(new Shift("BNP", 6_900, 2_100), new Shift("CREAT", 142, 118), new Shift("K", 4.8, 3.8)));

    static final Course OPERATED = new Course(
            pair(37.7, 36.9),
            pair(14, 2),
            pair(6, 0),
            pair(3, 0),
            pair(95, 98),
            pair(6, 2),
            0,
            4,
            "Surveillance du pansement et du drain",
            List.of(new Shift("CRP", 96, 22), new Shift("HB", 10.4, 11.2), new Shift("LEUCO", 12.1, 8.2)));

    static final Course PAINFUL = new Course(
            pair(36.9, 36.8),
            pair(14, 2),
            pair(14, 2),
            pair(3, 0),
            pair(97, 98),
            pair(7, 2),
            0,
            3,
            "Évaluation de la douleur à chaque passage",
            List.of());

    static final Course TENSION = new Course(
            pair(36.8, 36.8),
            pair(6, 0),
            pair(46, 12),
            pair(1, 0),
            pair(97, 97),
            pair(1, 0),
            0,
            3,
            "Tension aux deux bras, repos strict une heure avant",
            List.of());

    static final Course BLEEDING = new Course(
            pair(36.7, 36.8),
            pair(28, 4),
            pair(-24, -4),
            pair(4, 0),
            pair(97, 98),
            pair(3, 1),
            0,
            3,
            "Surveillance des selles et du pouls",
            List.of(new Shift("HB", 7.4, 9.2), new Shift("HT", 23, 28), new Shift("UREE", 14, 7)));

    private static Pair pair(double from, double to) {
        return new Pair(from, to);
    }

    /** How far it has settled after so many hours, 0 to 1. */
    double settled(long hours) {
        return Math.clamp(hours / (24.0 * settledDays), 0, 1);
    }

    boolean isFever() {
        return temperature.from() > 38;
    }

    /** Litres a minute; 0 once it is no more needed. */
    int oxygenAt(double settled) {
        return settled > 0.8 ? 0 : (int) Math.ceil(oxygen * (1 - settled));
    }
}
