package trimaran.station;

import java.util.Set;
import java.util.stream.Collectors;
import trimaran.line.PeerId;
import trimaran.line.PinPolicy;
import trimaran.record.Registry;
import trimaran.record.Statement;

/**
 * Who may come to a station's own door: the stations of its hospital that are not cut. Which of them is spoken with is decided
 * there, so that the others hear why not. Before the registry was read it is nobody.
 */
public final class BuddyPins implements PinPolicy {

    private volatile Set<PeerId> enrolled = Set.of();

    @Override
    public boolean allows(PeerId peer) {
        return enrolled.contains(peer);
    }

    /** On the loop; true if it is somebody else now. */
    boolean publish(Registry registry) {
        Set<PeerId> now = registry.stations().stream()
                .map(Statement.StationEnrolment::line)
                .filter(line -> !registry.isCutByName(line))
                .map(PeerId::new)
                .collect(Collectors.toUnmodifiableSet());
        boolean changed = !now.equals(enrolled);
        enrolled = now;
        return changed;
    }
}
