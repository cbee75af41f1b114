package trimaran.hospital;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Draws patients who fit their ward. */
final class People {

    private static final int ELSEWHERE_PERCENT = 14;
    private static final int UNUSUAL_PERCENT = 4;

    /** Of women over thirty whose birth name is another. */
    private static final int MARRIED_PERCENT = 60;

    private final long seed;
    private final LocalDate day;

    People(Setting setting) {
        this.seed = setting.seed();
        this.day = setting.now().toLocalDate();
    }

    /** @param number of the patient in the whole hospital */
    Person of(int number, WardKind kind) {
        Chance chance = Chance.of(seed, "person", number);
        Sex sex = chance.percent(kind.women()) ? Sex.FEMALE : Sex.MALE;
        LocalDate born = day.minusDays(age(chance, kind));
        int years = born.until(day).getYears();
        List<String> given = new ArrayList<>();
        String birthFamily;
        if (chance.percent(ELSEWHERE_PERCENT)) {
            Names.Elsewhere one = chance.pick(Names.ELSEWHERE);
            birthFamily = one.family();
            given.add(chance.pick(sex == Sex.FEMALE ? one.women() : one.men()));
        } else {
            birthFamily = chance.pick(chance.percent(UNUSUAL_PERCENT) ? Names.UNUSUAL : Names.FAMILIES);
            given.add(chance.pick(Names.given(sex, years)));
        }
        String second = chance.pick(Names.given(sex, years));
        if (chance.percent(70) && !second.equals(given.getFirst())) {
            given.add(second);
        }
        boolean married = sex == Sex.FEMALE && years > 30 && chance.percent(MARRIED_PERCENT);
        String family = married ? chance.pick(Names.FAMILIES) : birthFamily;
        IdentityState state = state(chance);
        String ins = state.hasIns() ? Ins.of(sex, born, number) : "";
        return new Person(sex, Optional.of(born), birthFamily, family, given, state, false, ipp(number), ins);
    }

    /** Somebody who was brought in and cannot say who they are. */
    Person unknown(int number) {
        Sex sex = Chance.of(seed, "unknown", number).percent(30) ? Sex.FEMALE : Sex.MALE;
        return new Person(
                sex,
                Optional.empty(),
                "INCONNU",
                "INCONNU",
                List.of("X"),
                IdentityState.PROVISIONAL,
                false,
                ipp(number),
                "");
    }

    /** The same person with a name hardly to be told from another's. */
    static Person likeNamed(Person person, Person other) {
        return new Person(
                person.sex(),
                person.born(),
                person.birthFamily().equals(person.family()) ? other.family() : person.birthFamily(),
                other.family(),
                person.sex() == other.sex() ? other.given() : person.given(),
                person.state(),
                true,
                person.ipp(),
                person.ins());
    }

    static Person homonym(Person person) {
        return new Person(
                person.sex(),
                person.born(),
                person.birthFamily(),
                person.family(),
                person.given(),
                person.state(),
                true,
                person.ipp(),
                person.ins());
    }

    /** In days, most of them in the middle of the ward's ages. */
    private static int age(Chance chance, WardKind kind) {
        int to = kind.toYears() == 0 ? 27 : kind.toYears() * 365 + kind.toYears() / 4;
        int width = to - kind.fromDays();
        return kind.fromDays() + (chance.below(width + 1) + chance.below(width + 1)) / 2;
    }

    private static IdentityState state(Chance chance) {
        int drawn = chance.below(100);
        return drawn < 78
                ? IdentityState.QUALIFIED
                : drawn < 86 ? IdentityState.FETCHED : drawn < 94 ? IdentityState.VALIDATED : IdentityState.PROVISIONAL;
    }

    private static String ipp(int number) {
        return String.format(Locale.ROOT, "8%07d", 4_000_000 + number * 7L % 5_000_000);
    }
}
