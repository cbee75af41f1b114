package trimaran.operations;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** Starts the programs of a home, watches them, says in one line when one ends, and stops them all. */
final class Watch {

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
            var running = PartyProcess.running(role, home);
            PartyProcess process = running.isPresent() ? running.get() : PartyProcess.serve(role, home, programs);
            fresh.add(process);
            synchronized (processes) {
                processes.add(process);
            }
        }
        for (PartyProcess process : fresh) {
            process.waitReady();
            voice.progress(process.role().word() + " is up");
        }
    }

    /** From now on the end of a process is said. Returns when all have ended. */
    void watch() {
        List<CompletableFuture<?>> ends = new ArrayList<>();
        synchronized (processes) {
            for (PartyProcess process : processes) {
                ends.add(process.ended().thenAccept(handle -> tell(process)));
            }
        }
        CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)).join();
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
        stopping.set(true);
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
        for (PartyProcess process : live) {
            process.stop();
            running.forget(process.role().word());
        }
        return live.size();
    }
}
