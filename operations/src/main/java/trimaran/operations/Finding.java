package trimaran.operations;

import java.util.List;

/**
 * Something several parties have in common, or that nobody can say of them.
 *
 * @param weight how much of the promise it takes away
 * @param what a word for programs, as {@code machine}
 * @param parties whom it concerns, in the order of the parties
 * @param sentence what is so
 * @param consequence what happens by it when it matters
 */
record Finding(Weight weight, String what, List<String> parties, String sentence, String consequence) {

    enum Weight {
        /** Whoever takes one of these parties has two tiers. */
        GRAVE,
        /** One fault, or one hand, harms several parties at once. */
        WARNING,
        /** Nobody can say. */
        UNKNOWN
    }

    Finding {
        parties = List.copyOf(parties);
    }
}
