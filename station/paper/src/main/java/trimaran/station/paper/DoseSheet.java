package trimaran.station.paper;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import trimaran.station.chart.Administration;
import trimaran.station.chart.Chart;
import trimaran.station.chart.FhirTime;
import trimaran.station.chart.Language;
import trimaran.station.chart.Prescription;
import trimaran.station.chart.Shift;
import trimaran.station.chart.Slot;

/** What was given in the last 24 hours, what is due in the next 48 with a box to tick, and room for what is prescribed by hand. */
final class DoseSheet {

    /** Six shifts are 48 hours. */
    private static final int SHIFTS = 6;

    private static final Duration BACK = Duration.ofDays(1);
    private static final int DEMAND_CELLS = 4;
    private static final int NEW_ROWS = 3;

    private final Chart chart;
    private final Language language;
    private final ZoneId zone;
    private final Instant now;
    private final List<Shift> shifts;

    DoseSheet(Pack pack, Chart chart) {
        this.chart = chart;
        this.language = pack.language();
        this.zone = pack.view().zone();
        this.now = pack.view().now();
        this.shifts = Shift.following(now, SHIFTS, zone);
    }

    void write(Html html) {
        html.tag(
                "p",
                language.of(
                        "Cochez, écrivez l’heure vraie et vos initiales. Non donné : barrez la case et écrivez le motif.",
                        "Tick, write the true time and your initials. Not given: cross the box out and write why."));
        List<Prescription> active = chart.active();
        List<Prescription> planned =
                active.stream().filter(one -> !one.isOnDemand()).toList();
        planned(html, planned);
        demand(html, active.stream().filter(Prescription::isOnDemand).toList());
        loose(html);
        fresh(html);
    }

    private void planned(Html html, List<Prescription> planned) {
        html.raw("<table class=\"grid doses\"><thead><tr>")
                .tag("th", "drug", language.of("Médicament", "Drug"))
                .tag("th", "past", language.of("Donné, 24 h", "Given, 24 h"));
        for (Shift shift : shifts) {
            html.tag(
                    "th",
                    FhirTime.shortDay(shift.from(), zone) + " " + shift.kind().words(language));
        }
        html.raw("</tr></thead><tbody>");
        for (Prescription one : planned) {
            html.raw("<tr><td>")
                    .tag("b", one.drugWords(language) + " " + one.doseWords(language))
                    .raw("<br/>")
                    .text(one.routeWords(language) + ", " + one.rhythmWords(zone, language))
                    .raw("</td>");
            List<Slot> slots = slots(one);
            html.raw("<td>");
            slots.stream().filter(this::isBefore).forEach(slot -> past(html, slot));
            html.raw("</td>");
            for (Shift shift : shifts) {
                html.raw("<td>");
                slots.stream()
                        .filter(slot -> !isBefore(slot))
                        .filter(slot -> slot.moment().filter(shift::holds).isPresent())
                        .forEach(slot -> present(html, slot));
                html.raw("</td>");
            }
            html.raw("</tr>");
        }
        if (planned.isEmpty()) {
            html.raw("<tr><td colspan=\"" + (SHIFTS + 2) + "\">")
                    .text(
                            chart.available()
                                    ? language.of("Aucune prescription active connue.", "No active prescription known.")
                                    : language.of("Prescriptions indisponibles.", "Prescriptions not available."))
                    .raw("</td></tr>");
        }
        html.raw("</tbody></table>");
    }

    private List<Slot> slots(Prescription one) {
        return chart.slots().stream()
                .filter(slot ->
                        slot.prescription().equals(Optional.of(one.source().id())))
                .toList();
    }

    /** Before the first column of shifts; what is still open is told there, too, since nobody has done it. */
    private boolean isBefore(Slot slot) {
        return slot.moment().filter(at -> at.isBefore(shifts.getFirst().from())).isPresent();
    }

    private void past(Html html, Slot slot) {
        String day = slot.moment().map(at -> FhirTime.at(at).shortWords(zone)).orElse("");
        if (slot.state().isOpen()) {
            html.raw("<div class=\"late\">")
                    .text(day + " " + slot.state().words(language).toUpperCase(java.util.Locale.FRENCH))
                    .raw("</div>");
            return;
        }
        html.raw("<div>").text(became(slot, true)).raw("</div>");
    }

