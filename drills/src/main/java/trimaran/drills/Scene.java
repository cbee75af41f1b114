package trimaran.drills;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Consumer;
import trimaran.kernel.Party;
import trimaran.trial.Commands.Said;
import trimaran.trial.FhirClient;
import trimaran.trial.TrialHospital;
import trimaran.trial.Waiting;

/** A drill under way: the hospital it is done to, what it may use, and what it found. To be used by one thread. */
final class Scene {

    /** Hospitals that drills found have less than the 50,000 resources whose tier is to be back within a minute. */
    static final long REBUILD_MILLIS_MAX = 60_000;

    /** What a hospital of a drill is rebuilt with. */
    static final List<String> OFFICERS = List.of("--officer", "direction", "--officer", "informatique");

    // Words of breaches that are expected where a defence is missing.
    static final String SAYS_NOT = "no page of the station says that ";
    static final String NOBODY_NOTICED = "nobody noticed that ";
    static final String ANEW = "after the station began anew";

    /** For somebody to notice a party that is down, on a machine with ten times its work. */
    static final long NOTICED_SECONDS_MAX = 30;

    private final TrialHospital hospital;
    private final FhirClient client;
    private final Cohort cohort;
    private final Instant founded;
    private final Random random;
    private final Path scratch;
    private final Consumer<String> say;
    private final Watch watch;
    private final StationPage page;
    private final WardProbe probe;
    private final WardGaps gaps;
    private final List<String> evidence = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private final List<Breach> breaches = new ArrayList<>();
    private Optional<Result.Exposure> exposure = Optional.empty();
    private OptionalLong rebuildMillis = OptionalLong.empty();
    private boolean spoilt;
    private String skipped = "";

    Scene(
            TrialHospital hospital,
            FhirClient client,
            Cohort cohort,
            Instant founded,
            WardProbe probe,
            Watch watch,
            StationPage page,
            Random random,
            Path scratch,
            Consumer<String> say) {
        this.hospital = hospital;
        this.client = client;
        this.cohort = cohort;
        this.founded = founded;
        this.probe = probe;
        this.gaps = new WardGaps(probe);
        this.watch = watch;
        this.page = page;
        this.random = random;
        this.scratch = scratch;
        this.say = say;
    }

    TrialHospital hospital() {
        return hospital;
    }

    FhirClient client() {
        return client;
    }

    Cohort cohort() {
        return cohort;
    }

    /** Nobody could read anything before. */
    Instant founded() {
        return founded;
    }

    Random random() {
        return random;
    }

    /** A folder of the attacker's own. */
    Path scratch() {
        return scratch;
    }

    WardProbe probe() {
        return probe;
    }

    Path folder(Party party) {
        return hospital.home().resolve(party.word());
    }

    void say(String sentence) {
        say.accept(sentence);
    }

    /** What shows that the attack took place; one that does not hold makes the drill void. */
    void evidence(boolean holds, String what) {
        say.accept("  " + (holds ? "attack: " : "NO ATTACK: not so: ") + what);
        (holds ? evidence : missing).add(what);
    }

    void breach(Breach.Kind kind, String what) {
        breaches.add(new Breach(kind, what));
    }

    /** What must be so, or the promise was not kept. */
    void require(boolean holds, Breach.Kind kind, String otherwise) {
        if (!holds) {
            breach(kind, otherwise);
        }
    }

    /** @param exact whether the report names everybody whom the fallen party could read, and nobody else */
    void exposure(boolean exact) {
        exposure = Optional.of(exact ? Result.Exposure.EXACT : Result.Exposure.WRONG);
    }

    /** @param complete whether it names everybody whom somebody read here; whether anybody besides, is not asked */
    void exposureNames(boolean complete) {
        exposure = Optional.of(complete ? Result.Exposure.COMPLETE : Result.Exposure.INCOMPLETE);
    }

