package trimaran.station.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Stays and movements. */
final class StaySection implements Section {

    /** When a patient who is present is expected to leave (docs/formats.md, The invented hospital). */
    private static final String EXPECTED_END = "urn:trimaran:expected-end";

    private static final List<String> LATER = List.of("planned", "reserved");

    private final View view;
    private final List<Stay> stays = new ArrayList<>();

    StaySection(View view) {
        this.view = view;
    }

    @Override
    public boolean take(Entry entry) {
        return entry.type().equals("Encounter") && !entry.isVoid() && stays.add(stay(entry));
    }

    private Stay stay(Entry entry) {
        Node json = entry.json();
        return new Stay(
                entry.source(),
                Stay.Phase.of(entry.status()),
                entry.status(),
                json.items("identifier").stream()
                        .filter(one -> !one.text("use").equals("old"))
                        .map(one -> one.text("value"))
                        .filter(value -> !value.isEmpty())
                        .findFirst()
                        .orElse(""),
                Coded.ofCoding(json.item("class")),
                json.item("period").time("start"),
                json.item("period").time("end"),
                FhirTime.of(json.extension(EXPECTED_END, "valueDateTime")),
                Node.joined(", ", json.concepts("reasonCode"), Coded::text),
                doctor(json.items("participant")),
                json.concept("serviceType").text(),
                json.items("location").stream().map(this::stop).toList());
    }

    /** Who answers for the patient; any other participant only if nobody is named so. */
    private static String doctor(List<Node> participants) {
        return participants.stream()
                .filter(one -> one.concepts("type").stream().anyMatch(type -> type.has("ATND")))
                .findFirst()
                .or(() -> participants.stream()
                        .filter(one -> one.concepts("type").stream().anyMatch(type -> type.has("PPRF")))
                        .findFirst())
                .map(one -> Node.shown(one.item("individual")))
                .orElse("");
    }

    private Stay.Stop stop(Node json) {
        Node location = json.item("location");
        Optional<Places.Name> name = view.places().of(location.text("reference"));
        String status = json.text("status");
        return new Stay.Stop(
                name.map(Places.Name::ward).orElse(""),
                name.map(Places.Name::bed).orElse(""),
                Node.shown(location),
                status,
                LATER.contains(status),
                json.item("period").time("start"),
                json.item("period").time("end"));
    }

    /** The one somebody is in, then the expected, then what is over, the newest first. */
    List<Stay> stays() {
        return stays.stream()
                .sorted(Comparator.comparing(Stay::phase)
                        .thenComparing(Stay::start, FhirTime.order(view.zone()).reversed())
                        .thenComparing(one -> one.source().id()))
                .toList();
    }
}
