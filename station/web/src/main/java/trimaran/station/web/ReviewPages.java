package trimaran.station.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.station.LedgerView;
import trimaran.station.ResourceVersion;
import trimaran.station.ReviewCounts;
import trimaran.station.Unreviewed;
import trimaran.station.WardBoard;
import trimaran.station.WardStay;
import trimaran.station.chart.Banner;
import trimaran.station.chart.ChartFold;
import trimaran.station.chart.Places;
import trimaran.station.chart.View;

/**
 * <i>À relire</i>: what came into the record without application's approval. Whoever presses has application judge it now; what its
 * rules refuse stays here with the reason, until somebody corrects it or confirms it all the same and says why.
 */
final class ReviewPages {

    static final String PLACE = "relire";
    static final String PATH = "/" + PLACE;

    /** What the form says that means all that other systems sent. */
    static final String SERVICES = "systemes";

    /** Somebody of whom something waits. */
    record Person(String href, String name, String ward, int count) {}

    /**
     * One entry.
     *
     * @param items what it wrote, each with every value under the name FHIR gives it
     * @param why it was not judged when it was written
     * @param unjudged whether the rules were asked and cannot tell
     * @param covered whether another version lies over it in conflict: then it is corrected and not reviewed
     * @param no why they refuse it or cannot tell; empty if they were not asked yet
     */
    record Line(
            String entry,
            String when,
            String who,
            String why,
            boolean unjudged,
            String no,
            boolean placed,
            boolean covered,
            List<RefusedPages.Item> items) {
        Line {
            items = List.copyOf(items);
        }
    }

    /**
     * What waits of one patient, of persons or of other systems.
     *
     * @param services whether other systems sent it
     * @param count of all
     * @param unjudged how many of all the rules were asked about and cannot judge
     * @param lines those that are shown, the oldest first
     */
    record Part(boolean services, int count, int unjudged, List<Line> lines) {
        Part {
            lines = List.copyOf(lines);
        }

        int beyond() {
            return count - lines.size();
        }

        /** Whether one press reviews more than one. */
        boolean several() {
            return lines.stream()
                            .filter(line -> line.placed()
                                    && !line.covered()
                                    && (line.no().isEmpty() || line.unjudged()))
                            .count()
                    > 1;
        }
    }

    /**
     * Everything that waits of one patient.
     *
     * @param asks whether application can be asked now, by this person
     * @param parts persons' first; none is empty
     */
    record Waiting(String name, String href, String path, boolean asks, List<Part> parts) {
        Waiting {
            parts = List.copyOf(parts);
        }
    }

    /**
     * Of whom something waits.
     *
     * @param elsewhere of whom something waits that persons wrote and who is on no board of these wards: without a name, which is shown
     *     after a reason
     * @param more how many records are not listed
     * @param services of whom something waits that other systems sent
     * @param sent how many entries that are, of everybody who is open here
     */
    record Listing(List<Person> people, List<Person> elsewhere, int more, List<Person> services, int sent) {
        Listing {
            people = List.copyOf(people);
            elsewhere = List.copyOf(elsewhere);
            services = List.copyOf(services);
        }
    }

    private final Inside inside;
    private final Reviewer reviewer;

    ReviewPages(Inside inside) {
        this.inside = inside;
        this.reviewer = new Reviewer(inside);
    }

    Reply shown(Visit visit, Seat seat, List<String> steps) {
        if (steps.size() == 1) {
            return people(visit, seat);
        }
        return steps.size() == 2
                ? Inside.id(steps.get(1))
                        .map(patient -> one(visit, seat, patient))
                        .orElseGet(() -> inside.problem(visit, Code.NOT_FOUND))
                : inside.problem(visit, Code.NOT_FOUND);
    }

