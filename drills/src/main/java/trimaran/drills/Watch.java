package trimaran.drills;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import trimaran.kernel.Party;
import trimaran.line.message.Response;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/**
 * Looks at every party over the operator's line as {@code status} does, twice a second, and says when the first of them is silent
 * or has an alarm it did not have before. MAY be asked from another thread.
 */
final class Watch implements AutoCloseable {

    private static final long LOOK_MILLIS = 500;

    private final OperatorEyes eyes;
    private final Map<String, Long> usual = new HashMap<>();
    private final Thread thread;
    private volatile boolean going = true;
    private volatile boolean learning = true;
    private long struckNanos;
    private OptionalLong alarmMillis = OptionalLong.empty();
    private String alarm = "";

    Watch(TrialHospital hospital) {
        this.eyes = new OperatorEyes(hospital);
        look();
        this.thread = Thread.ofPlatform().daemon().start(this::keepLooking);
    }

    /** From now on what is not as it was is an alarm. */
    synchronized void struck() {
        struckNanos = System.nanoTime();
        learning = false;
        alarm = "";
        alarmMillis = OptionalLong.empty();
    }

    /** Somebody else noticed: a person who ran a check, a station that refused. The first one counts. */
    synchronized void alarmed(String who) {
        if (!learning && alarm.isEmpty()) {
            alarm = who;
            alarmMillis = OptionalLong.of((System.nanoTime() - struckNanos) / 1_000_000);
        }
    }

    synchronized String alarm() {
        return alarm;
    }

    synchronized OptionalLong alarmMillis() {
        return alarmMillis;
    }

    private void keepLooking() {
        while (going) {
            Waiting.pause(LOOK_MILLIS);
            // The first is what counts; whoever has noticed asks no more, until the next strike.
            if (going && alarm().isEmpty()) {
                look();
            }
        }
    }

    private void look() {
        for (Party party : Party.values()) {
            Optional<Response.Report> report = eyes.report(party);
            if (report.isEmpty()) {
                alarmed(party.word() + " is silent");
                continue;
            }
            List<String> told = new ArrayList<>();
            report.get().faults().forEach(fault -> told.add(party.word() + ": " + fault));
            for (Response.Counter counter : report.get().counters()) {
                if (counter.name().startsWith("alarm.") || counter.name().equals("blobs.missing")) {
                    String name = party.word() + " " + counter.name();
                    if (learning) {
                        usual.put(name, counter.value());
                    } else if (counter.value() > usual.getOrDefault(name, 0L)) {
                        told.add(name + " " + counter.value());
                    }
                }
            }
            told.stream().findFirst().ifPresent(this::alarmed);
        }
    }

    @Override
    public void close() {
        going = false;
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        eyes.close();
    }
}
