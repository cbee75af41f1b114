package trimaran.station.web;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import trimaran.kernel.Outcome;
import trimaran.kernel.ResourceId;
import trimaran.station.BedPlace;
import trimaran.station.ResourceVersion;
import trimaran.station.WardBoard;
import trimaran.station.WardStay;
import trimaran.station.chart.Alert;
import trimaran.station.chart.Allergies;
import trimaran.station.chart.Banner;
import trimaran.station.chart.Chart;
import trimaran.station.chart.Language;
import trimaran.station.chart.Measure;
import trimaran.station.chart.PersonName;
import trimaran.station.chart.Places;
import trimaran.station.chart.Slot;
import trimaran.station.chart.Stay;
import trimaran.station.chart.View;

/** Makes the board of one ward: who lies where from the ward's cells, what is true of each from their own record. */
final class BoardMaking {

    private final Words words;
    private final Clock clock;
    private final Language language;
    private final Instant now;
    private final boolean admits;
    private final boolean sets;
    private final WardBoard board;
    private final Map<ResourceId, Outcome<List<ResourceVersion>>> folders;
    private final Charts charts;
    private final View view;
    private final WaitingBoard waiting;
    private final List<BoardView.Line> critical = new ArrayList<>();
    private final List<BoardView.Line> late = new ArrayList<>();
    private final List<BoardView.Bed> beds = new ArrayList<>();
    private int missing;
    private int leaving;

    BoardMaking(WebSetting setting, Words words, Boards.Look look, Boards.Source source, Charts charts) {
        this.words = words;
        this.clock = new Clock(setting.zone(), words);
        this.language = look.language();
        this.now = source.at();
        this.admits = look.admits();
        this.sets = look.sets();
        this.charts = charts;
        this.board = source.ward();
        this.folders = source.folders();
        this.view = new View(now, setting.zone(), Places.of(List.of(board.ward())));
        this.waiting = new WaitingBoard(board, source.waiting(), folders, view, words);
    }

    BoardView view() {
        board.beds().forEach(this::bed);
        List<BoardView.Line> unplaced = new ArrayList<>(waiting.unplaced());
        board.unplaced().stream().map(this::unplaced).forEach(unplaced::add);
        List<BoardView.Line> expected =
                board.expected().stream().map(this::expected).toList();
        return new BoardView(
                board.ward().name(),
                "/services/" + board.ward().id(),
                board.ward().phone(),
                new BoardView.Figures(
                        board.present().size(),
                        board.beds().size(),
                        board.freeCount() - waiting.intoFree(),
                        board.emptyCount(BedPlace.State.TO_CLEAN),
                        board.emptyCount(BedPlace.State.CLOSED),
                        board.expected().size(),
                        leaving),
                critical,
                late,
                unplaced,
                expected,
                beds,
                missing,
                board.unreadable());
    }

    private void bed(WardBoard.Bed bed) {
        String name = Places.bedName(bed.place());
        int space = name.indexOf(' ');
        String number = space < 0 ? name : name.substring(0, space);
        String side = space < 0 ? "" : name.substring(space + 1);
        if (bed.lying().isEmpty()) {
            beds.add(waiting.arriving(bed, number, side).orElseGet(() -> empty(bed, number, side)));
        }
        for (WardStay stay : bed.lying()) {
            beds.add(taken(stay, name, number, side, bed.lying().size() > 1));
        }
    }

    private BoardView.Bed empty(WardBoard.Bed bed, String number, String side) {
        BedPlace place = bed.place();
        Optional<WardStay> next = bed.reserved().stream().findFirst();
        String form = place.state() == BedPlace.State.CLOSED ? "bed-blocked" : "bed-free";
        String icon = switch (place.state()) {
            case READY -> "lit";
            case TO_CLEAN -> "nettoyage";
            case CLOSED, OTHER -> "bloque";
        };
        String state = switch (place.state()) {
            case READY -> words.say(next.isPresent() ? "bed.reserved" : "bed.free");
            case TO_CLEAN -> words.say("bed.clean");
            case CLOSED -> words.say("bed.closed");
            case OTHER -> place.stateWords();
        };
        String arrival =
                next.map(stay -> words.say("bed.arrival", time(stay.start()))).orElse("");
        return new BoardView.Bed(
                number,
                side,
                form,
                admits && place.state() == BedPlace.State.READY ? "/admettre?lit=" + place.id() : "",
                "",
                "",
                List.of(),
                List.of(),
                List.of(),
                icon,
                state,
                place.note().isEmpty() ? arrival : place.note(),
                sets ? "/services/" + board.ward().id() + "/lit?lit=" + place.id() : "");
    }

