package trimaran.station.web;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import trimaran.exposure.Certainty;
import trimaran.exposure.Exposed;
import trimaran.exposure.ExposureText;
import trimaran.exposure.Way;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.RecordTime;
import trimaran.kernel.ResourceId;

/**
 * Whose data a fallen party could have read, for an officer with a fresh PIN: asked for, worked out while the page says how far it is,
 * then counts first, whether they are whole before all else, and the list of records, to be taken away as a table as well.
 */
final class ExposurePages {

    static final String PATH = "/coques/exposition";
    static final String TABLE = "/coques/exposition/liste";

    /** How often the page asks for itself while the report is worked out, in seconds. */
    private static final String AGAIN = "2";

    /** @param window since when the fallen party is asked about */
    record Running(String said, String window, String since, String progress) {}

    record Failed(String said, String error) {}

    record Figure(String count, String label) {}

    record Row(String record, String certainty, boolean certain, String ways, String first, String last) {}

    /** @param lacks first of all: with any the figures are no answer */
    record Found(
            String said,
            String window,
            String at,
            List<String> lacks,
            List<Figure> figures,
            List<Figure> ways,
            List<String> remarks,
            String meaning,
            List<Row> rows,
            int number,
            int pages) {
        Found {
            lacks = List.copyOf(lacks);
            figures = List.copyOf(figures);
            ways = List.copyOf(ways);
            remarks = List.copyOf(remarks);
            rows = List.copyOf(rows);
        }

        String href(int page) {
            return PATH + "?page=" + page;
        }
    }

    private final Inside inside;
    private final ExposureWork work;
    private final ExposureForm form;
    private final ZoneId zone;

    ExposurePages(Inside inside) {
        this.inside = inside;
        this.work = new ExposureWork(inside);
        this.form = new ExposureForm(inside, work);
        this.zone = inside.setting().zone();
    }

    /** What was typed. */
    Reply taken(Visit visit) {
        return form.taken(visit);
    }

    /** The page as the work stands; for whoever is no officer nothing of it. */
    Reply shown(Visit visit) {
        if (visit.seat().isEmpty()) {
            return Inside.toLogIn(visit);
        }
        if (!visit.seat().get().isOfficer()) {
            return inside.problem(visit, Code.ROLE_MISSING);
        }
        if (visit.path().equals(TABLE)) {
            return table(visit);
        }
        if (!visit.query().text("autre").isEmpty() && !(work.stage() instanceof ExposureWork.Stage.Running)) {
            return form.asking(visit, 200, Filled.of(Form.NONE));
        }
        return switch (work.stage()) {
            case ExposureWork.Stage.None _ -> form.asking(visit, 200, Filled.of(Form.NONE));
            case ExposureWork.Stage.Running running -> running(visit, running);
            case ExposureWork.Stage.Failed failed -> failed(visit, failed);
            case ExposureWork.Stage.Done done -> found(visit, done);
        };
    }

    // ---- how it stands

    private Reply running(Visit visit, ExposureWork.Stage.Running running) {
        Words words = visit.words();
        Frame frame = inside.frame(visit, words.say("expo.title"), "coques");
        Running view = new Running(
                ExposureForm.said(running.asked().words(), words),
                words.say("expo.since", moment(running.asked().from(), frame.clock())),
                frame.clock().second(running.since()),
                running.progress().map(one -> one.say(words.locale(), zone)).orElse(""));
        return Inside.page(200, (out, tags) -> JteexpositionencoursGenerated.render(out, tags, frame, view))
                .with("Refresh", AGAIN);
    }

    private Reply failed(Visit visit, ExposureWork.Stage.Failed failed) {
        Words words = visit.words();
        Frame frame = inside.frame(visit, words.say("expo.title"), "coques");
        String error = failed.remark()
                .map(remark -> remark.say(words.locale(), zone))
                .orElseGet(() -> words.refusal(failed.code()));
        Failed view = new Failed(ExposureForm.said(failed.asked().words(), words), error);
        return Inside.page(200, (out, tags) -> JteexpositionechecGenerated.render(out, tags, frame, view));
    }

