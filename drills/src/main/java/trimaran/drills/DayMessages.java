package trimaran.drills;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import trimaran.drills.DayPeople.Move;
import trimaran.drills.DayPeople.Person;
import trimaran.drills.DayPeople.Stay;
import trimaran.drills.DayPlaces.Bed;

/**
 * A day of a hospital as its admission system, laboratory and document server tell it over HL7 v2: ADT after IHE PAM France 2.11,
 * results and documents, with corrections, cancels, merges, some messages told twice and some at fault. The same seed and
 * number give the same bytes.
 */
final class DayMessages {

    private static final LocalDateTime MORNING = LocalDateTime.of(2026, 11, 26, 0, 0);
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");
    private static final int DAY_SECONDS = 86_400;

    /** A hospital is nearly full: beyond this more leave than come. */
    private static final int OCCUPIED_PERCENT = 88;

    private final Random random;
    private final DayPeople people;
    private final List<Bed> beds;
    private final List<String> told = new ArrayList<>();
    private long now;
    private int next;
    private int moves;
    private int orders;

    private DayMessages(long seed, DayPlaces places) {
        this.random = new Random(seed);
        this.people = new DayPeople(random);
        this.beds = places.beds();
    }

    static List<String> of(long seed, DayPlaces places, int count) {
        DayMessages day = new DayMessages(seed, places);
        while (day.told.size() < count) {
            day.now = (long) day.told.size() * DAY_SECONDS / count;
            day.step();
        }
        return List.copyOf(day.told);
    }

    private void step() {
        int roll = random.nextInt(1_000);
        boolean full = people.present().size() * 100 > beds.size() * OCCUPIED_PERCENT;
        if (people.present().size() < 3) {
            admit();
        } else if (roll < 400) {
            result(present(), roll < 380);
        } else if (roll < 460) {
            document(present());
        } else if (roll < 580) {
            identity("A31", known());
        } else if (roll < 610) {
            identity("A28", people.born());
        } else if (roll < 740) {
            if (full) {
                discharge(present());
            } else {
                admit();
            }
        } else if (roll < 760) {
            expect();
        } else if (roll < 850) {
            move(present(), "A02", now, "N");
        } else if (roll < 890) {
            discharge(present());
        } else {
            rarely(roll);
        }
    }

    private void rarely(int roll) {
        if (roll < 915) {
            takeBack("A12", "A02");
        } else if (roll < 925) {
            takeBackDischarge();
        } else if (roll < 930) {
            takeBack("A11", "A01");
        } else if (roll < 955) {
            correct();
        } else if (roll < 965) {
            forgotten();
        } else if (roll < 970) {
            merge();
        } else if (roll < 990) {
            told.add(told.get(told.size() - 1 - random.nextInt(Math.min(told.size(), 200))));
        } else {
            fault(present());
        }
    }

    private Person present() {
        return pick(people.present());
    }