    private BoardView.Bed taken(WardStay stay, String name, String number, String side, boolean shared) {
        Optional<Chart> known = chart(stay);
        if (known.isEmpty()) {
            missing++;
            return new BoardView.Bed(
                    number,
                    side,
                    "bed-blocked",
                    href(stay),
                    "",
                    "",
                    List.of(),
                    List.of(),
                    List.of(),
                    "indisponible",
                    words.say("bed.unavailable"),
                    words.say("bed.ask"),
                    "");
        }
        Chart chart = known.get();
        List<BoardView.Badge> doses = doses(chart, name, stay);
        List<BoardView.Badge> results = results(chart, name, stay);
        List<BoardView.Badge> safety = safety(chart);
        waiting.leaving(stay).ifPresent(safety::addFirst);
        if (shared) {
            safety.add(new BoardView.Badge("b-warn", "conflit", words.say("bed.two")));
        }
        boolean isLate = doses.stream().anyMatch(one -> one.form().equals("b-late"));
        String form = !chart.critical().isEmpty() ? "bed-crit" : isLate ? "bed-late" : "";
        leaves(chart).ifPresent(safety::add);
        return new BoardView.Bed(
                number, side, form, href(stay), family(chart), rest(chart), doses, safety, results, "", "", "", "");
    }

    /** Who is to leave within a day, or should have left. */
    private Optional<BoardView.Badge> leaves(Chart chart) {
        Optional<Instant> end = chart.stay().flatMap(Stay::expectedEnd).flatMap(time -> time.instant());
        if (end.filter(at -> LeavingForm.isSoon(at, now)).isEmpty()) {
            return Optional.empty();
        }
        leaving++;
        boolean over = end.get().isBefore(now);
        return Optional.of(new BoardView.Badge(
                over ? "b-warn" : "b-plain",
                "sortie",
                words.say(over ? "leave.over" : "leave.badge", clock.since(end.get(), now))));
    }

    private Optional<Chart> chart(WardStay stay) {
        return folders.get(stay.patient()) instanceof Outcome.Done<List<ResourceVersion>>(List<ResourceVersion> all)
                ? Optional.of(charts.of(stay.patient(), all, view))
                : Optional.empty();
    }

    private static String href(WardStay stay) {
        return "/patients/" + stay.patient();
    }

    private String family(Chart chart) {
        return chart.banner()
                .inUse()
                .filter(name -> !name.family().isEmpty())
                .map(PersonName::familyWords)
                .orElse(chart.banner().nameWords(language));
    }

    private String rest(Chart chart) {
        Banner banner = chart.banner();
        String given = banner.inUse()
                .filter(name -> !name.family().isEmpty())
                .map(PersonName::givenWords)
                .orElse("");
        String person = banner.sexLetter(language) + "\u00a0" + banner.ageWords(language);
        return given.isEmpty() ? person : given + " " + person;
    }

    private List<BoardView.Badge> doses(Chart chart, String bed, WardStay stay) {
        List<BoardView.Badge> badges = new ArrayList<>();
        List<Slot> overdue = chart.slots(Slot.State.LATE);
        if (!overdue.isEmpty()) {
            badges.add(new BoardView.Badge("b-late", "retard", words.count("dose.late", overdue.size())));
            String longest = overdue.stream()
                    .flatMap(slot -> slot.lateness(now).stream())
                    .max(Duration::compareTo)
                    .map(clock::length)
                    .orElse("");
            late.add(new BoardView.Line(href(stay) + "/plan-de-soins", bed + " " + family(chart), longest));
        }
        List<Slot> lost = chart.slots(Slot.State.MISSED);
        if (!lost.isEmpty()) {
            badges.add(new BoardView.Badge("b-warn", "non-donne", words.count("dose.missed", lost.size())));
        }
        Map<Instant, Integer> due = new TreeMap<>();
        chart.slots(Slot.State.DUE).forEach(slot -> slot.planned().ifPresent(at -> due.merge(at, 1, Integer::sum)));
        due.forEach((at, count) ->
                badges.add(new BoardView.Badge("b-due", "a-donner", words.say("dose.due", count, clock.hour(at)))));
        if (badges.isEmpty()) {
            chart.nextDose()
                    .flatMap(Slot::planned)
                    .ifPresent(at -> badges.add(new BoardView.Badge("b-plain", "horloge", clock.since(at, now))));
        }
        return badges;
    }

