package trimaran.station.web;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trimaran.station.chart.Administration;
import trimaran.station.chart.Chart;
import trimaran.station.chart.Language;
import trimaran.station.chart.Prescription;
import trimaran.station.chart.Shift;
import trimaran.station.chart.Slot;

/** Lays the doses of one shift out by hour: a row for each drug, what is planned over what is given on demand. */
final class PlanMaking {

    private final PatientPages.Dossier record;
    private final Chart chart;
    private final Clock clock;
    private final Language language;
    private final Words words;
    private final ZoneId zone;
    private final Shift shift;
    private final Instant now;

    private PlanMaking(PatientPages.Dossier record, Frame frame, Shift shift, Instant now) {
        this.record = record;
        this.chart = record.chart();
        this.clock = frame.clock();
        this.language = frame.words().language();
        this.words = frame.words();
        this.zone = record.zone();
        this.shift = shift;
        this.now = now;
    }

    /** @param wanted {@code 2026-11-24-MORNING}; the shift that is under way for anything else */
    static PlanView of(PatientPages.Dossier record, Frame frame, String wanted, Instant now) {
        Shift here = Shift.at(now, record.zone());
        Shift before = Shift.at(here.from().minusSeconds(1), record.zone());
        List<Shift> near = List.of(
                before, here, here.next(record.zone()), here.next(record.zone()).next(record.zone()));
        Shift shown = near.stream()
                .filter(one -> name(one).equals(wanted))
                .findFirst()
                .orElse(here);
        return new PlanMaking(record, frame, shown, now).view(near, here, frame);
    }

    private static String name(Shift shift) {
        return shift.day() + "-" + shift.kind();
    }

    private PlanView view(List<Shift> near, Shift here, Frame frame) {
        List<PlanView.Choice> choices = near.stream()
                .map(one -> new PlanView.Choice(
                        record.href(PatientPages.Tab.PLAN) + "?equipe=" + name(one),
                        words(one, one.equals(here), frame),
                        one.equals(shift)))
                .toList();
        List<PlanView.Row> planned = new ArrayList<>();
        List<PlanView.Row> demand = new ArrayList<>();
        List<PlanView.Row> flowing = new ArrayList<>();
        for (Prescription one : chart.prescriptions()) {
            List<Slot> slots = chart.slots(shift).stream()
                    .filter(slot -> slot.prescription()
                            .filter(one.source().id()::equals)
                            .isPresent())
                    .toList();
            boolean active = one.status() == Prescription.Status.ACTIVE && one.order();
            if (active || !slots.isEmpty()) {
                List<PlanView.Row> group = one.isOnDemand() ? demand : one.isContinuous() ? flowing : planned;
                group.add(row(one, slots));
            }
        }
        return new PlanView(choices, day(shift.day()), hours(), planned, demand, flowing);
    }

    private String words(Shift one, boolean underWay, Frame frame) {
        String kind = one.kind().words(language);
        String hours = clock.hour(one.from()).substring(0, 2) + "-"
                + clock.hour(one.to()).substring(0, 2) + "\u00a0h";
        String words = Character.toUpperCase(kind.charAt(0)) + kind.substring(1) + " " + hours;
        return underWay ? words + ", " + frame.say("plan.now") : words + ", " + clock.shortDay(one.from());
    }

    private String day(LocalDate day) {
        return clock.longDay(day.atTime(12, 0).atZone(zone).toInstant());
    }

    private List<PlanView.Hour> hours() {
        List<PlanView.Hour> hours = new ArrayList<>();
        for (Instant hour = shift.from(); hour.isBefore(shift.to()); hour = hour.plus(Duration.ofHours(1))) {
            boolean isNow = !now.isBefore(hour) && now.isBefore(hour.plus(Duration.ofHours(1)));
            hours.add(new PlanView.Hour(clock.hour(hour).substring(0, 2) + "\u00a0h", isNow));
        }
        return hours;
    }

    private PlanView.Row row(Prescription one, List<Slot> slots) {
        List<List<PlanView.Cell>> cells = new ArrayList<>();
        for (Instant hour = shift.from(); hour.isBefore(shift.to()); hour = hour.plus(Duration.ofHours(1))) {
            Instant from = hour;
            Instant to = hour.plus(Duration.ofHours(1));
            cells.add(slots.stream()
                    .filter(slot -> slot.moment()
                            .filter(at -> !at.isBefore(from) && at.isBefore(to))
                            .isPresent())
                    .map(slot -> linked(one, slot, cell(slot)))
                    .toList());
        }
        String own = one.instruction();
        String route = one.routeWords(language);
        // What the prescriber wrote in own words says all of it, and more; the way in comes first if those words leave
        // it out.
        String further = own.isEmpty()
                ? route + ", " + one.rhythmWords(zone, language)
                : own.contains(route) ? own : route + ", " + own;
        return new PlanView.Row(
                one.drugWords(language),
                one.doseWords(language),
                further,
                cells,
                one.lastGiven().map(at -> clock.since(at, now)).orElse(""),
                one.isOnDemand() && record.may(Act.GIVE) && chart.active().contains(one)
                        ? DoseForm.href(record.href(), one, Optional.empty())
                        : "");
    }

    private PlanView.Cell linked(Prescription one, Slot slot, PlanView.Cell cell) {
        boolean isHere = slot.administration()
                .filter(each -> record.kept().has(each.source().id()))
                .isPresent();
        PlanView.Cell shown = isHere ? cell.local(words.say("plan.local")) : cell;
        return slot.planned().isPresent() && record.may(Act.GIVE)
                ? shown.at(DoseForm.href(record.href(), one, slot.planned()))
                : shown;
    }

    private PlanView.Cell cell(Slot slot) {
        Optional<Administration> became = slot.administration();
        Instant shown = became.flatMap(Administration::moment).or(slot::moment).orElse(now);
        String by =
                became.map(Administration::performer).map(PlanMaking::person).orElse("");
        String words = slot.state().words(language);
        return switch (slot.state()) {
            case PLANNED -> new PlanView.Cell("c-next", "prevu", clock.hour(shown), words);
            case DUE -> new PlanView.Cell("c-due", "a-donner", clock.hour(shown), words);
            case LATE ->
                new PlanView.Cell(
                        "c-late",
                        "retard",
                        clock.hour(shown),
                        slot.lateness(now).map(clock::length).orElse(words));
            case MISSED -> new PlanView.Cell("c-miss", "non-donne", clock.hour(shown), words);
            case GIVEN -> new PlanView.Cell("c-given", "donne", clock.hour(shown), by.isEmpty() ? words : by);
            case GIVEN_LATE -> new PlanView.Cell("c-glate", "donne", clock.hour(shown), words);
            case NOT_GIVEN -> {
                String reason = became.map(Administration::reason).orElse("");
                yield new PlanView.Cell("c-miss", "non-donne", clock.hour(shown), reason.isEmpty() ? words : reason);
            }
            case RUNNING -> new PlanView.Cell("c-given", "perfusion", clock.hour(shown), words);
            case HELD, INTERRUPTED, UNKNOWN -> new PlanView.Cell("c-miss", "arrete", clock.hour(shown), words);
        };
    }

    /** The person without what they are, which no cell has room for. */
    private static String person(String performer) {
        return performer.split(",", 2)[0].strip();
    }
}
