package trimaran.station;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import trimaran.kernel.Code;
import trimaran.kernel.Digest;
import trimaran.kernel.Loop;
import trimaran.kernel.Outcome;
import trimaran.kernel.Party;
import trimaran.kernel.Refusal;
import trimaran.line.message.Request;
import trimaran.line.message.Response;
import trimaran.seal.LookupTokens;
import trimaran.shares.LookupPartial;

/** Asks two tiers for their halves of some tokens, and the third if these differ or one is away or late. */
final class TokenGathering {

    private final StationSetting setting;
    private final OwnSession session;
    private final List<Digest> values;
    private final Consumer<Outcome<List<List<Digest>>>> then;
    private final ArrayDeque<TierLine> waiting = new ArrayDeque<>();
    private final Map<Party, Response.PartialTokens> answers = new LinkedHashMap<>();
    private Loop.Timer patience = () -> {};
    private int asked;
    private boolean over;
    private @Nullable Refusal refusal;

    TokenGathering(
            StationSetting setting,
            OwnSession session,
            List<Digest> values,
            Consumer<Outcome<List<List<Digest>>>> then) {
        this.setting = setting;
        this.session = session;
        this.values = values;
        this.then = then;
    }

    /** @param tiers those that are reached, the preferred ones first */
    void run(List<TierLine> tiers) {
        if (tiers.size() < 2) {
            then.accept(Outcome.refused(Code.UNAVAILABLE, "two tiers are needed to look something up"));
            return;
        }
        waiting.addAll(tiers);
        next();
        next();
        patience = setting.loop().after(StationLimits.ASK_NEXT_MILLIS, this::next);
    }

    private boolean next() {
        TierLine line = waiting.poll();
        if (line == null) {
            return false;
        }
        asked++;
        Request request = new Request.Partials(values);
        line.ask(session, request, Response.PartialTokens.class, StationLimits.CALL_MILLIS, outcome -> {
            asked--;
            if (!over) {
                answered(line.tier(), outcome);
            }
        });
        return true;
    }

    private void answered(Party tier, Outcome<Response.PartialTokens> outcome) {
        switch (outcome) {
            case Outcome.Refused<Response.PartialTokens>(Refusal no) -> {
                refusal = refusal == null || Approvals.isPassing(refusal.code()) ? no : refusal;
                next();
            }
            case Outcome.Done<Response.PartialTokens>(Response.PartialTokens got) -> {
                if (fits(tier, got)) {
                    answers.put(tier, got);
                } else {
                    next();
                }
            }
        }
        if (answers.size() >= 2) {
            combine();
        } else if (asked == 0) {
            end(Outcome.refused(
                    refusal != null
                            ? refusal
                            : Refusal.of(Code.UNAVAILABLE, "two tiers are needed to look something up")));
        }
    }

    private boolean fits(Party tier, Response.PartialTokens got) {
        return got.firstNumber() != got.secondNumber()
                && tier.keepsShare(got.firstNumber())
                && tier.keepsShare(got.secondNumber())
                && got.first().size() == values.size()
                && got.second().size() == values.size();
    }

    private void combine() {
        List<List<Digest>> tokens = new ArrayList<>();
        Set<Integer> disputed = new LinkedHashSet<>();
        for (int i = 0; i < values.size(); i++) {
            List<LookupPartial> partials = new ArrayList<>();
            for (Response.PartialTokens answer : answers.values()) {
                partials.add(
                        new LookupPartial(answer.firstNumber(), answer.first().get(i)));
                partials.add(
                        new LookupPartial(answer.secondNumber(), answer.second().get(i)));
            }
            switch (LookupTokens.candidates(partials)) {
                case Outcome.Refused<LookupTokens.Candidates>(Refusal no) -> {
                    end(Outcome.refused(no));
                    return;
                }
                case Outcome.Done<LookupTokens.Candidates>(LookupTokens.Candidates found) -> {
                    tokens.add(found.tokens());
                    disputed.addAll(found.disputed());
                }
            }
        }
        // Of two that differ one lies, and only the third shows which.
        if (!disputed.isEmpty() && (next() || asked > 0)) {
            return;
        }
        disputed.forEach(number -> setting.events().accept(new StationEvent.LookupSecretsDiffer(number)));
        end(Outcome.done(tokens));
    }

    private void end(Outcome<List<List<Digest>>> outcome) {
        over = true;
        patience.cancel();
        then.accept(outcome);
    }
}
