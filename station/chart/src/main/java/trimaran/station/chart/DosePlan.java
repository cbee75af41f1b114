package trimaran.station.chart;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trimaran.kernel.ResourceId;

/**
 * Lays doses out in time: planned ones as the prescriptions say, each with what became of it. Only where a prescription names times
 * is a dose planned; where it does not, nothing is guessed, and the prescription itself says its rhythm in words.
 */
public final class DosePlan {

    /** How far back doses are laid out. */
    public static final Duration BACK = Duration.ofDays(1);

    /** How far ahead. */
    public static final Duration AHEAD = Duration.ofDays(2);

    /** So long before its time a dose may be prepared and given. */
    public static final Duration DUE_BEFORE = Duration.ofHours(1);

    /** After so long a dose is late, or was given late. */
    public static final Duration LATE_AFTER = Duration.ofHours(1);

    /** After so long nobody is thought to come back to it: whether it was given has to be found out. */
    public static final Duration MISSED_AFTER = Duration.ofHours(6);

    /** What was given without a planned time is held to be the dose planned nearest, if that is no further off. */
    public static final Duration MATCHED_WITHIN = Duration.ofHours(3);

    /** Times of day of one instruction that are laid out: one each quarter of an hour. More is no plan a person can follow. */
    static final int TIMES_MAX = 96;

    private record Planned(Optional<Dosage> dosage, Instant at) {}

    private final View view;
    private final List<Slot> slots = new ArrayList<>();
    private final Set<ResourceId> used = new HashSet<>();

    private DosePlan(View view) {
        this.view = view;
    }

    /** All slots from {@link #BACK} to {@link #AHEAD}, in time. */
    static List<Slot> of(View view, List<Prescription> prescriptions, List<Administration> administrations) {
        DosePlan plan = new DosePlan(view);
        Map<ResourceId, List<Administration>> named = new HashMap<>();
        administrations.forEach(one -> one.prescription()
                .ifPresent(id ->
                        named.computeIfAbsent(id, none -> new ArrayList<>()).add(one)));
        for (Prescription prescription : prescriptions) {
            plan.lay(prescription, named.getOrDefault(prescription.source().id(), List.of()));
        }
        for (Administration one : administrations) {
            if (!plan.used.contains(one.source().id())) {
                plan.unplanned(one);
            }
        }
        plan.slots.sort(Comparator.comparing((Slot slot) -> slot.moment().orElse(Instant.MIN))
                .thenComparing(slot -> slot.drug().text())
                .thenComparing(
                        slot -> slot.prescription().map(ResourceId::toString).orElse(""))
                .thenComparing(slot -> slot.administration()
                        .map(one -> one.source().id().toString())
                        .orElse("")));
        return plan.slots;
    }

    private void lay(Prescription prescription, List<Administration> administrations) {
        List<Planned> planned = planned(prescription);
        Map<Instant, Administration> matched = new HashMap<>();
        for (Administration one : administrations) {
            // Of two words about one dose both are shown: the second stands apart, as given beyond the plan.
            one.planned()
                    .filter(at -> planned.stream().anyMatch(each -> each.at().equals(at)))
                    .ifPresent(at -> {
                        if (matched.putIfAbsent(at, one) == null) {
                            used.add(one.source().id());
                        }
                    });
        }
        Set<Instant> byHour = new HashSet<>();
        for (Administration one : administrations) {
            if (one.planned().isEmpty() && one.moment().isPresent()) {
                nearest(planned, matched, one.moment().get()).ifPresent(at -> {
                    matched.put(at, one);
                    byHour.add(at);
                    used.add(one.source().id());
                });
            }
        }
        for (Planned one : planned) {
            Optional<Administration> became = Optional.ofNullable(matched.get(one.at()));
            slots.add(new Slot(
                    Optional.of(prescription.source().id()),
                    prescription.drug(),
                    one.dosage(),
                    became.map(each -> state(each, Optional.of(one.at()))).orElseGet(() -> state(one.at())),
                    Optional.of(one.at()),
                    became,
                    byHour.contains(one.at())));
        }
    }

    private static Optional<Instant> nearest(
            List<Planned> planned, Map<Instant, Administration> matched, Instant moment) {
        return planned.stream()
                .map(Planned::at)
                .filter(at -> !matched.containsKey(at))
                .filter(at -> Duration.between(at, moment).abs().compareTo(MATCHED_WITHIN) <= 0)
                .min(Comparator.comparing(
                                (Instant at) -> Duration.between(at, moment).abs())
                        .thenComparing(Comparator.naturalOrder()));
    }

