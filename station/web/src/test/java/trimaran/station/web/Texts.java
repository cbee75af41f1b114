package trimaran.station.web;

import java.util.Optional;
import trimaran.kernel.Outcome;
import trimaran.model.Resource;
import trimaran.model.StrictParser;

/** Resources of texts. */
final class Texts {

    private Texts() {}

    /** The resource these bytes are; empty if the strict check does not let them in. */
    static Optional<Resource> resource(byte[] json) {
        return StrictParser.parse(json) instanceof Outcome.Done<Resource>(Resource resource)
                ? Optional.of(resource)
                : Optional.empty();
    }
}
