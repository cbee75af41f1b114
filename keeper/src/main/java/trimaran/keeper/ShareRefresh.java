package trimaran.keeper;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import trimaran.kernel.CellId;
import trimaran.kernel.Code;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.line.message.Prepared;
import trimaran.line.message.RefreshStep;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.record.PartyKeys;
import trimaran.record.Signature;
import trimaran.shares.ShareKeys;

/**
 * Gives this tier's shares a new generation together with the two others, once officers have named one in the log (DESIGN §6, After a
 * fall): what was stolen of one tier before is worth nothing then beside what is stolen of another after.
 *
 * <p>Each tier draws a seed and gives it to the others; from the three every tier makes its new pairs beside the old, without anybody
 * putting a key together; it signs <em>prepared</em> over digests of them. When all three have prepared the same, the file key of the
 * old generation is destroyed. Until then everything opens from the old; a tier that lies, or goes on with other seeds, only keeps
 * the refresh from ending, and is named.
 *
 * <p>Officers may name a further generation before one has ended. What was prepared of that is handed out all the same, and it still
 * ends if all three turn out to have prepared it: another tier may have gone over to it already.
 */
final class ShareRefresh {

    /** How often it looks for what comes next. */
    static final long LOOK_MILLIS = 1_000;

    /** A tier whose word is waited for this long is named in status. */
    static final long PATIENCE_MILLIS = 60_000;

    private final KeeperSetting setting;
    private final Copy copy;
    private final Cosigner cosigner;
    private final Peers peers;
    private final ShareRecovery recovery;
    private final HeldSet held;
    private final Membership membership;
    private final ShareKeys keys;
    private final RefreshProof proof;
    private final SharesSweep sweep;
    private final RefreshHearing hearing;
    private Optional<RefreshSeeds> seeds = Optional.empty();
    private Optional<RefreshPass> pass = Optional.empty();
    private Optional<RefreshEnd> ending = Optional.empty();
    private Optional<String> fault = Optional.empty();
    private long patientNanos;

    ShareRefresh(
            KeeperSetting setting,
            Copy copy,
            Membership membership,
            Cosigner cosigner,
            Peers peers,
            ShareRecovery recovery,
            HeldSet held,
            RefreshHearing hearing) {
        this.hearing = hearing;
        this.membership = membership;
        this.setting = setting;
        this.copy = copy;
        this.cosigner = cosigner;
        this.peers = peers;
        this.recovery = recovery;
        this.held = held;
        this.keys = setting.keys().shares();
        this.proof = new RefreshProof(setting, copy, recovery);
        this.sweep = new SharesSweep(setting, copy.shares());
        restPatient();
        followOwnWords();
    }

    /** Generations named and not reached here, ascending. */
    private List<Long> unfinished() {
        return LongStream.rangeClosed(
                        copy.shares().refreshed() + 1, copy.registry().generation())
                .boxed()
                .toList();
    }

    /** What this tier prepared counts beside what was before, and nothing of before is taken in meanwhile. */
    private void followOwnWords() {
        List<Long> prepared = unfinished().stream()
                .filter(generation -> words(generation).of(setting.party()).isPresent())
                .limit(RefreshStep.UNFINISHED_MAX)
                .toList();
        List<Long> bound = new ArrayList<>(prepared);
        pass.ifPresent(one -> bound.add(one.generation()));
        ending.ifPresent(one -> bound.add(one.generation()));
        copy.shares()
                .prepared(
                        prepared,
                        bound.stream()
                                .mapToLong(generation ->
                                        copy.shares().beginning(generation).orElseThrow())
                                .max()
                                .orElse(0));
    }

    /** What keeps a refresh from ending, in words for status. */
    List<String> faults() {
        return fault.or(proof::fault).stream().toList();
    }

    /** Whether the shares got back since the last refresh are still to be held against what was prepared. */
    boolean isUnproven() {
        return proof.isDue(words(copy.shares().refreshed()));
    }

    /** Pairs the pass under way has made. */
    long progress() {
        return pass.map(RefreshPass::cells).orElse(0L);
    }

    void look() {
        sweep.look();
        fault = Optional.empty();
        if (ending.isPresent()) {
            return;
        }
        followOwnWords();
        forgetLate();
        prove();
        if (!copy.shares().isRefreshing()) {
            restPatient();
            return;
        }
        for (long generation : unfinished()) {
            others().forEach(other -> hearing.ask(other, generation, answered -> {}));
            RefreshWords said = words(generation);
            // What officers said has to stand before anything is done that cannot be undone.
            if (cosigner.coveredSize() <= copy.shares().beginning(generation).orElseThrow()) {
                return;
            }
            // A tier made anew has no keys of what was named before it came, and cells were opened in it.
            keys.draw(generation);
            if (said.areAgreed()) {
                end(generation);
                return;
            }
        }
        refresh(copy.registry().generation());
    }

