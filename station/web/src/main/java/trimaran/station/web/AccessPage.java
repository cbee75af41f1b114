package trimaran.station.web;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimaran.kernel.ResourceId;
import trimaran.model.JsonTree;
import trimaran.station.ResourceVersion;

/**
 * Who was handed a record, when and by what act, from the ledgers of the hulls; and the reasons given for opening it out of care,
 * which are kept in the record itself. Whoever may open the record may see it.
 */
final class AccessPage {

    /** One reason given. */
    record Line(String at, String who, String kind, String words) {}

    /**
     * The page.
     *
     * @param more how many older reasons are not shown
     */
    record View(PatientPages.Dossier record, LedgerRows.Page ledger, List<Line> lines, int more) {
        View {
            lines = List.copyOf(lines);
        }

        String href(int page) {
            return record.href(PatientPages.Tab.ACCESSES) + "?page=" + page;
        }
    }

    private final Inside inside;

    AccessPage(Inside inside) {
        this.inside = inside;
    }

    View view(Visit visit, Seat seat, ResourceId patient, PatientPages.Opened opened) {
        Words words = visit.words();
        LedgerRows rows =
                new LedgerRows(words, new Clock(inside.setting().zone(), words), new BadgeWords(inside, words));
        LedgerRows.Page page = rows.page(seat.ledgers(patient), visit.query().text("page"));
        List<Map<String, Object>> reasons = opened.resources().stream()
                .filter(one -> one.type().equals("Communication"))
                .map(ResourceVersion::json)
                .flatMap(json -> JsonTree.glimpse(json).stream())
                .filter(AccessPage::isAccess)
                .sorted(Comparator.comparing((Map<String, Object> json) -> JsonTree.text(json, "sent"))
                        .reversed())
                .toList();
        return new View(
                opened.record(),
                page,
                reasons.stream()
                        .limit(WebLimits.ROWS_MAX)
                        .map(json -> line(visit, json))
                        .toList(),
                Math.max(0, reasons.size() - WebLimits.ROWS_MAX));
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