    private Reply found(Visit visit, ExposureWork.Stage.Done done) {
        Words words = visit.words();
        Frame frame = inside.frame(visit, words.say("expo.title"), "coques");
        Clock clock = frame.clock();
        ExposureText text = text(done, words);
        List<Figure> figures = new ArrayList<>();
        for (Certainty certainty : List.of(Certainty.CERTAIN, Certainty.POSSIBLE)) {
            figures.add(new Figure(words.number(done.exposure().count(certainty)), text.label(certainty)));
        }
        figures.add(new Figure(words.number(done.exposure().excluded()), text.excluded()));
        List<Figure> ways = new ArrayList<>();
        for (Way way : Way.values()) {
            long count = done.exposure().count(way);
            if (count > 0) {
                ways.add(new Figure(words.number(count), text.label(way)));
            }
        }
        List<Exposed> patients = done.exposure().patients();
        int pages = Math.max(1, Math.ceilDiv(patients.size(), WebLimits.EXPOSURE_ROWS_MAX));
        String asked = visit.query().text("page");
        int number = asked.matches("[0-9]{1,4}") ? Math.clamp(Integer.parseInt(asked), 1, pages) : 1;
        List<Row> rows = patients.stream()
                .skip((number - 1L) * WebLimits.EXPOSURE_ROWS_MAX)
                .limit(WebLimits.EXPOSURE_ROWS_MAX)
                .map(one -> row(one, text, words, clock))
                .toList();
        List<String> remarks = new ArrayList<>(text.remarks());
        done.notes().forEach(note -> remarks.add(note.say(words.locale(), zone)));
        Found view = new Found(
                ExposureForm.said(done.asked().words(), words),
                words.say(
                        "expo.window",
                        moment(done.window().from(), clock),
                        moment(done.window().to(), clock)),
                clock.day(done.at()) + " " + clock.hour(done.at()),
                done.lacks().stream()
                        .map(lack -> lack.say(words.locale(), zone))
                        .toList(),
                figures,
                ways,
                remarks,
                text.meaning(),
                rows,
                number,
                pages);
        return Inside.page(200, (out, tags) -> JteexpositiontrouveeGenerated.render(out, tags, frame, view));
    }

    private ExposureText text(ExposureWork.Stage.Done done, Words words) {
        return new ExposureText(
                done.exposure(),
                ExposureForm.said(done.asked().words(), words),
                done.window(),
                done.lacks(),
                zone,
                words.locale());
    }

    private static Row row(Exposed patient, ExposureText text, Words words, Clock clock) {
        boolean certain = patient.certainty() == Certainty.CERTAIN;
        return new Row(
                patient.resource()
                        .map(ResourceId::toString)
                        .orElse(patient.subject().handle()),
                words.say(certain ? "expo.certain" : "expo.possible"),
                certain,
                patient.ways().stream().sorted().map(text::label).collect(Collectors.joining(", ")),
                moment(patient.first(), clock),
                moment(patient.last(), clock));
    }

    private static String moment(RecordTime time, Clock clock) {
        Instant at = time.instant();
        return clock.day(at) + " " + clock.second(at);
    }

    /** The list as a table for programs: only of a report that is whole, since one that is not looks the same. */
    private Reply table(Visit visit) {
        if (!(work.stage() instanceof ExposureWork.Stage.Done done)
                || !done.lacks().isEmpty()) {
            return Reply.to(PATH);
        }
        ExposureText text = text(done, visit.words());
        StringBuilder csv = new StringBuilder(ExposureText.HEADER).append("\r\n");
        done.exposure().patients().forEach(one -> csv.append(text.row(one)).append("\r\n"));
        return Reply.csv(Bytes.ofText(csv.toString()), "exposition.csv");
    }
}
