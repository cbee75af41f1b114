package trimaran.station;

import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import trimaran.model.JsonTree;

/**
 * Makes the sealed copies of this station's wards, each again before it is five minutes old (DESIGN §11), in the name of the
 * station's own session: what is released to it stays open for twelve hours, so a copy costs a look and one line in the ledgers.
 * The line comes first, and without it there is no copy. One ward after the other; encoding, sealing and writing are done on the
 * workbench.
 */
public final class WardCopying {

    /** How old a copy may become (DESIGN §11): the next is begun so much earlier as what could not be made is tried again. */
    public static final long COPY_MILLIS = 300_000;

    /** How soon what could not be made is tried again, and how near to its time a copy may be made with the others. */
    static final long AGAIN_MILLIS = 15_000;

    /** A ward whose making has not come to an end by then is given up: an answer was lost. */
    static final long WARD_MILLIS = 600_000;

    /** Patients opened side by side: enough to hide the lines, few enough to leave the tiers to who waits at a screen. */
    private static final int OPENED_AT_ONCE = 4;

    /** What is known of one ward's copy. */
    private record Kept(String name, Optional<WallTime> made, int unopened, Optional<Refusal> why, long dueNanos) {}

    private final Station station;
    private final StationSetting setting;
    private final WardCopySetting copying;
    private final WardCopies copies;
    private final Map<ResourceId, Kept> kept = new LinkedHashMap<>();
    private volatile WardCopyState state = new WardCopyState(List.of(), Optional.empty());

    public WardCopying(Station station, WardCopySetting copying) {
        this.station = station;
        this.setting = station.setting();
        this.copying = copying;
        this.copies = new WardCopies(setting.disk());
    }

    /** Begins; on the loop, once. */
    public void start() {
        copies.all()
                .forEach(place -> kept.putIfAbsent(
                        place.ward(), new Kept("", Optional.of(place.made()), 0, Optional.empty(), now())));
        publish(Optional.empty());
        setting.loop().after(AGAIN_MILLIS, this::look);
    }

    /** How the copies stand. From any thread. */
    public WardCopyState state() {
        return state;
    }

    private long now() {
        return setting.loop().monotonicNanos();
    }

    private void publish(Optional<Refusal> why) {
        Optional<Code> before = state.why().map(Refusal::code);
        if (why.isPresent() && !before.equals(why.map(Refusal::code))) {
            setting.events().accept(new StationEvent.WardCopyRefused(why.get().code()));
        }
        List<WardCopyState.Ward> wards = new ArrayList<>();
        kept.forEach((id, ward) ->
                wards.add(new WardCopyState.Ward(id, ward.name(), ward.made(), ward.unopened(), ward.why())));
        state = new WardCopyState(wards, why);
    }

    // ---- a round

    private void look() {
        Optional<OwnSession> session = station.service();
        if (session.isEmpty()) {
            none(Refusal.of(Code.UNAVAILABLE, "two tiers are needed to open the station's own session"));
            return;
        }
        OwnSession own = session.get();
        station.boards().all(own, outcome -> {
            switch (outcome) {
                case Outcome.Refused<List<WardBoard>>(Refusal refusal) -> none(refusal);
                case Outcome.Done<List<WardBoard>>(List<WardBoard> boards) -> {
                    List<WardBoard> chosen =
                            boards.stream().filter(this::isKept).toList();
                    if (chosen.size() > WardCopySetting.WARDS_MAX) {
                        none(Refusal.of(Code.TOO_LARGE, "this station would keep copies of more wards than it may"));
                        return;
                    }
                    hospital(own, boards, chosen);
                }
            }
        });
    }

    /** A ward that emptied is copied on, so that who left it leaves the disk, too. */
    private boolean isKept(WardBoard board) {
        return copying.wards().isEmpty()
                ? !board.present().isEmpty()
                        || !board.expected().isEmpty()
                        || board.unreadable() > 0
                        || kept.containsKey(board.ward().id())
                : copying.isWanted(board.ward());
    }

    private void hospital(OwnSession session, List<WardBoard> boards, List<WardBoard> chosen) {
        station.house(session, outcome -> {
            switch (outcome) {
                case Outcome.Refused<PatientFolder>(Refusal refusal) -> none(refusal);
                case Outcome.Done<PatientFolder>(PatientFolder house) -> {
                    long soon = now() + AGAIN_MILLIS * 1_000_000;
                    ArrayDeque<WardBoard> due = new ArrayDeque<>();
                    chosen.stream()
                            .filter(board -> !kept.containsKey(board.ward().id())
                                    || kept.get(board.ward().id()).dueNanos() - soon <= 0)
                            .forEach(due::add);
                    publish(Optional.empty());
                    next(
                            session,
                            name(house),
                            boards.stream().map(WardBoard::ward).toList(),
                            due);
                }
            }
        });
    }