    private void unplanned(Administration one) {
        boolean recent = one.planned()
                .or(one::moment)
                .filter(at -> !at.isBefore(view.now().minus(BACK))
                        && !at.isAfter(view.now().plus(AHEAD)))
                .isPresent();
        boolean running = one.status() == Administration.Status.RUNNING || one.status() == Administration.Status.HELD;
        if (recent || running) {
            slots.add(new Slot(
                    one.prescription(),
                    one.drug(),
                    Optional.empty(),
                    state(one, one.planned()),
                    one.planned(),
                    Optional.of(one),
                    false));
        }
    }

    /** The times the active instructions name; a dose before anything was prescribed is none. */
    private List<Planned> planned(Prescription prescription) {
        List<Planned> all = new ArrayList<>();
        if (prescription.status() != Prescription.Status.ACTIVE || !prescription.order()) {
            return all;
        }
        Instant first = view.now().minus(BACK);
        // Without a word of when it was prescribed nothing can be said to have been forgotten.
        Instant authored =
                prescription.authored().map(time -> time.earliest(view.zone())).orElse(view.now());
        Instant from = authored.isAfter(first) ? authored : first;
        for (Dosage dosage : prescription.dosages()) {
            if (!dosage.asNeeded()) {
                times(dosage.rhythm(), from).stream()
                        .distinct()
                        .map(at -> new Planned(Optional.of(dosage), at))
                        .filter(one -> all.stream().noneMatch(each -> each.at().equals(one.at())))
                        .forEach(all::add);
            }
        }
        return all;
    }

    private List<Instant> times(Rhythm rhythm, Instant from) {
        List<Instant> all = new ArrayList<>();
        Instant last = view.now().plus(AHEAD);
        rhythm.events()
                .forEach(event -> event.instant()
                        .filter(at -> !at.isBefore(from) && !at.isAfter(last))
                        .ifPresent(all::add));
        if (!rhythm.isDaily() || rhythm.times().size() > TIMES_MAX || all.size() > TIMES_MAX) {
            return all.size() > TIMES_MAX ? List.of() : all;
        }
        LocalDate day = LocalDate.ofInstant(from, view.zone());
        LocalDate end = LocalDate.ofInstant(last, view.zone());
        while (!day.isAfter(end)) {
            for (LocalTime time : rhythm.times()) {
                Instant at = day.atTime(time).atZone(view.zone()).toInstant();
                boolean inside = !at.isBefore(from) && !at.isAfter(last) && isWithin(rhythm, at);
                if (inside && isDay(rhythm, day.getDayOfWeek())) {
                    all.add(at);
                }
            }
            day = day.plusDays(1);
        }
        return all;
    }

    private boolean isWithin(Rhythm rhythm, Instant at) {
        boolean begun = rhythm.from()
                .map(from -> !at.isBefore(from.earliest(view.zone())))
                .orElse(true);
        boolean over = rhythm.until()
                .map(until -> until.instant()
                        .map(at::isAfter)
                        .orElseGet(() -> until.lastDay(view.zone())
                                .map(day -> LocalDate.ofInstant(at, view.zone()).isAfter(day))
                                .orElse(false)))
                .orElse(false);
        return begun && !over;
    }

    private static boolean isDay(Rhythm rhythm, DayOfWeek day) {
        return rhythm.days().isEmpty()
                || rhythm.days().contains(day.name().substring(0, 3).toLowerCase(Locale.ROOT));
    }

    private Slot.State state(Instant planned) {
        if (view.now().isBefore(planned.minus(DUE_BEFORE))) {
            return Slot.State.PLANNED;
        }
        if (!view.now().isAfter(planned.plus(LATE_AFTER))) {
            return Slot.State.DUE;
        }
        return view.now().isAfter(planned.plus(MISSED_AFTER)) ? Slot.State.MISSED : Slot.State.LATE;
    }

    private static Slot.State state(Administration one, Optional<Instant> planned) {
        return switch (one.status()) {
            case GIVEN -> {
                boolean late = planned.isPresent()
                        && one.moment()
                                .filter(at -> at.isAfter(planned.get().plus(LATE_AFTER)))
                                .isPresent();
                yield late ? Slot.State.GIVEN_LATE : Slot.State.GIVEN;
            }
            case NOT_GIVEN -> Slot.State.NOT_GIVEN;
            case RUNNING -> Slot.State.RUNNING;
            case HELD -> Slot.State.HELD;
            case INTERRUPTED -> Slot.State.INTERRUPTED;
            case UNKNOWN -> Slot.State.UNKNOWN;
        };
    }
}
