package trimaran.record;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;

/** Who speaks for each party, epoch by epoch, and to which keys authors seal. */
final class Members {

    private final List<Map<Party, PartyKeys>> epochs = new ArrayList<>();
    private long generation;
    /** Until when what was sealed to the keys of a generation that is over is taken in. */
    private final Map<Long, RecordTime> lates = new HashMap<>();
    /** The epoch in force when each generation but the first was named. */
    private final Map<Long, Long> named = new HashMap<>();

    /** As entry 0 names them. */
    Members(List<PartyKeys> founding) {
        Map<Party, PartyKeys> first = new EnumMap<>(Party.class);
        for (PartyKeys keys : founding) {
            first.put(keys.party(), keys);
            generation = Math.max(generation, keys.party().isTier() ? keys.generation() : 0);
        }
        epochs.add(first);
    }

    void change(Statement.EpochChange change) {
        Map<Party, PartyKeys> next = new EnumMap<>(epochs.getLast());
        next.put(change.replaced(), change.keys());
        epochs.add(next);
    }

    void refresh(Statement.Refresh refresh) {
        Map<Party, PartyKeys> next = new EnumMap<>(epochs.getLast());
        for (Party tier : Party.TIERS) {
            next.computeIfPresent(tier, (party, keys) -> keys.sealedTo(refresh.sealingOf(tier), refresh.generation()));
        }
        lates.put(generation, refresh.late());
        generation = refresh.generation();
        named.put(generation, epoch());
        epochs.set(epochs.size() - 1, next);
    }

    long generation() {
        return generation;
    }

    /** What officers gave a tier that was made anew while a refresh was named is what authors seal to, whatever its number. */
    boolean isOver(Party party, long of, RecordTime time) {
        boolean inUse =
                at(party, epoch()).filter(keys -> keys.generation() == of).isPresent();
        return of < generation && !inUse && time.isAfter(lates.getOrDefault(of, RecordTime.ZERO));
    }

    long epochOf(long of) {
        return named.getOrDefault(of, 1L);
    }

    /** 1 at the founding. */
    long epoch() {
        return epochs.size();
    }

    Collection<PartyKeys> present() {
        return epochs.getLast().values();
    }

    Optional<PartyKeys> at(Party party, long epoch) {
        return epoch < 1 || epoch > epochs.size()
                ? Optional.empty()
                : Optional.ofNullable(epochs.get((int) epoch - 1).get(party));
    }

    /** Log keys of data, oldest first, the present one last. */
    List<Bytes> logs() {
        return epochs.stream()
                .map(keys -> keys.get(Party.DATA))
                .filter(Objects::nonNull)
                .map(PartyKeys::log)
                .distinct()
                .toList();
    }
}