    private void present(Html html, Slot slot) {
        String hour = slot.planned().map(at -> FhirTime.hour(at, zone)).orElse("");
        switch (slot.state()) {
            case PLANNED, DUE ->
                html.raw("<div><span class=\"box\"></span>&#160;").text(hour).raw("</div>");
            case LATE, MISSED ->
                html.raw("<div class=\"late\">")
                        .text(hour + " " + slot.state().words(language).toUpperCase(java.util.Locale.FRENCH))
                        .raw("</div><div><span class=\"box\"></span>&#160;____</div>");
            case GIVEN, GIVEN_LATE, NOT_GIVEN, RUNNING, HELD, INTERRUPTED, UNKNOWN ->
                html.raw("<div>")
                        .text((hour.isEmpty() ? "" : hour + " ") + became(slot, false))
                        .raw("</div>");
        }
    }

    /** {@code donné 08:04}, {@code non donné : refus}. */
    private String became(Slot slot, boolean withDay) {
        Optional<Administration> one = slot.administration();
        String at = one.flatMap(Administration::moment)
                .map(time -> withDay ? FhirTime.at(time).shortWords(zone) : FhirTime.hour(time, zone))
                .orElse("");
        return switch (slot.state()) {
            case GIVEN, GIVEN_LATE -> withDay ? at : language.of("donné ", "given ") + at;
            case NOT_GIVEN ->
                (withDay ? at + " " : "")
                        + language.of("non donné", "not given")
                        + one.map(Administration::reason)
                                .filter(reason -> !reason.isEmpty())
                                .map(reason -> language.of(" : ", ": ") + reason)
                                .orElse("");
            default -> slot.state().words(language) + (at.isEmpty() ? "" : language.of(" depuis ", " since ") + at);
        };
    }

    private void demand(Html html, List<Prescription> demand) {
        if (demand.isEmpty()) {
            return;
        }
        html.tag("h2", language.of("Si besoin", "As needed"));
        html.raw("<table class=\"grid\"><thead><tr>")
                .tag("th", "drug", language.of("Médicament", "Drug"))
                .tag("th", language.of("Dernière", "Last"));
        for (int i = 0; i < DEMAND_CELLS; i++) {
            html.tag("th", language.of("Heure, initiales", "Time, initials"));
        }
        html.raw("</tr></thead><tbody>");
        for (Prescription one : demand) {
            html.raw("<tr><td>")
                    .tag("b", one.drugWords(language) + " " + one.doseWords(language))
                    .raw("<br/>")
                    .text(one.routeWords(language) + ", " + one.rhythmWords(zone, language))
                    .raw("</td><td>")
                    .text(one.lastGiven()
                            .map(at -> FhirTime.at(at).shortWords(zone))
                            .orElse(language.of("aucune connue", "none known")));
            one.possibleFrom()
                    .filter(from -> from.isAfter(now))
                    .ifPresent(from -> html.raw("<br/>")
                            .text(language.of("pas avant ", "not before "))
                            .tag("b", FhirTime.at(from).shortWords(zone)));
            html.raw("</td>" + "<td></td>".repeat(DEMAND_CELLS) + "</tr>");
        }
        html.raw("</tbody></table>");
    }

    /** What was given in these hours of what is not prescribed any more, or never was as far as the record knows. */
    private void loose(Html html) {
        List<String> others = chart.slots().stream()
                .filter(slot -> slot.administration().isPresent())
                .filter(slot ->
                        slot.moment().filter(at -> at.isAfter(now.minus(BACK))).isPresent())
                .filter(slot -> slot.prescription()
                        .flatMap(chart::prescription)
                        .filter(one -> chart.active().contains(one))
                        .isEmpty())
                .map(slot -> slot.drug().text() + " " + slot.doseWords(language) + ", " + became(slot, true))
                .toList();
        if (!others.isEmpty()) {
            html.tag(
                    "h2",
                    language.of(
                            "Donné en 24 h sans prescription active", "Given in 24 h without an active prescription"));
            html.tag("p", String.join(" ; ", others) + ".");
        }
    }

    private void fresh(Html html) {
        html.tag("h2", language.of("Nouvelles prescriptions écrites à la main", "New prescriptions written by hand"));
        html.raw("<table class=\"grid even\">")
                .heads(
                        language.of("Médicament en entier", "Drug in full"),
                        language.of("Dose et unité", "Dose and unit"),
                        language.of("Voie", "Route"),
                        language.of("Rythme", "Rhythm"),
                        language.of("Médecin, heure, signature", "Physician, time, signature"))
                .raw("<tbody>")
                .blankRows(NEW_ROWS, 5, "write")
                .raw("</tbody></table>");
    }
}
