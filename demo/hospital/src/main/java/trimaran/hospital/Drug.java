package trimaran.hospital;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A prescription as this house writes it: international name first, one dose, one route, one rhythm.
 *
 * @param key what reasons name it by
 * @param dci the international non-proprietary name
 * @param atc the WHO's code
 * @param dose of one administration; a kilogram's if {@code perKilogram}
 * @param hours at which it is given each day; none for on demand and continuous ones
 * @param need when it may be given on demand, or empty
 * @param apartHours between two administrations on demand
 * @param perHour whether dose is an hour's, given continuously
 */
record Drug(
        String key,
        String dci,
        String atc,
        double dose,
        String unit,
        boolean perKilogram,
        Route route,
        List<Integer> hours,
        String need,
        int apartHours,
        boolean perHour) {

    private static final Map<String, Drug> BY_KEY = new HashMap<>();

    static {
        List<Drug> all = new ArrayList<>(DrugTable.ADULT);
        all.addAll(DrugTable.OTHERS);
        for (Drug drug : all) {
            if (BY_KEY.put(drug.key(), drug) != null) {
                throw new IllegalStateException("twice: " + drug.key());
            }
        }
    }

    /** Given every day at these hours, written with commas. */
    static Drug daily(String key, String dci, String atc, double dose, String unit, Route route, String hours) {
        return new Drug(key, dci, atc, dose, unit, false, route, hours(hours), "", 0, false);
    }

    static Drug perKilogram(String key, String dci, String atc, double dose, String unit, Route route, String hours) {
        return new Drug(key, dci, atc, dose, unit, true, route, hours(hours), "", 0, false);
    }

    static Drug onDemand(
            String key, String dci, String atc, double dose, String unit, Route route, String need, int apartHours) {
        return new Drug(key, dci, atc, dose, unit, false, route, List.of(), need, apartHours, false);
    }

    static Drug continuous(String key, String dci, String atc, double dose, String unit) {
        return new Drug(key, dci, atc, dose, unit, false, Route.INTRAVENOUS, List.of(), "", 0, true);
    }

    private static List<Integer> hours(String text) {
        return List.of(text.split(",", -1)).stream().map(Integer::valueOf).toList();
    }

    static Drug of(String key) {
        Drug drug = BY_KEY.get(key);
        if (drug == null) {
            throw new IllegalArgumentException("no drug is called " + key);
        }
        return drug;
    }

    boolean isOnDemand() {
        return !need.isEmpty();
    }

    /** @param kilograms of the patient */
    String amount(double kilograms) {
        double amount = perKilogram ? dose * kilograms : dose;
        return Fhir.number(amount, amount < 1 ? 2 : amount < 10 ? 1 : 0);
    }
}
