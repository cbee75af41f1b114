package trimaran.drills;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Invented people of a day and their stays, as whoever invents its messages remembers them. */
final class DayPeople {

    private static final List<String> FAMILIES = List.of(
            "Abricot", "Belombre", "Chantevent", "Doucemer", "Esclairmont", "Finistel", "Grandpluie", "Hautbois");
    private static final List<String> GIVEN =
            List.of("Anatole", "Blanche", "Céleste", "Désiré", "Éloi", "Flore", "Gaspard", "Hortense");

    /** A movement as it was told last. */
    static final class Move {
        final String id;
        final String event;
        long at;
        DayPlaces.Bed bed;
        boolean cancelled;

        Move(String id, String event, long at, DayPlaces.Bed bed) {
            this.id = id;
            this.event = event;
            this.at = at;
            this.bed = bed;
        }
    }

    /** One stay; no two of its movements are told of one second, so that their order is no matter of taste. */
    static final class Stay {
        final String visit;
        final List<Move> moves = new ArrayList<>();
        final Set<Long> seconds = new HashSet<>();
        boolean present;
        boolean over;

        Stay(String visit) {
            this.visit = visit;
        }

        long free(long second) {
            long at = second;
            while (!seconds.add(at)) {
                at++;
            }
            return at;
        }
    }

    /** Somebody. */
    static final class Person {
        final String number;
        final String family;
        final String given;
        final String birth;
        final String sex;
        final List<Stay> stays = new ArrayList<>();
        int addresses;
        boolean merged;

        Person(String number, String family, String given, String birth, String sex) {
            this.number = number;
            this.family = family;
            this.given = given;
            this.birth = birth;
            this.sex = sex;
        }

        Stay last() {
            return stays.getLast();
        }

        boolean isPresent() {
            return !stays.isEmpty() && last().present;
        }
    }

    private final Random random;
    private final List<Person> all = new ArrayList<>();
    private int visits;

    DayPeople(Random random) {
        this.random = random;
    }

    Person born() {
        int number = all.size() + 1;
        String family = FAMILIES.get(random.nextInt(FAMILIES.size()))
                + "-"
                + FAMILIES.get(random.nextInt(FAMILIES.size()))
                + " "
                + letters(number);
        Person person = new Person(
                String.format("J%06d", number),
                family,
                GIVEN.get(random.nextInt(GIVEN.size())),
                String.format("%d%02d%02d", 1930 + random.nextInt(85), 1 + random.nextInt(12), 1 + random.nextInt(28)),
                random.nextBoolean() ? "F" : "M");
        all.add(person);
        return person;
    }

    private static String letters(int number) {
        StringBuilder text = new StringBuilder();
        for (int rest = number; rest > 0; rest /= 26) {
            text.append((char) ('a' + rest % 26));
        }
        return text.toString();
    }

    Stay stay(Person person) {
        Stay stay = new Stay(String.format("V%06d", ++visits));
        person.stays.add(stay);
        return stay;
    }

    List<Person> present() {
        return all.stream().filter(one -> !one.merged && one.isPresent()).toList();
    }

    List<Person> known() {
        return all.stream().filter(one -> !one.merged).toList();
    }
}
