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
import trimaran.kernel.Code;
import trimaran.kernel.Loop;
import trimaran.kernel.Outcome;
import trimaran.kernel.Refusal;
import trimaran.kernel.ResourceId;
import trimaran.kernel.WallTime;
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

    /** Boards and house that have not come by then are asked for anew: an answer was lost. */
    private static final long LOOK_MILLIS = 60_000;

    /** How often in a row a kept ward may be missing on the boards before its copies go. */
    static final int LOOKS_BEFORE_GONE = 3;

    /** What is known of one ward's copy. */
    private record Kept(String name, Optional<WallTime> made, int unopened, Optional<Refusal> why, long dueNanos) {}

    private final Station station;
    private final StationSetting setting;
    private final WardCopySetting copying;
    private final WardCopies copies;
    private final KeptWards told;
    private final Map<ResourceId, Kept> kept = new LinkedHashMap<>();
    /** Of wards that are kept and were not on the boards: how often in a row. */
    private final Map<ResourceId, Integer> absent = new HashMap<>();

    private int round;
    private volatile WardCopyState state = new WardCopyState(List.of(), Optional.empty());

    public WardCopying(Station station, WardCopySetting copying) {
        this.station = station;
        this.setting = station.setting();
        this.copying = copying;
        this.copies = new WardCopies(setting.disk());
        this.told = new KeptWards(setting);
    }

    /** Begins; on the loop, once. */
    public void start() {
        try {
            copies.all()
                    .forEach(place -> kept.putIfAbsent(
                            place.ward(), new Kept("", Optional.of(place.made()), 0, Optional.empty(), now())));
            publish(Optional.empty());
        } catch (UncheckedIOException unreadable) {
            // A station that can read goes on; the next copy says what its disk takes.
            publish(Optional.of(Refusal.of(Code.UNAVAILABLE, "the copies on this disk cannot be read")));
        }
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
        int mine = ++round;
        Loop.Timer late = setting.loop().after(LOOK_MILLIS, () -> {
            if (mine == round) {
                look();
            }
        });
        station.boards().all(own, outcome -> {
            if (mine != round) {
                return;
            }
            switch (outcome) {
                case Outcome.Refused<List<WardBoard>>(Refusal refusal) -> {
                    late.cancel();
                    none(refusal);
                }
                case Outcome.Done<List<WardBoard>>(List<WardBoard> boards) -> {
                    List<WardBoard> chosen =
                            boards.stream().filter(this::isKept).toList();
                    if (chosen.size() > WardCopySetting.WARDS_MAX) {
                        late.cancel();
                        none(Refusal.of(Code.TOO_LARGE, "this station would keep copies of more wards than it may"));
                        return;
                    }
                    hospital(own, boards, chosen, mine, late);
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

    private void hospital(
            OwnSession session, List<WardBoard> boards, List<WardBoard> chosen, int mine, Loop.Timer late) {
        WallTime readAt = setting.loop().wallTime();
        station.house(session, false, outcome -> {
            if (mine != round) {
                return;
            }
            late.cancel();
            switch (outcome) {
                case Outcome.Refused<PatientFolder>(Refusal refusal) -> none(refusal);
                case Outcome.Done<PatientFolder>(PatientFolder house) -> {
                    gone(chosen);
                    told.tell(chosen, station.boards()::cell);
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
                            due,
                            readAt);
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
        // What does not pass, as over a budget, is not made worse by asking.
        setting.loop().after(isPassing(why) ? AGAIN_MILLIS : COPY_MILLIS, this::look);
    }

    /** A ward that is none of this station's any more leaves its disk, once several looks have missed it. */
    private void gone(List<WardBoard> chosen) {
        Set<ResourceId> there = new HashSet<>();
        chosen.forEach(board -> there.add(board.ward().id()));
        absent.keySet().removeAll(there);
        for (ResourceId ward : List.copyOf(kept.keySet())) {
            if (!there.contains(ward) && missed(ward) >= LOOKS_BEFORE_GONE) {
                try {
                    copies.forget(ward);
                } catch (UncheckedIOException refused) {
                    // It is tried again at the next look; a station that can read goes on.
                    continue;
                }
                kept.remove(ward);
                absent.remove(ward);
            }
        }
    }

    private int missed(ResourceId ward) {
        int times = absent.getOrDefault(ward, 0) + 1;
        absent.put(ward, times);
        return times;
    }

    private void next(
            OwnSession session, String hospital, List<WardPlace> places, ArrayDeque<WardBoard> due, WallTime readAt) {
        WardBoard board = due.poll();
        if (board == null) {
            long first = kept.entrySet().stream()
                    .filter(ward -> !absent.containsKey(ward.getKey()))
                    .mapToLong(ward -> (ward.getValue().dueNanos() - now()) / 1_000_000)
                    .min()
                    .orElse(COPY_MILLIS);
            setting.loop().after(Math.clamp(first, AGAIN_MILLIS, COPY_MILLIS), this::look);
            return;
        }
        WardMaking one = new WardMaking(station, copying, copies, session, hospital, places, board, readAt, outcome -> {
            made(board, outcome);
            // A turn of the loop for everybody else.
            setting.loop().run(() -> next(session, hospital, places, due, readAt));
        });
        one.begin();
    }

    /** The station's own session is followed by the next. */
    static boolean isPassing(Refusal refusal) {
        return Approvals.isPassing(refusal.code()) || refusal.code() == Code.SESSION_ENDED;
    }

    /** Copies one ward now. On the loop. */
    void copy(OwnSession session, WardBoard board, Consumer<Outcome<Boolean>> then) {
        new WardMaking(
                        station,
                        copying,
                        copies,
                        session,
                        "",
                        List.of(board.ward()),
                        board,
                        setting.loop().wallTime(),
                        outcome -> then.accept(outcome.map(made -> true)))
                .begin();
    }

    private void made(WardBoard board, Outcome<WardMaking.Made> outcome) {
        ResourceId id = board.ward().id();
        String name = board.ward().name();
        switch (outcome) {
            case Outcome.Done<WardMaking.Made>(WardMaking.Made done) ->
                kept.put(
                        id,
                        new Kept(
                                name,
                                Optional.of(done.at()),
                                done.unopened(),
                                Optional.empty(),
                                now() + (COPY_MILLIS - AGAIN_MILLIS) * 1_000_000));
            case Outcome.Refused<WardMaking.Made>(Refusal refusal) -> {
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
}
