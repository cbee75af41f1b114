package trimaran.station;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trimaran.kernel.CellId;
import trimaran.kernel.Digest;

/**
 * What entries under way from this station lay claim to: cells they are about to open, and tokens nobody else may carry. Whoever wants
 * the same waits, or there would be two: while data is away nobody else compares, and what lies in the outbox no tier can find.
 */
final class Claims {

    /** Something only one entry may make. */
    sealed interface Claim permits Placing.Slot, Token, Draws {}

    /** A lookup token no other live resource may carry. */
    record Token(Digest value) implements Claim {}

    /** A later key of a cell, drawn by an entry that waits for application. */
    record Draws(CellId cell) implements Claim {}

    private final Map<Claim, List<Runnable>> pending = new HashMap<>();

    /** The first of these that is claimed. */
    Optional<Claim> taken(Set<? extends Claim> wanted) {
        return wanted.stream()
                .<Claim>map(claim -> claim)
                .filter(pending::containsKey)
                .findFirst();
    }

    /** Once the claim is settled. What is returned gives the waiting up, and with it all it holds. */
    Runnable whenSettled(Claim claim, Runnable then) {
        pending.computeIfAbsent(claim, none -> new ArrayList<>()).add(then);
        return () -> Optional.ofNullable(pending.get(claim)).ifPresent(waiting -> waiting.remove(then));
    }

    void begin(Set<? extends Claim> claims) {
        claims.forEach(claim -> pending.computeIfAbsent(claim, none -> new ArrayList<>()));
    }

    /** The entry is in the record, or will not be: whoever waited goes on. */
    void settle(Set<? extends Claim> claims) {
        List<Runnable> waiting = new ArrayList<>();
        for (Claim claim : claims) {
            List<Runnable> each = pending.remove(claim);
            if (each != null) {
                waiting.addAll(each);
            }
        }
        waiting.forEach(Runnable::run);
    }
}
