package trimaran.station.web;

import java.time.Instant;
import java.util.List;
import trimaran.kernel.ResourceId;

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
        Clock clock = new Clock(inside.setting().zone(), words);
        AccessReasons reasons = AccessReasons.of(opened.resources());
        LedgerRows rows = new LedgerRows(words, clock, new BadgeWords(inside, words), reasons);
        LedgerRows.Page page = rows.page(seat.ledgers(patient), visit.query().text("page"));
        return new View(
                opened.record(),
                page,
                reasons.all().stream()
                        .limit(WebLimits.ROWS_MAX)
                        .map(one -> new Line(at(clock, one), words.badge(one.who()), one.kindWords(words), one.said()))
                        .toList(),
                Math.max(0, reasons.all().size() - WebLimits.ROWS_MAX));
    }

    private static String at(Clock clock, AccessReasons.Reason one) {
        return one.at().equals(Instant.EPOCH) ? one.sent() : clock.day(one.at()) + " " + clock.hour(one.at());
    }
}
