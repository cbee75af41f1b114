package trimaran.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import trimaran.cut.Announcing;
import trimaran.cut.CutTarget;
import trimaran.keeper.Keeper;
import trimaran.kernel.Digest;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.line.CallHandler;
import trimaran.line.LineLimits;
import trimaran.record.Statement;

/** A cut that data gives a place for one tier alone: the other hears of it all the same. */
final class WithheldCutTest {

    private static final long WHILE_MILLIS = 30_000;

    /** For a line whose other end died unheard to be found dead, and another to be told over. */
    private static final long TOLD_MILLIS = LineLimits.IDLE_MILLIS + 5_000;

    private final FedAlone feeding = new FedAlone();
    private final Hospital hospital = new Hospital(1, Suites.standIn(), new Plants() {
        @Override
        CallHandler handler(Tier tier, Keeper keeper) {
            return feeding.at(tier.party(), keeper);
        }

        @Override
        CallHandler handler(WitnessBox witness, CallHandler real) {
            return feeding.at(Party.WITNESS, real);
        }
    });
    private final Console console = hospital.start(List.of("ward", "lost"));

    private boolean isCut(Party tier, Digest subject) {
        return hospital.tier(tier).keeper().copy().registry().isCutByName(subject);
    }

    @Test
    void whatDataPlacedForOneTierAloneThatTierStillPassesOn() {
        Station ward = hospital.stations().getFirst();
        Digest lost = hospital.stations().getLast().self().keyDigest();
        assertThat(hospital.runUntil(() -> ward.covered() >= 6, WHILE_MILLIS)).isTrue();
        hospital.runMillis(3_000);
        long shared = hospital.tier(Party.ACCESS).size();

        // Application is down as officers cut, and data gives the cut its place at access alone.
        hospital.oracle().liar(Party.DATA);
        hospital.crash(Party.APPLICATION);
        feeding.begin(Party.ACCESS);
        RecordTime now = new RecordTime(hospital.loops().trueTime().millis());
        new Announcing(console::ask, console.loop()::monotonicNanos, Announcing.Patience.COMMAND)
                .cut(
                        hospital.founded().origin(),
                        new CutTarget(Statement.Target.STATION, lost, "lost"),
                        "",
                        now,
                        OptionalLong.empty(),
                        hospital.founded().officers().subList(0, 1),
                        announced -> {});
        assertThat(hospital.runUntil(
                        () -> isCut(Party.ACCESS, lost)
                                && hospital.tier(Party.ACCESS).size() > shared,
                        WHILE_MILLIS))
                .isTrue();

        // Data goes on like that, so no quorum is to be had; access is reached.
        hospital.restart(Party.APPLICATION);
        assertThat(hospital.runUntil(
                        () -> hospital.tier(Party.ACCESS).keeper().peers().isUp(Party.APPLICATION)
                                && hospital.tier(Party.APPLICATION)
                                        .keeper()
                                        .peers()
                                        .isUp(Party.ACCESS),
                        WHILE_MILLIS))
                .isTrue();
        assertThat(hospital.runUntil(() -> isCut(Party.APPLICATION, lost), TOLD_MILLIS))
                .isTrue();
        assertThat(hospital.tier(Party.APPLICATION).size()).isEqualTo(shared);
        assertThat(hospital.oracle().broken()).isEmpty();
    }
}