    private void refresh(long target) {
        PartyKeys named = copy.registry().party(setting.party());
        boolean own = keys.sealing(named.generation())
                .filter(drawn -> drawn.publicKey().raw().equals(named.sealing()))
                .isPresent();
        if (!own) {
            fault = Optional.of(
                    "the record names a key to seal to for this tier that it has not drawn: what is written now opens"
                            + " without it, and maybe for somebody else; rebuild it, or refresh once more");
            return;
        }
        RefreshWords said = words(target);
        if (said.of(setting.party()).isPresent()) {
            others().forEach(other -> sow(other, said));
            nameWhoIsWaitedFor(
                    others().stream().filter(other -> said.of(other).isEmpty()).toList());
            fault = said.complaint(copy.shares().refreshed()).or(() -> fault);
        } else if (isSown()) {
            others().forEach(other -> sow(other, said));
            begin(target);
        }
    }

    /** Whether this tier has given its seed: not before it has what it can get of what it lacks. */
    private boolean isSown() {
        if (seeds().of(setting.party()).isPresent()) {
            return true;
        }
        if (!recovery.isSettled()) {
            fault = Optional.of("shares are got back before they are refreshed");
            return false;
        }
        List<CellId> lacking = copy.shares().lacking(one -> true).stream()
                .map(Shares.Lacking::cell)
                .toList();
        if (lacking.size() > RefreshStep.LEFT_OUT_MAX) {
            fault = Optional.of(
                    "this tier has no shares of " + lacking.size() + " cells, too many for a refresh; see verify");
            return false;
        }
        seeds().own(lacking);
        return true;
    }

    private List<Party> others() {
        return Party.TIERS.stream().filter(tier -> tier != setting.party()).toList();
    }

    private void sow(Party other, RefreshWords said) {
        Optional<RefreshStep.Seed> own = seeds().of(setting.party());
        if (own.isEmpty() || said.of(other).filter(said::isPresent).isPresent()) {
            return;
        }
        peers.ask(other, new Request.Refresh(own.get()), outcome -> {
            if (outcome instanceof Outcome.Refused<Response>(Refusal refusal) && refusal.code() != Code.UNAVAILABLE) {
                fault = Optional.of(other.word() + " does not take part in the refresh: " + refusal.sentence());
            }
        });
    }

    /**
     * A pass begins only over what this tier told the others it has: one over less would make another digest, and its word could not be
     * taken back.
     */
    private void begin(long target) {
        List<Party> silent = others().stream()
                .filter(other -> seeds().of(other).isEmpty() || (isOpen(target, other) && seeds().isOutdated(other)))
                .toList();
        if (!silent.isEmpty() || pass.isPresent()) {
            nameWhoIsWaitedFor(silent);
            return;
        }
        if (!recovery.isSettled()) {
            fault = Optional.of("shares are got back before they are refreshed");
            return;
        }
        long begin = copy.shares().beginning(target).orElseThrow();
        Optional<String> lost = RefreshLosses.hindrance(setting.party(), copy.shares(), seeds(), begin);
        if (lost.isPresent()) {
            fault = lost;
            return;
        }
        restPatient();
        pass = Optional.of(new RefreshPass(setting, copy, seeds(), begin));
        followOwnWords();
        slice(pass.get());
    }

    private void slice(RefreshPass running) {
        if (pass.filter(one -> one == running).isEmpty()) {
            return;
        }
        if (!running.goOn()) {
            setting.loop().run(() -> slice(running));
            return;
        }
        pass = Optional.empty();
        if (running.damaged() == 0 && running.generation() == copy.registry().generation()) {
            RefreshDigest.Both both = running.digests();
            words(running.generation())
                    .say(new Prepared(
                            setting.party(),
                            running.generation(),
                            copy.shares().refreshed(),
                            seeds().digest(),
                            both.lower(),
                            both.higher(),
                            List.copyOf(seeds().leftOut()),
                            copy.size(),
                            Signature.NONE));
        }
        followOwnWords();
    }

    private void restPatient() {
        patientNanos = setting.loop().monotonicNanos() + PATIENCE_MILLIS * 1_000_000;
    }

