package trimaran.station.web;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.model.JsonTree;
import trimaran.station.ResourceVersion;

/** Who opened a record out of care, when and why: the reasons kept in the record itself, the newest first. */
final class AccessPage {

    /** One access. */
    record Line(String at, String who, String kind, String words) {}

    /**
     * The page.
     *
     * @param more how many older ones are not shown
     */
    record View(PatientPages.Dossier record, List<Line> lines, int more) {
        View {
            lines = List.copyOf(lines);
        }
    }

    private final Inside inside;
    private final PatientPages patients;

    AccessPage(Inside inside, PatientPages patients) {
        this.inside = inside;
        this.patients = patients;
    }

    Reply show(Visit visit, Seat seat, ResourceId patient) {
        return switch (patients.open(visit, seat, patient, PatientPages.Tab.STAYS)) {
            case Outcome.Refused<PatientPages.Opened>(Refusal refusal) -> inside.problem(visit, refusal);
            case Outcome.Done<PatientPages.Opened>(PatientPages.Opened opened) -> page(visit, opened);
        };
    }

    private Reply page(Visit visit, PatientPages.Opened opened) {
        List<Map<String, Object>> reasons = opened.resources().stream()
                .filter(one -> one.type().equals("Communication"))
                .map(ResourceVersion::json)
                .flatMap(json -> JsonTree.glimpse(json).stream())
                .filter(AccessPage::isAccess)
                .sorted(Comparator.comparing((Map<String, Object> json) -> JsonTree.text(json, "sent"))
                        .reversed())
                .toList();
        View view = new View(
                opened.record(),
                reasons.stream()
                        .limit(WebLimits.ROWS_MAX)
                        .map(json -> line(visit, json))
                        .toList(),
                Math.max(0, reasons.size() - WebLimits.ROWS_MAX));
        Words words = visit.words();
        String title = opened.record().name(words.language()) + ", " + words.say("access.list");
        Frame frame = inside.frame(visit, title, "patients");
        return Inside.page(200, (out, tags) -> JteaccesGenerated.render(out, tags, frame, view));
    }

    private static boolean isAccess(Map<String, Object> communication) {
        return JsonTree.items(communication, "category").stream()
                .flatMap(category -> JsonTree.items(category, "coding").stream())
                .anyMatch(coding -> JsonTree.text(coding, "system").equals(AccessForms.SYSTEM)
                        && JsonTree.text(coding, "code").equals("break-glass"));
    }

    private Line line(Visit visit, Map<String, Object> json) {
        Words words = visit.words();
        Optional<Map<String, Object>> reason =
                JsonTree.items(json, "reasonCode").stream().findFirst();
        String code = reason.stream()
                .flatMap(one -> JsonTree.items(one, "coding").stream())
                .map(coding -> JsonTree.text(coding, "code"))
                .findFirst()
                .orElse("");
        String kind = "access.kind." + code;
        return new Line(
                at(visit, JsonTree.text(json, "sent")),
                words.badge(JsonTree.text(json, "sender", "identifier", "value")),
                words.has(kind) ? words.say(kind) : code,
                reason.map(one -> JsonTree.text(one, "text")).orElse(""));
    }

    private String at(Visit visit, String fhir) {
        try {
            Clock clock = new Clock(inside.setting().zone(), visit.words());
            var moment = OffsetDateTime.parse(fhir).toInstant();
            return clock.day(moment) + " " + clock.hour(moment);
        } catch (DateTimeParseException coarse) {
            return fhir;
        }
    }
}
