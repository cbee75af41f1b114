package trimaran.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import trimaran.kernel.Code;
import trimaran.process.FileDisk;

/**
 * The stations officers enrolled from this home since the founding, as far as a console knows the record: each one's card in
 * {@code card/stations}, called as the station is. Public.
 *
 * <p>Trust: whoever changes one has a cut of that station's name close another key, or nobody's; what stands in the record stays as
 * it was signed, and a station shows of a cut what that says.
 */
record FurtherStations(Home home) {

    /** How a station may be called: it names a file and the folder of what its buddy keeps, and is typed in a cut. */
    private static final String NAME = "[a-z][a-z0-9-]{0,31}";

    /** What is said of another one. */
    static final String NAMED =
            "a station is called by small letters, digits and dashes, a letter first, 32 at most; name it so";

    static boolean isName(String name) {
        return name.matches(NAME);
    }

    /** Their cards by their names; what else lies there, as a half-written file, is none. */
    Map<String, StationCard> cards() throws RefusedException {
        Map<String, StationCard> cards = new TreeMap<>();
        for (Path file : files()) {
            cards.put(String.valueOf(file.getFileName()), card(file));
        }
        return cards;
    }

    private List<Path> files() throws RefusedException {
        Path folder = home.stations();
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(file -> isName(String.valueOf(file.getFileName())))
                    .toList();
        } catch (IOException unreadable) {
            throw new RefusedException(
                    Code.HOME_DAMAGED, folder + " cannot be read; put it back from your copy of the home");
        }
    }

    private static StationCard card(Path file) throws RefusedException {
        try {
            return StationCard.read(file);
        } catch (RefusedException damaged) {
            throw new RefusedException(
                    Code.HOME_DAMAGED,
                    file + " is damaged; copy " + StationCard.FILE + " of that station's folder over it");
        }
    }

    /** Once all of it is in the record. */
    void keep(String name, StationCard card) throws IOException {
        FileDisk.in(Home.ownFolder(home.stations())).replace(name, card.encode());
    }
}
