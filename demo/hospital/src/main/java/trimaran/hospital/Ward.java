package trimaran.hospital;

import java.util.List;

/**
 * A ward of this house.
 *
 * @param beds in the order of their rooms
 */
record Ward(WardKind kind, List<Bed> beds) {

    Ward {
        beds = List.copyOf(beds);
    }

    /** What it is found by: the value of its identifier. */
    String code() {
        return kind.code();
    }

    String name() {
        return kind.name();
    }

    /** The rooms, in order. */
    List<String> rooms() {
        return beds.stream().map(Bed::room).distinct().toList();
    }
}
