package trimaran.drills;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A drill against a hospital that lacks the defence it aims at. It must do the harm that comes of the lack: a drill that passes without
 * the defence shows nothing of it, and another harm of the same kind does not, either.
 *
 * @param drill of {@link Catalogue}
 * @param defence what is missing, as a sentence
 * @param holes where it was
 * @param rooms whose programs lack it; empty for all of the hospital's
 * @param harm what must come of it
 */
record Unguarded(String drill, String defence, List<Hole> holes, List<String> rooms, Harm harm) {

    private static final String PREFIX = "unguarded-";

    /** By families of drills: what one of a family shows holds for those that differ by the party alone. */
    static List<Unguarded> all() {
        return Stream.of(RecordHoles.all(), CareHoles.all())
                .flatMap(List::stream)
                .toList();
    }

    static Optional<Unguarded> named(String name) {
        return all().stream().filter(one -> one.drill.equals(name)).findFirst();
    }

    static Optional<Unguarded> of(Drill drill) {
        return named(drill.name().substring(PREFIX.length()));
    }

    /** The same attack, of which harm is expected. */
    Drill withoutDefence() {
        Drill guarded = Catalogue.named(drill).orElseThrow();
        return Drill.harmful(
                PREFIX + drill,
                guarded.numbers(),
                guarded.holds(),
                "harm, since nothing of this: " + defence,
                harm,
                guarded.attack());
    }
}