    /** Whether the report is to be looked at still: the drill did not, and can be judged. */
    boolean wantsReport() {
        return exposure.isEmpty() && skipped.isEmpty() && !spoilt;
    }

    /** Nothing can be tried here, and why. */
    void skip(String why) {
        skipped = why;
    }

    /** This hospital is good for no other drill. */
    void spoilt() {
        spoilt = true;
    }

    boolean isSpoilt() {
        return spoilt;
    }

    /** The attack begins now: from here on gaps and the time to an alarm are measured. */
    void strike() {
        watch.struck();
        gaps.begin();
    }

    /** The ward's gaps so far; what follows, as starting the station anew, is not the attacker's doing. */
    void stopMeasuring() {
        gaps.stop();
    }

    /** How long the ward stands still. */
    WardGaps gaps() {
        return gaps;
    }

    /** The measuring is over: the ward stood still no longer than is promised. */
    void judgeStandstill() {
        gaps.breaches().forEach(breach -> breach(breach.kind(), breach.what()));
    }

    /** Somebody noticed. */
    void alarmed(String who) {
        watch.alarmed(who);
    }

    /**
     * What makes this hull ill is done next: from now on it is measured how long the station takes to say so. Of the witness it knows
     * nothing: it speaks with the three tiers alone.
     */
    void expectSaid(Party party) {
        if (party.isTier()) {
            page.expect(party);
        }
    }

    /** The same where it is ill already and ends next. */
    void expectSaidByNow(Party party) {
        if (party.isTier()) {
            page.expectByNow(party);
        }
    }

    /** What this hull leaves out is asked for next. */
    void expectLeftOutSaid(Party tier) {
        page.expectLeftOut(tier);
    }

    /** The same of a lie, told to a station that begins anew. */
    void expectLieSaid(Party tier) {
        stopMeasuring();
        hospital.kill(TrialHospital.STATION);
        hospital.start(TrialHospital.STATION);
        page.expectLie(tier);
        awaitCare(ANEW);
    }

    /** A page said that a tier lies, if the station heard a lie: it asks access first, and a tier nobody needs for nothing. */
    void requireLieSaid(Party tier, StationEyes eyes) {
        Optional<Instant> heard = eyes.lied(tier);
        if (heard.isEmpty()) {
            page.expectNothing();
            require(
                    tier != Party.ACCESS,
                    Breach.Kind.UNDEFENDED,
                    "the station asked access first, and does not say that it heard a lie");
            say("  the station was told no lie by " + tier.word() + ", since it asked the others");
            return;
        }
        requireSaid(tier, "lies", page.isLieSaidInTime(heard.get()));
    }

    /** A page of the station said it in time. */
    void requireSaid(Party party, String ill) {
        if (party.isTier()) {
            requireSaid(party, ill, page.isSaidInTime());
        }
    }

    /** What is said late, as on a slow machine, is another breach than what nobody says. */
    private void requireSaid(Party tier, String ill, boolean inTime) {
        say("  the station said after "
                + page.longestMillis().stream()
                        .mapToObj(String::valueOf)
                        .findFirst()
                        .orElse("no number of") + " ms: " + page.said());
        require(
                inTime,
                Breach.Kind.UNDEFENDED,
                page.isSaid()
                        ? "a page of the station said only after "
                                + page.longestMillis().orElse(0) + " ms that " + tier.word() + " " + ill
                        : SAYS_NOT + tier.word() + " " + ill);
    }

    /** Whether anybody notices within this time. */
    boolean isNoticedWithin(long seconds) {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        while (watch.alarm().isEmpty() && System.nanoTime() < end) {
            Waiting.pause(100);
        }
        return !watch.alarm().isEmpty();
    }

    /** Somebody has to notice, as wherever a party is down. */
    void requireNoticed(String what) {
        require(isNoticedWithin(NOTICED_SECONDS_MAX), Breach.Kind.UNDEFENDED, NOBODY_NOTICED + what);
    }