    /** Of the wards' patients those of whom something waits. Who is in no ward is found by their record. */
    private Reply people(Visit visit, Seat seat) {
        ReviewCounts counts = inside.record().state().unreviewed();
        Outcome<Listing> listing = seat.care().wards().then(boards -> {
            Map<ResourceId, String> here = here(boards);
            List<ResourceId> own = listed(here, counts.people());
            return names(visit, seat, own)
                    .map(names -> listing(
                            people(visit, here, own, counts.people(), names),
                            elsewhere(visit, here, counts),
                            people(visit, here, listed(here, counts.services()), counts.services(), names),
                            counts));
        });
        return switch (listing) {
            case Outcome.Refused<Listing>(Refusal refusal) -> inside.problem(visit, refusal);
            case Outcome.Done<Listing>(Listing all) -> {
                Frame frame = inside.frame(visit, visit.words().say("review.title"), PLACE);
                yield Inside.page(200, (out, tags) -> JterelireGenerated.render(out, tags, frame, all));
            }
        };
    }

    private static Listing listing(
            List<Person> people, List<Person> elsewhere, List<Person> services, ReviewCounts counts) {
        int more = counts.people().size() - people.size() - elsewhere.size();
        return new Listing(people, elsewhere, more, services, ReviewCounts.sum(counts.services()));
    }

    /** Who left stays open here for a while, and would else be counted in the head and be nowhere. */
    private static List<Person> elsewhere(Visit visit, Map<ResourceId, String> here, ReviewCounts counts) {
        List<ResourceId> patients = counts.people().keySet().stream()
                .flatMap(cell -> Optional.ofNullable(counts.patients().get(cell)).stream())
                .filter(patient -> !here.containsKey(patient))
                .sorted()
                .limit(WebLimits.ROWS_MAX)
                .toList();
        List<Person> people = new ArrayList<>();
        for (ResourceId patient : patients) {
            people.add(new Person(
                    "/patients/" + patient,
                    visit.words().say("review.elsewhere.record", String.valueOf(people.size() + 1)),
                    "",
                    counts.people().getOrDefault(patient.cell(), 0)));
        }
        return people;
    }

    /** Everybody on a board, with the name of the first ward. */
    private static Map<ResourceId, String> here(List<WardBoard> boards) {
        Map<ResourceId, String> here = new LinkedHashMap<>();
        for (WardBoard board : boards) {
            List<WardStay> stays = new ArrayList<>(board.present());
            stays.addAll(board.expected());
            stays.forEach(stay -> here.putIfAbsent(stay.patient(), board.ward().name()));
        }
        return here;
    }

    private static List<ResourceId> listed(Map<ResourceId, String> here, Map<CellId, Integer> counts) {
        return here.keySet().stream()
                .filter(one -> counts.containsKey(one.cell()))
                .limit(WebLimits.ROWS_MAX)
                .toList();
    }

    /** Whoever has no opening left in this hour sees the list without names, and reviews whoever is open. */
    private Outcome<Map<ResourceId, String>> names(Visit visit, Seat seat, List<ResourceId> shown) {
        Outcome<List<ResourceVersion>> identities =
                shown.isEmpty() ? Outcome.done(List.of()) : seat.care().latest(shown);
        return switch (identities) {
            case Outcome.Refused<List<ResourceVersion>>(Refusal refusal) ->
                refusal.code() == Code.OVER_BUDGET ? Outcome.done(Map.of()) : Outcome.refused(refusal);
            case Outcome.Done<List<ResourceVersion>>(List<ResourceVersion> all) -> {
                Map<ResourceId, String> names = new LinkedHashMap<>();
                all.forEach(one -> names.put(one.id(), name(visit, List.of(one))));
                yield Outcome.done(names);
            }
        };
    }

    private static List<Person> people(
            Visit visit,
            Map<ResourceId, String> here,
            List<ResourceId> shown,
            Map<CellId, Integer> counts,
            Map<ResourceId, String> names) {
        return shown.stream()
                .map(patient -> new Person(
                        PATH + "/" + patient,
                        names.getOrDefault(patient, visit.words().say("review.nameless")),
                        here.getOrDefault(patient, ""),
                        counts.getOrDefault(patient.cell(), 0)))
                .toList();
    }

    /** With the birth date: two patients of a ward may have one name. */
    private String name(Visit visit, List<ResourceVersion> resources) {
        View view = new View(visit.now(), inside.setting().zone(), Places.NONE);
        Banner banner = ChartFold.of(resources, view).banner();
        return banner.nameWords(visit.language()) + ", "
                + banner.birthWords(inside.setting().zone(), visit.language());
    }

