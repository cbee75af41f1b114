package trimaran.station.chart;

import java.time.LocalDate;
import java.time.Period;
import java.time.temporal.ChronoUnit;

/**
 * How old somebody is: the least and the most the birth date allows, which differ where it is a month or a year.
 *
 * @param earliestBirth the first day the birth date may mean
 * @param latestBirth the last
 */
public record Age(LocalDate earliestBirth, LocalDate latestBirth, LocalDate on) {

    /** Below it an age is told in months, as who doses for children needs it. */
    private static final int MONTHS_BELOW_YEARS = 2;

    /** Below it an age is told in days. */
    private static final int DAYS_BELOW_MONTHS = 1;

    /** The most whole years it can be. */
    public int years() {
        return Period.between(earliestBirth, on).getYears();
    }

    public String words(Language language) {
        String most = words(earliestBirth, language);
        String least = words(latestBirth, language);
        return most.equals(least) ? most : least + language.of(" à ", " to ") + most;
    }

    private String words(LocalDate birth, Language language) {
        Period age = Period.between(birth, on);
        if (age.getYears() >= MONTHS_BELOW_YEARS) {
            return age.getYears() + language.of("\u00a0ans", "\u00a0years");
        }
        if (age.toTotalMonths() >= DAYS_BELOW_MONTHS) {
            return age.toTotalMonths()
                    + language.of("\u00a0mois", age.toTotalMonths() == 1 ? "\u00a0month" : "\u00a0months");
        }
        long days = ChronoUnit.DAYS.between(birth, on);
        return days + (days == 1 ? language.of("\u00a0jour", "\u00a0day") : language.of("\u00a0jours", "\u00a0days"));
    }
}