    /** The check an operator runs, an alarm if it finds something: a line that begins with FAULT for each thing. */
    Said verified() {
        Said verified = hospital.run("verify");
        if (!verified.isWell()) {
            watch.alarmed("verify");
        }
        return verified;
    }

    /** The ward goes on: another read and another write succeed. */
    void awaitCare(String without) {
        int reads = probe.reads().doneSince();
        int writes = probe.writes().doneSince();
        try {
            Waiting.until(KillDrill.STANDSTILL_SECONDS_MAX, "the ward reads and writes " + without, () -> {
                probe.hurry();
                return probe.reads().doneSince() > reads && probe.writes().doneSince() > writes;
            });
        } catch (IllegalStateException still) {
            throw new Standstill.LastingException(String.valueOf(still.getMessage()), still);
        }
    }

    /** The ward has written so much more. */
    void awaitWrites(int more, String what) {
        int before = probe.writes().doneSince();
        Waiting.until(KillDrill.STANDSTILL_SECONDS_MAX, what, () -> {
            probe.hurry();
            return probe.writes().doneSince() >= before + more;
        });
    }

    /** Ends a party's process, if it did not end by itself. */
    void end(Party party) {
        if (hospital.isAlive(party.word())) {
            hospital.kill(party.word());
        }
    }

    /** A fallen party is stopped if it still runs, and rebuilt by two officers from the others. */
    void rebuild(Party fallen) {
        end(fallen);
        long begun = System.nanoTime();
        List<String> command = new ArrayList<>(List.of("rebuild", fallen.word()));
        command.addAll(OFFICERS);
        Said rebuilt = hospital.run(command.toArray(String[]::new));
        if (!rebuilt.isWell()) {
            throw new IllegalStateException(fallen.word() + " is not rebuilt: " + rebuilt
                    + hospital.run("status").out());
        }
        long took = (System.nanoTime() - begun) / 1_000_000;
        rebuildMillis = OptionalLong.of(took);
        require(
                took <= REBUILD_MILLIS_MAX,
                Breach.Kind.UNDEFENDED,
                fallen.word() + " is rebuilt only after " + took + " ms");
        // The service is not interrupted by it.
        stopMeasuring();
        // What was set aside is the attacker's.
        TrialHospital.remove(hospital.home().resolve("replaced"));
        forgetAtTheStation();
    }

    /** Eyes that remember nothing: what is read now comes out of the tiers and not out of a station's memory. */
    void forgetAtTheStation() {
        stopMeasuring();
        hospital.kill(TrialHospital.STATION);
        hospital.start(TrialHospital.STATION);
        awaitCare(ANEW);
    }

    /** Everything of every patient of the drill is read once more. */
    void reread() {
        cohort.reread().forEach(breach -> breach(breach.kind(), breach.what()));
    }

    /** A copy of a folder as it lies there, with its modes; what vanishes meanwhile is gone. */
    Path stolen(Path folder, String as) throws IOException {
        Path copy = scratch.resolve(as);
        Folders.copy(folder, copy);
        return copy;
    }

    /** Whether the hospital gets whole; a breach if it does not, and then it is good for no other drill. */
    boolean isWholeAgain() {
        try {
            Settling.await(hospital, KillDrill.SETTLE_SECONDS_MAX);
            return true;
        } catch (IllegalStateException unsettled) {
            breach(Breach.Kind.UNDEFENDED, "the hospital does not get whole: " + unsettled.getMessage());
            spoilt();
            return false;
        }
    }

    /** What came of it. */
    Result result(Drill drill, long tookMillis) {
        return new Result(
                drill,
                evidence,
                missing,
                breaches,
                exposure,
                watch.alarm(),
                watch.alarmMillis(),
                page.said(),
                page.longestMillis(),
                gaps.readMillis(),
                gaps.writeMillis(),
                rebuildMillis,
                tookMillis,
                skipped);
    }
}
