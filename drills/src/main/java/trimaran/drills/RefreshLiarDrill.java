package trimaran.drills;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.SecretBytes;
import trimaran.line.message.RefreshStep;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.process.SystemEntropy;
import trimaran.shares.Increments;
import trimaran.trial.Commands.Said;
import trimaran.trial.Waiting;

/** A tier that gives each of the others another seed while shares are refreshed, so that what they derive does not cancel. */
final class RefreshLiarDrill {

    /** The true program looks once a second. */
    private static final long AGAIN_MILLIS = 2;

    private static final String SEEN = "one of the three lies or is damaged";

    private RefreshLiarDrill() {}

    static List<Drill> all() {
        return List.of(Drill.withstood(
                "refresh-with-a-liar",
                "31",
                "disk and keys of access before and while shares are refreshed, in which it gives application another seed than data;"
                        + " disk and keys of data after the next refresh",
                "the refresh ends for nobody, and both others say so; everything opens; after another with a new access no cell opens",
                RefreshLiarDrill::lied));
    }

    /** Says a seed under the stolen key as soon as anybody would take it: before the true program does. */
    private static final class Liar implements AutoCloseable {
        private final ExecutorService mouth = Executors.newSingleThreadExecutor();
        private final AtomicBoolean taken = new AtomicBoolean();
        private volatile boolean going = true;

        Liar(Scene scene, long generation, long base) {
            Request seed = new Request.Refresh(new RefreshStep.Seed(
                    generation, base, SecretBytes.random(new SystemEntropy(), Increments.SEED_BYTES), List.of()));
            mouth.execute(() -> {
                try (PartyLine line = PeerDrills.line(scene, Party.ACCESS, Party.APPLICATION)) {
                    while (going) {
                        Outcome<Response> answer = line.ask(seed);
                        taken.set(answer.isDone());
                        going = answer instanceof Outcome.Refused<Response>(var no) && no.code() == Code.UNAVAILABLE;
                        Waiting.pause(AGAIN_MILLIS);
                    }
                }
            });
        }

        boolean isTaken() {
            return taken.get();
        }

        @Override
        public void close() {
            going = false;
            mouth.close();
        }
    }

    private static void lied(Scene scene) throws Exception {
        Settling.await(scene.hospital(), KillDrill.SETTLE_SECONDS_MAX);
        scene.strike();
        Path before = scene.stolen(scene.folder(Party.ACCESS), "loot-access");
        Path again = scene.scratch().resolve("loot-access-again");
        Folders.copy(before, again);
        Path control = scene.stolen(scene.folder(Party.DATA), "loot-data-before");
        try (OperatorEyes eyes = new OperatorEyes(scene.hospital())) {
            long generation = counter(eyes, "shares.named") + 1;
            try (Liar liar = new Liar(scene, generation, counter(eyes, "shares.generation"))) {
                Said refused = refresh(scene);
                scene.evidence(liar.isTaken(), "application took another seed of access than data did");
                scene.require(
                        !refused.isWell(),
                        Breach.Kind.UNDEFENDED,
                        "a refresh with two seeds of one tier ended: " + refused);
            }
            for (Party honest : List.of(Party.APPLICATION, Party.DATA)) {
                List<String> faults = eyes.report(honest).orElseThrow().faults();
                scene.require(
                        faults.stream().anyMatch(fault -> fault.contains(SEEN)),
                        Breach.Kind.UNDEFENDED,
                        honest.word() + " does not say that what was prepared differs: " + faults);
            }
        }
        Path during = scene.stolen(scene.folder(Party.ACCESS), "loot-access-during");
        scene.forgetAtTheStation();
        scene.reread();
        scene.rebuild(Party.ACCESS);
        Settling.await(scene.hospital(), KillDrill.SETTLE_SECONDS_MAX);
        Said refreshed = refresh(scene, "--again");
        scene.require(refreshed.isWell(), Breach.Kind.UNDEFENDED, "no refresh without the liar: " + refreshed);
        RefreshDrills.awaitOldKeysGone(scene);
        Path after = scene.stolen(scene.folder(Party.DATA), "loot-data-after");
        RefreshDrills.opensNearlyAll(
                scene,
                "the same thief",
                new ShareThief()
                        .steal(Party.ACCESS, before)
                        .steal(Party.DATA, control)
                        .open(Long.MAX_VALUE));
        RefreshDrills.opensNothing(
                scene,
                new ShareThief()
                        .steal(Party.ACCESS, again)
                        .steal(Party.ACCESS, during)
                        .steal(Party.DATA, after)
                        .open(Long.MAX_VALUE));
        Settling.await(scene.hospital(), KillDrill.SETTLE_SECONDS_MAX);
        scene.reread();
    }

    private static long counter(OperatorEyes eyes, String name) {
        return eyes.report(Party.APPLICATION).orElseThrow().counters().stream()
                .filter(one -> one.name().equals(name))
                .mapToLong(Response.Counter::value)
                .findFirst()
                .orElseThrow();
    }

    private static Said refresh(Scene scene, String... more) {
        List<String> command = new ArrayList<>(List.of("refresh", "--late", "0"));
        command.addAll(List.of(more));
        command.addAll(Scene.OFFICERS);
        return scene.hospital().run(command.toArray(String[]::new));
    }
}
