package trimaran.station.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trimaran.kernel.ResourceId;

/** What was measured, found, asked for and reported. */
final class MeasureSection implements Section {

    private static final List<String> WEIGHTS = List.of("29463-7", "3141-9", "3142-7", "8335-2", "27113001");
    private static final List<String> ORDER = List.of("85354-9", "8867-4", "8310-5", "2708-6", "59408-5", "9279-1");
    private static final List<String> OPEN = List.of("active", "on-hold", "draft", "unknown");

    private final View view;
    private final List<Measure> measures = new ArrayList<>();
    private final Map<ResourceId, Boolean> vital = new HashMap<>();
    private final Map<ResourceId, Boolean> laboratory = new HashMap<>();
    private final List<Order> orders = new ArrayList<>();
    private final List<Specimen> specimens = new ArrayList<>();
    private final List<Report> reports = new ArrayList<>();
    private final Set<String> answered = new HashSet<>();
    private final Map<String, List<FhirTime>> drawn = new HashMap<>();

    MeasureSection(View view) {
        this.view = view;
    }

    @Override
    public boolean take(Entry entry) {
        if (entry.isVoid()) {
            return false;
        }
        return switch (entry.type()) {
            case "Observation" -> !entry.status().equals("cancelled") && measure(entry);
            case "DiagnosticReport" -> !entry.status().equals("cancelled") && report(entry);
            case "ServiceRequest" -> orders.add(order(entry));
            case "Specimen" -> specimen(entry);
            default -> false;
        };
    }

    private boolean measure(Entry entry) {
        Node json = entry.json();
        List<Coded> categories = json.concepts("category");
        vital.put(entry.source().id(), categories.stream().anyMatch(one -> one.has("vital-signs")));
        laboratory.put(
                entry.source().id(),
                categories.isEmpty() || categories.stream().anyMatch(one -> one.has("laboratory") || one.has("LAB")));
        Node range = json.items("referenceRange").stream().findFirst().orElse(Node.NONE);
        return measures.add(new Measure(
                entry.source(),
                json.concept("code"),
                Node.joined(", ", categories, Coded::text),
                Value.of(json, view.zone()),
                json.items("component").stream()
                        .map(one -> new Measure.Part(
                                one.concept("code"),
                                Value.of(one, view.zone()),
                                Flag.of(one.concepts("interpretation"))))
                        .toList(),
                Flag.of(json.concepts("interpretation")),
                new Measure.Range(Quantity.of(range.item("low")), Quantity.of(range.item("high")), range.text("text")),
                json.firstTime("effectiveDateTime", "effectiveInstant")
                        .or(() -> json.item("effectivePeriod").firstTime("start", "end")),
                json.time("issued"),
                Measure.State.of(entry.status()),
                entry.status(),
                Node.joined(", ", json.items("performer"), Node::shown),
                json.concept("dataAbsentReason").text(),
                Node.joined(" ", json.items("note"), one -> one.text("text")),
                Optional.empty()));
    }

    private boolean report(Entry entry) {
        Node json = entry.json();
        Measure.State state = Measure.State.of(entry.status());
        if (state == Measure.State.FINAL || state == Measure.State.CORRECTED) {
            json.items("basedOn").forEach(one -> answered.add(one.text("reference")));
        }
        return reports.add(new Report(
                entry.source(),
                json.concept("code"),
                Node.joined(", ", json.concepts("category"), Coded::text),
                state,
                entry.status(),
                json.time("effectiveDateTime")
                        .or(() -> json.item("effectivePeriod").time("start")),
                json.time("issued"),
                json.text("conclusion"),
                json.items("result").stream()
                        .map(one -> DrugSection.reference(one.text("reference"), "Observation/"))
                        .flatMap(Optional::stream)
                        .sorted()
                        .toList(),
                json.items("presentedForm").size()));
    }

    private Order order(Entry entry) {
        Node json = entry.json();
        return new Order(
                entry.source(),
                json.concept("code"),
                Node.joined(", ", json.concepts("category"), Coded::text),
                json.items("identifier").stream()
                        .map(one -> one.text("value"))
                        .filter(value -> !value.isEmpty())
                        .findFirst()
                        .orElse(""),
                entry.status(),
                OPEN.contains(entry.status()),
                false,
                List.of("urgent", "asap", "stat").contains(json.text("priority")),
                json.time("authoredOn"),
                Node.shown(json.item("requester")),
                List.of());
    }

