package trimaran.station;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import trimaran.kernel.Code;
import trimaran.kernel.Loop;
import trimaran.kernel.Refusal;

/** The claims of one draft, until its entry has them or nothing comes of it. */
final class Claiming {

    private final Claims claims;
    private final Loop loop;
    private final Set<Claims.Claim> own = new LinkedHashSet<>();
    private OptionalLong untilNanos = OptionalLong.empty();

    Claiming(Claims claims, Loop loop) {
        this.claims = claims;
        this.loop = loop;
    }

    /** Claims all of these, or runs {@code again} once somebody else's claim to one of them is settled. */
    void claim(Set<? extends Claims.Claim> wanted, Runnable then, Runnable again) {
        Optional<Claims.Claim> taken = taken(wanted);
        if (taken.isPresent()) {
            claims.whenSettled(taken.get(), again);
        } else {
            begin(wanted, then);
        }
    }

    /**
     * The same, for what its author may send again and again while no hull answers: is the other's claim not settled in the time an
     * author waits, {@code late} hears why, and nothing of it is kept here.
     */
    void claimInTime(Set<? extends Claims.Claim> wanted, Runnable then, Runnable again, Consumer<Refusal> late) {
        Optional<Claims.Claim> taken = claims.taken(wanted);
        if (taken.isEmpty()) {
            begin(wanted, then);
            return;
        }
        if (untilNanos.isEmpty()) {
            untilNanos = OptionalLong.of(loop.monotonicNanos() + StationLimits.PATIENCE_MILLIS * 1_000_000);
        }
        long left = Math.max(0, (untilNanos.getAsLong() - loop.monotonicNanos()) / 1_000_000);
        wait(
                taken.get(),
                left,
                again,
                () -> late.accept(Refusal.of(
                        Code.UNAVAILABLE,
                        "the same is on its way from this station and waits for the hulls; ask again")));
    }

    /** The first of these that somebody else has. */
    Optional<Claims.Claim> taken(Set<? extends Claims.Claim> wanted) {
        Set<Claims.Claim> others = new LinkedHashSet<>(wanted);
        others.removeAll(own);
        return claims.taken(others);
    }

    /** Claims what of these nobody has. */
    void claimFree(Set<? extends Claims.Claim> wanted) {
        for (Claims.Claim one : wanted) {
            if (claims.taken(Set.of(one)).isEmpty()) {
                begin(Set.of(one), () -> {});
            }
        }
    }

    /** Once somebody else's claim is settled, or after a while: one of the two, once. */
    void wait(Claims.Claim taken, long millis, Runnable settled, Runnable late) {
        Runnable[] giveUp = {() -> {}};
        Loop.Timer timer = loop.after(millis, () -> {
            giveUp[0].run();
            late.run();
        });
        giveUp[0] = claims.whenSettled(taken, () -> {
            timer.cancel();
            settled.run();
        });
    }

    private void begin(Set<? extends Claims.Claim> wanted, Runnable then) {
        claims.begin(wanted);
        own.addAll(wanted);
        then.run();
    }

    /** The entry is in the outbox: whoever tells its fate settles these. */
    Set<Claims.Claim> handOver() {
        Set<Claims.Claim> all = Collections.unmodifiableSet(new LinkedHashSet<>(own));
        own.clear();
        return all;
    }

    /** Nothing is under way. */
    void settle() {
        claims.settle(handOver());
    }
}
