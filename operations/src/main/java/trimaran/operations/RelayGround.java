package trimaran.operations;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import trimaran.kernel.Digest;
import trimaran.line.message.Ground;
import trimaran.line.message.Ground.Trait;
import trimaran.process.Configuration;

/**
 * What the spare relay stands on, as its people wrote it down in the home of whoever examines: a relay answers no console. One
 * {@code ground.host = esx-7} a line, in the words of the tiers' own {@code party.conf}.
 *
 * <p>Trust: whoever changes it hides that the relay stands beside a tier, and nothing else.
 */
final class RelayGround {

    static final String FILE = "relay.ground";

    /** A relay keeps nothing, so it has no backup; what its machine shows of itself nobody asks it for. */
    static final List<Trait> COMPARED = List.of(Trait.HOST, Trait.STORAGE, Trait.ADMINISTRATOR);

    private RelayGround() {}

    /**
     * @param home that may hold the file
     * @param origin the founding statement's id
     */
    static Ground read(Path home, Digest origin) throws RefusedException {
        Path file = home.resolve(FILE);
        if (!Files.exists(file)) {
            return Ground.UNKNOWN;
        }
        return RefusedException.orStop(Configuration.read(file, conf -> {
            Map<Trait, Long> marks = new EnumMap<>(Trait.class);
            for (Trait trait : COMPARED) {
                if (conf.has(trait.key())) {
                    marks.put(trait, Ground.mark(origin, trait, conf.text(trait.key())));
                }
            }
            return new Ground(marks);
        }));
    }
}