    /** What the house calls itself: the organisation no other stands above. */
    public static String name(PatientFolder house) {
        return house.resources().stream()
                .filter(one -> one.type().equals("Organization"))
                .sorted(Comparator.comparing(ResourceVersion::id))
                .flatMap(one -> JsonTree.glimpse(one.json()).stream())
                .filter(json -> !json.containsKey("partOf"))
                .map(json -> JsonTree.text(json, "name"))
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse("");
    }

    private void none(Refusal why) {
        publish(Optional.of(why));
        setting.loop().after(AGAIN_MILLIS, this::look);
    }

    private void next(OwnSession session, String hospital, List<WardPlace> places, ArrayDeque<WardBoard> due) {
        WardBoard board = due.poll();
        if (board == null) {
            long first = kept.values().stream()
                    .mapToLong(ward -> (ward.dueNanos() - now()) / 1_000_000)
                    .min()
                    .orElse(COPY_MILLIS);
            setting.loop().after(Math.clamp(first, AGAIN_MILLIS, COPY_MILLIS), this::look);
            return;
        }
        Making one = new Making(session, hospital, places, board, outcome -> {
            made(board, outcome);
            // A turn of the loop for everybody else.
            setting.loop().run(() -> next(session, hospital, places, due));
        });
        one.begin();
    }

    /** The station's own session is followed by the next. */
    private static boolean isPassing(Refusal refusal) {
        return Approvals.isPassing(refusal.code()) || refusal.code() == Code.SESSION_ENDED;
    }

    /** Copies one ward now. On the loop. */
    void copy(OwnSession session, WardBoard board, Consumer<Outcome<Boolean>> then) {
        new Making(session, "", List.of(board.ward()), board, outcome -> then.accept(outcome.map(made -> true)))
                .begin();
    }

    private record Made(WallTime at, int unopened) {}

    private void made(WardBoard board, Outcome<Made> outcome) {
        ResourceId id = board.ward().id();
        String name = board.ward().name();
        switch (outcome) {
            case Outcome.Done<Made>(Made done) ->
                kept.put(
                        id,
                        new Kept(
                                name,
                                Optional.of(done.at()),
                                done.unopened(),
                                Optional.empty(),
                                now() + (COPY_MILLIS - AGAIN_MILLIS) * 1_000_000));
            case Outcome.Refused<Made>(Refusal refusal) -> {
                Kept before = kept.get(id);
                boolean told =
                        before != null && before.why().filter(refusal::equals).isPresent();
                if (!told) {
                    setting.events().accept(new StationEvent.WardCopyRefused(refusal.code()));
                }
                // What passes is tried again soon; what does not, as over a budget, is not made worse by asking.
                long wait = isPassing(refusal) ? AGAIN_MILLIS : COPY_MILLIS;
                kept.put(
                        id,
                        new Kept(
                                name,
                                before == null ? Optional.empty() : before.made(),
                                before == null ? 0 : before.unopened(),
                                Optional.of(refusal),
                                now() + wait * 1_000_000));
            }
        }
        publish(Optional.empty());
    }

    // ---- one ward

    /** Opens who is there, has the tiers write it down, seals, writes. */
    private final class Making {
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
        private @Nullable Refusal last;
        private boolean over;
        private final Loop.Timer late;

        Making(
                OwnSession session,
                String hospital,
                List<WardPlace> places,
                WardBoard board,
                Consumer<Outcome<Made>> then) {
            this.session = session;
            this.hospital = hospital;
            this.places = places;
            this.board = board;
            this.then = then;
            this.dataAt = setting.loop().wallTime().plusMillis(-Math.max(0, station.ageMillis()));
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
                    case Outcome.Done<PatientFolder>(PatientFolder folder) ->
                        folders.put(stay.patient(), folder.resources());
                    case Outcome.Refused<PatientFolder>(Refusal refusal) -> {
                        unopened++;
                        last = refusal;
                    }
                }
                // What is open answers at once: through the loop, so that others come between and no stack grows.
                setting.loop().run(this::open);
            });
        }

        private void note() {
            // A copy that lacks somebody would push out one that has them, so what passes is waited for.
            boolean lacking = last != null && (folders.isEmpty() || isPassing(last));
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
}