    private List<BoardView.Badge> results(Chart chart, String bed, WardStay stay) {
        List<BoardView.Badge> badges = new ArrayList<>();
        List<Measure> alarming = chart.critical();
        if (!alarming.isEmpty()) {
            badges.add(new BoardView.Badge("b-danger", "critique", words.count("result.critical", alarming.size())));
        }
        for (Measure one : alarming) {
            critical.add(new BoardView.Line(
                    href(stay) + "/resultats",
                    bed + " " + family(chart),
                    one.what().text() + " " + one.valueWords(language) + ", "
                            + one.flag().words(language) + ", "
                            + one.at().map(time -> time.shortWords(view.zone())).orElse("")));
        }
        if (!chart.awaited().isEmpty()) {
            badges.add(new BoardView.Badge(
                    "b-plain",
                    "tube",
                    words.count("result.awaited", chart.awaited().size())));
        }
        return badges;
    }

    private List<BoardView.Badge> safety(Chart chart) {
        List<BoardView.Badge> badges = new ArrayList<>();
        badges.add(allergies(chart.allergies()));
        for (Alert alert : chart.alerts()) {
            switch (alert.kind()) {
                case ISOLATION ->
                    badges.add(new BoardView.Badge("b-iso", "isolement", withoutIsolation(alert.words())));
                case LIMIT -> badges.add(new BoardView.Badge("b-iso", "limite", alert.words()));
                case FALL, OTHER -> badges.add(new BoardView.Badge("b-plain", "info", alert.words()));
            }
        }
        for (Banner.Attribute attribute : chart.banner().attributes()) {
            badges.add(new BoardView.Badge("b-warn", "conflit", capital(attribute.words(language))));
        }
        if (chart.banner().state() == Banner.IdentityState.PROVISIONAL) {
            badges.add(new BoardView.Badge(
                    "b-unknown", "non-renseigne", capital(chart.banner().state().words(language))));
        }
        return badges;
    }

    /** The symbol says that it is an isolation; what is left is which. */
    private static String withoutIsolation(String alert) {
        return capital(alert.replaceFirst("(?i)^(isolement|précautions?)\\s+(de type\\s+)?", ""));
    }

    private static String capital(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private BoardView.Badge allergies(Allergies allergies) {
        List<Allergies.Allergy> known = allergies.known();
        return switch (allergies.state()) {
            case KNOWN ->
                new BoardView.Badge(
                        "b-danger",
                        "allergie",
                        known.size() == 1
                                ? capital(known.getFirst().substance().text())
                                : words.say("allergy.many", known.size()));
            case NONE_KNOWN -> new BoardView.Badge("b-plain", "aucune", words.say("allergy.none"));
            case NOT_RECORDED -> new BoardView.Badge("b-unknown", "non-renseigne", words.say("allergy.missing"));
            case UNAVAILABLE -> new BoardView.Badge("b-down", "indisponible", words.say("allergy.down"));
        };
    }

    private BoardView.Line unplaced(WardStay stay) {
        Optional<Chart> chart = chart(stay);
        if (chart.isEmpty()) {
            missing++;
        }
        return new BoardView.Line(
                href(stay),
                chart.map(this::family).orElse(words.say("bed.unavailable")),
                waiting.leaving(stay)
                        .map(BoardView.Badge::words)
                        .or(() -> chart.map(this::rest))
                        .orElse(""));
    }

    private BoardView.Line expected(WardStay stay) {
        Optional<Chart> chart = chart(stay);
        String bed = stay.bed()
                .flatMap(board::bed)
                .map(one -> ", " + words.say("bed.kept", Places.bedName(one.place())))
                .orElse("");
        return new BoardView.Line(
                href(stay), chart.map(this::family).orElse(words.say("bed.unavailable")), time(stay.start()) + bed);
    }

    private String time(String fhir) {
        try {
            return clock.since(OffsetDateTime.parse(fhir).toInstant(), now);
        } catch (DateTimeParseException day) {
            return fhir.isEmpty() ? words.say("time.unknown") : fhir;
        }
    }
}
