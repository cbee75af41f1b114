package trimaran.station;

import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Loop;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.kernel.WallTime;
import trimaran.line.message.LedgerLine;
import trimaran.line.message.Request;
import trimaran.seal.BadgeSeal;

/** Makes one ward's copy: opens who is there, has the tiers write it down, seals, writes. */
final class WardMaking {

    /** A ward whose making has not come to an end by then is given up: an answer was lost. */
    static final long WARD_MILLIS = 600_000;

    /** Patients opened side by side: enough to hide the lines, few enough to leave the tiers to who waits at a screen. */
    private static final int OPENED_AT_ONCE = 4;

    /** What came of it. */
    record Made(WallTime at, int unopened) {}

    private final Station station;
    private final StationSetting setting;
    private final WardCopySetting copying;
    private final WardCopies copies;
    private final OwnSession session;
    private final String hospital;
    private final List<WardPlace> places;
    private final WardBoard board;
    private final Consumer<Outcome<Made>> then;
    private final ArrayDeque<WardStay> waiting = new ArrayDeque<>();
    private final Map<ResourceId, List<ResourceVersion>> folders = new HashMap<>();
    private final WallTime dataAt;
    private int running;
    private int unopened;
    private long bytes;
    private @Nullable Refusal last;
    private boolean over;
    private final Loop.Timer late;

    WardMaking(
            Station station,
            WardCopySetting copying,
            WardCopies copies,
            OwnSession session,
            String hospital,
            List<WardPlace> places,
            WardBoard board,
            WallTime readAt,
            Consumer<Outcome<Made>> then) {
        this.station = station;
        this.setting = station.setting();
        this.copying = copying;
        this.copies = copies;
        this.session = session;
        this.hospital = hospital;
        this.places = places;
        this.board = board;
        this.then = then;
        this.dataAt = readAt.plusMillis(-Math.max(0, board.ageMillis()));
        this.late = setting.loop()
                .after(
                        WARD_MILLIS,
                        () -> end(Outcome.refused(Code.TOO_SLOW, "an answer the copy waited for did not come")));
    }

    void end(Outcome<Made> outcome) {
        if (!over) {
            over = true;
            // The timer would keep in memory what was opened.
            late.cancel();
            then.accept(outcome);
        }
    }

    void begin() {
        Set<ResourceId> patients = new HashSet<>();
        List<WardStay> all = new ArrayList<>(board.present());
        all.addAll(board.expected());
        all.stream().filter(stay -> patients.add(stay.patient())).forEach(waiting::add);
        if (waiting.size() > WardCopy.PATIENTS_MAX) {
            end(Outcome.refused(Code.TOO_LARGE, "this ward has more patients than a copy holds"));
            return;
        }
        for (int i = 0; i < OPENED_AT_ONCE; i++) {
            open();
        }
    }

    private void open() {
        WardStay stay = over ? null : waiting.poll();
        if (stay == null) {
            if (running == 0 && !over) {
                note();
            }
            return;
        }
        running++;
        station.patient(session, stay.cell(), Request.Purpose.CARE, outcome -> {
            running--;
            switch (outcome) {
                case Outcome.Done<PatientFolder>(PatientFolder folder) -> take(stay, folder);
                case Outcome.Refused<PatientFolder>(Refusal refusal) -> {
                    unopened++;
                    // Over the others counts what passes: it is waited for.
                    if (last == null || !WardCopying.isPassing(last)) {
                        last = refusal;
                    }
                }
            }
            // What is open answers at once: through the loop, so that others come between and no stack grows.
            setting.loop().run(this::open);
        });
    }

    private void take(WardStay stay, PatientFolder folder) {
        folders.put(stay.patient(), folder.resources());
        for (ResourceVersion one : folder.resources()) {
            bytes += one.json().size();
        }
        if (bytes > BadgeSeal.CONTENT_BYTES_MAX) {
            end(Outcome.refused(Code.TOO_LARGE, "the records of this ward are larger than a copy holds"));
        }
    }

    private void note() {
        // A copy that lacks somebody would push out one that has them, so what passes is waited for.
        boolean lacking = last != null && (folders.isEmpty() || WardCopying.isPassing(last));
        if (last != null && lacking) {
            end(Outcome.refused(last));
            return;
        }
        List<CellId> cells =
                folders.keySet().stream().map(ResourceId::cell).sorted().toList();
        station.printing()
                .note(session, LedgerLine.Act.EXPORTED, cells, WardCopyFile.badge(copying.badge()), outcome -> {
                    switch (outcome) {
                        case Outcome.Refused<Boolean>(Refusal refusal) -> end(Outcome.refused(refusal));
                        case Outcome.Done<Boolean> written -> seal();
                    }
                });
    }

    private void seal() {
        if (over) {
            return;
        }
        WardCopy copy = new WardCopy(hospital, dataAt, board, places, folders);
        WallTime at = setting.loop().wallTime();
        int lacking = unopened;
        setting.workbench().run(() -> {
            Outcome<Made> outcome = WardCopyFile.seal(copy, at, copying.badge(), setting.badge(), setting.entropy())
                    .then(file -> written(file, new Made(at, lacking)));
            setting.loop().run(() -> end(outcome));
        });
    }

    private Outcome<Made> written(WardCopyFile file, Made made) {
        try {
            copies.keep(file);
            return Outcome.done(made);
        } catch (UncheckedIOException refused) {
            // The last copies are there still, and a station that can read goes on.
            return Outcome.refused(Code.DISK_FULL, "the disk of this station does not take the copy");
        }
    }
}
