package trimaran.drills;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import trimaran.trial.Commands.Said;
import trimaran.trial.FhirClient;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/**
 * Kills every process at random moments under load, starts each again, and holds what the station answered against the record.
 * While one of access, application, data and witness is away, writing and reading must go on: a process is not started again
 * before both did.
 */
final class KillDrill {

    /**
     * A hospital that does not go on within this has stopped; its parties notice a silent one within seconds, on a machine with
     * ten times its work within a minute.
     */
    static final long STANDSTILL_SECONDS_MAX = 180;

    /** After the last kill, for the outbox to empty and the copies to be equal. */
    static final long SETTLE_SECONDS_MAX = 240;

    /** Longest wait before a kill; the load does about ten requests meanwhile. */
    private static final int WAIT_MILLIS_MAX = 400;

    private final TrialHospital hospital;
    private final Consumer<String> say;
    private final Map<String, Gap> gaps = new TreeMap<>();

    /** Longest stretches without a success while this process was away, in milliseconds. */
    record Gap(long writeMillis, long readMillis) {
        Gap longer(Gap other) {
            return new Gap(Math.max(writeMillis, other.writeMillis), Math.max(readMillis, other.readMillis));
        }
    }

    /**
     * @param requests writes asked for
     * @param promised those the station answered with success
     * @param unanswered those it was killed over, or refused because it had no time
     * @param gaps by process
     * @param faults what must not be; empty is what a drill wants
     */
    record Result(int requests, int promised, int unanswered, Map<String, Gap> gaps, List<String> faults) {

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(
                    requests + " writes, " + promised + " promised, " + unanswered + " without a yes");
            gaps.forEach((word, gap) -> text.append(String.format(
                    "%n%-12s away: longest without a write %,d ms, without a read %,d ms",
                    word, gap.writeMillis(), gap.readMillis())));
            faults.forEach(fault -> text.append(String.format("%nFAULT %s", fault)));
            return text.append(faults.isEmpty() ? "\nnothing lost, nothing twice, nothing in part" : "")
                    .toString();
        }
    }

    KillDrill(TrialHospital hospital, Consumer<String> say) {
        this.hospital = hospital;
        this.say = say;
    }

    /**
     * @param times how often each process is killed
     * @param seed which process when; the same seed kills in the same order after the same waits
     */
    Result run(int times, long seed) {
        Random random = new Random(seed);
        List<String> victims = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            victims.addAll(TrialHospital.PROCESSES);
        }
        Collections.shuffle(victims, random);
        try (FhirClient client = hospital.client()) {
            Load load = Load.begin(client, "kill" + seed, seed);
            try (load) {
                int number = 0;
                for (String victim : victims) {
                    number++;
                    strike(victim, load, random.nextInt(WAIT_MILLIS_MAX), number + " of " + victims.size());
                }
            }
            List<Written> written = load.written();
            List<String> faults = new ArrayList<>();
            Said verified = Settling.verified(hospital, SETTLE_SECONDS_MAX);
            if (!verified.isWell()) {
                faults.add("verify: " + verified);
            }
            faults.addAll(new Reckoning(client).faults(written));
            int promised = (int) written.stream().filter(Written::isPromised).count();
            return new Result(written.size(), promised, written.size() - promised, Map.copyOf(gaps), faults);
        }
    }

    private void strike(String victim, Load load, int waitMillis, String number) {
        Waiting.pause(waitMillis);
        load.writes().watch();
        load.reads().watch();
        long before = System.nanoTime();
        hospital.kill(victim);
        if (!victim.equals(TrialHospital.STATION)) {
            Waiting.until(
                    STANDSTILL_SECONDS_MAX,
                    "writing and reading go on without " + victim,
                    () -> load.writes().doneSince() > 0 && load.reads().doneSince() > 0);
        }
        hospital.start(victim);
        if (victim.equals(TrialHospital.STATION)) {
            Waiting.until(
                    STANDSTILL_SECONDS_MAX,
                    "the station works again",
                    () -> load.writes().doneSince() > 0 && load.reads().doneSince() > 0);
        }
        Gap gap = new Gap(load.writes().longestMillis(), load.reads().longestMillis());
        gaps.merge(victim, gap, Gap::longer);
        say.accept(String.format(
                "kill %s: %-12s no write for %,d ms, no read for %,d ms, back after %,d ms",
                number, victim, gap.writeMillis(), gap.readMillis(), (System.nanoTime() - before) / 1_000_000));
    }
}
