package trimaran.drills;

import java.util.List;

/**
 * What an attack has to do. The kind alone would not show it: on a slow machine a promise of the same kind may be broken for another
 * reason than the one that is looked for.
 *
 * @param words a part of the sentence that is said where this promise is broken, and of no other
 */
record Harm(Breach.Kind kind, String words) {

    Harm {
        if (words.isBlank()) {
            throw new IllegalArgumentException("a harm is known by its words");
        }
    }

    boolean isAmong(List<Breach> breaches) {
        return breaches.stream().anyMatch(this::is);
    }

    private boolean is(Breach breach) {
        return breach.kind() == kind && breach.what().contains(words);
    }

    @Override
    public String toString() {
        return kind + " (\"" + words.strip() + "\")";
    }
}
