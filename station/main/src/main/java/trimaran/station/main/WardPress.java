package trimaran.station.main;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import trimaran.kernel.Bytes;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Loop;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.line.message.Request;
import trimaran.station.Desk;
import trimaran.station.OwnSession;
import trimaran.station.PatientFolder;
import trimaran.station.WardBoard;
import trimaran.station.WardCopying;
import trimaran.station.WardStay;
import trimaran.station.chart.Chart;
import trimaran.station.chart.ChartFold;
import trimaran.station.chart.Language;
import trimaran.station.chart.Places;
import trimaran.station.chart.View;
import trimaran.station.fhir.DeskView;
import trimaran.station.paper.Pack;
import trimaran.station.paper.PackWriter;
import trimaran.station.web.DeskRecord;

/** Prints a ward for whoever may open its patients: boards and folders from the desk, charts, one PDF. */
final class WardPress implements DeskView.Press, DeskRecord.Press {

    /** Each answer of the desk: an opening over its budget takes its delay. */
    private static final long ANSWER_MILLIS = 30_000;

    /** Patients opened side by side. */
    private static final int OPENED_AT_ONCE = 4;

    private final Desk desk;
    private final Loop loop;
    private final String station;
    private final ZoneId zone;

    /** A pack takes some tens of megabytes while it is made: one after the other. */
    private final Semaphore press = new Semaphore(1);

    WardPress(Desk desk, Loop loop, String station, ZoneId zone) {
        this.desk = desk;
        this.loop = loop;
        this.station = station;
        this.zone = zone;
    }

    @Override
    public Outcome<byte[]> wardPack(OwnSession session, String ward, Locale locale) {
        if (!press.tryAcquire()) {
            return Outcome.refused(Code.BUSY, "another pack is being printed; come back");
        }
        try {
            Language language = locale.getLanguage().equals("en") ? Language.ENGLISH : Language.FRENCH;
            return wait(desk.wards(session))
                    .then(boards -> chosen(boards, ward).then(board -> printed(session, boards, board, language)));
        } finally {
            press.release();
        }
    }

    /** The ward of this code, id or name; of two with one name neither. */
    private static Outcome<WardBoard> chosen(List<WardBoard> boards, String wanted) {
        List<WardBoard> found =
                boards.stream().filter(board -> board.ward().isCalled(wanted)).toList();
        if (found.size() == 1) {
            return Outcome.done(found.getFirst());
        }
        return found.isEmpty()
                ? Outcome.refused(Code.NOT_FOUND, "there is no such ward")
                : Outcome.refused(Code.BAD_PARAMETER, "more than one ward is called so; name its code");
    }

    private Outcome<byte[]> printed(OwnSession session, List<WardBoard> boards, WardBoard board, Language language) {
        List<WardStay> stays = new ArrayList<>(board.present());
        stays.addAll(board.expected());
        if (stays.size() > Pack.PATIENTS_MAX) {
            return Outcome.refused(Code.TOO_LARGE, "this ward has more patients than a pack holds");
        }
        Instant now = Instant.ofEpochMilli(loop.wallTime().millis());
        View view = new View(
                now, zone, Places.of(boards.stream().map(WardBoard::ward).toList()));
        Map<ResourceId, Chart> charts = new HashMap<>();
        Optional<Refusal> refusal = open(session, stays, view, charts);
        if (charts.isEmpty() && refusal.isPresent()) {
            return Outcome.refused(refusal.get());
        }
        List<CellId> cells =
                charts.keySet().stream().map(ResourceId::cell).distinct().toList();
        return wait(desk.printed(session, cells, Digest.sha256(Bytes.ofText(station))))
                .then(noted -> hospital(session)
                        .then(name -> PackWriter.pdf(new Pack(
                                name,
                                board,
                                charts,
                                view,
                                now.minusMillis(Math.max(0, board.ageMillis())),
                                false,
                                language.of("sur ", "at ") + station,
                                language))));
    }

    /** Whoever cannot be opened has a sheet that says so; why the last one could not is told if nobody could. */
    private Optional<Refusal> open(OwnSession session, List<WardStay> stays, View view, Map<ResourceId, Chart> charts) {
        Optional<Refusal> last = Optional.empty();
        for (int from = 0; from < stays.size(); from += OPENED_AT_ONCE) {
            List<WardStay> some = stays.subList(from, Math.min(stays.size(), from + OPENED_AT_ONCE));
            List<CompletableFuture<Outcome<PatientFolder>>> asked = some.stream()
                    .map(stay -> desk.patient(session, stay.cell(), Request.Purpose.CARE))
                    .toList();
            for (int i = 0; i < some.size(); i++) {
                ResourceId patient = some.get(i).patient();
                switch (wait(asked.get(i))) {
                    case Outcome.Done<PatientFolder>(PatientFolder folder) ->
                        charts.put(patient, ChartFold.of(folder, view));
                    case Outcome.Refused<PatientFolder>(Refusal refusal) -> last = Optional.of(refusal);
                }
            }
        }
        return last;
    }

    private Outcome<String> hospital(OwnSession session) {
        return wait(desk.house(session)).map(WardCopying::name);
    }

    private static <T> Outcome<T> wait(CompletableFuture<Outcome<T>> running) {
        try {
            return running.get(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            return Outcome.refused(Code.UNAVAILABLE, "the station did not answer in time");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Outcome.refused(Code.UNAVAILABLE, "the station is stopping");
        } catch (ExecutionException broken) {
            throw new IllegalStateException("the station core broke", broken.getCause());
        }
    }
}
