package trimaran.station;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import trimaran.record.AuthorPart;

/**
 * What has no place yet in one round of bringing, so that none is placed before another that was written earlier into the same cell:
 * the later one would be placed in conflict, and the earlier above it.
 */
final class BuddyOrder {

    private final Set<Object> waiting = new HashSet<>();
    private final Set<Object> held = new HashSet<>();

    /** It is brought again later; {@code isHeld} if two tiers hold it, so that what follows may be held behind it. */
    void later(AuthorPart author, boolean isHeld) {
        Set<Object> ahead = isHeld ? held : waiting;
        author.parts().forEach(part -> ahead.add(part.cell()));
        ahead.addAll(Leaning.opened(author));
    }

    /** Whether something before it lies nowhere yet. */
    boolean isBehindWaiting(AuthorPart author) {
        return touched(author).stream().anyMatch(waiting::contains);
    }

    /** Whether something before it is only held. */
    boolean isBehindHeld(AuthorPart author) {
        return touched(author).stream().anyMatch(held::contains);
    }

    private static List<Object> touched(AuthorPart author) {
        List<Object> touched = new ArrayList<>(Leaning.grounds(author));
        touched.addAll(Leaning.opened(author));
        return touched;
    }
}
