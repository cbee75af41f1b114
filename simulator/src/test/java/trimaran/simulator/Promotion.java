package trimaran.simulator;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import trimaran.keeper.Keeper;
import trimaran.kernel.Bytes;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.line.message.Request;

/**
 * Data is off and thought dead: two officers put another in its place, telling one party after the other, and the first comes back and
 * goes on placing and asking for signatures under the epoch that is over (DESIGN §10). One in a run at most.
 */
final class Promotion {

    private static final long NANOS = 1_000_000;
    private static final long SECOND = 2;
    private static final long RETRY_MILLIS = 300;
    private static final long CALL_MILLIS = 3_000;

    /** Looks at survivors that have not the same. */
    private static final int LOOKS_MAX = 60;

    private static final long ENDS_MILLIS = 60_000;

    /** For a station whose lines were down to hear of it. */
    private static final long HEARD_MILLIS = 15_000;

    /** What the first one tries once its cables are in again. */
    private static final long AT_LARGE_MILLIS = 3_000;

    private static final Set<Party> OTHERS = EnumSet.of(Party.ACCESS, Party.APPLICATION, Party.WITNESS);

    private final Hospital hospital;
    private final SplittableRandom random;
    private final Console console;
    private final Set<Party> agreed = EnumSet.noneOf(Party.class);
    private Optional<Seat> seat = Optional.empty();
    private boolean begun;
    private boolean early;
    private int looks;

    Promotion(Hospital hospital, SplittableRandom random, Console console) {
        this.hospital = hospital;
        this.random = random;
        this.console = console;
    }

    boolean isBegun() {
        return begun;
    }

    boolean isDone() {
        return agreed.equals(OTHERS) && hospital.former().isPresent();
    }

    void begin() {
        begun = true;
        hospital.oracle().liar(Party.DATA);
        hospital.loops().note("promotion");
        hospital.sink(Party.DATA);
        hospital.loops().after(random.nextInt(2_000) * NANOS, this::sign);
    }

    /**
     * Once both survivors have the same, know that they and the witness signed it, and say which generation of shares is in use; if that
     * does not come about, data is switched on again.
     */
    private void sign() {
        boolean up = hospital.isUp(Party.ACCESS) && hospital.isUp(Party.APPLICATION) && hospital.isUp(Party.WITNESS);
        if (!up || !isWhole()) {
            looks++;
            if (looks < LOOKS_MAX) {
                hospital.loops().after(RETRY_MILLIS * NANOS, this::sign);
            } else {
                begun = false;
                hospital.raise(Party.DATA);
            }
            return;
        }
        Seat next = Seat.successor(
                hospital.founded(),
                hospital.suites(),
                hospital.loops().entropy(),
                SECOND,
                generation(Party.ACCESS),
                new RecordTime(hospital.loops().trueTime().millis()));
        seat = Optional.of(next);
        early = random.nextInt(3) == 0;
        if (early) {
            start();
        }
        Bytes statement = next.given().orElseThrow().encode();
        OTHERS.forEach(other -> hospital.loops().after(random.nextInt(1_500) * NANOS, () -> tell(other, statement)));
    }

    private boolean isWhole() {
        Keeper access = hospital.tier(Party.ACCESS).keeper();
        Keeper application = hospital.tier(Party.APPLICATION).keeper();
        long size = access.copy().size();
        return application.copy().size() == size
                && access.cosigner().noteSize() == size
                && application.cosigner().noteSize() == size
                && hospital.witness().head().filter(head -> head.size() == size).isPresent()
                && generation(Party.ACCESS) == generation(Party.APPLICATION);
    }

    private long generation(Party tier) {
        return hospital.tier(tier).keeper().copy().registry().generation();
    }

    private void tell(Party other, Bytes statement) {
        console.ask(other, new Request.ChangeEpoch(statement), CALL_MILLIS, outcome -> {
            if (!outcome.isDone()) {
                hospital.loops().after(RETRY_MILLIS * NANOS, () -> tell(other, statement));
                return;
            }
            agreed.add(other);
            rival(other);
            if (agreed.equals(OTHERS) && !early) {
                start();
            }
        });
    }

    /** Two other officers signed at the same time, for another box: whoever agreed to the first agrees to no second. */
    private void rival(Party other) {
        Seat second = Seat.successor(
                hospital.founded(),
                hospital.suites(),
                hospital.loops().entropy(),
                SECOND,
                0,
                new RecordTime(hospital.loops().trueTime().millis()));
        Bytes statement = second.given().orElseThrow().encode();
        console.ask(other, new Request.ChangeEpoch(statement), CALL_MILLIS, outcome -> {
            if (outcome.isDone()) {
                hospital.oracle().broken("oneSuccessor", other.word() + " agreed to two");
            }
        });
    }

    private void start() {
        hospital.replace(seat.orElseThrow());
        hospital.oracle().replaced();
        hospital.cuts().ifPresent(cuts -> cuts.replaced(Party.DATA));
        hospital.restart(Party.DATA);
        console.redial(Party.DATA);
        // Whoever switches its machine on again does so at any time from now on, also before all have agreed.
        hospital.loops()
                .after(random.nextInt(2_000) * NANOS, () -> hospital.former().ifPresent(Hospital::begin));
    }

    /** All lines can come up: the promotion ends, and the first tries everybody once more before it goes. */
    void heal() {
        if (!begun) {
            return;
        }
        if (!hospital.runUntil(() -> !begun || isDone(), ENDS_MILLIS)) {
            hospital.oracle().broken("aPromotionEnds", "agreed " + agreed);
            return;
        }
        if (!begun) {
            return;
        }
        hospital.runMillis(AT_LARGE_MILLIS);
        hospital.former().ifPresent(Tier::crash);
    }

    /** In the end: one membership, everywhere. */
    void end() {
        if (!begun) {
            return;
        }
        hospital.runUntil(this::isHeard, HEARD_MILLIS);
        for (Party tier : Party.TIERS) {
            one(tier.word(), hospital.tier(tier).keeper().epoch());
            one(
                    tier.word() + "'s record",
                    hospital.tier(tier).keeper().copy().registry().epoch());
        }
        hospital.witness().witness().ifPresent(witness -> one("the witness", witness.epoch()));
        hospital.stations()
                .forEach(station -> one("a stand-in", station.members().epoch()));
        hospital.wards()
                .forEach(ward -> one(ward.name(), ward.station().registry().epoch()));
    }

    private boolean isHeard() {
        return hospital.stations().stream()
                        .allMatch(station -> station.members().epoch() == SECOND)
                && hospital.wards().stream()
                        .allMatch(ward -> ward.station().registry().epoch() == SECOND);
    }

    private void one(String who, long epoch) {
        if (epoch != SECOND) {
            hospital.oracle().broken("allEndInOneEpoch", who + " is in epoch " + epoch);
        }
    }
}
