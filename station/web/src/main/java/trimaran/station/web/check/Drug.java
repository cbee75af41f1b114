package trimaran.station.web.check;

import java.util.List;

/**
 * A drug of this house's list, and how it is usually prescribed.
 *
 * @param key by which pages name it
 * @param dci the international non-proprietary name; never a brand
 * @param atc the WHO's code, by which drugs are compared
 * @param form what it comes as
 * @param dose the usual one of one administration, with a point; a kilogram's if {@code perKilogram}
 * @param hours of the day at which it is usually given; none for what is on demand
 * @param need when it is given on demand; empty for what is planned
 * @param apartHours at least between two administrations on demand; 0 for what is planned
 */
public record Drug(
        String key,
        String dci,
        String atc,
        String form,
        String dose,
        String unit,
        boolean perKilogram,
        Way way,
        List<String> hours,
        String need,
        int apartHours) {

    /** Characters of an ATC code that name its chemical subgroup (WHO, ATC structure, fourth level). */
    private static final int SUBGROUP = 5;

    public Drug {
        hours = List.copyOf(hours);
    }

    public boolean isOnDemand() {
        return !need.isEmpty();
    }

    /** The chemical subgroup: two drugs of one rarely belong together. */
    public String subgroup() {
        return atc.substring(0, SUBGROUP);
    }
}