    private boolean specimen(Entry entry) {
        Node json = entry.json();
        Optional<FhirTime> taken = json.item("collection")
                .time("collectedDateTime")
                .or(() -> json.item("collection").item("collectedPeriod").time("start"));
        taken.ifPresent(time -> json.items("request")
                .forEach(one -> drawn.computeIfAbsent(one.text("reference"), none -> new ArrayList<>())
                        .add(time)));
        return specimens.add(new Specimen(
                entry.source(),
                json.concept("type"),
                json.text("accessionIdentifier", "value"),
                entry.status(),
                taken,
                json.time("receivedTime")));
    }

    // ---- what comes out

    private Comparator<Measure> newestFirst() {
        return Comparator.comparing(Measure::at, FhirTime.order(view.zone()))
                .thenComparing(Measure::issued, FhirTime.order(view.zone()))
                .reversed()
                .thenComparing(one -> one.what().text())
                .thenComparing(one -> one.source().id());
    }

    /** Vital signs by what they are, in the order a nurse takes them. */
    List<Series> vitals() {
        Map<String, List<Measure>> byCode = new LinkedHashMap<>();
        measures.stream()
                .filter(one -> vital.getOrDefault(one.source().id(), false))
                .sorted(newestFirst())
                .forEach(one -> byCode.computeIfAbsent(one.what().key(), none -> new ArrayList<>())
                        .add(one));
        return byCode.values().stream()
                .map(all -> new Series(all.getFirst().what(), all))
                .sorted(Comparator.comparingInt(MeasureSection::rank)
                        .thenComparing(series -> series.what().text())
                        .thenComparing(series -> series.what().key()))
                .toList();
    }

    private static int rank(Series series) {
        for (int i = 0; i < ORDER.size(); i++) {
            if (series.what().has(ORDER.get(i))) {
                return i;
            }
        }
        return ORDER.size();
    }

    Optional<Measure> weight() {
        return vitals().stream()
                .filter(series -> WEIGHTS.stream().anyMatch(series.what()::has))
                .map(Series::latest)
                .max(Comparator.comparing(Measure::at, FhirTime.order(view.zone()))
                        .thenComparing(one -> one.source().id()));
    }

    /** Laboratory results, and what nobody filed; the newest first, each with the one before. */
    List<Measure> results() {
        return chosen(true);
    }

    /** Everything else that was found: surveys, history, imaging. */
    List<Measure> findings() {
        return chosen(false);
    }

    private List<Measure> chosen(boolean ofLaboratory) {
        List<Measure> all = measures.stream()
                .filter(one -> !vital.getOrDefault(one.source().id(), false))
                .filter(one -> laboratory.getOrDefault(one.source().id(), false) == ofLaboratory)
                .sorted(newestFirst())
                .toList();
        Map<String, Measure> newer = new HashMap<>();
        Map<ResourceId, Measure> before = new HashMap<>();
        for (Measure one : all) {
            Measure after = newer.put(one.what().key(), one);
            if (after != null) {
                before.put(after.source().id(), one);
            }
        }
        return all.stream()
                .map(one ->
                        one.after(Optional.ofNullable(before.get(one.source().id()))))
                .toList();
    }

    List<Order> orders() {
        return orders.stream()
                .map(one -> new Order(
                        one.source(),
                        one.what(),
                        one.category(),
                        one.number(),
                        one.statusText(),
                        one.open(),
                        answered.contains(one.source().reference()),
                        one.urgent(),
                        one.asked(),
                        one.by(),
                        drawn.getOrDefault(one.source().reference(), List.of()).stream()
                                .sorted(Comparator.comparing(FhirTime::text))
                                .toList()))
                .sorted(Comparator.comparing((Order one) -> !one.isAwaited())
                        .thenComparing(Order::asked, FhirTime.order(view.zone()).reversed())
                        .thenComparing(one -> one.source().id()))
                .toList();
    }

    List<Specimen> specimens() {
        return specimens.stream()
                .sorted(Comparator.comparing(
                                Specimen::drawn, FhirTime.order(view.zone()).reversed())
                        .thenComparing(one -> one.source().id()))
                .toList();
    }

    List<Report> reports() {
        return reports.stream()
                .sorted(Comparator.comparing(
                                Report::at, FhirTime.order(view.zone()).reversed())
                        .thenComparing(one -> one.source().id()))
                .toList();
    }
}
