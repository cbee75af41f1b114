package trimaran.hospital;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who is present, expected, and left in the last days, ward by ward. */
final class Roster {

    /** Percent of a ward's beds for which somebody is expected within a week. */
    private static final int EXPECTED_PERCENT = 6;

    /** Percent of a ward's beds that somebody left within the last three days. */
    private static final int LEFT_PERCENT = 12;

    private static final int FROM_EMERGENCY_PERCENT = 30;
    private static final int LEAVES_SOON_PERCENT = 12;

    /** Every fourth ward has two patients who are easily taken for one another. */
    private static final int HOMONYMS_EVERY = 4;

    private final Setting setting;
    private final Moments moments;
    private final People people;
    private final List<Ward> wards;
    private final Optional<Ward> emergency;
    private final List<Resident> residents = new ArrayList<>();
    private final Set<Bed> taken = new HashSet<>();
    private int numbers;

    Roster(Setting setting, House house) {
        this.setting = setting;
        this.moments = new Moments(setting.now());
        this.people = new People(setting);
        this.wards = house.wards();
        this.emergency = wards.stream()
                .filter(ward -> ward.kind().care() == Care.EMERGENCY)
                .findFirst();
        for (int i = 0; i < wards.size(); i++) {
            present(wards.get(i), i % HOMONYMS_EVERY == 0);
        }
        wards.forEach(this::unplaced);
        wards.forEach(this::expected);
        wards.forEach(this::left);
    }

    /** Everybody, in the order of their numbers. */
    List<Resident> residents() {
        return residents;
    }

    List<Resident> of(Ward ward) {
        return residents.stream().filter(one -> one.ward().equals(ward)).toList();
    }

    boolean isTaken(Bed bed) {
        return taken.contains(bed);
    }

    private void present(Ward ward, boolean homonyms) {
        Chance chance =
                Chance.of(setting.seed(), "ward " + ward.code(), ward.beds().size());
        int occupied = Math.round(ward.beds().size() * ward.kind().occupied() / 100f);
        List<Bed> free = new ArrayList<>(ward.beds());
        while (free.size() > ward.beds().size() - occupied) {
            taken.add(free.remove(chance.below(free.size())));
        }
        List<Resident> here = new ArrayList<>();
        for (Bed bed : ward.beds()) {
            if (taken.contains(bed)) {
                here.add(present(ward, Optional.of(bed), false));
            }
        }
        if (homonyms && here.size() > 3) {
            Resident first = here.get(1);
            Resident second = here.get(2);
            here.set(1, first.with(People.homonym(first.person())));
            here.set(2, second.with(People.likeNamed(second.person(), first.person())));
        }
        residents.addAll(here);
    }

    private Resident present(Ward ward, Optional<Bed> bed, boolean unknown) {
        int number = ++numbers;
        Chance chance = Chance.of(setting.seed(), "stay", number);
        LocalDateTime begin = moments.at(
                -chance.between(1, Math.max(1, ward.kind().stayDays())), chance.between(7, 23), chance.below(60));
        Optional<LocalDateTime> end = chance.percent(LEAVES_SOON_PERCENT) && !unknown
                ? Optional.of(moments.at(chance.below(2), chance.between(11, 17), 0))
                : Optional.empty();
        return resident(number, Presence.PRESENT, ward, bed, unknown, begin, end, chance);
    }

    /** Who came in the night and has no bed yet; one of them nobody knows. */
    private void unplaced(Ward ward) {
        boolean first = ward.equals(wards.getFirst());
        boolean receives = emergency.isPresent() ? ward.equals(emergency.get()) : first;
        if (receives) {
            residents.add(present(ward, Optional.empty(), true));
        }
        if (first || receives) {
            residents.add(present(ward, Optional.empty(), false));
        }
    }

    private void expected(Ward ward) {
        // In hundredths, so that small wards together expect as many as a large one.
        int hundredths = ward.beds().size() * EXPECTED_PERCENT;
        boolean more =
                Chance.of(setting.seed(), "arrivals " + ward.code(), hundredths).percent(hundredths % 100);
        int count = hundredths / 100 + (more || ward.equals(wards.getFirst()) ? 1 : 0);
        List<Bed> free =
                ward.beds().stream().filter(bed -> !taken.contains(bed)).toList();
        for (int i = 0; i < count; i++) {
            int number = ++numbers;
            Chance chance = Chance.of(setting.seed(), "expected", number);
            int from = setting.now().getHour() + 1;
            boolean today = chance.percent(45) && from <= 18;
            LocalDateTime begin = today
                    ? moments.at(0, chance.between(from, 18), 0)
                    : moments.at(chance.between(1, 6), chance.between(8, 17), 0);
            Optional<Bed> bed = i < free.size() && chance.percent(40) ? Optional.of(free.get(i)) : Optional.empty();
            residents.add(resident(number, Presence.EXPECTED, ward, bed, false, begin, Optional.empty(), chance));
        }
    }

    private void left(Ward ward) {
        int count = ward.beds().size() * LEFT_PERCENT / 100 + 1;
        for (int i = 0; i < count; i++) {
            int number = ++numbers;
            Chance chance = Chance.of(setting.seed(), "left", number);
            int ago = chance.between(1, 3);
            LocalDateTime begin =
                    moments.at(-ago - chance.between(1, Math.max(1, ward.kind().stayDays())), chance.between(8, 20), 0);
            LocalDateTime end = moments.at(-ago, chance.between(10, 17), chance.below(60));
            Optional<Bed> bed = Optional.of(chance.pick(ward.beds()));
            residents.add(resident(number, Presence.LEFT, ward, bed, false, begin, Optional.of(end), chance));
        }
    }

    private Resident resident(
            int number,
            Presence presence,
            Ward ward,
            Optional<Bed> bed,
            boolean unknown,
            LocalDateTime begin,
            Optional<LocalDateTime> end,
            Chance chance) {
        Person person = unknown ? people.unknown(number) : people.of(number, ward.kind());
        Reason reason = chance.pick(OtherReasons.of(ward.kind().care(), person.sex()));
        int years = person.years(moments.day());
        Build build = Build.of(chance, person.sex(), person.days(moments.day()));
        boolean fromEmergency = presence == Presence.PRESENT
                && moments.hasCome(begin.plusHours(StayPages.EMERGENCY_HOURS))
                && years >= 18
                && emergency.filter(other -> !other.equals(ward)).isPresent()
                && chance.percent(FROM_EMERGENCY_PERCENT);
        List<Problem> problems = unknown ? List.of() : Problem.drawn(chance, years);
        // Nobody comes before they are born.
        LocalDateTime began = person.born()
                .map(born -> born.atTime(22, 0))
                .filter(born -> born.isAfter(begin))
                .orElse(begin);
        return new Resident(
                number,
                presence,
                ward,
                bed,
                fromEmergency ? emergency : Optional.empty(),
                person,
                reason,
                problems,
                began,
                end.filter(ended -> ended.isAfter(began))
                        .or(() -> presence == Presence.LEFT ? Optional.of(began.plusHours(2)) : Optional.empty()),
                build.kilograms(),
                build.centimetres());
    }
}
