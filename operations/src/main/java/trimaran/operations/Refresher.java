package trimaran.operations;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trimaran.kernel.Bytes;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.MalformedException;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.RecordTime;
import trimaran.kernel.Refusal;
import trimaran.line.message.RefreshStep;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.SignedStatement;
import trimaran.record.Signer;
import trimaran.record.Statement;
import trimaran.shares.SealingPublicKey;

/**
 * Has the three tiers refresh their shares: each draws keys of the next generation, two officers name them in the record, and from
 * there on the tiers do it among themselves; this only looks on. Broken off, it goes on with what was named.
 */
final class Refresher {

    private static final long DRAW_MILLIS = 30_000;
    private static final long LOOK_MILLIS = 1_000;

    /** Looks without any progress before the command gives up; the tiers go on by themselves. */
    private static final int LOOKS_IDLE_MAX = 60;

    private static final long DAY_MILLIS = 86_400_000;

    /** What stations are writing at this moment is sealed to the old keys; it has its place, or an answer, by then. */
    private static final long UNDER_WAY_MILLIS = 30_000;

    private final Shell shell;
    private final Console console;

    /** Until when old sealing keys stay, if it was named here. */
    private Optional<RecordTime> late = Optional.empty();

    Refresher(Shell shell, Console console) {
        this.shell = shell;
        this.console = console;
    }

    /**
     * @param lateDays how long what was sealed to the keys before is taken in
     * @param again whether to name a further generation although the last one was not reached
     */
    void refresh(List<Signer> officers, int lateDays, boolean again) throws RefusedException {
        new Survivors(tier -> PartyStatus.ask(console, tier), shell.voice()::bar, Refresher::pause).requireAllWhole();
        List<PartyStatus> tiers = tiers();
        long named = one(tiers, "shares.named");
        boolean underWay = tiers.stream().anyMatch(tier -> generation(tier) < named);
        if (underWay && again) {
            // A tier that went over already has nothing left of what the others would begin from.
            one(tiers, "shares.generation");
        }
        long target = underWay && !again ? named : named + 1;
        if (target == named) {
            shell.voice().say("a refresh to generation " + named + " is under way; going on with it");
        } else {
            name(target, officers, lateDays);
        }
        waitFor(target);
    }

    private List<PartyStatus> tiers() {
        return Party.TIERS.stream().map(tier -> PartyStatus.ask(console, tier)).toList();
    }

    private static long generation(PartyStatus tier) {
        return tier.counter("shares.generation").orElse(0);
    }

    /** A number all three have to say alike. */
    private static long one(List<PartyStatus> tiers, String counter) throws RefusedException {
        List<Long> said = tiers.stream()
                .map(tier -> tier.counter(counter).orElse(-1))
                .distinct()
                .toList();
        if (said.size() != 1 || said.getFirst() < 0) {
            throw new RefusedException(
                    Code.TIER_INCOMPLETE,
                    "the tiers do not agree yet which generation of shares is in use; see: status");
        }
        return said.getFirst();
    }

    private void name(long target, List<Signer> officers, int lateDays) throws RefusedException {
        List<Bytes> sealing = new ArrayList<>();
        for (Party tier : Party.TIERS) {
            sealing.add(drawn(tier, target));
            shell.voice().progress(tier.word() + " has drawn its keys of generation " + target);
        }
        Digest origin = console.registry().origin();
        RecordTime now = SigningClock.now(console, shell);
        RecordTime until = new RecordTime(now.millis() + Math.max(UNDER_WAY_MILLIS, lateDays * DAY_MILLIS));
        SignedStatement signed = SignedStatement.signed(
                origin, new Statement.Refresh(target, console.registry().epoch(), sealing, until, now), officers);
        Enroller.append(console, List.of(Enrolment.header(origin, signed, shell.entropy(), shell.now())));
        late = Optional.of(until);
    }

    /** A key nobody can seal to, named in the record, would stop every entry that opens a cell. */
    private Bytes drawn(Party tier, long target) throws RefusedException {
        Outcome<Response> answer = console.ask(tier, new Request.Refresh(new RefreshStep.Draw(target)), DRAW_MILLIS);
        switch (answer) {
            case Outcome.Done<Response>(Response.Drawn(long generation, Bytes sealing)) -> {
                try {
                    if (generation == target) {
                        return SealingPublicKey.of(sealing).raw();
                    }
                } catch (MalformedException bad) {
                    // As for any answer that is none.
                }
                throw new RefusedException(Code.MALFORMED, tier.word() + " draws no key that can be sealed to");
            }
            case Outcome.Done<Response> other ->
                throw new RefusedException(Code.MALFORMED, tier.word() + " draws no key that can be sealed to");
            case Outcome.Refused<Response>(Refusal refusal) ->
                throw new RefusedException(
                        refusal.code(),
                        tier.word() + " draws no keys of generation " + target + ": " + refusal.sentence());
        }
    }

    private void waitFor(long target) throws RefusedException {
        long before = -1;
        String hindrance = "";
        for (int idle = 0; idle < LOOKS_IDLE_MAX; ) {
            List<PartyStatus> tiers = tiers();
            if (tiers.stream().allMatch(tier -> generation(tier) >= target)) {
                RefreshTold.of(target, tiers, late).forEach(shell.voice()::say);
                return;
            }
            long made = tiers.stream()
                    .mapToLong(tier -> generation(tier) >= target
                            ? Integer.MAX_VALUE
                            : tier.counter("shares.made").orElse(0))
                    .sum();
            idle = made > before ? 0 : idle + 1;
            before = Math.max(before, made);
            hindrance = hindrance(tiers).orElse("");
            shell.voice().bar(progress(tiers, target) + (hindrance.isEmpty() ? "" : "; " + hindrance));
            pause();
        }
        throw new RefusedException(
                Code.TIER_INCOMPLETE,
                "the refresh has not come to its end; everything opens as before, and the tiers go on by themselves"
                        + (hindrance.isEmpty() ? "" : ": " + hindrance));
    }

    private static String progress(List<PartyStatus> tiers, long target) {
        StringBuilder all = new StringBuilder();
        for (PartyStatus tier : tiers) {
            String one = !tier.isUp()
                    ? "is not reached"
                    : generation(tier) >= target
                            ? "is there"
                            : String.format(
                                    "%,d cells", tier.counter("shares.made").orElse(0));
            all.append(all.isEmpty() ? "" : ", ")
                    .append(tier.party().word())
                    .append(' ')
                    .append(one);
        }
        return all.toString();
    }

    private static Optional<String> hindrance(List<PartyStatus> tiers) {
        return tiers.stream()
                .flatMap(
                        tier -> tier.faults().stream().map(fault -> tier.party().word() + " says: " + fault))
                .findFirst();
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
