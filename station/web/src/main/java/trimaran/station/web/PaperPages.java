package trimaran.station.web;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trimaran.kernel.Bytes;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.station.WardBoard;

/** A ward on paper, for the day the screens go out: first what will be printed, then, asked for, the PDF itself. */
final class PaperPages {

    /** A printing is written down by the hulls: a page alone, which a browser may fetch by itself, prints nothing. */
    private static final Pattern PATH = Pattern.compile("/services/([^/]+)/papier");

    /**
     * What will be printed.
     *
     * @param said why it was not printed a moment ago; empty for nothing
     */
    record View(String name, String href, int present, int expected, String said) {}

    private final Inside inside;

    PaperPages(Inside inside) {
        this.inside = inside;
    }

    /** The ward of such an address. */
    static Optional<ResourceId> ward(String path) {
        Matcher matcher = PATH.matcher(path);
        return matcher.matches() ? Inside.id(String.valueOf(matcher.group(1))) : Optional.empty();
    }

    Reply show(Visit visit, Seat seat, ResourceId ward) {
        return page(visit, seat, ward, 200, "");
    }

    private Reply page(Visit visit, Seat seat, ResourceId ward, int status, String said) {
        return switch (seat.care().ward(ward)) {
            case Outcome.Refused<WardBoard>(Refusal refusal) -> inside.problem(visit, refusal);
            case Outcome.Done<WardBoard>(WardBoard board) -> {
                View view = new View(
                        board.ward().name(),
                        "/services/" + ward,
                        board.present().size(),
                        board.expected().size(),
                        said);
                Frame frame = inside.frame(visit, visit.words().say("paper.title", view.name()), "services");
                yield Inside.page(status, (out, tags) -> JtepapierGenerated.render(out, tags, frame, view));
            }
        };
    }

    /** The PDF; empty for any other address. */
    Optional<Reply> taken(Visit visit) {
        return ward(visit.path())
                .map(ward ->
                        visit.seat().map(seat -> printed(visit, seat, ward)).orElseGet(() -> Inside.toLogIn(visit)));
    }

    private Reply printed(Visit visit, Seat seat, ResourceId ward) {
        seat.touch(inside.setting().nanos().getAsLong());
        return switch (seat.care().wardPack(ward, visit.language())) {
            case Outcome.Done<Bytes>(Bytes pdf) -> Reply.pdf(pdf, "service-" + ward + ".pdf");
            case Outcome.Refused<Bytes>(Refusal refusal) ->
                page(
                        visit,
                        seat,
                        ward,
                        refusal.code().httpStatus(),
                        visit.words().refusal(refusal.code()));
        };
    }
}
