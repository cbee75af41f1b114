package trimaran.proof;

import java.util.List;

/** The lists this room compares the house with. */
final class Resources {

    private Resources() {}

    /** The lines of a list, without those that are empty or a comment. */
    static List<String> lines(String name) {
        return House.text(House.root().resolve("proof/src/test/resources").resolve(name))
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }
}
