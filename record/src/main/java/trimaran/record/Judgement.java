package trimaran.record;

import java.util.List;
import java.util.Optional;
import trimaran.kernel.Refusal;

/**
 * What an entry counts for, why, and how its parts stand in their cells.
 *
 * @param reason why it is not simply valid; empty for a valid one
 * @param parts as in a {@link Place}: empty if the verdict is void
 */
public record Judgement(Verdict verdict, Optional<Refusal> reason, List<PlacedPart> parts) {

    public Judgement {
        parts = List.copyOf(parts);
    }
}
