package trimaran.hospital;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Who works here: 3,000 for 700 beds, those of the wards in proportion to their beds. */
final class Staff {

    private static final int FOR_BEDS = 700;
    private static final int PEOPLE = 3_000;

    /** On every ward, so that every prescription has a prescriber and every dose somebody who gave it. */
    private static final List<String> ON_EVERY_WARD =
            List.of("ide", "ide", "ide", "as", "ph", "ph", "interne", "cadre");

    /**
     * One of them.
     *
     * @param number what the identifier ends in
     * @param ward the code of the ward; empty for who works for all
     */
    record Member(int number, String family, String given, Sex sex, Function function, String ward) {

        String identifier() {
            return String.format(Locale.ROOT, "P%05d", number);
        }

        /** As it is signed: {@code S. Okafor, infirmière}. */
        String shown() {
            return function.prefix().isEmpty()
                    ? given.charAt(0) + ". " + family + ", " + word()
                    : function.prefix() + " " + given.charAt(0) + ". " + family;
        }

        String word() {
            return sex == Sex.FEMALE ? function.woman() : function.man();
        }
    }

    private final List<Member> members = new ArrayList<>();
    private final Map<String, List<Member>> byPost = new HashMap<>();

    Staff(Setting setting, List<Ward> wards) {
        int people = Math.max(wards.size() * ON_EVERY_WARD.size(), setting.beds() * PEOPLE / FOR_BEDS);
        List<String> homes = homes(wards);
        for (Ward ward : wards) {
            for (String code : ON_EVERY_WARD) {
                add(setting.seed(), function(code), ward.code());
            }
        }
        Chance chance = Chance.of(setting.seed(), "posts", 0);
        while (members.size() < people) {
            Function function = drawn(chance);
            add(setting.seed(), function, function.onWard() ? chance.pick(homes) : "");
        }
    }

    private static List<String> homes(List<Ward> wards) {
        List<String> homes = new ArrayList<>();
        wards.forEach(ward -> ward.beds().forEach(bed -> homes.add(ward.code())));
        return homes;
    }

    private static Function function(String code) {
        return Function.ALL.stream()
                .filter(one -> one.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    private static Function drawn(Chance chance) {
        int drawn = chance.below(Function.ALL.stream().mapToInt(Function::share).sum());
        for (Function function : Function.ALL) {
            drawn -= function.share();
            if (drawn < 0) {
                return function;
            }
        }
        throw new IllegalStateException("shares that do not add up");
    }

    private void add(long seed, Function function, String ward) {
        int number = members.size() + 1;
        Chance chance = Chance.of(seed, "staff", number);
        Sex sex = chance.percent(74) ? Sex.FEMALE : Sex.MALE;
        Member member;
        if (chance.percent(12)) {
            Names.Elsewhere one = chance.pick(Names.ELSEWHERE);
            member = new Member(
                    number,
                    one.family(),
                    chance.pick(sex == Sex.FEMALE ? one.women() : one.men()),
                    sex,
                    function,
                    ward);
        } else {
            int years = chance.between(23, 66);
            member = new Member(
                    number, chance.pick(Names.FAMILIES), chance.pick(Names.given(sex, years)), sex, function, ward);
        }
        members.add(member);
        byPost.computeIfAbsent(function.code() + "@" + ward, none -> new ArrayList<>())
                .add(member);
    }

    List<Member> members() {
        return members;
    }

    /** Somebody of a ward with this function; the ward has at least one. */
    Member of(String function, Ward ward, Chance chance) {
        List<Member> those = byPost.get(function + "@" + ward.code());
        if (those == null) {
            throw new IllegalStateException("nobody is " + function + " in " + ward.code());
        }
        return chance.pick(those);
    }

    /**
     * A reference by identifier and shown name, which needs no lookup and stays true when somebody leaves (R4 references,
     * logical references).
     */
    static String reference(Member member) {
        return Fhir.object(
                Fhir.text("type", "Practitioner"),
                Fhir.raw("identifier", Fhir.identifier(Systems.STAFF, member.identifier())),
                Fhir.text("display", member.shown()));
    }
}
