package trimaran.operations;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import trimaran.kernel.Code;

/** Starts the programs of a home, watches them, says in one line when one ends, and stops them all. */
final class Watch {

    /** How often is looked whether a process ended, or has a successor. */
    private static final long LOOK_MILLIS = 200;

    /** Parties that talk to each other first, then what stands before them; stopped the other way round. */
    private final List<PartyProcess> processes = new ArrayList<>();

    private final Home home;
    private final Programs programs;
    private final Voice voice;
    private final AtomicBoolean stopping = new AtomicBoolean();

    Watch(Home home, Programs programs, Voice voice) {
        this.home = home;
        this.programs = programs;
        this.voice = voice;
    }

    /** Starts these, unless they run already, and waits until all of them serve. */
    void start(List<Role> roles) throws RefusedException {
        List<PartyProcess> fresh = new ArrayList<>();
        for (Role role : roles) {
            fresh.add(startOne(role));
        }
        for (PartyProcess process : fresh) {
            process.waitReady();
            voice.progress(process.role().word() + " is up");
        }
    }

    /** Never beside {@link #stop}: what it starts is remembered before it is looked for, or it is not started. */
    private PartyProcess startOne(Role role) throws RefusedException {
        synchronized (processes) {
            if (stopping.get()) {
                throw new RefusedException(Code.UNAVAILABLE, "stopped before everything was up");
            }
            var running = PartyProcess.running(role, home);
            PartyProcess process = running.isPresent() ? running.get() : PartyProcess.serve(role, home, programs);
            processes.add(process);
            return process;
        }
    }

    /**
     * From now on the end of a process is said, also of one that another command started in its place. Returns when nothing of
     * this home runs any more.
     */
    void watch() {
        Map<Role, PartyProcess> watched = new EnumMap<>(Role.class);
        synchronized (processes) {
            processes.forEach(process -> watched.put(process.role(), process));
        }
        while (!watched.isEmpty() && !stopping.get()) {
            for (Role role : Role.values()) {
                PartyProcess known = watched.get(role);
                if (known != null && !known.isAlive()) {
                    tell(known);
                    watched.remove(role);
                }
                if (!watched.containsKey(role)) {
                    PartyProcess.running(role, home).ifPresent(successor -> watched.put(role, successor));
                }
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(PartyProcess process) {
        if (!stopping.get()) {
            String word = process.role().word();
            String status =
                    process.exit().isPresent() ? " (status " + process.exit().getAsInt() + ")" : "";
            voice.say(word + " has stopped" + status + "; start it again with: trimaran start " + word);
        }
    }

    /** Stops everything this home runs, also what another command started meanwhile. Stopping twice is fine. */
    void stop() {
        synchronized (processes) {
            stopping.set(true);
        }
        stopAll(home);
    }

    /** @return how many processes ran */
    static int stopAll(Home home) {
        Running running = new Running(home);
        List<PartyProcess> live = new ArrayList<>();
        for (Role role : Role.values()) {
            PartyProcess.running(role, home).ifPresent(live::addFirst);
        }
        // The station first, so that it hands over its outbox while the parties still listen; the parties together.
        for (PartyProcess process : live) {
            if (process.role() == Role.STATION) {
                process.stop();
            } else {
                process.askToStop();
            }
        }
        live.forEach(PartyProcess::stop);
        for (Role role : Role.values()) {
            running.forget(role.word());
        }
        return live.size();
    }
}
