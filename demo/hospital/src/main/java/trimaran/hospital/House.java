package trimaran.hospital;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The wards, rooms and beds a hospital of some size has: the 25 kinds of ward in proportion, in a small house the first of them. */
final class House {

    /** Beds for one more ward, so that none is a ward of two beds. */
    private static final int BEDS_A_WARD = 7;

    private static final int WARDS_MIN = 3;

    /** Of three rooms of a ward with shared rooms one is single. */
    private static final int SINGLE_EVERY = 3;

    private final List<Ward> wards;

    House(int beds) {
        int count = Math.clamp(beds / BEDS_A_WARD, WARDS_MIN, WardKind.ALL.size());
        List<WardKind> kinds = WardKind.ALL.subList(0, count);
        int[] sizes = shares(kinds, beds);
        List<Ward> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            made.add(new Ward(kinds.get(i), beds(kinds.get(i), sizes[i])));
        }
        wards = List.copyOf(made);
    }

    List<Ward> wards() {
        return wards;
    }

    /** Beds of each ward, in proportion, what is left over to those who came off worst. */
    private static int[] shares(List<WardKind> kinds, int beds) {
        int whole = kinds.stream().mapToInt(WardKind::beds).sum();
        int[] sizes = new int[kinds.size()];
        int given = 0;
        List<Integer> byLoss = new ArrayList<>();
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = kinds.get(i).beds() * beds / whole;
            given += sizes[i];
            byLoss.add(i);
        }
        byLoss.sort(Comparator.comparingInt((Integer i) -> -(kinds.get(i).beds() * beds % whole)));
        for (int i = 0; i < beds - given; i++) {
            sizes[byLoss.get(i)]++;
        }
        return sizes;
    }

    private static List<Bed> beds(WardKind kind, int count) {
        List<Bed> beds = new ArrayList<>();
        for (int number = 1; beds.size() < count; number++) {
            String room = String.valueOf(kind.level() * 100 + number);
            String code = kind.code() + "-" + room;
            boolean single = kind.singles() || number % SINGLE_EVERY == 1 || beds.size() == count - 1;
            if (single) {
                beds.add(new Bed(code, room, room));
            } else {
                beds.add(new Bed(code + "P", room, room + " porte"));
                beds.add(new Bed(code + "F", room, room + " fenêtre"));
            }
        }
        return beds;
    }
}