    /** A record opens here as it does anywhere: who is not in this person's care is shown after a reason alone. */
    private Reply one(Visit visit, Seat seat, ResourceId patient) {
        if (AccessForms.needsReason(seat, patient)) {
            return Reply.to("/patients/" + patient);
        }
        return switch (seat.care().patient(patient)) {
            case Outcome.Refused<List<ResourceVersion>>(Refusal refusal) -> inside.problem(visit, refusal);
            case Outcome.Done<List<ResourceVersion>>(List<ResourceVersion> all) ->
                switch (seat.care().unreviewed(patient)) {
                    case Outcome.Refused<List<Unreviewed>>(Refusal refusal) -> inside.problem(visit, refusal);
                    case Outcome.Done<List<Unreviewed>>(List<Unreviewed> entries) ->
                        page(visit, seat, patient, name(visit, all), entries);
                };
        };
    }

    private Reply page(Visit visit, Seat seat, ResourceId patient, String name, List<Unreviewed> entries) {
        List<Part> parts = Stream.of(part(visit, entries, false), part(visit, entries, true))
                .filter(part -> part.count() > 0)
                .toList();
        Waiting waiting = new Waiting(name, "/patients/" + patient, PATH + "/" + patient, reviewer.asks(seat), parts);
        Frame frame = inside.frame(visit, name + ", " + visit.words().say("review.title"), PLACE);
        return Inside.page(200, (out, tags) -> JterelirepatientGenerated.render(out, tags, frame, waiting));
    }

    private Part part(Visit visit, List<Unreviewed> entries, boolean services) {
        List<Unreviewed> all =
                entries.stream().filter(one -> one.service() == services).toList();
        return new Part(
                services,
                all.size(),
                (int) all.stream().filter(this::isUnjudged).count(),
                all.stream()
                        .limit(WebLimits.ROWS_MAX)
                        .map(one -> line(visit, one))
                        .toList());
    }

    private boolean isUnjudged(Unreviewed entry) {
        return entry.isReviewable()
                && reviewer.no(entry.entry())
                        .filter(Reviewer.UNJUDGED::contains)
                        .isPresent();
    }

    private Line line(Visit visit, Unreviewed entry) {
        Words words = visit.words();
        Optional<LedgerView.Badge> author = inside.record().author(entry.session());
        Optional<Code> no = reviewer.no(entry.entry());
        return new Line(
                entry.entry().hex(),
                new Clock(inside.setting().zone(), words).since(entry.authored().instant(), visit.now()),
                author.map(new BadgeWords(inside, words)::of).orElseGet(() -> words.say("meanwhile.unknown")),
                unjudged(entry, words),
                no.filter(Reviewer.UNJUDGED::contains).isPresent(),
                no.map(code -> why(code, words)).orElse(""),
                entry.isPlaced(),
                entry.covered(),
                entry.versions().stream()
                        .map(version -> RefusedPages.item(
                                version, entry.withdrawn().getOrDefault(version.id(), version), words))
                        .toList());
    }

    private static String why(Code code, Words words) {
        String key = "review.why." + code.number();
        return words.has(key) ? words.say(key) + " (" + code.tag() + ")" : RefusedPages.why(code, words);
    }

    private static String unjudged(Unreviewed entry, Words words) {
        return entry.no().isPresent()
                ? words.say("review.why.no", RefusedPages.why(entry.no().get(), words))
                : words.say(entry.service() ? "review.why.machine" : "review.why.silent");
    }

    /** Somebody has one reviewed, or all of a patient; empty for a form of another page. */
    Optional<Reply> taken(Visit visit) {
        if (!visit.path().startsWith(PATH + "/")) {
            return Optional.empty();
        }
        Optional<Seat> seat = visit.seat();
        if (seat.isEmpty()) {
            return Optional.of(Inside.toLogIn(visit));
        }
        return Optional.of(Inside.id(visit.path().substring(PATH.length() + 1))
                .map(patient -> AccessForms.needsReason(seat.get(), patient)
                        ? Reply.to("/patients/" + patient)
                        : reviewer.review(visit, seat.get(), patient))
                .orElseGet(() -> inside.problem(visit, Code.NOT_FOUND)));
    }
}