    private Person known() {
        return pick(people.known());
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    // ---- what happens

    private void admit() {
        Person person = random.nextInt(5) == 0 && !people.known().isEmpty() ? known() : people.born();
        if (person.isPresent()) {
            person = people.born();
        }
        boolean expected = !person.stays.isEmpty()
                && !person.last().over
                && !person.last().moves.isEmpty();
        Stay stay = expected ? person.last() : people.stay(person);
        insert(person, stay, random.nextInt(6) == 0 ? "A04" : "A01", now, pick(beds), "N");
        stay.present = true;
    }

    private void expect() {
        Person person = people.born();
        insert(person, people.stay(person), "A05", now + 3_600, pick(beds), "N");
    }

    private void move(Person person, String event, long at, String historic) {
        insert(person, person.last(), event, at, pick(beds), historic);
    }

    private void discharge(Person person) {
        Stay stay = person.last();
        insert(person, stay, "A03", now, stay.moves.getLast().bed, "N");
        stay.present = false;
        stay.over = true;
    }

    private void insert(Person person, Stay stay, String event, long second, Bed bed, String historic) {
        Move move = new Move("M" + ++moves, event, stay.free(second), bed);
        stay.moves.add(move);
        say(movement(event, person, stay, move, "INSERT", historic, ""));
    }

    /** Undoes the last movement of a kind that still counts. */
    private void takeBack(String event, String original) {
        Person person = present();
        Stay stay = person.last();
        for (Move move : stay.moves.reversed()) {
            if (move.event.equals(original) && !move.cancelled) {
                move.cancelled = true;
                say(movement(event, person, stay, move, "CANCEL", "N", original));
                if (event.equals("A11")) {
                    stay.moves.forEach(one -> cancelAfter(person, stay, one));
                    stay.present = false;
                    stay.over = true;
                }
                return;
            }
        }
        result(person, true);
    }

    /** An admission that never was leaves no transfers behind. */
    private void cancelAfter(Person person, Stay stay, Move move) {
        if (!move.cancelled && move.event.equals("A02")) {
            move.cancelled = true;
            say(movement("A12", person, stay, move, "CANCEL", "Y", "A02"));
        }
    }

    private void takeBackDischarge() {
        for (Person person : people.known()) {
            Stay stay = person.stays.isEmpty() ? null : person.last();
            if (stay != null && stay.over && !stay.present && random.nextInt(4) == 0) {
                Move last = stay.moves.getLast();
                if (last.event.equals("A03") && !last.cancelled) {
                    last.cancelled = true;
                    stay.present = true;
                    stay.over = false;
                    say(movement("A13", person, stay, last, "CANCEL", "N", "A03"));
                    return;
                }
            }
        }
        result(present(), true);
    }

    /** Z99: another bed, or another time between its neighbours, for a movement told before. */
    private void correct() {
        Person person = present();
        Stay stay = person.last();
        Move move = pick(stay.moves);
        if (move.cancelled || move.event.equals("A03") || move.event.equals("A05")) {
            result(person, true);
            return;
        }
        if (random.nextBoolean()) {
            move.bed = pick(beds);
        } else {
            move.at = stay.free(move.at + 1 + random.nextInt(60));
        }
        say(movement("Z99", person, stay, move, "UPDATE", "Y", move.event));
    }

    /** A transfer that was forgotten is told later. */
    private void forgotten() {
        Person person = present();
        Move first = person.last().moves.getFirst();
        long between = first.at + Math.max(1, (now - first.at) / 2);
        move(person, "A02", between, "Y");
    }

    private void merge() {
        Person survivor = known();
        Person gone = known();
        if (survivor == gone || gone.isPresent()) {
            result(present(), true);
            return;
        }
        gone.merged = true;
        say(List.of(msh("ADT^A40^ADT_A39", "GAM"), evn(), pid(survivor), "MRG|" + number(gone)));
    }

    private void identity(String event, Person person) {
        person.addresses++;
        say(List.of(msh("ADT^" + event + "^ADT_A05", "GAM"), evn(), pid(person), "PV1||N"));
    }

    /** @param known whether its patient is */
    private void result(Person person, boolean known) {
        int order = ++orders;
        String who = known
                ? pid(person)
                : pid(person).replace(person.number, "X" + order).replace(person.family, "Inconnu");
        say(List.of(
                msh("ORU^R01^ORU_R01", "LABO"),
                who,
                known ? pv1(person.last(), person.last().moves.getLast().bed) : "PV1||N",
                "OBR|1||R" + order + "^LABO|IONO^Ionogramme^L|||" + stamp(now) + "|||||||||||||||" + stamp(now)
                        + "||LAB|F",
                "OBX|1|NM|2823-3^Potassium^LN||" + (30 + random.nextInt(30)) / 10.0 + "|mmol/L^^UCUM|3.5 - 5.1||||F|||"
                        + stamp(now),
                "OBX|2|NM|2951-2^Sodium^LN||" + (130 + random.nextInt(20)) + "|mmol/L^^UCUM|136 - 145||||F|||"
                        + stamp(now)));
    }

    private void document(Person person) {
        say(List.of(
                msh("MDM^T02^MDM_T02", "DOCS"),
                evn(),
                pid(person),
                pv1(person.last(), person.last().moves.getLast().bed),
                "TXA|1|CR|TX|" + stamp(now) + "||||||||D" + ++orders + "^DOCS|||||AU",
                "OBX|1|TX|11488-4^Compte rendu^LN||Patient vu ce jour, évolution favorable.||||||F"));
    }

    /** What no receiver can take. */
    private void fault(Person person) {
        Move move = new Move("M" + ++moves, "A02", now, pick(beds));
        List<String> good = movement("A02", person, person.last(), move, "INSERT", "N", "");
        say(
                switch (random.nextInt(4)) {
                    case 0 -> replaced(good, "||INSERT|", "||AJOUT|");
                    case 1 -> replaced(good, "ADT^A02", "ADT^A99");
                    case 2 -> replaced(good, number(person), "");
                    default -> replaced(good, "ZBE|" + move.id, "ZBE|");
                });
    }

    private static List<String> replaced(List<String> segments, String old, String now) {
        return segments.stream().map(one -> one.replace(old, now)).toList();
    }

    // ---- how it is told

    private List<String> movement(
            String event, Person person, Stay stay, Move move, String action, String historic, String original) {
        return List.of(
                msh("ADT^" + event + "^ADT_A01", "GAM"),
                evn(),
                pid(person),
                pv1(stay, move.bed),
                "ZBE|" + move.id + "^GAM^1.2.250.1.999.3^ISO|" + stamp(move.at) + "||" + action + "|" + historic + "|"
                        + original + "|^^^^^^UF^^^2101|^^^^^^UF^^^2102|HMS");
    }

    private String msh(String type, String sender) {
        return "MSH|^~\\&|" + sender + "|" + DayPlaces.FACILITY + "|TRIMARAN|" + DayPlaces.FACILITY + "|" + stamp(now)
                + "||" + type + "|" + sender.charAt(0) + ++next
                + "|P|2.5^FRA^2.11|||||FRA|UNICODE UTF-8|FR||2.11^IHE_FRANCE-2.11-PAM";
    }

    private String evn() {
        return "EVN||" + stamp(now);
    }

    private static String number(Person person) {
        return person.number + "^^^CHJOUR&1.2.250.1.999.1&ISO^PI";
    }

    private static String pid(Person person) {
        return "PID|||" + number(person) + "||" + person.family + "^" + person.given + "^^^^^L||" + person.birth + "|"
                + person.sex + "|||" + person.addresses
                + " rue du Moulin^^Triville^^99001^FRA^H||0102030405^PRN^PH|||||||||||||||||||PROV";
    }

    private static String pv1(Stay stay, Bed bed) {
        return "PV1||I|" + bed.told() + "||||80000000017^Arpège^Jeanne^^^^^^APP&1.2.250.1.71.4.2.1&ISO||||||||||||"
                + stay.visit + "^^^CHJOUR&1.2.250.1.999.2&ISO^VN";
    }

    private static String stamp(long second) {
        return STAMP.format(MORNING.plusSeconds(second));
    }

    private void say(List<String> segments) {
        told.add(String.join("\r", segments) + "\r");
    }
}