    private void nameWhoIsWaitedFor(List<Party> silent) {
        if (silent.isEmpty()) {
            restPatient();
        } else if (pass.isEmpty() && setting.loop().monotonicNanos() >= patientNanos) {
            fault = Optional.of(
                    "the refresh of shares waits for " + silent.getFirst().word());
        }
    }

    private void end(long generation) {
        pass = Optional.empty();
        long begin = copy.shares().beginning(generation).orElseThrow();
        ending = Optional.of(new RefreshEnd(setting, copy, generation, begin));
        followOwnWords();
        slice(ending.get());
    }

    /** All three have prepared the same: what was before is destroyed. */
    private void slice(RefreshEnd running) {
        if (!running.goOn()) {
            setting.loop().run(() -> slice(running));
            return;
        }
        keys.advance(running.generation());
        seeds.ifPresent(RefreshSeeds::forget);
        seeds = Optional.empty();
        ending = Optional.empty();
        followOwnWords();
        restPatient();
    }

    /** By the record's time and not by this machine's clock; and not while something acknowledged may come with an envelope to them. */
    private void forgetLate() {
        if (!keys.lateNumbers().isEmpty() && cosigner.coveredSize() > 0) {
            LateKeys late = new LateKeys(copy.registry());
            boolean awaited = recovery.needless() < copy.size();
            LongPredicate needed = key -> awaited || LateKeys.isAwaited(held, copy.blobs(), setting.party(), key);
            copy.entry(Math.min(cosigner.coveredSize(), copy.size()) - 1)
                    .ifPresent(last -> late.forget(keys, last.place().time(), needed));
        }
    }

    private void prove() {
        RefreshWords said = words(copy.shares().refreshed());
        if (proof.isDue(said)) {
            others().forEach(other -> hearing.ask(other, said.generation(), answered -> {}));
        }
        proof.look(said, others());
    }

    Outcome<Response> answer(Optional<Party> party, boolean console, RefreshStep step) {
        return switch (step) {
            case RefreshStep.Draw draw when console -> draw(draw.generation());
            case RefreshStep.Seed seed when party.filter(Party::isTier).isPresent() -> take(party.get(), seed);
            case RefreshStep.Show show
            when party.filter(Party::isTier).isPresent() ->
                Outcome.done(new Response.PreparedWords(hearing.told(show.generation())));
            default -> Outcome.refused(Code.NOT_ALLOWED, "this party does not take this request from you");
        };
    }

    private Outcome<Response> draw(long generation) {
        if (generation != copy.registry().generation() + 1) {
            return Outcome.refused(
                    Code.WRONG_ORIGIN,
                    "the present generation of shares is " + copy.registry().generation() + " here");
        }
        if (generation - copy.shares().refreshed() > RefreshStep.UNFINISHED_MAX) {
            return Outcome.refused(
                    Code.NOT_ALLOWED,
                    RefreshStep.UNFINISHED_MAX
                            + " refreshes have not come to their end here; mend what status says first");
        }
        return Outcome.done(new Response.Drawn(
                generation, keys.draw(generation).sealing().publicKey().raw()));
    }

    private Outcome<Response> take(Party tier, RefreshStep.Seed seed) {
        if (seed.generation() <= copy.shares().refreshed()) {
            return Outcome.refused(
                    Code.DUPLICATE,
                    "this refresh is over here, by what three tiers have signed; nothing is made for it now");
        }
        if (seed.generation() != copy.registry().generation()) {
            return Outcome.refused(Code.UNAVAILABLE, "the log has not come so far here");
        }
        return seeds().take(tier, seed, isOpen(seed.generation(), tier)).map(news -> {
            if (news) {
                pass = Optional.empty();
            }
            return new Response.Done();
        });
    }

    /** Whether the successor of a tier may give another seed: once one has said what it made of the first, it would only make a contradiction. */
    private boolean isOpen(long generation, Party tier) {
        return words(generation).all().stream().allMatch(word -> word.keeper() == tier);
    }

    private RefreshSeeds seeds() {
        long generation = copy.registry().generation();
        long base = copy.shares().refreshed();
        if (seeds.filter(one -> one.generation() == generation && one.base() == base)
                .isEmpty()) {
            seeds = Optional.of(new RefreshSeeds(
                    setting,
                    membership,
                    generation,
                    keys.generation(base).orElseThrow().file()));
            pass = Optional.empty();
        }
        return seeds.get();
    }

    /** What was said of a generation. */
    RefreshWords words(long generation) {
        return hearing.words(generation);
    }
}
